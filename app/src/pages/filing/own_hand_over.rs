//! Where the enterprise hands an application over by itself: the package, where it goes, and what is entered by hand afterwards.

use credit::filing::State;
use credit::progress::Step;
use credit::repair::HandOver;
use credit::repair::own_word::{OwnWordFault, Told};
use leptos::prelude::*;

use super::FilingPage;
use super::record_matter::{RecordMatter, RefusedEntry};
use crate::components::button::{Weight, link, submit};
use crate::wording::Lang;
use crate::wording::repair_steps::{self, WORDS};

/// It stands outside of what changes by itself: what somebody types here stays.
pub(super) fn own_hand_over(page: &FilingPage, lang: Lang) -> Option<AnyView> {
    let matter = page.record_matter.as_ref().filter(|_| HandOver::of(&page.content) == HandOver::Package)?;
    let is_ready = matches!(page.standing.state, State::Accepted);
    let package = format!("/filings/{}/package.zip", page.id);
    let entries = match matter.progress.step {
        Step::HandOver | Step::Acceptance | Step::Decision if !page.may_act => {
            view! { <p class="field__hint">{lang.say(WORDS.only_filers)}</p> }.into_any()
        }
        Step::HandOver => number_form(page, matter, lang),
        Step::Acceptance | Step::Decision => told_form(page, matter, lang),
        Step::Correction | Step::Ended => ().into_any(),
    };
    let view = if is_ready {
        let entrance = matter.entrance.clone().map(|address| {
            let href = address.clone();
            view! {
                <h3>{lang.say(WORDS.entrance)}</h3>
                <p><a href=href rel="external noopener noreferrer">{address}</a></p>
            }
        });
        view! {
            <p>{lang.say(WORDS.own_text)}</p>
            <p>{link(Weight::Main, package, lang.say(WORDS.package))}</p>
            <p class="field__hint">{lang.say(WORDS.package_text)}</p>
            {entrance}
            {entries}
        }
        .into_any()
    } else {
        view! {
            <p>{link(Weight::Light, package, lang.say(WORDS.package_again))}</p>
            {entries}
        }
        .into_any()
    };
    let title = lang.say(WORDS.own);
    Some(view! { <section class="no-print" aria-labelledby="hand-over"><h2 id="hand-over">{title}</h2>{view}</section> }.into_any())
}

/// The sentence on what is wrong with one of these controls, on top of the page.
pub(super) fn summary(page: &FilingPage, lang: Lang) -> Option<AnyView> {
    let fault = page.record_matter.as_ref()?.refused.as_ref()?.fault?;
    let view = view! {
        <div id="problems" class="error-summary" role="alert" tabindex="-1" autofocus=true>
            <h2 class="error-summary__heading">{lang.words().form.problems}</h2>
            <ul class="error-summary__list"><li><a href=format!("#{}", control(fault))>{lang.say(repair_steps::fault(fault))}</a></li></ul>
        </div>
    };
    Some(view.into_any())
}

/// The control at which something is wrong.
fn control(fault: OwnWordFault) -> &'static str {
    match fault {
        OwnWordFault::NumberMissing | OwnWordFault::NumberTooLong | OwnWordFault::NumberNotPlain => "handling-number",
        OwnWordFault::AnswerMissing => "told-accepted",
        OwnWordFault::WordsMissing | OwnWordFault::WordsTooLong => "told-words",
    }
}

fn number_form(page: &FilingPage, matter: &RecordMatter, lang: Lang) -> AnyView {
    let entered = matter.refused.clone().unwrap_or_default();
    let wrong = entered.fault.is_some_and(|fault| control(fault) == "handling-number");
    view! {
        <form method="post" action=format!("/filings/{}/handling-number", page.id) novalidate>
            <div class=class(wrong) data-field="number">
                <label class="field__label" for="handling-number">{lang.say(WORDS.number)}</label>
                <p class="field__hint" id="handling-number-hint">{lang.say(WORDS.number_hint)}</p>
                {problem("handling-number-problem", entered.fault.filter(|_| wrong), lang)}
                <input class="control control--medium" type="text" id="handling-number" name="number" value=entered.number
                    autocomplete="off" spellcheck="false" aria-invalid=wrong.then_some("true")
                    aria-describedby=described("handling-number", wrong) />
            </div>
            <div class="actions">{submit(Weight::Main, "enter", lang.say(WORDS.enter_number))}</div>
        </form>
    }
    .into_any()
}

fn told_form(page: &FilingPage, matter: &RecordMatter, lang: Lang) -> AnyView {
    let entered = matter.refused.clone().unwrap_or_default();
    let (at_answer, at_words) = (wrong_at(&entered, "told-accepted"), wrong_at(&entered, "told-words"));
    let choices: Vec<_> = Told::ALL
        .into_iter()
        .map(|told| {
            let id = format!("told-{}", told.name());
            view! {
                <div class="choice">
                    <input class="choice__control" type="radio" id=id.clone() name="told" value=told.name() checked=entered.told == told.name() />
                    <label class="choice__label" for=id>{lang.say(repair_steps::told(told, page.kind))}</label>
                </div>
            }
        })
        .collect();
    view! {
        <h3>{lang.say(WORDS.told)}</h3>
        <p>{lang.say(WORDS.told_lead)}</p>
        <form method="post" action=format!("/filings/{}/progress", page.id) novalidate>
            <fieldset class=class(at_answer) data-field="told">
                <legend class="field__label">{lang.say(WORDS.told_legend)}</legend>
                {problem("told-problem", entered.fault.filter(|_| at_answer), lang)}
                <div class="choices">{choices}</div>
            </fieldset>
            <div class=class(at_words) data-field="words">
                <label class="field__label" for="told-words">{lang.say(WORDS.words)}</label>
                <p class="field__hint" id="told-words-hint">{lang.say(WORDS.words_hint)}</p>
                {problem("told-words-problem", entered.fault.filter(|_| at_words), lang)}
                <textarea class="control" rows="3" id="told-words" name="words" autocomplete="off"
                    aria-invalid=at_words.then_some("true") aria-describedby=described("told-words", at_words)>{entered.words.clone()}</textarea>
            </div>
            <div class="actions">{submit(Weight::Other, "enter", lang.say(WORDS.enter_told))}</div>
        </form>
    }
    .into_any()
}

fn wrong_at(entered: &RefusedEntry, id: &str) -> bool {
    entered.fault.is_some_and(|fault| control(fault) == id)
}

fn class(wrong: bool) -> &'static str {
    if wrong { "field field--problem" } else { "field" }
}

fn described(id: &str, wrong: bool) -> String {
    if wrong { format!("{id}-hint {id}-problem") } else { format!("{id}-hint") }
}

fn problem(id: &'static str, fault: Option<OwnWordFault>, lang: Lang) -> Option<AnyView> {
    let fault = fault?;
    let view = view! {
        <p class="field__problem" id=id>
            <span class="unseen">{lang.words().form.problem_prefix}</span>
            <span class="field__problem-text">{lang.say(repair_steps::fault(fault))}</span>
        </p>
    };
    Some(view.into_any())
}
