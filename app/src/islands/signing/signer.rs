//! Signs the text of the element `statement`, exactly as it is shown, when the form `sign` is sent. The form's `data-keys` holds
//! the ids of the person's keys; `key` and `signature` are filled in.

use credit::signing::{SecretKey, hidden_character};
use web_sys::HtmlFormElement;

use super::{Outcome, Trouble, before_sending, by_id, field, random, taken, unlocking};

pub(super) fn begin() {
    before_sending("sign", |form| Box::pin(sign(form)));
}

async fn sign(form: HtmlFormElement) -> Outcome<bool> {
    // Before anybody is asked to wait for anything.
    statement()?;
    let ids = form.get_attribute("data-keys").unwrap_or_default();
    let (id, number) = unlocking::unlocked(&ids, &taken("pin")?).await?;
    let signature = signature(&SecretKey::from_bytes(&number).map_err(|_| Trouble::Unable)?)?;
    field(&form, "key")?.set_value(&id);
    field(&form, "signature")?.set_value(&signature);
    Ok(true)
}

/// The text that the page shows.
fn statement() -> Outcome<String> {
    let text = by_id("statement").and_then(|element| element.text_content()).ok_or(Trouble::Unable)?;
    if hidden_character(&text).is_some() { Err(Trouble::Hidden) } else { Ok(text) }
}

/// The signature of the text that the page shows, as 128 hexadecimal digits.
pub(super) fn signature(key: &SecretKey) -> Outcome<String> {
    Ok(key.sign(statement()?.as_bytes(), &random()?).hexadecimal())
}
