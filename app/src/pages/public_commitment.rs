//! One public commitment, at its permanent address.

use chrono::NaiveDate;
use credit::commitment::Scope;
use credit::commitment::public_content::PublicContent;
use credit::commitment::state::CommitmentState;
use credit::enterprise::Enterprise;
use credit::filing::{Instant, PerformanceFound};
use credit::form::Phrase;
use credit::log::listing::Listing;
use credit::masking::masked;
use leptos::prelude::*;

use crate::components::button::{Weight, link};
use crate::components::receipt_links::{PublicReceipt, public_receipt_links};
use crate::components::status_tag::status_tag;
use crate::components::summary_list::{Row, summary_list};
use crate::shell::Page;
use crate::time_text;
use crate::wording::public_commitments::{WORDS, state, tone, withdrawn_since};
use crate::wording::{Lang, life, publications};

/// A commitment as everyone may see it.
pub struct CommitmentEntry {
    /// 承诺编码.
    pub code: String,
    /// 承诺人.
    pub enterprise: Enterprise,
    /// What is public of it.
    pub content: PublicContent,
    /// Whether it holds.
    pub state: CommitmentState,
    /// What an authority found of it.
    pub performance: Option<PerformanceFound>,
    /// When it was taken back.
    pub revoked_at: Option<Instant>,
    /// When its publication began.
    pub published_at: Instant,
    /// The last day on which it is shown, if there is one.
    pub shown_until: Option<NaiveDate>,
    /// The place of its acceptance in the public log.
    pub log_number: i64,
    /// Whether it was signed electronically; otherwise it was confirmed.
    pub signed: bool,
    /// Where the log says that it is on the list, once it does.
    pub listing: Option<Listing>,
}

impl CommitmentEntry {
    /// How it was signed. Who signed is a person, and nobody's business.
    pub fn signed_how(&self) -> Phrase {
        if self.signed { WORDS.signed } else { WORDS.confirmed }
    }
}

