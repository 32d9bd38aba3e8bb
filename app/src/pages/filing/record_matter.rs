//! What the page of an application for repair or an objection shows beside its state: who has it now, until when, what if
//! nothing happens by then, and what can be done after it was decided.

use chrono::NaiveDate;
use credit::filing::{Decision, Happening, Instant, State};
use credit::form::FormKind;
use credit::law::deadlines::Due;
use credit::progress::{Deadline, Progress, Step};
use credit::repair::own_word::OwnWordFault;
use credit::repair::{AUTHORITY, CHANNEL, HandOver};
use leptos::prelude::*;

use super::{Entry, FilingPage};
use crate::components::button::{Weight, link};
use crate::components::summary_list::{Row, summary_list};
use crate::time_text;
use crate::wording::life::{self, StateWords};
use crate::wording::repair_steps::{self, WORDS};
use crate::wording::{Lang, answers, repair_progress};

/// What a filing is as an application for repair, or as an objection.
pub struct RecordMatter {
    /// Where it is, and until when.
    pub progress: Progress,
    /// The day in Shanghai.
    pub today: NaiveDate,
    /// Whom to call.
    pub telephone: Option<String>,
    /// The official entrance, where the enterprise hands it over by itself.
    pub entrance: Option<String>,
    /// Whether a proof of its result can be had.
    pub has_proof: bool,
    /// What was entered by hand and could not be taken.
    pub refused: Option<RefusedEntry>,
}

/// What was entered by hand and could not be taken.
#[derive(Clone, Debug, Default)]
pub struct RefusedEntry {
    /// The number as it was typed.
    pub number: String,
    /// What was chosen.
    pub told: String,
    /// What was said with it, as it was typed.
    pub words: String,
    /// The day on which it happened, as it was typed.
    pub on: String,
    /// What is wrong.
    pub faults: Vec<OwnWordFault>,
}

fn hand_over(page: &FilingPage) -> HandOver {
    HandOver::of(&page.content)
}

/// Whether it had been accepted for handling by then, as it was known then.
fn was_accepted_by(page: &FilingPage, at: Instant) -> bool {
    let stood = |entry: &Entry| entry.taken_back.as_ref().is_none_or(|(taken_at, _)| *taken_at > at);
    let accepted = |entry: &Entry| matches!(entry.happening, Happening::ReviewBegan { .. });
    page.history.iter().any(|entry| entry.at <= at && stood(entry) && accepted(entry))
}

/// The state of a filing in words. The history says whether it was refused before it was accepted, which lists cannot say.
pub(crate) fn state_words(page: &FilingPage, lang: Lang) -> StateWords {
    let words = life::state(page.kind, hand_over(page), &page.standing, lang);
    match &page.standing.state {
        State::Decided(Decision::Refused { .. }) if page.kind.is_about_record() => {
            let name = lang.say(repair_progress::refused(page.kind, was_accepted_by(page, Instant::MAX)));
            StateWords { name, ..words }
        }
        _ => words,
    }
}

/// What is said of one that has just been filed.
pub(super) fn accepted_words(page: &FilingPage, lang: Lang) -> &'static str {
    match hand_over(page) {
        HandOver::Package => lang.say(WORDS.own_accepted),
        HandOver::Platform => lang.words().filing.accepted_text,
    }
}

/// A line of the history in words.
pub(super) fn happening_words(page: &FilingPage, entry: &Entry, lang: Lang) -> (String, Vec<String>) {
    let own = page.kind.is_about_record().then(|| {
        let was_accepted = was_accepted_by(page, entry.at);
        repair_progress::happening(page.kind, hand_over(page), was_accepted, &entry.happening, lang)
    });
    own.flatten().unwrap_or_else(|| life::happening(&entry.happening, lang))
}

/// The same line with the day that was named for it, and with who took it back.
pub(super) fn by_hand_words(entry: &Entry, what: String, mut said: Vec<String>, lang: Lang) -> (String, Vec<String>) {
    said.extend(entry.on.map(|day| repair_steps::happened_on(day, lang)));
    match &entry.taken_back {
        Some((at, by)) => {
            said.push(repair_steps::taken_back_by(&time_text::minute(*at), by, lang));
            (format!("{}{what}", lang.say(WORDS.taken_back)), said)
        }
        None => (what, said),
    }
}

/// The number under which whoever has it knows it.
pub(super) fn number_row(page: &FilingPage, number: Option<String>, lang: Lang) -> Row {
    let words = &lang.words().filing;
    let (label, none_yet) = match hand_over(page) {
        HandOver::Package => (lang.say(WORDS.handling_number), lang.say(WORDS.no_number)),
        HandOver::Platform => (words.receipt, words.receipt_waiting),
    };
    Row { label: label.into(), answer: number.unwrap_or_else(|| none_yet.into()), ..Row::default() }
}

/// Who has it and until when; what can be done after it was decided.
pub(super) fn record_matter(page: &FilingPage, lang: Lang) -> Option<AnyView> {
    let matter = page.record_matter.as_ref()?;
    let view = view! {
        <section aria-labelledby="progress">
            <h2 id="progress">{lang.say(WORDS.heading)}</h2>
            {summary_list(steps(page, matter, lang))}
            {silence(page, matter, lang)}
            {ending(page, matter, lang)}
        </section>
    };
    Some(view.into_any())
}

