//! The text that is signed.
