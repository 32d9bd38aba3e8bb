//! Many registrations at once from a spreadsheet: how a row is judged, why a file cannot be read, and what people are told
//! about one that can.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::credit_code::CreditCode;
use crate::draft::Draft;
use crate::form::{Form, FormKind, Kind, Need};
use crate::problem::Problems;
use crate::registration::{Content, Facts, read};

/// The most rows of one file, heads and blank rows not counted.
pub const MOST_ROWS: usize = 5_000;

/// Why nothing of a file could be read. The file itself is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Neither a workbook (.xlsx) nor text: a picture, a PDF, a page of HTML.
    OtherKind,
    /// A workbook of before 2007 (.xls).
    OldWorkbook,
    /// A workbook that needs a password.
    Password,
    /// It becomes far larger when it is unpacked than any table is.
    Bomb,
    /// It claims to be a workbook, and is broken.
    Broken,
    /// Text in an encoding that is neither UTF-8 nor GB18030.
    Encoding,
    /// A quotation that begins in this line never ends.
    Quotation {
        /// The line, from 1.
        line: u32,
    },
    /// No row has the heads of the template.
    NoHeads,
    /// Heads, and nothing below them.
    NoRows,
    /// More than [`MOST_ROWS`].
    TooManyRows,
}

/// What people are told about a file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// A head that the form does not have: what stands below it was left out.
    UnknownColumn(String),
    /// A head that stands there twice: the first one counts.
    RepeatedColumn(String),
    /// A required column is not there, by the name of its answer.
    MissingColumn(String),
    /// So many merged cells: their content stands in the first row of each only.
    Merged(u32),
    /// No row had the heads of the template: the columns were read in its order.
    NoHeads,
    /// Other sheets than this one were not read.
    Sheet(String),
    /// A cell holds none of the words of its column; it counts as empty.
    UnknownWord {
        /// The row as the spreadsheet counts it.
        line: u32,
        /// The name of the column's answer.
        name: String,
        /// What stands there.
        typed: String,
    },
}

/// Whether items of this form need a file, which no spreadsheet brings.
pub fn needs_file(form: &Form) -> bool {
    form.fields.iter().any(|field| field.kind == Kind::Files && field.need == Need::Required)
}

/// Judges a row as the form would, files aside: what holds, and every problem in the order of the form.
pub fn judge(kind: FormKind, draft: &Draft, enterprise: &CreditCode, today: NaiveDate) -> (Content, Problems) {
    let facts = Facts { attachments: Vec::new(), enterprise: Some(enterprise.clone()) };
    let (content, mut problems) = read(kind, draft, &facts, today);
    problems.retain(|problem| problem.field.kind != Kind::Files);
    (content, problems)
}
