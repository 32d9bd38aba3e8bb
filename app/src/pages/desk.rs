//! The enterprise's drafts and filings.

use credit::draft::Draft;
use credit::filing::{Instant, Standing, State};
use credit::form::{Field, FormKind};
use credit::registration::Content;
use credit::repair::HandOver;
use leptos::prelude::*;

use super::my_commitments::{ToSignEntry, waiting_for_you};
use super::notices::{NoticeEntry, what_changed};
use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link};
use crate::components::pagination::pagination;
use crate::components::status_tag::status_tag;
use crate::components::task_list::{Task, task_list};
use crate::shell::Page;
use crate::time_text;
use crate::wording::imports::{WORDS, count, source};
use crate::wording::{Lang, life, record_pages};

/// A draft in the list.
pub struct DraftEntry {
    /// Its id.
    pub id: String,
    /// Which form.
    pub kind: FormKind,
    /// What was typed.
    pub draft: Draft,
    /// When it last changed.
    pub changed_at: Instant,
    /// By whom.
    pub changed_by: String,
    /// Whether it corrects a returned filing.
    pub correction: bool,
}

/// A filing in the list.
pub struct FilingEntry {
    /// Its id.
    pub id: String,
    /// The number people use.
    pub reference: String,
    /// Which form.
    pub kind: FormKind,
    /// What was filed.
    pub content: Content,
    /// Where it stands.
    pub standing: Standing,
    /// When it was filed.
    pub filed_at: Instant,
}

/// An import in the list.
pub struct ImportEntry {
    /// Its id.
    pub id: String,
    /// Which form its rows are.
    pub kind: FormKind,
    /// The file's name; none for rows that were pasted.
    pub file_name: Option<String>,
    /// When it was sent.
    pub made_at: Instant,
    /// Whether nothing could be read of it.
    pub refused: bool,
    /// How many rows are to be mended, and how many are to be filed.
    pub faulty_and_sound: (i64, i64),
}

/// The list.
pub struct Desk {
    /// Commitments that wait for the visitor's signature, latest request first.
    pub to_sign: Vec<ToSignEntry>,
    /// Imports to finish, newest first.
    pub imports: Vec<ImportEntry>,
    /// Drafts, latest change first.
    pub drafts: Vec<DraftEntry>,
    /// Filings, newest first.
    pub filings: Vec<FilingEntry>,
    /// Where older filings are listed, if there are any.
    pub older: Option<String>,
    /// Whether this is not the first page.
    pub further: bool,
    /// Whether a draft has just been deleted.
    pub deleted: bool,
    /// How many notices nobody has read.
    pub unread: i64,
    /// The newest of those.
    pub newest: Vec<NoticeEntry>,
}

/// What a draft is called in lists: its title as typed.
pub fn draft_name(kind: FormKind, draft: &Draft, lang: Lang) -> String {
    let form = kind.form();
    let typed = draft.get(form.named_by).trim();
    let dated = form.dated_by.map_or("", |field| draft.get(field).trim());
    if typed.is_empty() { lang.words().desk.untitled.into() } else { name_of(kind, dated, typed, lang) }
}

/// What a filing is called in lists.
pub fn filing_name(kind: FormKind, content: &Content, lang: Lang) -> String {
    let form = kind.form();
    let answer = |field: &Field| content.get(field.name).map(String::as_str);
    let dated = form.dated_by.and_then(answer).unwrap_or_default();
    answer(form.named_by).map_or_else(|| lang.say(form.title).into(), |named| name_of(kind, dated, named, lang))
}

/// A name that fits into a line of a list: with its year, where there is one for each year, and cut where it goes on and on.
/// What concerns a record is called after its decision, and so says first what it is.
fn name_of(kind: FormKind, dated: &str, named: &str, lang: Lang) -> String {
    const LONGEST: usize = 40;
    let first = if matches!(kind, FormKind::Repair | FormKind::Objection) { lang.say(kind.form().group) } else { dated };
    let mut name = if first.is_empty() { named.to_owned() } else { format!("{first} · {named}") };
    if let Some((at, _)) = name.char_indices().nth(LONGEST) {
        name.truncate(at);
        name.push('…');
    }
    name
}

