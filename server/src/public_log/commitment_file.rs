//! A file of all public commitments as a stranger reads it: lines of JSON (`/commitments/all.ndjson`) or a table
//! (`/commitments/all.csv`).

use credit::hexadecimal;
use credit::log::listing::Listing;
use credit::text_table::TextRows;
use serde::Deserialize;

/// What a file says of itself and of the list.
pub(super) struct CommitmentFile {
    /// The checkpoint at its beginning.
    pub first: String,
    /// The one at its end.
    pub last: String,
    /// How many commitments it says that it has.
    pub count: u64,
    /// The commitments.
    pub lines: Vec<ListedLine>,
}

/// A commitment in it.
pub(super) struct ListedLine {
    /// Which line of the file, from 1.
    pub number: usize,
    /// 承诺编码.
    pub code: String,
    /// Its entry in the log; none: it came onto the list while the file was written.
    pub listing: Option<Listing>,
}

const CUT_SHORT: &str = "the file was cut short: its last line is missing";

impl CommitmentFile {
    /// Reads a file of either form.
    ///
    /// # Errors
    /// In a sentence, what of it cannot be read.
    pub fn read(file: &str) -> Result<Self, String> {
        let file = file.trim_start_matches('\u{FEFF}');
        if file.starts_with('{') { of_lines(file) } else { of_table(file) }
    }
}

fn unread(number: usize, why: &dyn std::fmt::Display) -> String {
    format!("line {number} of the file cannot be read: {why}")
}

fn listing(number: usize, entry: u64, at: i64, salt: &str) -> Result<Listing, String> {
    let salt = hexadecimal::read(salt).ok_or_else(|| unread(number, &"the salt is not 32 bytes"))?;
    Ok(Listing { entry: i64::try_from(entry).unwrap_or(i64::MAX), at, salt })
}

#[derive(Deserialize)]
struct Line {
    code: String,
    listing: Option<Place>,
}

#[derive(Deserialize)]
struct Place {
    entry: u64,
    at: i64,
    salt: String,
}

#[derive(Deserialize)]
struct First {
    checkpoint: String,
}

#[derive(Deserialize)]
struct Last {
    end: bool,
    count: u64,
    checkpoint: String,
}

fn of_lines(file: &str) -> Result<CommitmentFile, String> {
    let lines: Vec<&str> = file.lines().collect();
    let [first, between @ .., last] = &lines[..] else { return Err("the file has no beginning or no end".into()) };
    let begun: First = serde_json::from_str(first).map_err(|why| unread(1, &why))?;
    let ended: Last = serde_json::from_str(last).ok().filter(|last: &Last| last.end).ok_or(CUT_SHORT)?;
    let lines = (2..).zip(between).map(|(number, line)| {
        let line: Line = serde_json::from_str(line).map_err(|why| unread(number, &why))?;
        let listing = line.listing.map(|place| listing(number, place.entry, place.at, &place.salt)).transpose()?;
        Ok(ListedLine { number, code: line.code, listing })
    });
    Ok(CommitmentFile {
        first: begun.checkpoint,
        last: ended.checkpoint,
        count: ended.count,
        lines: lines.collect::<Result<_, String>>()?,
    })
}

/// In the last row of a table, what stands before the checkpoints.
pub(crate) const FIRST_CHECKPOINT: &str = "first checkpoint:\n";
/// As [`FIRST_CHECKPOINT`].
pub(crate) const LAST_CHECKPOINT: &str = "last checkpoint:\n";

fn of_table(file: &str) -> Result<CommitmentFile, String> {
    let rows = (1..).zip(TextRows::of_file(file));
    let mut rows =
        rows.map(|(number, row)| row.map(|cells| (number, cells)).map_err(|_| unread(number, &"it is no row of a table")));
    let (_, heads) = rows.next().ok_or("the file is empty")??;
    let column = |name: &str| heads.iter().position(|head| head == name).ok_or_else(|| format!("the table has no column {name}"));
    let (code, entry, at, salt) = (column("code")?, column("listing_entry")?, column("listing_at")?, column("listing_salt")?);
    let mut lines = Vec::new();
    while let Some(row) = rows.next() {
        let (number, cells) = row?;
        let cell = |at: usize| cells.get(at).map(String::as_str).unwrap_or_default();
        if cell(0) == "#end" {
            let note = |at: usize, before: &str| {
                cell(at).strip_prefix(before).map(|note| format!("{}\n", note.trim_end_matches('\n'))).ok_or(CUT_SHORT)
            };
            let count = cell(1).parse().map_err(|why| unread(number, &why))?;
            if rows.next().is_some() {
                return Err("the table goes on after its last row".into());
            }
            return Ok(CommitmentFile { first: note(2, FIRST_CHECKPOINT)?, last: note(3, LAST_CHECKPOINT)?, count, lines });
        }
        let listing = match cell(entry) {
            "" => None,
            place => {
                let place = place.parse().map_err(|why| unread(number, &why))?;
                let at = cell(at).parse().map_err(|why| unread(number, &why))?;
                Some(listing(number, place, at, cell(salt))?)
            }
        };
        lines.push(ListedLine { number, code: cell(code).to_owned(), listing });
    }
    Err(CUT_SHORT.into())
}