fn steps(page: &FilingPage, matter: &RecordMatter, lang: Lang) -> Vec<Row> {
    let progress = &matter.progress;
    let row = |label, answer: String| Row { label: lang.say(label).to_owned(), answer, ..Row::default() };
    let mut rows = vec![row(WORDS.who, who(page, lang))];
    if progress.step == Step::Ended {
        return rows;
    }
    rows.push(row(WORDS.step, lang.say(repair_steps::step(progress.step)).to_owned()));
    if let Some(words) = repair_steps::not_running(progress.step, hand_over(page)) {
        rows.push(row(WORDS.due, lang.say(words).to_owned()));
    }
    // The decision on a repair is counted from the acceptance; all others from the hand-over.
    let counted_step = if page.kind == FormKind::Objection { Step::Acceptance } else { progress.step };
    let counted = match counted_step {
        Step::Decision => progress.counted.accepted_on,
        _ => progress.counted.handed_over_on,
    };
    if let Some(day) = counted.filter(|_| progress.due.is_some()) {
        rows.push(row(WORDS.counted_from, repair_steps::counted_from(day, counted_step, hand_over(page), lang)));
    }
    let due = |deadline| repair_steps::deadline(deadline, matter.today, lang);
    // Of the two others there is nothing to say where no length is known.
    let known = |deadline: &Deadline| deadline.length.is_some() && deadline.due != Due::NoTerm;
    rows.extend(progress.due.map(|deadline| row(WORDS.due, due(deadline))));
    rows.extend(progress.extended.filter(known).map(|deadline| row(WORDS.extended, due(deadline))));
    rows.extend(progress.result.filter(known).map(|deadline| row(WORDS.result, due(deadline))));
    rows
}

fn held<'a>(page: &'a FilingPage, name: &str) -> &'a str {
    page.content.get(name).map(String::as_str).unwrap_or_default()
}

/// Where it lies. Only what was told is said: before it was accepted nobody knows at which desk it is.
fn who(page: &FilingPage, lang: Lang) -> String {
    match (&page.standing.state, hand_over(page)) {
        (State::Accepted, HandOver::Platform) => lang.say(WORDS.who_portal).to_owned(),
        (State::Accepted, HandOver::Package) | (State::Returned { .. }, _) => lang.say(WORDS.who_enterprise).to_owned(),
        (State::Forwarded { .. }, HandOver::Platform) => lang.words().filing.platform.to_owned(),
        (State::Forwarded { .. }, HandOver::Package) => {
            let channel = page.kind.form().field(CHANNEL.name).map(|field| answers::answer(field, held(page, CHANNEL.name), lang));
            channel.filter(|name| !name.is_empty()).unwrap_or_else(|| lang.say(WORDS.entrance_text).to_owned())
        }
        (State::UnderReview { handler, .. }, _) => handler.clone(),
        (State::Decided(_), _) => lang.say(WORDS.who_decided).to_owned(),
        (State::Withdrawn { .. } | State::Superseded { .. }, _) => lang.say(WORDS.who_ended).to_owned(),
    }
}

/// What if nothing happens until the last day.
fn silence(page: &FilingPage, matter: &RecordMatter, lang: Lang) -> Option<AnyView> {
    if !matches!(matter.progress.step, Step::Acceptance | Step::Decision) {
        return None;
    }
    let numbers: Vec<&str> = std::iter::once(page.reference.as_str()).chain(page.standing.receipt()).collect();
    let ask = repair_steps::ask(held(page, AUTHORITY.name), &numbers, matter.telephone.as_deref(), lang);
    let view = view! {
        <h3>{lang.say(WORDS.silence)}</h3>
        <p>{lang.say(WORDS.silence_text)}</p>
        <p>{ask}</p>
        <p>{lang.say(WORDS.silence_law)}</p>
    };
    Some(view.into_any())
}

fn ending(page: &FilingPage, matter: &RecordMatter, lang: Lang) -> Option<AnyView> {
    let records = || view! { <p>{link(Weight::Light, "/records", lang.say(WORDS.records))}</p> };
    let view = match &page.standing.state {
        State::Decided(Decision::Granted { .. }) if matter.has_proof => view! {
            <p class="no-print">{link(Weight::Main, format!("/filings/{}/result.pdf", page.id), lang.say(WORDS.proof))}</p>
            <p>{lang.say(WORDS.proof_text)}</p>
        }
        .into_any(),
        State::Decided(Decision::Granted { .. }) if page.standing.by_own_word => {
            view! { <p>{lang.say(WORDS.no_proof)}</p> }.into_any()
        }
        State::Decided(Decision::Refused { .. }) => {
            let ways = repair_steps::after_refusal(page.kind, was_accepted_by(page, Instant::MAX), lang);
            let ways: Vec<_> = ways.into_iter().map(|way| view! { <li>{way}</li> }).collect();
            view! { <h3>{lang.say(WORDS.what_now)}</h3><ul>{ways}</ul>{records()} }.into_any()
        }
        State::Decided(Decision::FoundUntrue { .. }) => {
            view! { <h3>{lang.say(WORDS.what_now)}</h3><p>{lang.say(WORDS.untrue_text)}</p>{records()} }.into_any()
        }
        _ => return None,
    };
    Some(view)
}
