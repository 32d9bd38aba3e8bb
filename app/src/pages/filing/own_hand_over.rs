//! Where the enterprise hands an application over by itself: the package, where it goes, and what is entered by hand afterwards.

use credit::filing::{Happening, State};
use credit::form::Phrase;
use credit::progress::Step;
use credit::repair::HandOver;
use credit::repair::own_word::{OwnWordFault, Told};
use leptos::prelude::*;

use super::FilingPage;
use super::record_matter::{RecordMatter, RefusedEntry};
use crate::components::button::{Weight, link, submit};
use crate::components::error_summary::problem_list;
use crate::wording::Lang;
use crate::wording::repair_steps::{self, WORDS};

/// It stands outside of what changes by itself: what somebody types here stays.
pub(super) fn own_hand_over(page: &FilingPage, lang: Lang) -> Option<AnyView> {
    let matter = page.record_matter.as_ref().filter(|_| HandOver::of(&page.content) == HandOver::Package)?;
    let is_ready = matches!(page.standing.state, State::Accepted);
    let wants_number = matches!(page.standing.state, State::Accepted | State::UnderReview { receipt: None, .. });
    let package = format!("/filings/{}/package.zip", page.id);
    let entries = match matter.progress.step {
        Step::HandOver | Step::Acceptance | Step::Decision if !page.may_act => {
            view! { <p class="field__hint">{lang.say(WORDS.only_filers)}</p> }.into_any()
        }
        Step::HandOver | Step::Decision if wants_number => number_form(page, matter, lang),
        Step::HandOver | Step::Acceptance | Step::Decision => told_form(page, matter, lang),
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
            {latest_entry(page, lang)}
        }
        .into_any()
    };
    let title = lang.say(WORDS.own);
    Some(view! { <section class="no-print" aria-labelledby="hand-over"><h2 id="hand-over">{title}</h2>{view}</section> }.into_any())
}

/// The latest entry by hand, to be taken back if it was mistyped: as long as nothing else has happened since.
fn latest_entry(page: &FilingPage, lang: Lang) -> Option<AnyView> {
    let latest = page.history.iter().rfind(|entry| entry.stands())?;
    if !page.may_act || !latest.is_by_hand() {
        return None;
    }
    let moment = super::moment(page, latest, lang);
    let said: Vec<_> = moment.said.into_iter().map(|line| view! { <p>{line}</p> }).collect();
    let view = view! {
        <h3>{lang.say(WORDS.latest)}</h3>
        <p>{moment.what}</p>
        {said}
        <p class="field__hint" id="take-back-hint">{lang.say(WORDS.take_back_text)}</p>
        <form method="post" action=format!("/filings/{}/entry-withdrawal", page.id)>
            <input type="hidden" name="changes" value=page.changes.to_string() />
            <div class="actions">{submit(Weight::Other, "take-back", lang.say(WORDS.take_back))}</div>
        </form>
    };
    Some(view.into_any())
}

/// The sentences on what is wrong with these controls, on top of the page.
pub(super) fn summary(page: &FilingPage, lang: Lang) -> Option<AnyView> {
    let refused = page.record_matter.as_ref()?.refused.as_ref()?;
    let faults = refused.faults.iter().map(|fault| (format!("#{}", control(*fault)), repair_steps::fault(*fault, lang)));
    Some(problem_list(faults.collect(), lang))
}

/// The control at which something is wrong. Of the two forms one is shown at a time, so both have a day of the same id.
fn control(fault: OwnWordFault) -> &'static str {
    match fault {
        OwnWordFault::NumberMissing | OwnWordFault::NumberTooLong | OwnWordFault::NumberNotPlain => "handling-number",
        OwnWordFault::AnswerMissing => "told-accepted",
        OwnWordFault::WordsMissing | OwnWordFault::WordsTooLong => "told-words",
        OwnWordFault::DayMissing
        | OwnWordFault::DayUnreadable
        | OwnWordFault::NoSuchDay
        | OwnWordFault::DayAhead { .. }
        | OwnWordFault::DayBeforeFiling { .. }
        | OwnWordFault::DayBeforeLast { .. } => "entry-day",
    }
}

/// What stands in the form: what could not be taken, or else what was taken back to be entered anew, or else today alone.
fn entered(page: &FilingPage, matter: &RecordMatter, form: impl Fn(&Happening) -> Option<RefusedEntry>) -> RefusedEntry {
    let anew = || {
        let taken_back = page.history.iter().rev().take_while(|entry| !entry.stands());
        taken_back.into_iter().find_map(|entry| {
            let on = entry.on.map(|day| day.to_string()).unwrap_or_default();
            form(&entry.happening).map(|entered| RefusedEntry { on, ..entered })
        })
    };
    let today = || RefusedEntry { on: matter.today.to_string(), ..RefusedEntry::default() };
    matter.refused.clone().or_else(anew).unwrap_or_else(today)
}

