//! What an enterprise has made public, by group.

use credit::enterprise::Enterprise;
use credit::form::FormKind;
use leptos::prelude::*;

use super::public_commitment::CommitmentEntry;
use crate::components::button::{Weight, link};
use crate::components::public_item::{ItemEntry, public_item};
use crate::components::summary_list::{Row, summary_list};
use crate::components::task_list::task_list;
use crate::shell::Page;
use crate::wording::{Lang, public_commitments, publications};

/// The items of one group.
pub struct Group {
    /// Which form.
    pub kind: FormKind,
    /// The items, latest publication first.
    pub items: Vec<ItemEntry>,
    /// Where there are more of this group.
    pub more: Option<String>,
}

/// The page of an enterprise.
pub struct PublicEnterprise {
    /// The enterprise.
    pub enterprise: Enterprise,
    /// Its groups that have public items: all of them, or the one that was asked for.
    pub groups: Vec<Group>,
    /// Where the same is as data.
    pub data: String,
    /// Whether only one group is shown.
    pub one_group: bool,
    /// Where that group begins, if this is a later page of it.
    pub latest: Option<String>,
    /// How many of its commitments are public, and the newest of them; none on a page of one group.
    pub commitments: (i64, Vec<CommitmentEntry>),
}

/// The page.
pub fn public_enterprise(page: PublicEnterprise, lang: Lang) -> Page {
    let words = publications::words(lang);
    let href = format!("/enterprises/{}", page.enterprise.code);
    let commitments = (page.commitments.0 > 0).then(|| commitments(&page, lang));
    let content = if page.groups.is_empty() {
        commitments.is_none().then(|| view! { <p>{words.nothing_public}</p> }).into_any()
    } else {
        let one_group = page.one_group;
        let groups: Vec<_> = page.groups.into_iter().map(|part| group(part, one_group, lang)).collect();
        view! { <p class="lead">{words.not_a_finding}</p>{groups} }.into_any()
    };
    let back = (page.one_group || page.latest.is_some()).then(|| {
        view! {
            <nav class="pagination" aria-label=words.pages>
                {page.latest.map(|href| view! { <a class="pagination__link" href=href>{words.latest}</a> })}
                <a class="pagination__link" href=href>{words.all_groups}</a>
            </nav>
        }
    });
    let numbers = vec![
        Row { label: words.code.into(), answer: page.enterprise.code.to_string(), ..Row::default() },
        Row { label: words.source.into(), answer: words.self_declared.into(), ..Row::default() },
    ];
    let body = view! {
        <h1>{page.enterprise.name.clone()}</h1>
        {summary_list(numbers)}
        {content}
        {commitments}
        {back}
        <p class="no-print"><a class="button button--light" href=page.data rel="alternate" type="application/json">{words.as_data}</a></p>
    };
    Page {
        title: page.enterprise.name,
        above: vec![(words.title.into(), "/enterprises")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}

fn commitments(page: &PublicEnterprise, lang: Lang) -> AnyView {
    let (count, newest) = &page.commitments;
    let all = format!("/commitments?q={}", page.enterprise.code);
    let tasks = newest.iter().map(|entry| super::public_commitments::task(entry, lang)).collect();
    view! {
        <section aria-labelledby="commitments">
            <h2 id="commitments">{lang.say(credit::commitment::GROUP)}</h2>
            <p>{public_commitments::count(*count, lang)}</p>
            {task_list(tasks)}
            <p><a class="pagination__link" href=all>{lang.say(public_commitments::WORDS.all_of_enterprise)}</a></p>
        </section>
    }
    .into_any()
}

fn group(group: Group, one_group: bool, lang: Lang) -> AnyView {
    let words = publications::words(lang);
    let name = lang.say(group.kind.form().group);
    let items: Vec<_> = group.items.iter().map(|item| public_item(item, lang)).collect();
    let more = if one_group { words.earlier } else { words.all_of_group };
    let more = group.more.map(|href| {
        view! { <p><a class="pagination__link" href=href aria-label=format!("{more}{}{name}", lang.words().frame.colon)>{more}</a></p> }
    });
    view! {
        <section aria-labelledby=group.kind.name()>
            <h2 id=group.kind.name()>{name}</h2>
            {items}
            {more}
        </section>
    }
    .into_any()
}

/// Why there is no page for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// Nothing of such an enterprise was ever public.
    Unknown,
    /// It is no credit code.
    NoCode,
}

/// The page in its place.
pub fn absent(why: Absent, lang: Lang) -> Page {
    let words = publications::words(lang);
    let (title, text) = match why {
        Absent::Unknown => (words.unknown_title, words.unknown_text),
        Absent::NoCode => (words.bad_code_title, words.bad_code_text),
    };
    Page {
        title: title.into(),
        above: vec![(words.title.into(), "/enterprises")],
        problems: false,
        island: None,
        body: view! { <h1>{title}</h1><p>{text}</p><p class="actions">{link(Weight::Main, "/enterprises", words.again)}</p> }
            .into_any(),
    }
}
