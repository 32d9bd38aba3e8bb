//! Spreadsheets as people send them: real bytes, made here, read as the server reads them.

mod bad_input;
mod books;
mod round_trip;
mod templates;