/// The page. `receipt` says whether everyone can have its receipt.
pub fn public_commitment(entry: &CommitmentEntry, receipt: PublicReceipt, lang: Lang) -> Page {
    let content = &entry.content;
    let chinese = (lang == Lang::En).then(|| view! { <p>{lang.say(WORDS.chinese)}</p> });
    let enterprise = format!("/enterprises/{}", entry.enterprise.code);
    let all = format!("/commitments?q={}", entry.enterprise.code);
    let body = view! {
        <h1 lang="zh-CN">{content.title.clone()}</h1>
        <p class="state__name">{status_tag(tone(entry.state), state_words(entry, lang))}</p>
        <p>{lang.say(WORDS.not_a_finding)}</p>
        {summary_list(who(entry, lang))}
        {performance(entry, lang)}
        {chinese}
        <h2>{lang.say(WORDS.matter)}</h2>
        <p lang="zh-CN">{content.matter.clone()}</p>
        {text(WORDS.text, &content.text, lang)}
        {text(WORDS.liability, &content.liability, lang)}
        <h2>{lang.say(WORDS.facts)}</h2>
        {summary_list(facts(entry, lang))}
        <h2>{lang.say(WORDS.log)}</h2>
        <p>{lang.say(WORDS.log_text)}</p>
        <p>
            {lang.say(WORDS.log_number)}{lang.words().frame.colon}<span class="number">{entry.log_number}</span>" · "
            <a href="/log/checkpoint">{lang.say(WORDS.checkpoint)}</a>
        </p>
        {public_receipt_links(&entry.code, receipt, lang)}
        <p class="actions no-print">
            {link(Weight::Light, enterprise, lang.say(WORDS.of_enterprise))}
            {link(Weight::Light, all, lang.say(WORDS.all_of_enterprise))}
            {link(Weight::Light, format!("/commitments/{}.json", entry.code), lang.say(WORDS.as_data))}
        </p>
    };
    Page {
        title: content.title.clone(),
        above: vec![(lang.say(WORDS.title).into(), "/commitments")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}

fn state_words(entry: &CommitmentEntry, lang: Lang) -> String {
    match (entry.state, entry.revoked_at) {
        (CommitmentState::Withdrawn, Some(at)) => withdrawn_since(&time_text::day(at), lang),
        (other, _) => lang.say(state(other)).to_owned(),
    }
}

fn row(label: Phrase, answer: impl Into<String>, lang: Lang) -> Row {
    Row { label: lang.say(label).to_owned(), answer: answer.into(), ..Row::default() }
}

fn who(entry: &CommitmentEntry, lang: Lang) -> Vec<Row> {
    let self_declared = lang.say(publications::SOURCE);
    vec![
        row(WORDS.pledger, entry.enterprise.name.clone(), lang),
        row(WORDS.pledger_code, entry.enterprise.code.as_str(), lang),
        row(WORDS.code, entry.code.clone(), lang),
        row(WORDS.source, self_declared, lang),
    ]
}

fn facts(entry: &CommitmentEntry, lang: Lang) -> Vec<Row> {
    let content = &entry.content;
    let no_end = || lang.say(WORDS.no_end).to_owned();
    let signing = format!("{} · {}", lang.say(entry.signed_how()), lang.say(WORDS.signer));
    let mut rows = vec![
        row(WORDS.kind, lang.say(content.kind.label()), lang),
        row(WORDS.authority, format!("{} {}", content.authority, content.authority_code), lang),
        row(WORDS.made_on, content.made_on.clone(), lang),
        row(WORDS.valid_until, content.valid_until.clone().unwrap_or_else(no_end), lang),
    ];
    rows.extend(entry.revoked_at.map(|at| row(WORDS.withdrawn_on, time_text::day(at), lang)));
    rows.extend([
        row(WORDS.scope, lang.say(Scope::Public.label()), lang),
        row(WORDS.term, content.publication_term.clone(), lang),
        row(WORDS.published_on, time_text::day(entry.published_at), lang),
        row(WORDS.shown_until, entry.shown_until.map_or_else(no_end, |day| day.to_string()), lang),
        row(WORDS.signed_how, signing, lang),
    ]);
    let mut template = row(WORDS.template, content.template.clone(), lang);
    template.change = template_page(&content.template).map(|href| {
        let words = lang.say(WORDS.template);
        (href, words, format!("{words} {}", content.template))
    });
    rows.push(template);
    rows
}

/// The page of the version that it was made from.
fn template_page(reference: &str) -> Option<String> {
    let (id, version) = reference.split_once('@')?;
    Some(format!("/commitments/templates/{id}?version={version}"))
}

fn text(title: Phrase, text: &str, lang: Lang) -> AnyView {
    let paragraphs: Vec<_> = text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect();
    view! { <h2>{lang.say(title)}</h2><div class="document" lang="zh-CN">{paragraphs}</div> }.into_any()
}

/// Who found how far it was kept, when, and what was not.
fn performance(entry: &CommitmentEntry, lang: Lang) -> Option<AnyView> {
    let found = entry.performance.as_ref()?;
    let mut rows = vec![
        row(WORDS.state, life::performance(found.performance, lang), lang),
        row(WORDS.found_by, format!("{} {}", masked(&found.found_by), found.found_by_code), lang),
        row(WORDS.found_on, found.found_on.clone(), lang),
    ];
    rows.extend(found.unfulfilled.as_ref().map(|what| row(WORDS.unfulfilled, masked(what), lang)));
    rows.extend(found.pursued.as_ref().map(|what| row(WORDS.pursued, masked(what), lang)));
    Some(view! { <h2>{lang.say(WORDS.found)}</h2>{summary_list(rows)} }.into_any())
}

/// Why there is no page for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCommitment {
    /// Its publication has ended.
    Gone,
    /// None of this code was ever public.
    Unknown,
}

impl NoCommitment {
    /// In words: what it is, and why.
    pub fn words(self) -> (Phrase, Phrase) {
        match self {
            Self::Gone => (WORDS.gone, WORDS.gone_text),
            Self::Unknown => (WORDS.unknown, WORDS.unknown_text),
        }
    }
}

/// The page in its place; it says nothing else about the commitment.
pub fn no_commitment(why: NoCommitment, lang: Lang) -> Page {
    let (title, text) = why.words();
    let body = view! {
        <h1>{lang.say(title)}</h1>
        <p>{lang.say(text)}</p>
        <p class="actions">{link(Weight::Main, "/commitments", lang.say(WORDS.again))}</p>
    };
    Page {
        title: lang.say(title).into(),
        above: vec![(lang.say(WORDS.title).into(), "/commitments")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}
