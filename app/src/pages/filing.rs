//! A filing: where it stands and who acts next, what happened, what was filed.

mod own_hand_over;
mod record_matter;

use chrono::NaiveDate;
use credit::attachment::Attachment;
use credit::commitment::CommitmentKind;
use credit::filing::{Comment, Decision, Happening, Instant, Publication, Standing, State};
use credit::form::{Audience, FormKind};
use credit::pledge::{Pledge, Purpose};
use credit::registration::Content;
use leptos::prelude::*;

pub(crate) use self::record_matter::state_words;
pub use self::record_matter::{RecordMatter, RefusedEntry};
use super::review::content_rows;
use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link, submit};
use crate::components::file_list::file_list;
use crate::components::pledge_form::purpose_words;
use crate::components::receipt_links::receipt_links;
use crate::components::status_tag::status_tag;
use crate::components::summary_list::{Row, summary_list};
use crate::components::timeline::{Moment, timeline};
use crate::islands::live_standing::LiveStanding;
use crate::module::{Island, Module};
use crate::shell::Page;
use crate::time_text;
use crate::wording::life::Undelivered;
use crate::wording::{Lang, life, my_commitments, publications};

/// Who made a history entry.
pub enum Maker {
    /// A person of the enterprise.
    Person(String),
    /// This site.
    Portal,
    /// The platform.
    Platform,
}

/// One line of the history.
pub struct Entry {
    /// When; of what was entered by hand, when that was entered.
    pub at: Instant,
    /// The day that was named for it.
    pub on: Option<NaiveDate>,
    /// What.
    pub happening: Happening,
    /// By whom.
    pub maker: Maker,
    /// When and by whom it was taken back, if it was: it counts no more.
    pub taken_back: Option<(Instant, String)>,
}

impl Entry {
    /// Whether it counts.
    pub fn stands(&self) -> bool {
        self.taken_back.is_none()
    }

    /// Whether the enterprise entered it by hand, of what it handed over by itself.
    pub fn is_by_hand(&self) -> bool {
        matches!(self.maker, Maker::Person(_)) && self.happening.is_entered_by_hand()
    }
}

/// In what forms a receipt can be had; as data always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiptForms {
    /// As a certificate in PDF.
    pub pdf: bool,
}

/// A filing.
pub struct FilingPage {
    /// Its id.
    pub id: String,
    /// The number people use.
    pub reference: String,
    /// Which form.
    pub kind: FormKind,
    /// What was filed.
    pub content: Content,
    /// Its files.
    pub files: Vec<Attachment>,
    /// The pledge as shown then.
    pub pledge: Pledge,
    /// SHA-256 of its text, hexadecimal: the platform has the same.
    pub pledge_sha256: String,
    /// Who filed it: name and role in words.
    pub filed_by: String,
    /// When.
    pub filed_at: Instant,
    /// Where it stands.
    pub standing: Standing,
    /// How often it has changed: by that the island knows what is shown.
    pub changes: i64,
    /// The filing that it corrects.
    pub revises: Option<String>,
    /// What had been filed there.
    pub before: Option<Content>,
    /// Everything that happened, oldest first.
    pub history: Vec<Entry>,
    /// How far its delivery is, while it is not made.
    pub undelivered: Option<Undelivered>,
    /// Whether it has just been filed.
    pub just_filed: bool,
    /// Whether the person who looks may withdraw and correct.
    pub may_act: bool,
    /// Where everyone can see it, if they can.
    pub public_page: Option<String>,
    /// What it is as a commitment, if it is one.
    pub commitment: Option<CommitmentPart>,
    /// Whether it has a receipt, and whether that can be had as PDF.
    pub receipt: Option<ReceiptForms>,
    /// What it is as an application for repair or an objection, if it is one.
    pub record_matter: Option<RecordMatter>,
}

/// What a filing is as a commitment.
pub struct CommitmentPart {
    /// 承诺编码.
    pub code: String,
    /// Its kind.
    pub kind: CommitmentKind,
    /// Whether the person who looks may sign, and so take it back.
    pub may_sign: bool,
}

