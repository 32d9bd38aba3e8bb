//! Looking for an enterprise: one field and a button. It is a plain form that asks, so that its answer can be linked to.

use credit::lookup::Unsearchable;
use leptos::prelude::*;

use crate::wording::{Lang, publications};

/// The form, with what was typed and what is wrong with it.
pub fn search_form(typed: &str, problem: Option<Unsearchable>, lang: Lang) -> AnyView {
    let words = publications::words(lang);
    let problem = problem.map(|why| publications::unsearchable(why, lang));
    let wrong = problem.is_some();
    let problem = problem.map(|sentence| {
        view! { <p class="field__problem" id="e-q"><span class="unseen">{words.problem_prefix}</span><span class="field__problem-text">{sentence}</span></p> }
    });
    let class = if wrong { "field field--problem" } else { "field" };
    let described = if wrong { "h-q e-q" } else { "h-q" };
    view! {
        <form class="search-form" method="get" action="/enterprises" role="search">
            <div class=class data-field="q">
                <label class="field__label" for="f-q">{words.label}</label>
                <p class="field__hint" id="h-q">{words.hint}</p>
                {problem}
                <div class="search-form__line">
                    <input
                        class="control search-form__typed"
                        type="text"
                        id="f-q"
                        name="q"
                        value=typed.to_owned()
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby=described
                        aria-invalid=wrong.then_some("true")
                    />
                    <button class="button button--main" type="submit">{words.search}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}