/// The page.
pub fn desk(desk: Desk, lang: Lang) -> Page {
    let words = &lang.words().desk;
    let deleted = desk.deleted.then(|| banner(BannerKind::Done, words.deleted, ()));
    let imports = (!desk.further && !desk.imports.is_empty()).then(|| imports(desk.imports, lang));
    let drafts = (!desk.further).then(|| drafts(desk.drafts, lang));
    let to_sign = (!desk.further).then(|| waiting_for_you(desk.to_sign, lang));
    let export = (!desk.further && !desk.filings.is_empty()).then(|| export(lang));
    let none = desk.filings.is_empty();
    let (returned, others): (Vec<_>, Vec<_>) =
        desk.filings.into_iter().partition(|filing| matches!(filing.standing.state, State::Returned { .. }));
    let tasks = |filings: Vec<FilingEntry>| task_list(filings.into_iter().map(|filing| filing_task(filing, lang)).collect());
    let returned = (!returned.is_empty()).then(|| {
        view! { <section aria-labelledby="returned"><h2 id="returned">{words.returned}</h2>{tasks(returned)}</section> }
    });
    let filings = if none { view! { <p>{words.no_filings}</p> }.into_any() } else { tasks(others) };
    let body = view! {
        {deleted}
        {what_changed(desk.unread, desk.newest, lang)}
        <h1>{words.title}</h1>
        <p class="actions">
            {link(Weight::Main, "/registrations", words.begin)}
            {link(Weight::Other, "/records", lang.say(record_pages::WORDS.door))}
        </p>
        {to_sign}
        {returned}
        {imports}
        {drafts}
        <section aria-labelledby="filings">
            <h2 id="filings">{words.filings}</h2>
            {filings}
            {pagination(desk.older, desk.further.then(|| "/filings".to_owned()), lang)}
        </section>
        {export}
    };
    Page {
        title: words.title.into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}

fn imports(imports: Vec<ImportEntry>, lang: Lang) -> AnyView {
    let tasks = imports
        .into_iter()
        .map(|import| {
            let (faulty, sound) = import.faulty_and_sound;
            let counts = [(faulty, WORDS.faulty), (sound, WORDS.sound)];
            let counts = counts.into_iter().filter(|(number, _)| *number > 0).map(|(number, words)| count(number, words, lang));
            let begun = [lang.say(import.kind.form().group).to_owned(), time_text::minute(import.made_at)];
            Task {
                href: format!("/imports/{}", import.id),
                line: begun.into_iter().chain(counts).collect::<Vec<_>>().join(" · "),
                name: source(import.file_name.as_deref(), lang),
                state: import.refused.then(|| status_tag(life::Tone::Bad, lang.say(WORDS.unreadable))),
                other: None,
            }
        })
        .collect();
    view! {
        <section aria-labelledby="imports">
            <h2 id="imports">{lang.say(WORDS.unfinished)}</h2>
            {task_list(tasks)}
        </section>
    }
    .into_any()
}

/// Where what is registered can be had as tables.
fn export(lang: Lang) -> AnyView {
    let groups: Vec<_> = FormKind::ALL
        .iter()
        .map(|kind| {
            let links: Vec<_> = [("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON")]
                .into_iter()
                .map(|(ending, name)| {
                    let href = format!("/registrations/export.{ending}?kind={}", kind.name());
                    view! { " "<a class="button button--light" href=href aria-label=format!("{} {name}", lang.say(kind.form().group))>{name}</a> }
                })
                .collect();
            view! { <li>{lang.say(kind.form().group)}{links}</li> }
        })
        .collect();
    view! {
        <section aria-labelledby="export">
            <h2 id="export">{lang.say(WORDS.export)}</h2>
            <p>{lang.say(WORDS.export_text)}</p>
            <ul>{groups}</ul>
        </section>
    }
    .into_any()
}

fn drafts(drafts: Vec<DraftEntry>, lang: Lang) -> AnyView {
    let words = &lang.words().desk;
    let list = if drafts.is_empty() {
        view! { <p>{words.no_drafts}</p> }.into_any()
    } else {
        task_list(drafts.into_iter().map(|draft| draft_task(draft, lang)).collect())
    };
    view! {
        <section aria-labelledby="drafts">
            <h2 id="drafts">{words.drafts}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn draft_task(draft: DraftEntry, lang: Lang) -> Task {
    let words = &lang.words().desk;
    let name = draft_name(draft.kind, &draft.draft, lang);
    Task {
        href: format!("/drafts/{}", draft.id),
        line: format!(
            "{} · {} {} · {}",
            lang.say(draft.kind.form().title),
            words.changed,
            time_text::minute(draft.changed_at),
            draft.changed_by
        ),
        state: draft.correction.then(|| status_tag(life::Tone::Act, words.correction)),
        other: Some((format!("/drafts/{}/deletion", draft.id), words.delete, format!("{} {name}", words.delete))),
        name,
    }
}

fn filing_task(filing: FilingEntry, lang: Lang) -> Task {
    let words = &lang.words().desk;
    let state = life::state(filing.kind, HandOver::of(&filing.content), &filing.standing, lang);
    Task {
        href: format!("/filings/{}", filing.id),
        name: filing_name(filing.kind, &filing.content, lang),
        line: format!(
            "{} · {} · {} {}",
            lang.say(filing.kind.form().group),
            filing.reference,
            words.filed,
            time_text::minute(filing.filed_at)
        ),
        state: Some(status_tag(state.tone, state.name)),
        other: None,
    }
}
