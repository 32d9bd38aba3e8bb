//! Taking a signing key to another device. Both halves happen in the browser; nothing is posted.

use leptos::prelude::*;

use crate::components::button::{Weight, submit};
use crate::components::sign_form::{said, secret_field, where_signing_works};
use crate::module::{Island, Module};
use crate::shell::Page;
use crate::wording::Lang;
use crate::wording::signing_keys::WORDS;

/// The page for somebody with these keys.
pub fn key_transfer(keys: &[String], lang: Lang) -> Page {
    let keys = keys.join(" ");
    let hint = Some(lang.say(WORDS.passphrase_hint));
    let forms = view! {
        <h2>{lang.say(WORDS.export)}</h2>
        <form id="export-key" class="sign-form" data-keys=keys.clone() autocomplete="off" novalidate>
            {secret_field("export-pin", lang.say(WORDS.signing_pin), None)}
            {secret_field("export-passphrase", lang.say(WORDS.passphrase), hint)}
            {said()}
            <p class="actions">{submit(Weight::Main, "export", lang.say(WORDS.export))}</p>
        </form>
        <h2>{lang.say(WORDS.import)}</h2>
        <form id="import-key" class="sign-form" data-keys=keys autocomplete="off" novalidate>
            <div class="field">
                <label class="field__label" for="import-file">{lang.say(WORDS.file)}</label>
                <input class="control control--file" type="file" id="import-file" accept=".txt,text/plain" />
            </div>
            {secret_field("import-passphrase", lang.say(WORDS.passphrase), hint)}
            {secret_field("import-pin", lang.say(WORDS.new_pin), Some(lang.say(WORDS.pin_hint)))}
            {secret_field("import-pin-again", lang.say(WORDS.pin_again), None)}
            {said()}
            <p class="actions">{submit(Weight::Main, "import", lang.say(WORDS.import))}</p>
        </form>
    };
    let body = view! {
        <h1>{lang.say(WORDS.move_title)}</h1>
        <p class="lead">{lang.say(WORDS.move_lead)}</p>
        {where_signing_works(forms.into_any(), lang)}
    };
    Page {
        title: lang.say(WORDS.move_title).into(),
        above: vec![(lang.say(WORDS.title).into(), "/signing-keys")],
        problems: false,
        island: Some(Island::of(Module::Transfer)),
        body: body.into_any(),
    }
}
