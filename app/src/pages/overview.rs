//! The overview: what an enterprise has registered, what waits for it, what is public, what the platform has on file.

use chrono::NaiveDate;
use credit::form::FormKind;
use credit::on_file::{Breach, OnFile};
use credit::record::RecordAsGiven;
use credit::repair::HandOver;
use leptos::prelude::*;

use super::desk::FilingEntry;
use super::desk::filing_name;
use super::notices::{NoticeEntry, what_changed};
use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link};
use crate::components::status_tag::status_tag;
use crate::components::summary_list::{Row, summary_list};
use crate::components::task_list::{Task, task_list};
use crate::shell::Page;
use crate::time_text;
use crate::wording::life::Tone;
use crate::wording::{Lang, life, my_commitments, news, overview as words_of, repair_steps};

/// How many items of one group stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupCounts {
    /// With us or the platform, not decided.
    pub checking: i64,
    /// Sent back.
    pub returned: i64,
    /// Verified, wholly or in part.
    pub granted: i64,
    /// Not verified.
    pub refused: i64,
    /// Granted once, and found untrue since.
    pub found_untrue: i64,
    /// Withdrawn.
    pub withdrawn: i64,
}

/// An item that ends soon.
pub struct ExpiringEntry {
    /// The filing.
    pub filing: FilingEntry,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Days until then.
    pub days_left: u64,
}

/// What is known of the platform's file.
pub enum PlatformFile {
    /// Read just now.
    Now(OnFile),
    /// The platform does not answer; this was read before, if anything ever was.
    Before(Option<OnFile>),
    /// The platform knows no such enterprise.
    Unknown,
}

/// The overview.
pub struct Overview {
    /// The enterprise's name.
    pub enterprise: String,
    /// Its credit code.
    pub code: String,
    /// Each group that has filings.
    pub groups: Vec<(FormKind, GroupCounts)>,
    /// Sent back, newest first.
    pub returned: Vec<FilingEntry>,
    /// Ending within 30 days, the nearest first.
    pub expiring: Vec<ExpiringEntry>,
    /// How many are published.
    pub published: i64,
    /// How many notices nobody has read.
    pub unread: i64,
    /// The newest of those.
    pub newest: Vec<NoticeEntry>,
    /// What the platform has on file.
    pub platform: PlatformFile,
    /// Whether a PDF can be made here.
    pub pdf: bool,
}

