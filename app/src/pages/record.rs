//! One dishonesty record: what it says, what is wrong with how it was given, what can be done and from when.

use chrono::NaiveDate;
use credit::law::eligibility::{Eligible, Ineligible, day_to_come};
use credit::law::repair_rules::Earliest;
use credit::law::repair_rules::rules_for;
use credit::law::triage::Grievance;
use credit::objection::ObjectionFault;
use credit::on_file::BarOnFile;
use credit::record::{DateOf, DishonestyRecord, RecordFault};
use credit::repair::HandOver;
use leptos::prelude::*;

use super::desk::{DraftEntry, FilingEntry};
use super::record_way::{triage, way};
use super::records::{ReadAt, bars_part, platform_reading};
use crate::components::button::{Weight, link};
use crate::components::record_list::{encoded, record_name, standing_tag};
use crate::components::status_tag::status_tag;
use crate::components::summary_list::{Row, summary_list};
use crate::components::task_list::{Task, task_list};
use crate::shell::Page;
use crate::time_text;
use crate::wording::life::Tone;
use crate::wording::record_pages::WORDS;
use crate::wording::{Lang, life, records as words_of};

/// The page's data.
pub struct RecordPage {
    /// When the platform was read.
    pub read_at: ReadAt,
    /// The record.
    pub record: DishonestyRecord,
    /// Whether a repair can be applied for or, if not, every reason.
    pub standing: Result<Eligible, Vec<Ineligible>>,
    /// Why no objection can be made here.
    pub hindrances: Vec<ObjectionFault>,
    /// Bans on applying that hold.
    pub bars: Vec<BarOnFile>,
    /// What the enterprise says of it, once it has answered.
    pub says: Option<Grievance>,
    /// Drafts about it.
    pub drafts: Vec<DraftEntry>,
    /// Filings about it, newest first.
    pub filings: Vec<FilingEntry>,
    /// The day in Shanghai.
    pub today: NaiveDate,
}

