//! Where a person is signed in, and ending it elsewhere.

use credit::filing::Instant;
use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, submit};
use crate::components::status_tag::status_tag;
use crate::shell::Page;
use crate::time_text;
use crate::wording::Lang;
use crate::wording::life::Tone;
use crate::wording::sessions::WORDS;

/// A session in the list.
#[derive(Clone, Debug)]
pub struct SessionEntry {
    /// For which enterprise the person acts there.
    pub enterprise: Option<String>,
    /// When it began.
    pub opened_at: Instant,
    /// When it was last used, to the minute.
    pub seen_at: Instant,
    /// Whether the page is looked at in it.
    pub this_one: bool,
}

/// The page. `ended`: those elsewhere have just been ended.
pub fn sessions(entries: Vec<SessionEntry>, ended: bool, lang: Lang) -> Page {
    let title = lang.say(WORDS.title);
    let ended = ended.then(|| banner(BannerKind::Done, lang.say(WORDS.ended), ()));
    let others = entries.iter().any(|entry| !entry.this_one);
    let list: Vec<_> = entries.into_iter().map(|entry| shown(entry, lang)).collect();
    let end = if others {
        view! {
            <form method="post" action="/sessions/ending">
                <p class="actions">{submit(Weight::Main, "end", lang.say(WORDS.end_others))}</p>
            </form>
        }
        .into_any()
    } else {
        view! { <p>{lang.say(WORDS.no_others)}</p> }.into_any()
    };
    let body = view! {
        {ended}
        <h1>{title}</h1>
        <p class="lead">{lang.say(WORDS.lead)}</p>
        <ul class="task-list">{list}</ul>
        {end}
        <p>{lang.say(WORDS.not_yours)}" "<a href="/signing-keys">{lang.say(crate::wording::signing_keys::WORDS.title)}</a></p>
    };
    Page {
        title: title.into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}

fn shown(entry: SessionEntry, lang: Lang) -> AnyView {
    let here = entry.this_one.then(|| status_tag(Tone::Good, lang.say(WORDS.this_one)));
    let enterprise = entry.enterprise.unwrap_or_else(|| lang.say(WORDS.no_enterprise).to_owned());
    view! {
        <li class="task-list__task">
            <div class="task-list__what">
                <strong>{enterprise}</strong>
                <br />{lang.say(WORDS.since)}" "{time_text::minute(entry.opened_at)}
                <br />{lang.say(WORDS.used)}" "{time_text::minute(entry.seen_at)}
            </div>
            <div class="task-list__state">{here}</div>
        </li>
    }
    .into_any()
}