/// The page.
pub fn filing(page: FilingPage, lang: Lang) -> Page {
    let words = &lang.words().filing;
    let name = super::desk::filing_name(page.kind, &page.content, lang);
    let accepted = page.just_filed.then(|| {
        banner(
            BannerKind::Done,
            words.accepted_title,
            view! { <p>{words.reference}{lang.words().frame.colon}<strong class="number">{page.reference.clone()}</strong></p><p>{record_matter::accepted_words(&page, lang)}</p> },
        )
    });
    let revises = page.revises.clone().map(|id| view! { <p>{link(Weight::Light, format!("/filings/{id}"), words.replaces)}</p> });
    let base = format!("/filings/{}/files", page.id);
    let paragraphs: Vec<_> = page.pledge.text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect();
    let standing = standing(&page, lang);
    let hand_over = own_hand_over::own_hand_over(&page, lang);
    let problem = own_hand_over::summary(&page, lang);
    let receipt = page.receipt.map(|forms| receipt_links(&page.id, forms.pdf, lang));
    // A commitment's text says all of it.
    let items = (page.kind != FormKind::Commitment).then(|| {
        view! {
            {summary_list(filed_rows(&page, lang))}
            <h3>{words.files}</h3>
            {file_list(&page.files, &base, false, lang)}
        }
    });
    let body = view! {
        {problem}
        {accepted}
        <h1>{name}</h1>
        {revises}
        <LiveStanding>
            <div id="standing" data-address=format!("/filings/{}", page.id) data-mark=page.changes.to_string()>{standing}</div>
            <p class="unseen" id="updated" role="status"></p>
        </LiveStanding>
        {hand_over}
        {receipt}
        <section aria-labelledby="content">
            <h2 id="content">{words.content}</h2>
            <p class="field__hint">{words.source}{is_closed(page.kind).then(|| format!(" · {}", words.nothing_public))}</p>
            {items}
            <h3>{words.pledge}</h3>
            <div class="document" lang="zh-CN">{paragraphs}</div>
            <p class="field__hint">{words.pledge_version}{lang.words().frame.colon}<span class="number">{page.pledge.version.clone()}</span>" · SHA-256 "<span class="number">{page.pledge_sha256.clone()}</span></p>
        </section>
    };
    Page {
        title: super::desk::filing_name(page.kind, &page.content, lang),
        above: vec![(lang.words().desk.title.into(), "/filings")],
        problems: page.record_matter.as_ref().is_some_and(|matter| matter.refused.is_some()),
        island: Some(Island::of(Module::Form)),
        body: body.into_any(),
    }
}

/// Whether nothing that this form asks for is ever shown to the public.
fn is_closed(kind: FormKind) -> bool {
    kind.form().fields.iter().all(|field| matches!(field.audience, Audience::Platform))
}

/// What was filed. An objection is about few of the items that it could be about: only those are listed.
fn filed_rows(page: &FilingPage, lang: Lang) -> Vec<Row> {
    let mut rows = content_rows(page.kind, &page.content, page.before.as_ref(), lang);
    if is_closed(page.kind) {
        // The page says it once.
        rows.iter_mut().for_each(|row| row.note = None);
    }
    if page.kind == FormKind::Objection {
        rows.retain(|row| row.before.is_some() || row.answer != lang.words().review.not_given);
    }
    rows
}

/// The part that changes while the page is open.
pub fn standing(page: &FilingPage, lang: Lang) -> AnyView {
    let words = &lang.words().filing;
    let state = state_words(page, lang);
    let next_try = page.undelivered.and_then(|undelivered| life::undelivered(undelivered, lang));
    let next_try = next_try.map(|words| banner(BannerKind::Notice, words, ()));
    // That a commitment is published is part of what was signed: there is no authorisation apart from it.
    let authorisations = FormKind::ALL.contains(&page.kind).then(|| authorisations(page, lang));
    view! {
        <section class="state" aria-labelledby="state" data-said=format!("{}{}", words.updated, state.name)>
            <h2 id="state" class="unseen">{words.state}</h2>
            <p class="state__name">{status_tag(state.tone, state.name)}</p>
            <p>{state.next}</p>
            {next_try}
            {said(page, lang)}
            {actions(page, lang)}
        </section>
        {summary_list(numbers(page, lang))}
        {record_matter::record_matter(page, lang)}
        {found(page, lang)}
        {authorisations}
        <section aria-labelledby="history">
            <h2 id="history">{words.history}</h2>
            {timeline(page.history.iter().rev().map(|entry| moment(page, entry, lang)).collect())}
        </section>
    }
    .into_any()
}

