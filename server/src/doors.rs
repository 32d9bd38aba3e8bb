//! Doors: one handler a URL. A door finds out who is here, loads what the page needs, and renders; or does one deed and
//! sends the browser on.

pub mod answer;
pub mod changes;
pub mod commitment_signing;
pub mod draft_post;
pub mod draft_versions;
pub mod drafts;
pub mod enterprise;
pub mod enterprises;
pub mod file_download;
pub mod filings;
pub mod health;
pub mod home;
pub mod import_rows;
pub mod import_start;
pub mod imports;
pub mod log;
pub mod notice_settings;
pub mod notices;
pub mod overview;
pub mod platform_events;
pub mod preferences;
pub mod public_json;
pub mod receipts;
pub mod review;
pub mod sign_in;
pub mod signing_key;
pub mod signing_keys;
pub mod site_files;
pub mod tables;
pub mod templates;
pub mod uploads;
pub mod verification;
