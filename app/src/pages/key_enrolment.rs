//! Making and enrolling a signing key.

use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, submit};
use crate::components::sign_form::{said, secret_field, statement, where_signing_works};
use crate::module::{Island, Module};
use crate::shell::Page;
use crate::wording::Lang;
use crate::wording::signing_keys::WORDS;

/// Why a post enrolled nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnrolmentFault {
    /// The enrolment was used, is too old, or was never begun.
    TooLate,
    /// The key is enrolled already.
    Known,
    /// Key or signature cannot be read, or the signature is not of this text.
    DoesNotHold,
}

/// The page of one enrolment.
pub struct KeyEnrolment {
    /// The id that the key will have.
    pub id: String,
    /// The text before and after the fingerprint.
    pub around_fingerprint: (String, String),
    /// What was typed as the device's name.
    pub label: String,
    /// Why the post before this enrolled nothing.
    pub fault: Option<EnrolmentFault>,
}

/// The most characters of a device's name.
pub const LONGEST_LABEL: usize = 40;

/// The page.
pub fn key_enrolment(enrolment: KeyEnrolment, lang: Lang) -> Page {
    let fault = enrolment.fault.map(|fault| {
        let words = match fault {
            EnrolmentFault::TooLate => WORDS.too_late,
            EnrolmentFault::Known => WORDS.known,
            EnrolmentFault::DoesNotHold => WORDS.does_not_hold,
        };
        banner(BannerKind::Act, lang.say(words), ())
    });
    let (before, after) = enrolment.around_fingerprint;
    let text = view! { {before}<span id="fingerprint">{lang.say(WORDS.not_made)}</span>{after} };
    let form = view! {
        <h2>{lang.say(WORDS.statement)}</h2>
        {statement(text)}
        <form id="make-key" class="sign-form" method="post" action="/signing-keys" autocomplete="off" novalidate>
            <input type="hidden" name="id" value=enrolment.id />
            <input type="hidden" name="public_key" />
            <input type="hidden" name="signature" />
            <div class="field">
                <label class="field__label" for="label">{lang.say(WORDS.device)}</label>
                <p class="field__hint" id="label-hint">{lang.say(WORDS.device_hint)}</p>
                <input class="control" type="text" id="label" name="label" value=enrolment.label maxlength=LONGEST_LABEL.to_string()
                    aria-describedby="label-hint" />
            </div>
            {secret_field("pin", lang.say(WORDS.pin), Some(lang.say(WORDS.pin_hint)))}
            {secret_field("pin-again", lang.say(WORDS.pin_again), None)}
            {said()}
            <p class="actions">{submit(Weight::Main, "enrol", lang.say(WORDS.make_and_enrol))}</p>
        </form>
    };
    let body = view! {
        {fault}
        <h1>{lang.say(WORDS.new_title)}</h1>
        <p class="lead">{lang.say(WORDS.new_lead)}</p>
        {where_signing_works(form.into_any(), lang)}
    };
    Page {
        title: lang.say(WORDS.new_title).into(),
        above: vec![(lang.say(WORDS.title).into(), "/signing-keys")],
        problems: enrolment.fault.is_some(),
        island: Some(Island::of(Module::Enrolment)),
        body: body.into_any(),
    }
}
