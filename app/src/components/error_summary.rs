//! The summary of all problems, on top of the form. It is always there, hidden while there are none, so that the browser
//! can fill it too.

use credit::problem::Problem;
use leptos::prelude::*;

use crate::wording::{Lang, faults};

/// The id of a field's control; links of the summary lead there.
pub fn control_id(name: &str) -> String {
    format!("f-{name}")
}

/// The summary.
pub fn error_summary(problems: &[Problem], lang: Lang) -> AnyView {
    let items: Vec<_> = problems
        .iter()
        .map(|problem| {
            let href = format!("#{}", control_id(problem.field.name));
            view! { <li><a href=href>{faults::say(problem, lang)}</a></li> }
        })
        .collect();
    let none = problems.is_empty();
    view! {
        <div id="problems" class="error-summary" role="alert" tabindex="-1" hidden=none autofocus=!none>
            <h2 class="error-summary__heading">{lang.words().form.problems}</h2>
            <ul class="error-summary__list">{items}</ul>
        </div>
    }
    .into_any()
}

/// The summary for a page whose only control is not a declared field.
pub fn single_problem(href: &'static str, sentence: &'static str, lang: Lang) -> AnyView {
    problem_list(vec![(href.into(), sentence.into())], lang)
}

/// The summary for a page whose controls are no declared fields: where each problem is, and its sentence.
pub fn problem_list(problems: Vec<(String, String)>, lang: Lang) -> AnyView {
    let items: Vec<_> = problems.into_iter().map(|(href, sentence)| view! { <li><a href=href>{sentence}</a></li> }).collect();
    view! {
        <div id="problems" class="error-summary" role="alert" tabindex="-1" autofocus=true>
            <h2 class="error-summary__heading">{lang.words().form.problems}</h2>
            <ul class="error-summary__list">{items}</ul>
        </div>
    }
    .into_any()
}
