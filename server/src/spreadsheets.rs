//! Registrations as spreadsheets: reading what people send (.xlsx, .csv), writing templates and exports. No HTTP and no
//! store here; which column means what is said by `credit::columns`.

mod archive;
mod cell;
pub mod export;
pub mod reading;
pub mod template;
mod text_table;
mod workbook;
mod writing;

pub use writing::Unwritable;
pub(crate) use writing::csv_line;
