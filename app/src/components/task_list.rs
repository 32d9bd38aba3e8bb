//! Things to go on with: a name that leads there, a line about it, its state.

use leptos::prelude::*;

/// One entry.
pub struct Task {
    /// Where it leads.
    pub href: String,
    /// What it is.
    pub name: String,
    /// A line about it.
    pub line: String,
    /// Its state, as a tag.
    pub state: Option<AnyView>,
    /// Something else one can do with it: address, word, and what a screen reader says.
    pub other: Option<(String, &'static str, String)>,
}

/// The list.
pub fn task_list(tasks: Vec<Task>) -> AnyView {
    let items: Vec<_> = tasks
        .into_iter()
        .map(|task| {
            let other =
                task.other.map(|(href, word, label)| view! { <a class="task-list__other" href=href aria-label=label>{word}</a> });
            view! {
                <li class="task-list__task">
                    <div class="task-list__what">
                        <a class="task-list__name" href=task.href>{task.name}</a>
                        <span class="task-list__line">{task.line}</span>
                    </div>
                    <div class="task-list__state">{task.state}{other}</div>
                </li>
            }
        })
        .collect();
    view! { <ul class="task-list">{items}</ul> }.into_any()
}
