//! Where the browser says what it found in pasted rows. Without JavaScript nothing of it is seen.

use leptos::prelude::*;

use crate::wording::Lang;
use crate::wording::imports::WORDS;

/// The line that says how the check stands and what it came to. Its height is there from the start.
pub fn check_line() -> AnyView {
    view! { <p class="row-check" id="row-check" role="status"></p> }.into_any()
}

/// The lists of what people should know of the rows and of their first faults, hidden while there is nothing in them.
pub fn check_lists(lang: Lang) -> AnyView {
    let title = lang.say(WORDS.faults);
    view! {
        <ul id="row-notes" hidden=true></ul>
        <div id="row-faults" hidden=true>
            <h3>{title}</h3>
            <p>{lang.say(WORDS.faults_text)}<span class="row-check__first" id="row-faults-first"></span></p>
            <div class="row-table" role="region" aria-label=title tabindex="0">
                <table class="row-table__table">
                    <thead>
                        <tr>
                            <th scope="col">{lang.say(WORDS.line)}</th>
                            <th scope="col">{lang.say(WORDS.column)}</th>
                            <th scope="col">{lang.say(WORDS.problems)}</th>
                        </tr>
                    </thead>
                    <tbody id="row-faults-body"></tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}
