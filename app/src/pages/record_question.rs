//! The question that separates repair, objection and appeal. It is asked before any form.

use credit::form::Phrase;
use credit::law::triage::Grievance;
use leptos::prelude::*;

use crate::wording::Lang;
use crate::wording::record_pages::{WORDS, grievance_hint};

/// The control to which a sentence about a missing answer leads.
pub(super) const FIRST: &str = "#says-put_right";

/// The question (`says`) under this legend. `problem`: what is wrong with the answer.
pub(super) fn question(legend: Phrase, said: Option<Grievance>, problem: Option<String>, lang: Lang) -> AnyView {
    let choices: Vec<_> = Grievance::ALL
        .into_iter()
        .map(|grievance| {
            let id = format!("says-{}", grievance.name());
            view! {
                <div class="choice">
                    <input class="choice__control" type="radio" id=id.clone() name="says" value=grievance.name() required
                        checked=said == Some(grievance) />
                    <label class="choice__label" for=id>
                        {lang.say(grievance.label())}<span class="choice__more">{grievance_hint(grievance, lang)}</span>
                    </label>
                </div>
            }
        })
        .collect();
    let (class, described) =
        if problem.is_some() { ("field field--problem", "says-hint says-problem") } else { ("field", "says-hint") };
    let problem = problem.map(|sentence| {
        view! {
            <p class="field__problem" id="says-problem">
                <span class="unseen">{lang.words().form.problem_prefix}</span>
                <span class="field__problem-text">{sentence}</span>
            </p>
        }
    });
    view! {
        <fieldset class=class aria-describedby=described>
            <legend><h2>{lang.say(legend)}</h2></legend>
            <p class="field__hint" id="says-hint">{lang.say(WORDS.triage_hint)}</p>
            {problem}
            <div class="choices choices--column">{choices}</div>
        </fieldset>
    }
    .into_any()
}
