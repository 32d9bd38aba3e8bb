//! Asks why before a key is revoked.

use credit::signing::RevocationReason;
use leptos::prelude::*;

use crate::components::button::{Weight, link, submit};
use crate::shell::Page;
use crate::wording::Lang;
use crate::wording::life::with_role;
use crate::wording::signing_keys::{WORDS, reason};

use super::signing_keys::KeyEntry;

/// The page; `missing` says that no reason was chosen.
pub fn key_revocation(key: KeyEntry, missing: bool, lang: Lang) -> Page {
    let name = format!("{} · {}", key.label, with_role(&key.owner.0, key.owner.1, lang));
    let reasons: Vec<_> = RevocationReason::ALL
        .into_iter()
        .map(|why| {
            let id = format!("reason-{}", why.name());
            view! {
                <div class="choice">
                    <input class="choice__control" type="radio" id=id.clone() name="reason" value=why.name() />
                    <label class="choice__label" for=id>{reason(why, lang)}</label>
                </div>
            }
        })
        .collect();
    let problem = missing.then(|| {
        view! {
            <p class="field__problem" id="reason-problem">
                <span class="unseen">{lang.words().form.problem_prefix}</span>{lang.say(WORDS.why_missing)}
            </p>
        }
    });
    let class = if missing { "field field--problem" } else { "field" };
    let body = view! {
        <h1>{lang.say(WORDS.revoke_title)}</h1>
        <p><strong>{name}</strong></p>
        <p>{lang.say(WORDS.revoke_text)}</p>
        <form method="post" action=format!("/signing-keys/{}/revocation", key.id)>
            <fieldset class=class aria-describedby=missing.then_some("reason-problem")>
                <legend class="field__label">{lang.say(WORDS.why)}</legend>
                {problem}
                <div class="choices choices--column">{reasons}</div>
            </fieldset>
            <div class="actions">
                {submit(Weight::Danger, "confirm", lang.say(WORDS.revoke))}
                {link(Weight::Other, "/signing-keys", lang.words().confirm.back)}
            </div>
        </form>
    };
    Page {
        title: lang.say(WORDS.revoke_title).into(),
        above: vec![(lang.say(WORDS.title).into(), "/signing-keys")],
        problems: missing,
        island: None,
        body: body.into_any(),
    }
}
