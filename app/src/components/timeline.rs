//! What happened, newest first.

use leptos::prelude::*;

/// One entry.
pub struct Moment {
    /// When, for people.
    pub when: String,
    /// When, for machines.
    pub machine: String,
    /// What.
    pub what: String,
    /// Who did it.
    pub who: String,
    /// What was said with it.
    pub said: Vec<String>,
}

/// The timeline.
pub fn timeline(moments: Vec<Moment>) -> AnyView {
    let items: Vec<_> = moments
        .into_iter()
        .map(|moment| {
            let said: Vec<_> = moment.said.into_iter().map(|line| view! { <p class="timeline__said">{line}</p> }).collect();
            view! {
                <li class="timeline__moment">
                    <p class="timeline__what">{moment.what}</p>
                    {said}
                    <p class="timeline__when"><time datetime=moment.machine>{moment.when}</time>" · "{moment.who}</p>
                </li>
            }
        })
        .collect();
    view! { <ol class="timeline">{items}</ol> }.into_any()
}
