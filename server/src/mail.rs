//! Notices by e-mail, where the operator has configured a mail server: how mails are written and sent, and how often a mail
//! that did not go is tried again.

pub mod sender;
pub mod settings;
pub mod worker;
