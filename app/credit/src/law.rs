//! The law of credit repair (信用修复) and of the days it counts in: dated tables with their sources, and what follows from them.
//!
//! - [`months`], [`working_days`]: how periods are counted.
//! - [`repair_rules`]: which rules apply to a record, by where it is shown and on what day.
//! - [`settings`]: figures that could not be confirmed; the operator's, not the law's.
//! - [`eligibility`]: whether a repair may be applied for today or, if not, every reason and the day it ends.
//! - [`deadlines`]: until when the authority has to answer.
//! - [`appeals`]: where a penalty that is itself wrong is contested, and until when.
//! - [`triage`]: which of repair, objection and appeal is the right way.
//!
//! `docs/law.md` lists article, function and test.

pub mod appeals;
pub mod deadlines;
pub mod eligibility;
pub mod months;
pub mod repair_rules;
pub mod settings;
pub mod triage;
pub mod working_days;