/// Its numbers, by whom and when it was filed, and where its publication stands.
pub(crate) fn numbers(page: &FilingPage, lang: Lang) -> Vec<Row> {
    let words = &lang.words().filing;
    let receipt = page.standing.receipt().map(str::to_owned).or_else(|| {
        page.history.iter().filter(|entry| entry.stands()).find_map(|entry| match &entry.happening {
            Happening::Forwarded { receipt } => Some(receipt.clone()),
            _ => None,
        })
    });
    let mut rows = vec![
        Row { label: words.reference.into(), answer: page.reference.clone(), ..Row::default() },
        record_matter::number_row(page, receipt, lang),
        Row { label: words.filed_by.into(), answer: page.filed_by.clone(), ..Row::default() },
        Row { label: words.filed_at.into(), answer: time_text::minute(page.filed_at), ..Row::default() },
    ];
    let unauthorised = !page.pledge.purposes.contains(&Purpose::Publish);
    if let Some(commitment) = &page.commitment {
        rows.push(Row { label: lang.say(my_commitments::WORDS.code).into(), answer: commitment.code.clone(), ..Row::default() });
    }
    let publication = match &page.standing.publication {
        Publication::Published { .. } if unauthorised => Some(life::unauthorised_publication(lang)),
        _ => life::publication_of(&page.standing, lang),
    };
    if let Some(publication) = publication {
        let public = publications::words(lang);
        let label = match page.commitment {
            Some(_) => lang.say(my_commitments::WORDS.public_page_label),
            None => public.see_public_label,
        };
        let change = page.public_page.clone().map(|href| (href, public.see_public, label.to_owned()));
        rows.push(Row { label: words.publication.into(), answer: publication, change, ..Row::default() });
    }
    rows
}

/// One line of its history.
pub(crate) fn moment(page: &FilingPage, entry: &Entry, lang: Lang) -> Moment {
    let words = &lang.words().filing;
    let (what, said) = record_matter::happening_words(page, entry, lang);
    let (what, said) = record_matter::by_hand_words(entry, what, said, lang);
    Moment {
        when: time_text::minute(entry.at),
        machine: time_text::machine(entry.at),
        what,
        who: match &entry.maker {
            Maker::Person(name) => name.clone(),
            Maker::Portal => words.portal.into(),
            Maker::Platform => words.platform.into(),
        },
        said,
    }
}

/// What the platform said: comments at fields, reasons, or a note.
fn said(page: &FilingPage, lang: Lang) -> AnyView {
    let words = &lang.words().filing;
    match &page.standing.state {
        State::Returned { comments, note } => {
            let rows = comments.iter().map(|comment| comment_row(page.kind, comment, lang)).collect();
            view! { <h3>{words.comments}</h3><p>{note.clone()}</p>{summary_list(rows)} }.into_any()
        }
        State::Decided(Decision::Refused { reasons, comments }) => {
            let reasons: Vec<_> = reasons.iter().map(|reason| view! { <li>{reason.clone()}</li> }).collect();
            let rows: Vec<Row> = comments.iter().map(|comment| comment_row(page.kind, comment, lang)).collect();
            let comments = (!rows.is_empty()).then(|| view! { <h3>{words.comments}</h3>{summary_list(rows)} });
            view! { <ul>{reasons}</ul>{comments} }.into_any()
        }
        State::Decided(Decision::FoundUntrue { reason }) => view! { <p>{reason.clone()}</p> }.into_any(),
        State::Decided(Decision::Granted { note: Some(note), .. }) => view! { <p>{note.clone()}</p> }.into_any(),
        State::Superseded { by } => view! { <p>{link(Weight::Light, format!("/filings/{by}"), words.replaced_by)}</p> }.into_any(),
        _ => ().into_any(),
    }
}

/// How far a commitment was kept, as an authority found it; or that it was taken back.
fn found(page: &FilingPage, lang: Lang) -> Option<AnyView> {
    use crate::wording::public_commitments::WORDS;
    let row = |label, answer: String| Row { label: lang.say(label).to_owned(), answer, ..Row::default() };
    let found = page.standing.performance.as_ref()?;
    let mut rows = vec![
        row(WORDS.state, life::performance(found.performance, lang).to_owned()),
        row(WORDS.found_by, found.found_by.clone()),
        row(WORDS.found_on, found.found_on.clone()),
    ];
    rows.extend(found.unfulfilled.clone().map(|what| row(WORDS.unfulfilled, what)));
    rows.extend(found.pursued.clone().map(|what| row(WORDS.pursued, what)));
    let view = view! { <section aria-labelledby="found"><h2 id="found">{lang.say(WORDS.found)}</h2>{summary_list(rows)}</section> };
    Some(view.into_any())
}

