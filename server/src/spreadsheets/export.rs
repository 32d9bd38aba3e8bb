//! What an enterprise has registered, as tables that can be imported again.

use credit::columns::{STATE_HEADERS, columns};
use credit::form::FormKind;
use credit::registration::Content;

use super::Unwritable;
use super::writing::{csv, workbook_of};

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its content in normal form.
    pub content: Content,
    /// The number people use.
    pub reference: String,
    /// Where it stands, in words.
    pub state: String,
    /// When it was filed, in words.
    pub filed_at: String,
}

/// As a workbook (.xlsx).
///
/// # Errors
/// [`Unwritable`], a fault of the program.
pub fn xlsx(kind: FormKind, items: &[Item]) -> Result<Vec<u8>, Unwritable> {
    let rows: Vec<Vec<String>> = items.iter().map(|item| row(kind, item)).collect();
    Ok(workbook_of(kind, &rows, true)?.save_to_buffer()?)
}

/// As CSV.
pub fn as_csv(kind: FormKind, items: &[Item]) -> String {
    let heads = columns(kind.form()).into_iter().map(|column| column.headers().0);
    let heads: Vec<String> = heads.chain(STATE_HEADERS.iter().map(|head| head.zh.to_owned())).collect();
    csv(std::iter::once(heads).chain(items.iter().map(|item| row(kind, item))))
}

/// As JSON: the answers by their names, in normal form.
pub fn json(kind: FormKind, items: &[Item]) -> String {
    let items: Vec<serde_json::Value> = items
        .iter()
        .map(|item| {
            serde_json::json!({
                "reference": item.reference,
                "state": item.state,
                "filed": item.filed_at,
                "content": item.content,
            })
        })
        .collect();
    serde_json::json!({ "kind": kind.name(), "form_version": kind.form().version, "items": items }).to_string()
}

fn row(kind: FormKind, item: &Item) -> Vec<String> {
    let answers = columns(kind.form()).into_iter().map(|column| match item.content.get(&column.name()) {
        Some(answer) => column.cell(answer),
        None => String::new(),
    });
    answers.chain([item.reference.clone(), item.state.clone(), item.filed_at.clone()]).collect()
}
