//! One module a page; each gives a [`crate::shell::Page`] from data.

pub mod about;
pub mod choose;
pub mod confirm;
pub mod desk;
pub mod draft;
pub mod enterprises;
pub mod everything;
pub mod filing;
pub mod groups;
pub mod home;
pub mod import;
pub mod import_closure;
pub mod import_filing;
pub mod import_row;
pub mod import_start;
pub mod notice;
pub mod notice_settings;
pub mod notices;
pub mod overview;
pub mod public_enterprise;
pub mod review;
pub mod rivals;
pub mod start;
pub mod template;
pub mod templates;