/// The page.
pub fn overview(overview: Overview, lang: Lang) -> Page {
    let words = lang.overview();
    let public_page = format!("/enterprises/{}", overview.code);
    let public = if overview.published == 0 {
        view! { <p>{words.public_none}</p> }.into_any()
    } else {
        view! { <p>{words_of::public(overview.published, lang)}</p> }.into_any()
    };
    let body = view! {
        {what_changed(overview.unread, overview.newest, lang)}
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <p>{overview.enterprise}" · "<span class="number">{overview.code}</span></p>
        {section("registered", words.registered, groups(&overview.groups, lang))}
        {section("to-mend", words.to_mend, tasks(overview.returned.into_iter().map(|entry| returned(entry, lang)).collect(), words.to_mend_none))}
        {section("expiring", words.expiring, tasks(overview.expiring.into_iter().map(|entry| expiring(entry, lang)).collect(), words.expiring_none))}
        {section("public", words.public, view! { {public}<p><a class="button button--light" href=public_page>{words.public_link}</a></p> }.into_any())}
        {section("platform", words.platform, platform(overview.platform, lang))}
        {section("take-away", words.take_away, take_away(overview.pdf, lang))}
        <p><a class="button button--light" href="/commitments/mine">{lang.say(my_commitments::WORDS.title)}</a></p>
        <p><a class="button button--light" href="/notices">{lang.news().all_notices}</a></p>
    };
    Page {
        title: words.title.into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}

fn section(id: &'static str, title: &'static str, body: AnyView) -> AnyView {
    view! { <section aria-labelledby=id><h2 id=id>{title}</h2>{body}</section> }.into_any()
}

fn groups(groups: &[(FormKind, GroupCounts)], lang: Lang) -> AnyView {
    let words = lang.overview();
    if groups.is_empty() {
        return view! { <p>{words.registered_none}</p><p class="actions">{link(Weight::Main, "/registrations", lang.words().desk.begin)}</p> }
            .into_any();
    }
    let rows = groups.iter().map(|(kind, counts)| {
        let [granted, checking, refused, found_untrue] = if kind.is_about_record() {
            repair_steps::counted(lang)
        } else {
            [words.granted, words.checking, words.refused, words.found_untrue]
        };
        let parts = [
            (granted, counts.granted),
            (checking, counts.checking),
            (words.returned_state, counts.returned),
            (refused, counts.refused),
            (found_untrue, counts.found_untrue),
            (words.withdrawn, counts.withdrawn),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(state, count)| format!("{state} {}", words_of::count(count, lang)))
            .collect();
        Row { label: lang.say(kind.form().group).into(), answer: parts.join(" · "), ..Row::default() }
    });
    view! { {summary_list(rows.collect())}<p><a class="button button--light" href="/filings">{lang.words().desk.title}</a></p> }
        .into_any()
}

fn tasks(tasks: Vec<Task>, none: &'static str) -> AnyView {
    if tasks.is_empty() { view! { <p>{none}</p> }.into_any() } else { task_list(tasks) }
}

fn filing_task(entry: FilingEntry, state: AnyView, lang: Lang) -> Task {
    Task {
        href: format!("/filings/{}", entry.id),
        name: filing_name(entry.kind, &entry.content, lang),
        line: format!("{} · {}", lang.say(entry.kind.form().group), entry.reference),
        state: Some(state),
        other: None,
    }
}

fn returned(entry: FilingEntry, lang: Lang) -> Task {
    let state = life::state(entry.kind, HandOver::of(&entry.content), &entry.standing, lang);
    filing_task(entry, status_tag(state.tone, state.name), lang)
}

fn expiring(entry: ExpiringEntry, lang: Lang) -> Task {
    let words = format!("{} · {}", entry.ends_on, news::days_left(entry.days_left, lang));
    filing_task(entry.filing, status_tag(Tone::Act, words), lang)
}

fn platform(file: PlatformFile, lang: Lang) -> AnyView {
    let words = lang.overview();
    match file {
        PlatformFile::Unknown => view! { <p>{words.platform_unknown}</p> }.into_any(),
        PlatformFile::Before(None) => banner(BannerKind::Notice, words.platform_never, ()),
        PlatformFile::Before(Some(file)) => {
            let told = words_of::platform_down(&time_text::minute(file.read_at), lang);
            view! { {banner(BannerKind::Notice, told, ())}{on_file(file, lang)} }.into_any()
        }
        PlatformFile::Now(file) => {
            let read_at = time_text::minute(file.read_at);
            view! { <p>{words.platform_lead}" "{words.read_at}{lang.words().frame.colon}{read_at}</p>{on_file(file, lang)} }
                .into_any()
        }
    }
}

fn on_file(file: OnFile, lang: Lang) -> AnyView {
    let words = lang.overview();
    let standing = if file.in_good_standing { status_tag(Tone::Quiet, words.good) } else { status_tag(Tone::Bad, words.not_good) };
    let breaches = (!file.breaches.is_empty()).then(|| {
        let lists: Vec<_> = file.breaches.into_iter().map(|breach| summary_list(breach_rows(breach, lang))).collect();
        view! { <h3>{words.breaches}</h3>{lists} }
    });
    let records = if file.records.is_empty() {
        view! { <p>{words.records_none}</p> }.into_any()
    } else {
        let lists: Vec<_> = file.records.into_iter().map(|record| summary_list(record_rows(record, lang))).collect();
        view! { {lists} }.into_any()
    };
    view! { <p>{standing}</p>{breaches}<h3>{words.records}</h3>{records} }.into_any()
}

fn row(label: &'static str, answer: impl Into<String>) -> Row {
    Row { label: label.into(), answer: answer.into(), ..Row::default() }
}

fn breach_rows(breach: Breach, lang: Lang) -> Vec<Row> {
    let words = lang.overview();
    let mut rows = vec![row(words.breaches, breach.what), row(words.since, breach.since)];
    rows.extend(breach.until.map(|until| row(words.until, until)));
    rows.push(row(words.basis, breach.basis));
    rows
}

fn record_rows(record: RecordAsGiven, lang: Lang) -> Vec<Row> {
    let words = lang.overview();
    let mut rows = vec![
        row(words.document, record.document_number),
        row(words.authority, record.determining_authority),
        row(words.kind, record.kind),
        row(words.decided_on, record.decided_on),
    ];
    rows.extend(record.publication_ends_on.map(|day| row(words.ends_on, day)));
    rows.extend(record.earliest_repair_on.map(|day| row(words.repair_on, day)));
    let state = match (record.stopped_on, record.disputed) {
        (Some(day), _) => format!("{} {day}", words.stopped),
        (None, true) => words.disputed.to_owned(),
        (None, false) => words.published.to_owned(),
    };
    rows.push(row(words.state, state));
    rows
}

fn take_away(pdf: bool, lang: Lang) -> AnyView {
    let words = lang.overview();
    let no_pdf = (!pdf).then(|| view! { <p>{words.no_pdf}</p> });
    let pdf = pdf.then(|| link(Weight::Other, "/overview/everything.pdf", words.pdf));
    view! {
        <p>{words.take_away_text}</p>
        {no_pdf}
        <p class="actions">
            {link(Weight::Other, "/overview/everything.json", words.json)}
            {pdf}
            {link(Weight::Other, "/overview/print", words.print)}
        </p>
    }
    .into_any()
}
