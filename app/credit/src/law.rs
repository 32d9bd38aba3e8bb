//! The law of credit repair (信用修复) and of the days it counts in: dated tables with their sources, and what follows from them.
//!
//! - [`months`], [`working_days`]: how periods are counted.
//!
//! `docs/law.md` lists article, function and test.

pub mod months;
pub mod working_days;
