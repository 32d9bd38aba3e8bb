//! Which way is the right one for a record, asked before any form, and where that way begins.

use credit::form::FormKind;
use credit::law::appeals::{Appeal, REVIEW_FIRST, TABLE, is_contested_so};
use credit::law::triage::{Grievance, Way};
use leptos::prelude::*;

use super::record::{RecordPage, repair_part};
use super::record_question::question;
use crate::components::button::{Weight, link};
use crate::components::record_list::encoded;
use crate::components::summary_list::{Row, summary_list};
use crate::wording::record_pages::{WORDS, hindrance, remedy, remedy_place, term, term_ends};
use crate::wording::{Lang, records as words_of};

/// The question, as a plain form.
pub(super) fn triage(page: &RecordPage, lang: Lang) -> Option<AnyView> {
    // Without a number nothing can be begun about it.
    if page.record.record_id.trim().is_empty() {
        return None;
    }
    let address = format!("/records/{}#way", encoded(&page.record.record_id));
    let part = view! {
        <form method="get" action=address>
            {question(WORDS.triage, page.says, None, lang)}
            <p class="actions"><button class="button button--main" type="submit">{lang.say(WORDS.go_on)}</button></p>
        </form>
    };
    Some(part.into_any())
}

/// The way that follows from the answer, and where it begins.
pub(super) fn way(page: &RecordPage, says: Grievance, lang: Lang) -> AnyView {
    let (title, body) = match says.way() {
        Way::Repair => (WORDS.way_repair, view! { {repair_part(page, lang)}{begin_repair(page, lang)} }.into_any()),
        Way::Objection => (WORDS.way_objection, objection(page, lang)),
        Way::Appeal => (WORDS.way_appeal, appeal(page, lang)),
    };
    view! { <section id="way" tabindex="-1" aria-labelledby="way-title"><h2 id="way-title">{lang.say(title)}</h2>{body}</section> }
        .into_any()
}

/// Where the draft of this kind goes on, if there is one.
fn draft_link(page: &RecordPage, kind: FormKind, lang: Lang) -> Option<AnyView> {
    let draft = page.drafts.iter().find(|draft| draft.kind == kind && !draft.correction)?;
    Some(
        view! { <p class="actions">{link(Weight::Main, format!("/drafts/{}", draft.id), lang.say(WORDS.go_on_draft))}</p> }
            .into_any(),
    )
}

fn begin_repair(page: &RecordPage, lang: Lang) -> Option<AnyView> {
    page.standing.as_ref().ok()?;
    let begin = draft_link(page, FormKind::Repair, lang).unwrap_or_else(|| {
        view! {
            <form method="post" action="/repairs">
                <input type="hidden" name="record" value=page.record.record_id.clone() />
                <input type="hidden" name="says" value=Grievance::PutRight.name() />
                <p class="actions"><button class="button button--main" type="submit">{lang.say(WORDS.apply)}</button></p>
            </form>
        }
        .into_any()
    });
    Some(view! { <p>{lang.say(WORDS.apply_text)}</p>{begin} }.into_any())
}

fn objection(page: &RecordPage, lang: Lang) -> AnyView {
    if !page.hindrances.is_empty() {
        let why = page.hindrances.iter().filter_map(|fault| hindrance(fault, lang));
        let why: Vec<_> = why.map(|sentence| view! { <p>{sentence}</p> }).collect();
        return view! { {why} }.into_any();
    }
    let begin = draft_link(page, FormKind::Objection, lang).unwrap_or_else(|| {
        view! {
            <form method="post" action="/drafts">
                <input type="hidden" name="kind" value=FormKind::Objection.name() />
                <input type="hidden" name="record" value=page.record.record_id.clone() />
                <p class="actions"><button class="button button--main" type="submit">{lang.say(WORDS.object)}</button></p>
            </form>
        }
        .into_any()
    });
    view! { <p>{lang.say(WORDS.object_text)}</p>{begin} }.into_any()
}

fn appeal(page: &RecordPage, lang: Lang) -> AnyView {
    if !is_contested_so(&page.record) {
        return view! { <p>{lang.say(WORDS.appeal_not_so)}</p> }.into_any();
    }
    let rows = TABLE.iter().map(|appeal| appeal_row(appeal, page, lang)).collect();
    view! {
        <p>{lang.say(WORDS.appeal_lead)}</p>
        {summary_list(rows)}
        <p>{lang.say(WORDS.appeal_review_first)}" "{words_of::citation(&REVIEW_FIRST, lang)}</p>
        <p><strong>{lang.say(WORDS.appeal_not_suspended)}</strong></p>
        <p>{lang.say(WORDS.appeal_revoked)}</p>
    }
    .into_any()
}

fn appeal_row(appeal: &Appeal, page: &RecordPage, lang: Lang) -> Row {
    let ends = appeal.ends_at_the_earliest(&page.record).map(|day| term_ends(day, lang));
    let lines = [Some(term(appeal.within, appeal.set_off_by, lang)), Some(lang.say(remedy_place(appeal.remedy)).to_owned()), ends];
    Row {
        label: lang.say(remedy(appeal.remedy)).into(),
        answer: lines.into_iter().flatten().collect::<Vec<_>>().join("\n"),
        note: Some(words_of::citation(&appeal.source, lang)),
        ..Row::default()
    }
}
