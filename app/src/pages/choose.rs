//! Choosing the enterprise to act for.

use credit::person::Capacity;
use leptos::prelude::*;

use crate::components::button::{Weight, submit};
use crate::shell::Page;
use crate::wording::{Lang, life};

/// The page. With no capacities it says what to do about that.
pub fn choose(capacities: &[Capacity], current: Option<&str>, return_to: &str, lang: Lang) -> Page {
    let words = &lang.words().choose;
    let title = if capacities.is_empty() { words.none_title } else { words.title };
    let body = if capacities.is_empty() {
        view! { <h1>{title}</h1><p>{words.none_text}</p> }.into_any()
    } else {
        let choices: Vec<_> = capacities.iter().enumerate().map(|(at, capacity)| choice(at, capacity, current, lang)).collect();
        view! {
            <h1>{title}</h1>
            <p>{words.lead}</p>
            <form method="post" action="/enterprise">
                <input type="hidden" name="return_to" value=return_to.to_owned() />
                <fieldset class="field">
                    <legend class="field__label">{words.legend}</legend>
                    <div class="choices choices--column">{choices}</div>
                </fieldset>
                <p class="actions">{submit(Weight::Main, "choose", words.go_on)}</p>
            </form>
        }
        .into_any()
    };
    Page { title: title.into(), above: vec![(lang.words().frame.home.into(), "/")], problems: false, island: None, body }
}

fn choice(at: usize, capacity: &Capacity, current: Option<&str>, lang: Lang) -> AnyView {
    let code = capacity.enterprise.code.to_string();
    let id = format!("enterprise-{at}");
    let checked = current.map_or(at == 0, |current| current == code);
    view! {
        <div class="choice">
            <input class="choice__control" type="radio" id=id.clone() name="enterprise" value=code.clone() checked=checked />
            <label class="choice__label" for=id>
                {capacity.enterprise.name.clone()}
                <span class="choice__more"><span class="number">{code}</span>" · "{life::role(capacity.role, lang)}</span>
            </label>
        </div>
    }
    .into_any()
}
