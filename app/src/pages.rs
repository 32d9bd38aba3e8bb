//! One module a page; each gives a [`crate::shell::Page`] from data.

pub mod about;
pub mod choose;
pub mod confirm;
pub mod desk;
pub mod draft;
pub mod filing;
pub mod home;
pub mod notice;
pub mod review;
pub mod rivals;
pub mod start;
