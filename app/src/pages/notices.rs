//! The list of notices.

use credit::filing::Instant;
use credit::form::FormKind;
use credit::news::News;
use credit::registration::Content;
use leptos::prelude::*;

use super::desk::filing_name;
use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link, submit};
use crate::components::pagination::pagination;
use crate::components::status_tag::status_tag;
use crate::components::task_list::{Task, task_list};
use crate::shell::Page;
use crate::time_text;
use crate::wording::life::Tone;
use crate::wording::{Lang, news};

/// A notice in the list.
pub struct NoticeEntry {
    /// The filing it speaks of.
    pub filing_id: String,
    /// That filing's number.
    pub reference: String,
    /// Which form.
    pub kind: FormKind,
    /// What was filed.
    pub content: Content,
    /// What it tells.
    pub news: News,
    /// When.
    pub told_at: Instant,
    /// Whether somebody has read it.
    pub read: bool,
}

/// The list.
pub struct NoticeList {
    /// Notices, newest first.
    pub notices: Vec<NoticeEntry>,
    /// How many nobody has read, on all pages.
    pub unread: i64,
    /// Where older ones are listed, if there are any.
    pub older: Option<String>,
    /// Whether this is not the first page.
    pub further: bool,
}

/// The page.
pub fn notices(list: NoticeList, lang: Lang) -> Page {
    let words = lang.news();
    let newest = list.notices.first().map(|notice| notice.told_at);
    let read_all = newest.filter(|_| list.unread > 0 && !list.further).map(|newest| {
        view! {
            <form method="post" action="/notices/reading">
                <input type="hidden" name="until" value=newest.to_string() />
                <p class="actions">{submit(Weight::Other, "read", words.read_all)}</p>
            </form>
        }
    });
    let entries = if list.notices.is_empty() {
        view! { <p>{words.none}</p> }.into_any()
    } else {
        task_list(list.notices.into_iter().map(|notice| task(notice, lang)).collect())
    };
    let body = view! {
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <p>{link(Weight::Light, "/notices/settings", words.settings)}</p>
        {read_all}
        {entries}
        {pagination(list.older, list.further.then(|| "/notices".to_owned()), lang)}
    };
    Page {
        title: words.title.into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}

fn task(notice: NoticeEntry, lang: Lang) -> Task {
    let words = lang.news();
    let (_, what) = news::say(notice.kind, &notice.news, lang);
    let state = (!notice.read).then(|| status_tag(Tone::Waiting, words.unread));
    Task {
        href: format!("/filings/{}", notice.filing_id),
        name: what,
        line: format!(
            "{} · {} · {}",
            filing_name(notice.kind, &notice.content, lang),
            notice.reference,
            time_text::minute(notice.told_at)
        ),
        state,
        other: None,
    }
}

/// What changed since somebody last looked, on top of the list of filings; nothing when nothing did. `newest` are some of
/// the unread ones.
pub fn what_changed(unread: i64, newest: Vec<NoticeEntry>, lang: Lang) -> AnyView {
    if unread == 0 {
        return ().into_any();
    }
    let lines: Vec<_> = newest
        .into_iter()
        .map(|notice| {
            let (_, what) = news::say(notice.kind, &notice.news, lang);
            let name = filing_name(notice.kind, &notice.content, lang);
            view! {
                <li><a href=format!("/filings/{}", notice.filing_id)>{name}</a>{lang.words().frame.colon}{what}" · "{time_text::minute(notice.told_at)}</li>
            }
        })
        .collect();
    let all = lang.news().all_notices;
    banner(
        BannerKind::Notice,
        news::changed(unread, lang),
        view! { <ul>{lines}</ul><p><a class="button button--light" href="/notices">{all}</a></p> },
    )
}
