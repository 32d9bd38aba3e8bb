//! The enterprise's dishonesty records: which can be repaired today, which later, which elsewhere.

use credit::filing::Instant;
use credit::law::eligibility::{Elsewhere, Ineligible};
use credit::law::triage::Way;
use credit::on_file::BarOnFile;
use credit::repair::choice::{Choice, ChoiceFault};
use leptos::prelude::*;

use super::record_question::{FIRST, question};
use crate::components::banner::{BannerKind, banner};
use crate::components::error_summary::problem_list;
use crate::components::record_list::{FIRST_CHOICE, RecordEntry, choosable_record_list, page_of, record_list, record_name};
use crate::components::summary_list::{Row, summary_list};
use crate::shell::Page;
use crate::time_text;
use crate::wording::record_pages::{WORDS, bar_end_unreadable, choice_fault, count};
use crate::wording::{Lang, overview, records as words_of, repairs};

/// When the platform was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadAt {
    /// Just now.
    Now(Instant),
    /// Before: it does not answer.
    Before(Instant),
}

/// What is known of the records.
pub enum Records {
    /// What the platform said.
    Read {
        /// When.
        read_at: ReadAt,
        /// Those that are not stopped, in the platform's order.
        entries: Vec<RecordEntry>,
        /// Bans on applying that hold.
        bars: Vec<BarOnFile>,
    },
    /// The platform does not answer, and never did.
    NeverRead,
    /// The platform knows no such enterprise.
    Unknown,
}

/// The page.
pub fn records(records: Records, choice: &Choice, lang: Lang) -> Page {
    let problems = !choice.faults.is_empty();
    let summary = problems.then(|| problem_list(choice.faults.iter().map(|fault| problem(*fault, lang)).collect(), lang));
    let title = lang.say(WORDS.title);
    let found = match records {
        Records::Unknown => view! { <p>{lang.overview().platform_unknown}</p> }.into_any(),
        Records::NeverRead => banner(BannerKind::Notice, lang.overview().platform_never, ()),
        Records::Read { read_at, entries, bars } => {
            view! { {platform_reading(read_at, lang)}{bars_part(bars, lang)}{other_way(&entries, choice, lang)}{groups(entries, choice, lang)} }.into_any()
        }
    };
    let about: Vec<_> = WORDS.what_it_is_texts.iter().map(|text| view! { <li>{lang.say(*text)}</li> }).collect();
    let body = view! {
        {summary}
        <h1>{title}</h1>
        <p class="lead">{lang.say(WORDS.lead)}</p>
        <p><strong>{lang.say(WORDS.free)}</strong></p>
        {found}
        <section aria-labelledby="what-it-is">
            <h2 id="what-it-is">{lang.say(WORDS.what_it_is)}</h2>
            <ul>{about}</ul>
        </section>
    };
    Page { title: title.into(), above: vec![(lang.words().frame.home.into(), "/")], problems, island: None, body: body.into_any() }
}

/// That what follows is the platform's, and how old it is.
pub fn platform_reading(read_at: ReadAt, lang: Lang) -> AnyView {
    let words = lang.overview();
    match read_at {
        ReadAt::Now(at) => {
            view! { <p>{words.platform_lead}" "{words.read_at}{lang.words().frame.colon}{time_text::minute(at)}</p> }.into_any()
        }
        ReadAt::Before(at) => banner(BannerKind::Notice, overview::platform_down(&time_text::minute(at), lang), ()),
    }
}

/// What bars the enterprise from applying; nothing where nothing does.
pub fn bars_part(bars: Vec<BarOnFile>, lang: Lang) -> Option<AnyView> {
    if bars.is_empty() {
        return None;
    }
    let lists: Vec<_> = bars
        .into_iter()
        .map(|bar| {
            let row = |label, answer| Row { label: lang.say(label).into(), answer, ..Row::default() };
            let until = match (bar.unreadable_end(), bar.last_day()) {
                (Some(given), _) => bar_end_unreadable(given, lang),
                (None, Some(day)) => day.to_string(),
                (None, None) => lang.say(WORDS.bar_no_end).into(),
            };
            summary_list(vec![
                row(WORDS.bar_what, bar.what),
                row(WORDS.bar_since, bar.since),
                row(WORDS.bar_until, until),
                row(WORDS.rule, bar.basis),
            ])
        })
        .collect();
    let part = view! { <section aria-labelledby="bars"><h2 id="bars">{lang.say(WORDS.bars)}</h2>{lists}</section> };
    Some(part.into_any())
}

/// Where a record stands in the page.
fn elsewhere(entry: &RecordEntry) -> Option<Elsewhere> {
    match &entry.standing {
        Err(reasons) => reasons.iter().find_map(|reason| match reason {
            Ineligible::OtherChannel(place) => Some(*place),
            _ => None,
        }),
        Ok(_) => None,
    }
}

/// What is wrong, and the control at which it is.
fn problem(fault: ChoiceFault, lang: Lang) -> (String, String) {
    let place = match fault {
        ChoiceFault::Nothing | ChoiceFault::TooMany { .. } => FIRST_CHOICE,
        ChoiceFault::NotSaid => FIRST,
    };
    (place.into(), choice_fault(fault, lang))
}