/// The page.
pub fn record(page: RecordPage, lang: Lang) -> Page {
    let title = record_name(&page.record, lang);
    // Where that is why it cannot be applied for, the state says so already.
    let is_said = matches!(&page.standing, Err(reasons) if reasons[..] == [Ineligible::Disputed]);
    let disputed = (page.record.disputed && !is_said).then(|| view! { " "{status_tag(Tone::Waiting, lang.say(WORDS.disputed))} });
    let answered = page.says.map(|says| way(&page, says, lang));
    // Who says that all is put right reads of the repair as the way to go.
    let repair = (page.says != Some(Grievance::PutRight)).then(|| {
        view! { <section aria-labelledby="repair"><h2 id="repair">{lang.say(WORDS.repair)}</h2>{repair_part(&page, lang)}</section> }
    });
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="lead">{page.record.authority.clone()}" · "{page.record.kind.clone()}</p>
        <p>{standing_tag(&page.standing, lang)}{disputed}</p>
        {platform_reading(page.read_at, lang)}
        {repair}
        {triage(&page, lang)}
        {answered}
        {faults(&page.record, lang)}
        <section aria-labelledby="says">
            <h2 id="says">{lang.say(WORDS.says)}</h2>
            {summary_list(rows(&page.record, lang))}
        </section>
        <section aria-labelledby="duties"><h2 id="duties">{lang.say(WORDS.duties)}</h2>{duties(&page, lang)}</section>
        {bars_part(page.bars, lang)}
        <section aria-labelledby="undertaken">
            <h2 id="undertaken">{lang.say(WORDS.undertaken)}</h2>
            {undertaken(page.drafts, page.filings, lang)}
        </section>
        <p class="actions">{link(Weight::Other, "/records", lang.say(WORDS.back))}</p>
    };
    Page {
        title,
        above: vec![(lang.words().frame.home.into(), "/"), (lang.say(WORDS.title).into(), "/records")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}

/// Whether a repair can be applied for or why not, by which rule, the day to come, and the day the publication ends.
pub(super) fn repair_part(page: &RecordPage, lang: Lang) -> AnyView {
    let verdict = match &page.standing {
        Ok(eligible) => {
            let waits = matches!(eligible.rule().earliest, Earliest::AfterMonths(_));
            let words = if waits { WORDS.repair_now } else { WORDS.repair_now_without_waiting };
            view! { <p>{lang.say(words)}</p> }.into_any()
        }
        Err(reasons) => {
            let sentences: Vec<_> = reasons.iter().map(|reason| view! { <li>{words_of::ineligible(reason, lang)}</li> }).collect();
            view! { <p>{lang.say(WORDS.why_not)}</p><ul>{sentences}</ul> }.into_any()
        }
    };
    let day = page.standing.as_ref().err().and_then(|reasons| day_to_come(reasons));
    let calendar = day.map(|_| {
        let address = format!("/records/{}/earliest.ics", encoded(&page.record.record_id));
        view! { <p><a class="button" href=address>{lang.say(WORDS.calendar)}</a></p> }
    });
    let rule = rules_for(page.record.channel, page.today).and_then(|rules| rules.class_of(&page.record));
    let colon = lang.words().frame.colon;
    let rule = rule.map(|rule| view! { <p>{lang.say(WORDS.rule)}{colon}{words_of::citation(&rule.source, lang)}</p> });
    let stops = page.record.publication_ends_on.filter(|_| !page.record.has_unclear_dates()).map(|day| {
        view! { <p>{lang.say(WORDS.stops_by_itself)}{colon}{day.to_string()}<br />{lang.say(WORDS.stops_by_itself_text)}</p> }
    });
    view! { {verdict}{calendar}{rule}{stops} }.into_any()
}

fn faults(record: &DishonestyRecord, lang: Lang) -> Option<AnyView> {
    if record.faults.is_empty() {
        return None;
    }
    let sentences: Vec<_> = record.faults.iter().map(|fault| view! { <li>{words_of::record_fault(fault, lang)}</li> }).collect();
    let part =
        view! { <section aria-labelledby="faults"><h2 id="faults">{lang.say(WORDS.faults)}</h2><ul>{sentences}</ul></section> };
    Some(part.into_any())
}

fn rows(record: &DishonestyRecord, lang: Lang) -> Vec<Row> {
    let text = |given: &str| if given.trim().is_empty() { words_of::not_given(lang).to_owned() } else { given.to_owned() };
    let day = |of, day| words_of::day_of(record, of, day, lang);
    let row = |label, answer: String| Row { label: lang.say(label).into(), answer, ..Row::default() };
    let is_fine_unread = record.faults.iter().any(|fault| matches!(fault, RecordFault::FineUnreadable { .. }));
    let fine = match &record.fine_yuan {
        Some(fine) => words_of::yuan(fine, lang),
        None if is_fine_unread => words_of::unreadable(lang).to_owned(),
        None => lang.say(WORDS.no_fine).to_owned(),
    };
    let is_start_unread =
        record.faults.iter().any(|fault| matches!(fault, RecordFault::DateUnreadable { of: DateOf::PublicationStart, .. }));
    let published_on = if record.published_on.is_some() || is_start_unread {
        day(DateOf::PublicationStart, record.published_on)
    } else {
        lang.say(WORDS.not_published).to_owned()
    };
    vec![
        row(WORDS.document, text(&record.document_number)),
        row(WORDS.authority, text(&record.authority)),
        row(WORDS.authority_code, text(&record.authority_code)),
        row(WORDS.kind, text(&record.kind)),
        row(WORDS.severity, words_of::severity_of(record, lang).to_owned()),
        row(WORDS.decided_on, day(DateOf::Decision, record.decided_on)),
        row(WORDS.facts, text(&record.facts)),
        row(WORDS.basis, text(&record.basis)),
        row(WORDS.content, text(&record.content)),
        row(WORDS.fine, fine),
        row(WORDS.channel, words_of::channel(record.channel, lang).to_owned()),
        row(WORDS.published_on, published_on),
        row(WORDS.ends_on, day(DateOf::PublicationEnd, record.publication_ends_on)),
        row(WORDS.earliest, day(DateOf::EarliestRepair, record.earliest_repair_on)),
        row(WORDS.record_id, text(&record.record_id)),
    ]
}

fn duties(page: &RecordPage, lang: Lang) -> AnyView {
    if page.record.duties.is_empty() {
        return view! { <p>{lang.say(WORDS.duties_none)}</p> }.into_any();
    }
    let items: Vec<_> = page
        .record
        .duties
        .iter()
        .map(|duty| {
            let state = match duty.fulfilled_on {
                Some(done) if duty.is_fulfilled(page.today) => status_tag(Tone::Good, format!("{} {done}", lang.say(WORDS.done))),
                _ => status_tag(Tone::Act, lang.say(WORDS.owed)),
            };
            view! { <li class="record-list__duty">{duty.what.clone()}" "{state}</li> }
        })
        .collect();
    view! { <ul>{items}</ul> }.into_any()
}

fn undertaken(drafts: Vec<DraftEntry>, filings: Vec<FilingEntry>, lang: Lang) -> AnyView {
    if drafts.is_empty() && filings.is_empty() {
        return view! { <p>{lang.say(WORDS.undertaken_none)}</p> }.into_any();
    }
    let desk = &lang.words().desk;
    let drafts = drafts.into_iter().map(|draft| Task {
        href: format!("/drafts/{}", draft.id),
        name: lang.say(draft.kind.form().title).into(),
        line: format!("{} {} · {}", desk.changed, time_text::minute(draft.changed_at), draft.changed_by),
        state: Some(status_tag(Tone::Act, desk.go_on)),
        other: None,
    });
    let filings = filings.into_iter().map(|filing| {
        let state = life::state(filing.kind, HandOver::of(&filing.content), &filing.standing, lang);
        Task {
            href: format!("/filings/{}", filing.id),
            name: lang.say(filing.kind.form().title).into(),
            line: format!("{} · {} {}", filing.reference, desk.filed, time_text::minute(filing.filed_at)),
            state: Some(status_tag(state.tone, state.name)),
            other: None,
        }
    });
    task_list(drafts.chain(filings).collect())
}
