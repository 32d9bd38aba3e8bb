//! Trying a signing key on a text that binds nobody.

use credit::filing::Instant;
use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::components::sign_form::{sign_form, statement, where_signing_works};
use crate::module::{Island, Module};
use crate::shell::Page;
use crate::wording::Lang;
use crate::wording::signing_keys::WORDS;

/// A trial.
pub struct KeyTrial {
    /// The key's id.
    pub id: String,
    /// What its owner calls the device.
    pub label: String,
    /// The text.
    pub text: String,
    /// When it began: the time in the text.
    pub at: Instant,
    /// Whether the signature that was just posted holds.
    pub holds: Option<bool>,
}

/// The page.
pub fn key_trial(trial: KeyTrial, lang: Lang) -> Page {
    let result = trial.holds.map(|holds| {
        if holds {
            banner(BannerKind::Done, lang.say(WORDS.holds), view! { <p>{lang.say(WORDS.holds_text)}</p> })
        } else {
            banner(BannerKind::Act, lang.say(WORDS.holds_not), view! { <p>{lang.say(WORDS.holds_not_text)}</p> })
        }
    });
    let (action, more) = (format!("/signing-keys/{}/trial", trial.id), vec![("at", trial.at.to_string())]);
    let form = view! {
        <h2>{lang.say(WORDS.statement)}</h2>
        {statement(trial.text)}
        {sign_form(action, &[trial.id], more, lang.say(WORDS.sign), lang)}
    };
    let body = view! {
        {result}
        <h1>{lang.say(WORDS.trial_title)}</h1>
        <p><strong>{trial.label}</strong></p>
        <p>{lang.say(WORDS.trial_lead)}</p>
        {where_signing_works(form.into_any(), lang)}
    };
    Page {
        title: lang.say(WORDS.trial_title).into(),
        above: vec![(lang.say(WORDS.title).into(), "/signing-keys")],
        problems: trial.holds == Some(false),
        island: Some(Island::of(Module::Signing)),
        body: body.into_any(),
    }
}
