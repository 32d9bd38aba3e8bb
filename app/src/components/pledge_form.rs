//! The authorisations and the pledge, as they stand in every form that files. Nothing is ticked beforehand.

use credit::enterprise::Enterprise;
use credit::form::FormKind;
use credit::pledge::Purpose;
use leptos::prelude::*;

use crate::wording::{Lang, pledge};

/// What each purpose is called.
pub fn purpose_words(purpose: Purpose, lang: Lang) -> &'static str {
    let words = &lang.words().review;
    match purpose {
        Purpose::Publish => words.publish,
        Purpose::Evaluate => words.evaluate,
        Purpose::Report => words.report,
    }
}

/// The boxes: one for each purpose, then the pledge's text and its box. `ticked` are the purposes of a post that could not
/// be taken; `missing` says that the pledge was not ticked in it.
pub fn pledge_fields(kind: FormKind, enterprise: &Enterprise, ticked: &[Purpose], missing: bool, lang: Lang) -> AnyView {
    view! { {purpose_fields(ticked, lang)}{pledge_field(kind, enterprise, missing, lang)} }.into_any()
}

/// The boxes of the purposes.
fn purpose_fields(ticked: &[Purpose], lang: Lang) -> AnyView {
    let words = &lang.words().review;
    let purposes: Vec<_> = Purpose::ALL
        .into_iter()
        .map(|purpose| {
            let id = format!("purpose-{}", purpose.name());
            view! {
                <div class="choice">
                    <input class="choice__control" type="checkbox" id=id.clone() name="purpose" value=purpose.name() checked=ticked.contains(&purpose) />
                    <label class="choice__label" for=id>{purpose_words(purpose, lang)}</label>
                </div>
            }
        })
        .collect();
    view! {
        <fieldset class="field">
            <legend class="field__label">{words.purposes}</legend>
            <p class="field__hint">{words.purposes_hint}</p>
            <div class="choices choices--column">{purposes}</div>
        </fieldset>
    }
    .into_any()
}

/// The pledge's text and its box, alone where there is nothing to authorise.
pub fn pledge_field(kind: FormKind, enterprise: &Enterprise, missing: bool, lang: Lang) -> AnyView {
    let words = &lang.words().review;
    let paragraphs = |texts: Vec<String>| texts.into_iter().map(|text| view! { <p>{text}</p> }).collect::<Vec<_>>();
    let translation = pledge::translation(kind, enterprise, lang);
    let translation =
        (!translation.is_empty()).then(|| view! { <div class="pledge-form__translation">{paragraphs(translation)}</div> });
    let class = if missing { "field field--problem" } else { "field" };
    let problem = missing.then(|| {
        view! { <p class="field__problem" id="pledge-problem"><span class="unseen">{lang.words().form.problem_prefix}</span>{words.pledge_missing}</p> }
    });
    view! {
        <h2>{words.pledge}</h2>
        <div class="document pledge-form__text" lang="zh-CN">{paragraphs(pledge::text(kind, enterprise))}</div>
        {translation}
        <div class=class>
            {problem}
            <div class="choice">
                <input class="choice__control" type="checkbox" id="pledge" name="pledge" value="yes"
                    aria-invalid=missing.then_some("true") aria-describedby=missing.then_some("pledge-problem") />
                <label class="choice__label" for="pledge">{words.pledge_agree}</label>
            </div>
        </div>
    }
    .into_any()
}
