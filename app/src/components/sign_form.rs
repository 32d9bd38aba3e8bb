//! What pages need that have something signed: the text, the form, and the words for the browser (see `islands::signing`).
//! A page that signs has the island of [`crate::module::Module::Signing`].

use leptos::prelude::*;

use super::banner::{BannerKind, banner};
use super::button::{Weight, link, submit};
use crate::wording::Lang;
use crate::wording::signing_keys::{SAID, WORDS};

/// The text that is signed, exactly: its `textContent` is what the signature is of, in UTF-8.
pub fn statement(text: impl IntoView + 'static) -> AnyView {
    view! { <pre class="document sign-form__statement" id="statement" lang="zh-CN">{text}</pre> }.into_any()
}

/// Where the browser can sign, `body` is shown; where it cannot, or not yet, what to do instead.
pub fn where_signing_works(body: AnyView, lang: Lang) -> AnyView {
    let words: Vec<_> = SAID.iter().map(|(name, words)| view! { <li data-word=*name>{lang.say(*words)}</li> }).collect();
    view! {
        <div id="signing-without">
            {banner(BannerKind::Notice, lang.say(WORDS.without), view! { <p>{lang.say(WORDS.without_text)}</p> })}
        </div>
        <div id="signing-with" hidden=true>{body}</div>
        <ul id="signing-words" hidden=true>{words}</ul>
    }
    .into_any()
}

/// The form that signs the text of [`statement`]: asks for the PIN and posts `key`, `signature` (r and s, hexadecimal) and `more`.
/// `keys` are the ids of the person's keys that may sign, the one to be preferred first.
pub fn sign_form(action: String, keys: &[String], more: Vec<(&'static str, String)>, button: &'static str, lang: Lang) -> AnyView {
    let more: Vec<_> = more.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect();
    view! {
        <form id="sign" class="sign-form" method="post" action=action data-keys=keys.join(" ") autocomplete="off" novalidate>
            <input type="hidden" name="key" />
            <input type="hidden" name="signature" />
            {more}
            {secret_field("pin", lang.say(WORDS.signing_pin), None)}
            {said()}
            <p class="actions">
                {submit(Weight::Main, "sign", button)}
                {link(Weight::Light, "/signing-keys", lang.say(WORDS.title))}
            </p>
        </form>
    }
    .into_any()
}

/// A field for a PIN or a passphrase. It has no name, so that it is never sent.
pub fn secret_field(id: &'static str, label: &'static str, hint: Option<&'static str>) -> AnyView {
    let hint_id = format!("{id}-hint");
    let described = hint.is_some().then(|| hint_id.clone());
    let hint = hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> });
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            {hint}
            <input class="control control--medium" type="password" id=id autocomplete="off" spellcheck="false" aria-describedby=described />
        </div>
    }
    .into_any()
}

/// Where the browser says how it stands.
pub fn said() -> AnyView {
    view! { <p class="sign-form__said" role="status" data-said=""></p> }.into_any()
}
