//! The text of the element `statement`, exactly as it is shown, and its signature.

use credit::signing::{SecretKey, hidden_character};

use super::{Outcome, Trouble, by_id, random};

/// The text that the page shows.
pub(super) fn statement() -> Outcome<String> {
    let text = by_id("statement").and_then(|element| element.text_content()).ok_or(Trouble::Unable)?;
    if hidden_character(&text).is_some() { Err(Trouble::Hidden) } else { Ok(text) }
}

/// The signature of the text that the page shows, as 128 hexadecimal digits.
pub(super) fn signature(key: &SecretKey) -> Outcome<String> {
    Ok(key.sign(statement()?.as_bytes(), &random()?).hexadecimal())
}
