//! What is said of a receipt that was checked. The island `verifier` says the same, with the same classes.

use leptos::prelude::*;

use crate::components::summary_list::{Row, summary_list};
use crate::verification::Told;
use crate::wording::Lang;
use crate::wording::verifying::WORDS;

/// It, with how it was checked, if anything was.
pub fn verdict(told: Told, how: Option<&'static str>, lang: Lang) -> AnyView {
    let class = if told.holds { "verdict verdict--holds" } else { "verdict verdict--doubt" };
    let rows: Vec<Row> = told.facts.into_iter().map(|(label, answer)| Row { label, answer, ..Row::default() }).collect();
    let facts = (!rows.is_empty()).then(|| summary_list(rows));
    let meaning = told.meaning.map(|meaning| view! { <p>{meaning}</p> });
    let checks: Vec<_> = told.checks.into_iter().map(|check| view! { <li>{check}</li> }).collect();
    let checks = (!checks.is_empty()).then(|| view! { <h3>{lang.say(WORDS.checks)}</h3><ul>{checks}</ul> });
    let document = told.document.map(|document| {
        view! { <h3>{lang.say(WORDS.document)}</h3><pre class="document verdict__document" lang="zh-CN">{document}</pre> }
    });
    view! {
        <div class=class>
            <p class="verdict__heading">{told.heading}</p>
            {meaning}
            {how.map(|how| view! { <p class="verdict__how">{how}</p> })}
        </div>
        {facts}
        {checks}
        {document}
    }
    .into_any()
}
