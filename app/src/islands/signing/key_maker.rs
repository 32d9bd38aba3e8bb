//! Makes a key on the page of its enrolment: the form `make-key`, whose field `id` holds the id that the key will have.

use credit::hexadecimal;
use credit::signing::{SecretKey, fingerprint};
use web_sys::HtmlFormElement;

use super::key_box::Number;
use super::shown::signature;
use super::{Outcome, Trouble, before_sending, by_id, field, random, taken, unlocking};

pub(super) fn begin() {
    before_sending("make-key", |form| Box::pin(make(form)));
}

async fn make(form: HtmlFormElement) -> Outcome<bool> {
    let pin = unlocking::chosen(taken("pin")?, &taken("pin-again")?)?;
    let id = field(&form, "id")?.value();
    let (number, key) = fresh()?;
    let public = key.public();
    // The last that was missing in the text that the page shows.
    by_id("fingerprint").ok_or(Trouble::Unable)?.set_text_content(Some(&fingerprint(&public)));
    let signature = signature(&key)?;
    drop(key);
    unlocking::keep(&id, &number, &pin).await?;
    field(&form, "public_key")?.set_value(&hexadecimal::write(&public.point()));
    field(&form, "signature")?.set_value(&signature);
    Ok(true)
}

/// A fresh number and its key; once in four thousand million times it takes two.
fn fresh() -> Outcome<(Number, SecretKey)> {
    loop {
        let number = Number::new(random()?);
        if let Ok(key) = SecretKey::from_bytes(&number) {
            return Ok((number, key));
        }
    }
}
