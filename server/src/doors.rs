//! Doors: one handler a URL. A door finds out who is here, loads what the page needs, and renders; or does one deed and
//! sends the browser on.

pub mod answer;
pub mod draft_post;
pub mod draft_versions;
pub mod drafts;
pub mod enterprise;
pub mod file_download;
pub mod filing_changes;
pub mod filings;
pub mod health;
pub mod home;
pub mod platform_events;
pub mod preferences;
pub mod review;
pub mod sign_in;
pub mod site_files;
