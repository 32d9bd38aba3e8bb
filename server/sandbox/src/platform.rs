//! The district's public credit information platform: what it takes, what it decides, what it tells.

pub(crate) mod attachments;
pub(crate) mod auto;
pub(crate) mod bearer;
pub(crate) mod body;
pub(crate) mod changed_records;
pub(crate) mod check;
pub(crate) mod consents;
pub(crate) mod courier;
pub(crate) mod decision;
pub(crate) mod desk;
pub(crate) mod envelope;
pub(crate) mod event;
pub(crate) mod listing;
pub(crate) mod more_records;
pub(crate) mod operator;
pub(crate) mod problem;
pub(crate) mod records;
pub(crate) mod records_on_file;
pub(crate) mod signature;
pub(crate) mod standing;
pub(crate) mod state;
pub(crate) mod state_file;
pub(crate) mod submission;
pub(crate) mod submissions;
pub(crate) mod trouble;
pub(crate) mod withdrawal;
