//! Dishonesty records in a list: which, and in one line whether a repair can be applied for.

use credit::form::Phrase;
use credit::law::eligibility::{Eligible, Ineligible};
use credit::record::{DateOf, DishonestyRecord, RecordFault};
use leptos::prelude::*;

use crate::components::status_tag::status_tag;
use crate::wording::life::Tone;
use crate::wording::record_pages::WORDS;
use crate::wording::{Lang, records as words_of};

/// A record, and whether a repair of it can be applied for today.
pub struct RecordEntry {
    /// The record.
    pub record: DishonestyRecord,
    /// Whether it can or, if not, every reason.
    pub standing: Result<Eligible, Vec<Ineligible>>,
}

impl RecordEntry {
    /// Whether it can be chosen to be repaired: one that is there twice under one number is chosen once.
    pub fn can_be_chosen(&self) -> bool {
        let RecordEntry { record, standing } = self;
        let again = |fault: &RecordFault| matches!(fault, RecordFault::Twice { other } if *other == record.record_id);
        standing.is_ok() && !record.faults.iter().any(again)
    }
}

/// The page of the record of that number, which may be anything.
pub fn page_of(record_id: &str) -> String {
    format!("/records/{}", encoded(record_id))
}

/// The address of a record's page; none where it has no number.
pub fn record_address(record: &DishonestyRecord) -> Option<String> {
    let id = record.record_id.as_str();
    (!id.trim().is_empty()).then(|| page_of(id))
}

/// A number as a part of an address, whatever the platform put into it.
pub fn encoded(id: &str) -> String {
    let mut part = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'~' => part.push(char::from(byte)),
            // A dot alone would be a step in the path.
            _ => part.push_str(&format!("%{byte:02X}")),
        }
    }
    part
}

/// What a record is called: its document number as given.
pub fn record_name(record: &DishonestyRecord, lang: Lang) -> String {
    if record.document_number.trim().is_empty() { lang.say(WORDS.no_number).to_owned() } else { record.document_number.clone() }
}

/// How it stands, as a tag.
pub fn standing_tag(standing: &Result<Eligible, Vec<Ineligible>>, lang: Lang) -> AnyView {
    match standing {
        Ok(_) => status_tag(Tone::Good, lang.say(WORDS.can_apply)),
        Err(reasons) => {
            let tone = match reasons.first() {
                Some(Ineligible::DutiesOpen { .. }) => Tone::Act,
                Some(
                    Ineligible::AlreadyAppliedFor | Ineligible::Disputed | Ineligible::NotYet { .. } | Ineligible::Barred { .. },
                ) => Tone::Waiting,
                _ => Tone::Quiet,
            };
            status_tag(tone, words_of::why_not(reasons, lang))
        }
    }
}

/// The list.
pub fn record_list(entries: &[RecordEntry], lang: Lang) -> AnyView {
    let items: Vec<_> = entries.iter().map(|entry| item(entry, None, lang)).collect();
    view! { <ul class="record-list">{items}</ul> }.into_any()
}

/// The control of the first record that can be chosen, to which a sentence about the choice leads.
pub const FIRST_CHOICE: &str = "#choose-1";

/// The list with a box (`record`) at each that can be chosen; `chosen`: the numbers of those whose box is ticked.
pub fn choosable_record_list(entries: &[RecordEntry], chosen: &[String], lang: Lang) -> AnyView {
    let numbered = entries.iter().enumerate();
    let items: Vec<_> = numbered
        .map(|(at, entry)| {
            let choice = choice(entry, at + 1, chosen.contains(&entry.record.record_id), lang);
            item(entry, Some(choice), lang)
        })
        .collect();
    view! { <ul class="record-list">{items}</ul> }.into_any()
}

fn choice(entry: &RecordEntry, number: usize, ticked: bool, lang: Lang) -> AnyView {
    let label = format!("{} {}", lang.say(WORDS.choose), record_name(&entry.record, lang));
    view! {
        <label class="record-list__choice">
            <input class="choice__control" type="checkbox" id=format!("choose-{number}") name="record"
                value=entry.record.record_id.clone() checked=ticked />
            <span class="unseen">{label}</span>
        </label>
    }
    .into_any()
}

fn item(entry: &RecordEntry, choice: Option<AnyView>, lang: Lang) -> AnyView {
    let record = &entry.record;
    let name = record_name(record, lang);
    let name = match record_address(record) {
        Some(address) => view! { <a class="record-list__name" href=address>{name}</a> }.into_any(),
        None => view! { <span class="record-list__name">{name}</span> }.into_any(),
    };
    let disputed = record.disputed.then(|| status_tag(Tone::Waiting, lang.say(WORDS.disputed)));
    // Where that is why, the state says so already.
    let disputed = disputed.filter(|_| !matches!(&entry.standing, Err(reasons) if reasons[..] == [Ineligible::Disputed]));
    view! {
        <li class="record-list__record">
            {choice}
            <div class="record-list__what">
                {name}
                <span class="record-list__line">{record.authority.clone()}" · "{record.kind.clone()}</span>
                <span class="record-list__line">{line(record, lang)}</span>
                {faulty_line(record, lang)}
            </div>
            <div class="record-list__state">{standing_tag(&entry.standing, lang)}{disputed}</div>
        </li>
    }
    .into_any()
}

/// Decision, severity, fine, and where it is shown: each breaks as a whole.
fn line(record: &DishonestyRecord, lang: Lang) -> AnyView {
    let named = |label: Phrase, what: &str| format!("{}{}{what}", lang.say(label), lang.words().frame.colon);
    let mut parts = vec![
        named(WORDS.decided_on, &words_of::day_of(record, DateOf::Decision, record.decided_on, lang)),
        named(WORDS.severity, words_of::severity_of(record, lang)),
    ];
    parts.extend(record.fine_yuan.as_ref().map(|fine| named(WORDS.fine, &words_of::yuan(fine, lang))));
    parts.push(words_of::channel(record.channel, lang).to_owned());
    let last = parts.len() - 1;
    let parts = parts.into_iter().enumerate();
    let parts: Vec<_> = parts
        .map(|(at, part)| {
            let part = if at == last { part } else { format!("{part} ·") };
            view! { <span class="record-list__part">{part}</span>" " }
        })
        .collect();
    view! { {parts} }.into_any()
}

/// That something is wrong with how it was given; what, its page says.
fn faulty_line(record: &DishonestyRecord, lang: Lang) -> Option<AnyView> {
    let told = |fault: &&RecordFault| !matches!(fault, RecordFault::NotByTheRules { .. });
    let count = record.faults.iter().filter(told).count();
    (count > 0).then(|| view! { <span class="record-list__faults">{words_of::faults(count, lang)}</span> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_whatever_the_platform_uses_as_a_number() {
        assert_eq!(encoded("FXR-0001"), "FXR-0001");
        assert_eq!(encoded("../沪/1?x"), "%2E%2E%2F%E6%B2%AA%2F1%3Fx");
    }
}
