//! One item of a record that can be said to be wrong: its name and what it says now; opened, what it should say and why.

use leptos::prelude::*;

/// The item; it is closed while nothing is said of it.
pub fn disputed_item(name: &'static str, says: Option<String>, open: bool, should: AnyView, why: AnyView) -> AnyView {
    let says = says.map(|says| view! { <span class="disputed-item__says">{says}</span> });
    view! {
        <details class="disputed-item" open=open>
            <summary class="disputed-item__summary"><span class="disputed-item__name">{name}</span>{says}</summary>
            {should}
            {why}
        </details>
    }
    .into_any()
}