/// Taking a commitment back that holds, or why that cannot be.
fn revocation(page: &FilingPage, lang: Lang) -> Option<AnyView> {
    let commitment = page.commitment.as_ref().filter(|_| page.standing.may_be_revoked())?;
    let view = match my_commitments::cannot_revoke(commitment.kind.withdrawal()) {
        Some(why) => view! { <p class="field__hint">{lang.say(why)}</p> }.into_any(),
        None if commitment.may_sign => {
            link(Weight::Other, format!("/filings/{}/revocation", page.id), lang.say(my_commitments::WORDS.revoke))
        }
        None => view! { <p class="field__hint">{lang.say(my_commitments::WORDS.only_signers)}</p> }.into_any(),
    };
    Some(view)
}

/// What the platform may use it for, and how to take that back.
fn authorisations(page: &FilingPage, lang: Lang) -> AnyView {
    let words = &lang.words().filing;
    let given: Vec<_> = page.pledge.purposes.iter().map(|purpose| authorisation(page, *purpose, lang)).collect();
    let list =
        if given.is_empty() { view! { <p>{words.no_purposes}</p> }.into_any() } else { view! { <ul>{given}</ul> }.into_any() };
    view! { <section aria-labelledby="authorisations"><h2 id="authorisations">{words.purposes}</h2>{list}</section> }.into_any()
}

fn authorisation(page: &FilingPage, purpose: Purpose, lang: Lang) -> AnyView {
    let words = &lang.words().filing;
    let name = purpose_words(purpose, lang);
    let href = format!("/filings/{}/authorisations/{}/withdrawal", page.id, purpose.name());
    let withdraw = (page.may_act && page.standing.may_withdraw(purpose)).then(|| {
        let label = format!("{}{}{name}", words.withdraw_authorisation, lang.words().frame.colon);
        view! { " "<a class="no-print" href=href aria-label=label>{words.withdraw_authorisation}</a> }
    });
    let withdrawn = page.standing.withdrawn.contains(&purpose);
    let name = if withdrawn { view! { <del>{name}</del>" "{words.authorisation_withdrawn} }.into_any() } else { name.into_any() };
    view! { <li>{name}{withdraw}</li> }.into_any()
}

fn comment_row(kind: FormKind, comment: &Comment, lang: Lang) -> Row {
    // What is none of its fields (the pledge, say) concerns the whole.
    let label = kind.form().field(&comment.field).map_or(lang.words().filing.whole, |field| lang.say(field.label));
    Row { label: label.into(), answer: comment.comment.clone(), ..Row::default() }
}

fn actions(page: &FilingPage, lang: Lang) -> AnyView {
    let words = &lang.words().filing;
    // What was signed and holds is not corrected: it is taken back, or another one is made. Nor is what was granted of a record.
    let holds = (page.kind == FormKind::Commitment || page.kind.is_about_record()) && page.standing.holds();
    let correct = (page.standing.may_be_corrected() && !holds).then(|| {
        let (weight, label) = match page.standing.state {
            State::Returned { .. } => (Weight::Main, words.correct),
            _ if page.kind.is_about_record() => (Weight::Other, lang.say(crate::wording::repair_steps::WORDS.again)),
            _ => (Weight::Other, words.revise),
        };
        view! {
            <form method="post" action=format!("/filings/{}/correction", page.id)>{submit(weight, "correct", label)}</form>
        }
    });
    let refill = (page.standing.is_withdrawn() && FormKind::ALL.contains(&page.kind)).then(|| {
        view! {
            <form method="post" action=format!("/filings/{}/refilling", page.id)>{submit(Weight::Main, "refill", words.refill)}</form>
        }
    });
    let withdraw = (page.may_act && page.standing.may_be_withdrawn())
        .then(|| link(Weight::Other, format!("/filings/{}/withdrawal", page.id), words.withdraw));
    view! { <div class="actions no-print">{correct}{refill}{withdraw}{report(page, lang)}{revocation(page, lang)}</div> }.into_any()
}

/// Telling the authority how a commitment is kept.
fn report(page: &FilingPage, lang: Lang) -> Option<AnyView> {
    page.commitment.as_ref().filter(|_| page.standing.may_be_reported_on())?;
    let id = page.id.clone();
    Some(
        view! {
            <form method="post" action="/drafts">
                <input type="hidden" name="kind" value="fulfilment" />
                <input type="hidden" name="commitment" value=id />
                {submit(Weight::Other, "begin", lang.say(my_commitments::WORDS.report))}
            </form>
        }
        .into_any(),
    )
}
