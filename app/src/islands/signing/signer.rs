//! Signs the text of the element `statement`, exactly as it is shown, when the form `sign` is sent. The form's `data-keys` holds
//! the ids of the person's keys; `key` and `signature` are filled in.

use credit::signing::SecretKey;
use web_sys::HtmlFormElement;

use super::shown::{signature, statement};
use super::{Outcome, Trouble, before_sending, field, taken, unlocking};

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
