//! Tables as text: UTF-8 with or without its mark, UTF-16 with it, or GB18030. What its rows and cells are is said by
//! `credit::text_table`.

use std::borrow::Cow;

use credit::import::Refusal;
use credit::table::Gatherer;
use credit::text_table::TextRows;

/// Reads the text's rows.
///
/// # Errors
/// [`Refusal`] with the reason.
pub(super) fn read(content: &[u8], gatherer: &mut Gatherer<String>) -> Result<(), Refusal> {
    let text = decoded(content)?;
    if text.trim_start().starts_with('<') {
        return Err(Refusal::OtherKind);
    }
    for (line, cells) in (1..).zip(TextRows::of_file(text)) {
        let cells = cells?.into_iter().map(|cell| (!cell.is_empty()).then_some(cell)).collect();
        gatherer.row(line, cells)?;
    }
    Ok(())
}

fn decoded(content: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(content) {
        return encoding.decode_without_bom_handling_and_without_replacement(&content[mark..]).ok_or(Refusal::Encoding);
    }
    if content.contains(&0) {
        return Err(Refusal::OtherKind);
    }
    match std::str::from_utf8(content) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(content).ok_or(Refusal::Encoding),
    }
}