/// Where the chosen records go on that are to be objected to or appealed against: each by itself.
fn other_way(entries: &[RecordEntry], choice: &Choice, lang: Lang) -> Option<AnyView> {
    let says = choice.says.filter(|_| choice.faults.is_empty())?;
    let heading = match says.way() {
        Way::Repair => return None,
        Way::Objection => WORDS.way_objection,
        Way::Appeal => WORDS.way_appeal,
    };
    let chosen = entries.iter().filter(|entry| choice.records.contains(&entry.record.record_id));
    let links: Vec<_> = chosen
        .map(|entry| {
            let href = format!("{}?says={}#way", page_of(&entry.record.record_id), says.name());
            view! { <li><a href=href>{record_name(&entry.record, lang)}</a></li> }
        })
        .collect();
    Some(banner(BannerKind::Act, lang.say(heading), view! { <p>{lang.say(WORDS.one_by_one)}</p><ul>{links}</ul> }))
}

fn groups(entries: Vec<RecordEntry>, choice: &Choice, lang: Lang) -> AnyView {
    if entries.is_empty() {
        return banner(BannerKind::Done, lang.say(WORDS.none), view! { <p>{lang.say(WORDS.none_text)}</p> });
    }
    let total = count(entries.len(), lang);
    let (repairable, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(RecordEntry::can_be_chosen);
    let places = [Elsewhere::Court, Elsewhere::TaxAuthority, Elsewhere::CreditReporting, Elsewhere::DeterminingAuthority];
    let mut waiting = Vec::new();
    let mut away: [Vec<RecordEntry>; 4] = Default::default();
    for entry in others {
        match elsewhere(&entry).and_then(|place| places.iter().position(|of| *of == place)) {
            Some(at) => away[at].push(entry),
            None => waiting.push(entry),
        }
    }
    let away: Vec<_> = ["court", "tax", "credit-reporting", "authority"]
        .into_iter()
        .zip(places)
        .zip(away)
        .filter(|(_, entries)| !entries.is_empty())
        .map(|((id, place), entries)| {
            group(id, words_of::elsewhere_name(place, lang), words_of::elsewhere(place, lang), &entries, lang)
        })
        .collect();
    let waiting =
        (!waiting.is_empty()).then(|| group("waiting", lang.say(WORDS.waiting), lang.say(WORDS.waiting_text), &waiting, lang));
    view! { <p>{total}</p>{to_repair(&repairable, choice, lang)}{waiting}{away} }.into_any()
}

fn group(id: &'static str, title: &'static str, text: &'static str, entries: &[RecordEntry], lang: Lang) -> AnyView {
    view! { <section aria-labelledby=id><h2 id=id>{title}</h2><p>{text}</p>{record_list(entries, lang)}</section> }.into_any()
}

/// Those that can be repaired today, with a box each, the question which way is the right one, and one button.
fn to_repair(entries: &[RecordEntry], choice: &Choice, lang: Lang) -> Option<AnyView> {
    if entries.is_empty() {
        return None;
    }
    let (not_said, wrong): (Vec<_>, Vec<_>) = choice.faults.iter().partition(|fault| **fault == ChoiceFault::NotSaid);
    let sentence = |faults: Vec<ChoiceFault>| faults.first().map(|fault| choice_fault(*fault, lang));
    let not_said = sentence(not_said);
    let wrong_choice = sentence(wrong).map(|sentence| {
        view! {
            <p class="field__problem" id="choose-problem">
                <span class="unseen">{lang.words().form.problem_prefix}</span>
                <span class="field__problem-text">{sentence}</span>
            </p>
        }
    });
    let part = view! {
        <section aria-labelledby="repairable">
            <h2 id="repairable">{lang.say(WORDS.repairable)}</h2>
            <p>{lang.say(WORDS.repairable_text)}" "<a href="/repairs">{lang.say(repairs::WORDS.title)}</a></p>
            // What is missing is said in the portal's words, all of it at once.
            <form method="post" action="/repairs" novalidate>
                {wrong_choice}
                {choosable_record_list(entries, &choice.records, lang)}
                {question(WORDS.triage_of_chosen, choice.says, not_said, lang)}
                <p class="actions"><button class="button button--main" type="submit">{lang.say(WORDS.apply_together)}</button></p>
            </form>
        </section>
    };
    Some(part.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_no_record_reads_so_kindly_and_is_offered_nothing_to_apply_for() {
        for lang in [Lang::Zh, Lang::En] {
            let none = Records::Read { read_at: ReadAt::Now(0), entries: Vec::new(), bars: Vec::new() };
            let html = Owner::new().with(|| records(none, &Choice::default(), lang).body.to_html());
            assert!(html.contains(lang.say(WORDS.none)) && html.contains(lang.say(WORDS.none_text)), "{html}");
            assert!(!html.contains("<form"), "{html}");
        }
    }
}
