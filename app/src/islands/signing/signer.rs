//! Signs the text of the element `statement`, exactly as it is shown, when the form `sign` is sent. The form's `data-keys` holds
//! the ids of the person's keys; `key` and `signature` are filled in.

use credit::signing::SecretKey;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlFormElement;

use super::shown::{signature, statement};
use super::{Outcome, Trouble, before_sending, by_id, field, key_store, say, taken, unlocking};

pub(super) fn begin() {
    before_sending("sign", |form| Box::pin(sign(form)));
    spawn_local(async {
        let _ = look_for_keys().await;
    });
}

/// Says at once where none of the person's keys is in this browser: nobody types a PIN to learn that.
async fn look_for_keys() -> Outcome<()> {
    let Some(form) = by_id("sign").and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else { return Ok(()) };
    let ids = form.get_attribute("data-keys").unwrap_or_default();
    for id in ids.split(' ') {
        if key_store::find(id).await?.is_some() {
            return Ok(());
        }
    }
    say(&form, Trouble::NoKey.word(), Some(Trouble::NoKey));
    Ok(())
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
