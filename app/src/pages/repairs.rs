//! Applications for credit repair in preparation: several records in one sitting, one application and one commitment each.

use credit::enterprise::Enterprise;
use credit::form::FormKind;
use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link, submit};
use crate::components::error_summary::single_problem;
use crate::components::pledge_form::pledge_field;
use crate::components::status_tag::status_tag;
use crate::components::task_list::{Task, task_list};
use crate::shell::Page;
use crate::wording::life::Tone;
use crate::wording::repairs::{WORDS, filed, left_out};
use crate::wording::{Lang, record_pages};

/// What an application still needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Answers or proof.
    Form,
    /// The signed commitment.
    Letter,
    /// Nothing.
    Ready,
    /// It cannot be applied for, or its record has changed: the page of the check says why.
    Barred,
}

/// One of them.
pub struct PreparedRepair {
    /// The draft.
    pub id: String,
    /// The version of it that is shown.
    pub version: i64,
    /// The ids of its files.
    pub files: Vec<String>,
    /// 处罚决定书文号; some records have none.
    pub document_number: String,
    /// 认定单位.
    pub authority: String,
    /// What it needs.
    pub step: Step,
}

/// The page.
pub struct RepairsPage {
    /// For whom.
    pub enterprise: Enterprise,
    /// Latest change first.
    pub prepared: Vec<PreparedRepair>,
    /// Whether the platform does not answer, so that none can be submitted.
    pub platform_down: bool,
    /// Whether the person may file.
    pub may_file: bool,
    /// How many of those that were just chosen cannot be applied for.
    pub left_out: Option<usize>,
    /// How many have just been submitted.
    pub filed: Option<usize>,
    /// Which of those that were to be submitted were not, by their ids.
    pub left: Vec<String>,
    /// Whether the pledge was not ticked in a post.
    pub pledge_missing: bool,
}

/// The page.
pub fn repairs(page: RepairsPage, lang: Lang) -> Page {
    let problem = page.pledge_missing.then(|| single_problem("#pledge", lang.words().review.pledge_missing, lang));
    let done = page.filed.map(|count| {
        let onward = link(Weight::Light, "/filings", lang.words().desk.title);
        banner(BannerKind::Done, filed(count, lang), view! { <p>{lang.say(WORDS.filed_some)}</p><p>{onward}</p> })
    });
    let left_out = page.left_out.map(|count| banner(BannerKind::Notice, left_out(count, lang), ()));
    let down = page
        .platform_down
        .then(|| banner(BannerKind::Act, lang.say(WORDS.platform_down), view! { <p>{lang.say(WORDS.platform_down_text)}</p> }));
    let ready: Vec<&PreparedRepair> = page.prepared.iter().filter(|one| one.step == Step::Ready).collect();
    let list = if page.prepared.is_empty() {
        view! { <p>{lang.say(WORDS.none)}</p> }.into_any()
    } else {
        task_list(page.prepared.iter().map(|one| task(one, lang)).collect())
    };
    let together = (page.may_file && !page.prepared.is_empty()).then(|| together(&page, &ready, lang));
    let body = view! {
        {done}
        {left(&page, lang)}
        {left_out}
        {problem}
        {down}
        <h1>{lang.say(WORDS.title)}</h1>
        <p class="lead">{lang.say(WORDS.lead)}</p>
        {list}
        {together}
        <p class="actions">{link(Weight::Light, "/records", lang.say(WORDS.to_records))}</p>
    };
    Page {
        title: lang.say(WORDS.title).into(),
        above: vec![(lang.words().desk.title.into(), "/filings")],
        problems: page.pledge_missing,
        island: None,
        body: body.into_any(),
    }
}

/// Which were not submitted. One that is not here any more was deleted.
fn left(page: &RepairsPage, lang: Lang) -> Option<AnyView> {
    if page.left.is_empty() {
        return None;
    }
    let left = page.prepared.iter().filter(|one| page.left.contains(&one.id));
    let items: Vec<_> =
        left.map(|one| view! { <li>{link(Weight::Light, format!("/drafts/{}/review", one.id), name(one, lang))}</li> }).collect();
    let text = view! { <ul>{items}</ul><p>{lang.say(WORDS.left_text)}</p> };
    Some(banner(BannerKind::Act, lang.say(WORDS.left), text))
}

fn name(one: &PreparedRepair, lang: Lang) -> String {
    if one.document_number.trim().is_empty() {
        lang.say(record_pages::WORDS.no_number).to_owned()
    } else {
        one.document_number.clone()
    }
}

fn task(one: &PreparedRepair, lang: Lang) -> Task {
    let (tone, word, href) = match one.step {
        Step::Form => (Tone::Act, WORDS.step_form, format!("/drafts/{}", one.id)),
        Step::Letter => (Tone::Act, WORDS.step_letter, format!("/drafts/{}/review#letter", one.id)),
        Step::Ready => (Tone::Good, WORDS.step_ready, format!("/drafts/{}/review", one.id)),
        Step::Barred => (Tone::Bad, WORDS.step_barred, format!("/drafts/{}/review", one.id)),
    };
    Task { href, name: name(one, lang), line: one.authority.clone(), state: Some(status_tag(tone, lang.say(word))), other: None }
}

/// What was shown is submitted, and nothing that was changed since.
fn together(page: &RepairsPage, ready: &[&PreparedRepair], lang: Lang) -> AnyView {
    if ready.is_empty() {
        return view! { <p>{lang.say(WORDS.nothing_ready)}</p> }.into_any();
    }
    let shown = |one: &&PreparedRepair| format!("{}:{}:{}", one.id, one.version, one.files.join(" "));
    let drafts: Vec<_> = ready.iter().map(|one| view! { <input type="hidden" name="draft" value=shown(one) /> }).collect();
    view! {
        <form method="post" action="/repairs/filing">
            {drafts}
            <p>{lang.say(WORDS.file_ready_text)}</p>
            {pledge_field(FormKind::Repair, &page.enterprise, page.pledge_missing, lang)}
            <div class="actions">{submit(Weight::Main, "submit", lang.say(WORDS.file_ready))}</div>
        </form>
    }
    .into_any()
}
