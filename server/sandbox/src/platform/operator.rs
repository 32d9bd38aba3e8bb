//! The page on which the platform's people work.

pub(crate) mod decision_forms;
pub(crate) mod deed;
pub(crate) mod detail;
pub(crate) mod download;
pub(crate) mod overview;

/// The stylesheet of these pages.
const STYLE: &str = "/platform/style.css";
