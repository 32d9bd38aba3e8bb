//! Questions and answers, for checking and for reading again.

use leptos::prelude::*;

/// One row.
#[derive(Default)]
pub struct Row {
    /// What was asked.
    pub label: String,
    /// The answer.
    pub answer: String,
    /// A quiet word after the answer: who will see it.
    pub note: Option<String>,
    /// What stood there before, if it is to be shown: the words that lead in, then the old answer.
    pub before: Option<(String, String)>,
    /// Where it can be changed: the address, the word, and what a screen reader says.
    pub change: Option<(String, &'static str, String)>,
}

/// The list.
pub fn summary_list(rows: Vec<Row>) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let before = row.before.map(|(label, was)| {
                view! { <span class="summary-list__before">{label}<del>{was}</del></span> }
            });
            let note = row.note.map(|note| view! { <dd class="summary-list__note">{note}</dd> });
            let change = row.change.map(|(href, word, label)| {
                view! { <dd class="summary-list__change"><a href=href aria-label=label>{word}</a></dd> }
            });
            view! {
                <div class="summary-list__row">
                    <dt class="summary-list__label">{row.label}</dt>
                    <dd class="summary-list__answer">{row.answer}{before}</dd>
                    {note}
                    {change}
                </div>
            }
        })
        .collect();
    view! { <dl class="summary-list">{rows}</dl> }.into_any()
}
