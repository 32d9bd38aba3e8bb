//! The overview: what an enterprise has registered, what waits for it, what is public, what the platform has on file.

use chrono::NaiveDate;
use credit::form::FormKind;
use credit::on_file::{Breach, OnFile};
use credit::repair::HandOver;
use leptos::prelude::*;

use super::desk::FilingEntry;
use super::desk::filing_name;
use super::notices::{NoticeEntry, what_changed};
use super::records::{ReadAt, platform_reading};
use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link};
use crate::components::record_list::{RecordEntry, record_list};
use crate::components::status_tag::status_tag;
use crate::components::summary_list::{Row, summary_list};
use crate::components::task_list::{Task, task_list};
use crate::shell::Page;
use crate::wording::life::Tone;
use crate::wording::{Lang, life, my_commitments, news, overview as words_of, record_pages, repair_steps};

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
    /// Of that, the dishonesty records that are not stopped.
    pub records: Vec<RecordEntry>,
    /// Whether a PDF can be made here.
    pub pdf: bool,
}

/// Records that are listed here; all of them are on a page of their own.
const RECORDS_SHOWN: usize = 5;

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
        {section("platform", words.platform, platform(overview.platform, &overview.records, lang))}
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

fn platform(file: PlatformFile, records: &[RecordEntry], lang: Lang) -> AnyView {
    let words = lang.overview();
    let (read_at, file) = match file {
        PlatformFile::Unknown => return view! { <p>{words.platform_unknown}</p> }.into_any(),
        PlatformFile::Before(None) => return banner(BannerKind::Notice, words.platform_never, ()),
        PlatformFile::Before(Some(file)) => (ReadAt::Before(file.read_at), file),
        PlatformFile::Now(file) => (ReadAt::Now(file.read_at), file),
    };
    view! { {platform_reading(read_at, lang)}{on_file(file, records, lang)} }.into_any()
}

fn on_file(file: OnFile, records: &[RecordEntry], lang: Lang) -> AnyView {
    let words = lang.overview();
    let standing = if file.in_good_standing { status_tag(Tone::Quiet, words.good) } else { status_tag(Tone::Bad, words.not_good) };
    let breaches = (!file.breaches.is_empty()).then(|| {
        let lists: Vec<_> = file.breaches.into_iter().map(|breach| summary_list(breach_rows(breach, lang))).collect();
        view! { <h3>{words.breaches}</h3>{lists} }
    });
    let shown = if records.is_empty() {
        view! { <p>{words.records_none}</p> }.into_any()
    } else {
        let first = &records[..records.len().min(RECORDS_SHOWN)];
        view! { <p>{record_pages::count(records.len(), lang)}</p>{record_list(first, lang)} }.into_any()
    };
    let all = link(Weight::Other, "/records", lang.say(record_pages::WORDS.all));
    view! { <p>{standing}</p>{breaches}<h3>{words.records}</h3>{shown}<p class="actions">{all}</p> }.into_any()
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