fn number_form(page: &FilingPage, matter: &RecordMatter, lang: Lang) -> AnyView {
    let entered = entered(page, matter, |happening| match happening {
        Happening::Forwarded { receipt } => Some(RefusedEntry { number: receipt.clone(), ..RefusedEntry::default() }),
        _ => None,
    });
    let wrong = fault_at(&entered, "handling-number");
    view! {
        <form method="post" action=format!("/filings/{}/handling-number", page.id) novalidate>
            <div class=class(wrong) data-field="number">
                <label class="field__label" for="handling-number">{lang.say(WORDS.number)}</label>
                <p class="field__hint" id="handling-number-hint">{lang.say(WORDS.number_hint)}</p>
                {problem("handling-number-problem", wrong, lang)}
                <input class="control control--medium" type="text" id="handling-number" name="number" value=entered.number.clone()
                    autocomplete="off" spellcheck="false" aria-invalid=wrong.map(|_| "true")
                    aria-describedby=described("handling-number", wrong) />
            </div>
            {day_field(&entered, WORDS.handed_over_on, WORDS.handed_over_on_hint, lang)}
            <div class="actions">{submit(Weight::Main, "enter", lang.say(WORDS.enter_number))}</div>
        </form>
    }
    .into_any()
}

fn told_form(page: &FilingPage, matter: &RecordMatter, lang: Lang) -> AnyView {
    let entered = entered(page, matter, |happening| {
        let (told, words) = Told::of(happening)?;
        Some(RefusedEntry { told: told.name().to_owned(), words, ..RefusedEntry::default() })
    });
    let (at_answer, at_words) = (fault_at(&entered, "told-accepted"), fault_at(&entered, "told-words"));
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
                {problem("told-problem", at_answer, lang)}
                <div class="choices">{choices}</div>
            </fieldset>
            {day_field(&entered, WORDS.told_on, WORDS.told_on_hint, lang)}
            <div class=class(at_words) data-field="words">
                <label class="field__label" for="told-words">{lang.say(WORDS.words)}</label>
                <p class="field__hint" id="told-words-hint">{lang.say(WORDS.words_hint)}</p>
                {problem("told-words-problem", at_words, lang)}
                <textarea class="control" rows="3" id="told-words" name="words" autocomplete="off"
                    aria-invalid=at_words.map(|_| "true") aria-describedby=described("told-words", at_words)>{entered.words.clone()}</textarea>
            </div>
            <div class="actions">{submit(Weight::Other, "enter", lang.say(WORDS.enter_told))}</div>
        </form>
    }
    .into_any()
}

/// The day on which it happened.
fn day_field(entered: &RefusedEntry, label: Phrase, hint: Phrase, lang: Lang) -> AnyView {
    let wrong = fault_at(entered, "entry-day");
    view! {
        <div class=class(wrong) data-field="on">
            <label class="field__label" for="entry-day">{lang.say(label)}</label>
            <p class="field__hint" id="entry-day-hint">{lang.say(hint)}</p>
            {problem("entry-day-problem", wrong, lang)}
            <input class="control control--date" type="text" id="entry-day" name="on" value=entered.on.clone() inputmode="text"
                autocomplete="off" spellcheck="false" aria-invalid=wrong.map(|_| "true") aria-describedby=described("entry-day", wrong) />
        </div>
    }
    .into_any()
}

/// What is wrong at this control.
fn fault_at(entered: &RefusedEntry, id: &str) -> Option<OwnWordFault> {
    entered.faults.iter().copied().find(|fault| control(*fault) == id)
}

fn class(wrong: Option<OwnWordFault>) -> &'static str {
    if wrong.is_some() { "field field--problem" } else { "field" }
}

fn described(id: &str, wrong: Option<OwnWordFault>) -> String {
    if wrong.is_some() { format!("{id}-hint {id}-problem") } else { format!("{id}-hint") }
}

fn problem(id: &'static str, fault: Option<OwnWordFault>, lang: Lang) -> Option<AnyView> {
    let fault = fault?;
    let view = view! {
        <p class="field__problem" id=id>
            <span class="unseen">{lang.words().form.problem_prefix}</span>
            <span class="field__problem-text">{repair_steps::fault(fault, lang)}</span>
        </p>
    };
    Some(view.into_any())
}
