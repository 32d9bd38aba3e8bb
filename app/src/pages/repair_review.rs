//! Checking an application for credit repair, or an objection, before it is filed: every fault at once, the commitment, the answers.

use credit::attachment::Attachment;
use credit::enterprise::Enterprise;
use credit::form::{Field, FormKind};
use credit::objection::ObjectionFault;
use credit::person::NotAuthorised;
use credit::registration::Content;
use credit::repair::RepairFault;
use leptos::prelude::*;

use super::review::{content_rows, shown_fields};
use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link, submit};
use crate::components::error_summary::{control_id, single_problem};
use crate::components::file_list::file_list;
use crate::components::pledge_form::pledge_field;
use crate::components::record_list::page_of;
use crate::components::summary_list::{Row, summary_list};
use crate::shell::Page;
use crate::wording::repairs::{WORDS, objection_fault, repair_fault};
use crate::wording::{Lang, answers, life};

/// A fault of either.
pub enum RecordMatterFault {
    /// Of an application for repair.
    Repair(RepairFault),
    /// Of an objection.
    Objection(ObjectionFault),
}

/// The commitment that belongs to an application for repair.
pub enum LetterPart {
    /// An objection needs none.
    NotNeeded,
    /// There is none yet; whether there is a template for it.
    None {
        /// Whether one can be prepared.
        can_begin: bool,
    },
    /// It is drafted, not signed.
    Drafted {
        /// The draft.
        id: String,
    },
    /// It is signed and holds.
    Signed {
        /// Its filing.
        id: String,
        /// 承诺编码.
        code: String,
    },
}

/// How the record is now.
pub enum RecordNow {
    /// As the draft says.
    Same,
    /// Not as the draft says: which items, what they were, what they are.
    Changed(Vec<(&'static Field, String, String)>),
    /// The platform has none of this number any more.
    Gone,
    /// The platform does not answer.
    NotRead,
}

/// What is to be checked.
pub struct RepairReviewPage {
    /// The draft's id.
    pub id: String,
    /// The draft's version that is shown.
    pub version: i64,
    /// The number of the record.
    pub record_id: String,
    /// For whom.
    pub enterprise: Enterprise,
    /// Repair or objection.
    pub kind: FormKind,
    /// The answers that hold.
    pub content: Content,
    /// The files.
    pub files: Vec<Attachment>,
    /// What stood in the filing that this corrects.
    pub before: Option<Content>,
    /// The record.
    pub record: RecordNow,
    /// Everything that is wrong.
    pub faults: Vec<RecordMatterFault>,
    /// The commitment.
    pub letter: LetterPart,
    /// Whether the enterprise takes it to the official entrance by itself.
    pub is_package: bool,
    /// Why this person may not file, if so.
    pub not_authorised: Option<NotAuthorised>,
    /// Whether the pledge was not ticked in a post.
    pub pledge_missing: bool,
    /// Whether the draft changed between checking and posting.
    pub changed: bool,
}

impl RepairReviewPage {
    fn may_be_filed(&self) -> bool {
        self.faults.is_empty() && matches!(self.record, RecordNow::Same)
    }
}

/// The page.
pub fn repair_review(page: RepairReviewPage, lang: Lang) -> Page {
    let words = &lang.words().review;
    let problem = page.pledge_missing.then(|| single_problem("#pledge", words.pledge_missing, lang));
    let changed = page.changed.then(|| banner(BannerKind::Act, words.changed, ()));
    let base = format!("/drafts/{}/files", page.id);
    let package = page
        .is_package
        .then(|| banner(BannerKind::Notice, lang.say(WORDS.package), view! { <p>{lang.say(WORDS.package_text)}</p> }));
    let ending = match page.not_authorised {
        _ if !page.may_be_filed() => ().into_any(),
        Some(why) => banner(BannerKind::Notice, words.not_authorised, view! { <p>{life::not_authorised(why, lang)}</p> }),
        None => pledge_form(&page, lang),
    };
    let body = view! {
        {changed}
        {problem}
        <p class="step">{lang.say(WORDS.review_lead)}</p>
        <h1>{lang.say(WORDS.review)}</h1>
        {record_part(&page, lang)}
        {faults_part(&page, lang)}
        {letter_part(&page, lang)}
        <h2>{lang.say(page.kind.form().title)}</h2>
        {summary_list(rows(&page, lang))}
        <h2>{lang.words().filing.files}</h2>
        {file_list(&page.files, &base, false, lang)}
        {package}
        {ending}
        <p class="actions">{link(Weight::Light, format!("/drafts/{}", page.id), words.back)}</p>
    };
    Page {
        title: lang.say(WORDS.review).into(),
        above: vec![(lang.say(WORDS.title).into(), "/repairs")],
        problems: page.pledge_missing,
        island: None,
        body: body.into_any(),
    }
}

/// The answers; those that the record gives cannot be changed here.
fn rows(page: &RepairReviewPage, lang: Lang) -> Vec<Row> {
    let words = &lang.words().review;
    let fields = shown_fields(page.kind, &page.content);
    let rows = content_rows(page.kind, &page.content, page.before.as_ref(), lang).into_iter().zip(fields);
    rows.filter(|(_, field)| page.content.contains_key(field.name) || is_typed(page.kind, field))
        .map(|(mut row, field)| {
            // Nothing of it is public, and the page says so once.
            row.note = None;
            if is_typed(page.kind, field) {
                let href = format!("/drafts/{}#{}", page.id, control_id(field.name));
                row.change = Some((href, words.change, format!("{} {}", words.change, row.label)));
            }
            row
        })
        .collect()
}

fn is_typed(kind: FormKind, field: &Field) -> bool {
    let given = if kind == FormKind::Repair { credit::repair::OF_RECORD } else { credit::objection::OF_RECORD };
    // Only what is wrong is said in an objection.
    let is_left_out = kind == FormKind::Objection && credit::objection::disputable::is_of_item(field);
    !is_left_out && !given.iter().any(|given| given.name == field.name)
}

fn record_part(page: &RepairReviewPage, lang: Lang) -> AnyView {
    let colon = lang.words().frame.colon;
    match &page.record {
        RecordNow::Same => ().into_any(),
        RecordNow::NotRead => {
            banner(BannerKind::Act, lang.say(WORDS.platform_down), view! { <p>{lang.say(WORDS.platform_down_text)}</p> })
        }
        RecordNow::Gone => banner(BannerKind::Act, lang.say(WORDS.record_gone), ()),
        RecordNow::Changed(items) => {
            let shown = |field: &Field, value: &str| {
                if value.is_empty() { lang.say(WORDS.says_nothing).to_owned() } else { answers::answer(field, value, lang) }
            };
            let items: Vec<_> = items
                .iter()
                .map(|(field, was, is)| {
                    view! { <li>{lang.say(field.label)}{colon}<del>{shown(field, was)}</del>" → "<ins>{shown(field, is)}</ins></li> }
                })
                .collect();
            banner(
                BannerKind::Act,
                lang.say(WORDS.record_changed),
                view! {
                    <ul>{items}</ul>
                    <p>{lang.say(WORDS.record_changed_text)}</p>
                    <form method="post" action=format!("/drafts/{}/record", page.id)>
                        <div class="actions">{submit(Weight::Main, "take_over", lang.say(WORDS.take_over))}</div>
                    </form>
                },
            )
        }
    }
}

fn faults_part(page: &RepairReviewPage, lang: Lang) -> AnyView {
    if page.faults.is_empty() {
        return ().into_any();
    }
    let items: Vec<_> = page
        .faults
        .iter()
        .map(|fault| {
            let (sentence, place) = match fault {
                RecordMatterFault::Repair(fault) => (repair_fault(fault, lang), place_of_repair(fault, page)),
                RecordMatterFault::Objection(fault) => (objection_fault(fault, lang), place_of_objection(fault, page)),
            };
            view! { <li><a href=place>{sentence}</a></li> }
        })
        .collect();
    view! {
        <div id="problems" class="error-summary" role="alert" tabindex="-1">
            <h2 class="error-summary__heading">{lang.say(WORDS.faults)}</h2>
            <ul class="error-summary__list">{items}</ul>
        </div>
    }
    .into_any()
}

/// Where a fault is mended.
fn place_of_repair(fault: &RepairFault, page: &RepairReviewPage) -> String {
    match fault {
        RepairFault::Ineligible(_) | RepairFault::OtherRecord { .. } => page_of(&page.record_id),
        RepairFault::LetterMissing | RepairFault::LetterUnsigned | RepairFault::LetterOfOther { .. } => "#letter".into(),
        RepairFault::Form(problem) => format!("/drafts/{}?check=1#{}", page.id, control_id(problem.field.name)),
    }
}

fn place_of_objection(fault: &ObjectionFault, page: &RepairReviewPage) -> String {
    match fault {
        ObjectionFault::Elsewhere(_) | ObjectionFault::AlreadyDisputed | ObjectionFault::OtherRecord { .. } => {
            page_of(&page.record_id)
        }
        ObjectionFault::NotOverYet { .. } => format!("/drafts/{}#{}", page.id, control_id(credit::objection::GROUND.name)),
        ObjectionFault::AsItIs(field) => format!("/drafts/{}#{}", page.id, control_id(field.name)),
        ObjectionFault::Form(problem) => format!("/drafts/{}?check=1#{}", page.id, control_id(problem.field.name)),
    }
}

fn letter_part(page: &RepairReviewPage, lang: Lang) -> AnyView {
    let begin = || {
        view! {
            <form method="post" action=format!("/drafts/{}/letter", page.id)>
                <div class="actions">{submit(Weight::Main, "begin", lang.say(WORDS.letter_begin))}</div>
            </form>
        }
    };
    let is_of_other = page.faults.iter().any(|fault| matches!(fault, RecordMatterFault::Repair(RepairFault::LetterOfOther { .. })));
    let body = match &page.letter {
        LetterPart::NotNeeded => return ().into_any(),
        LetterPart::None { can_begin: false } => banner(BannerKind::Act, lang.say(WORDS.no_template), ()),
        LetterPart::None { can_begin: true } => begin().into_any(),
        LetterPart::Drafted { id } => view! {
            <p>{lang.say(WORDS.letter_drafted)}</p>
            <p class="actions">{link(Weight::Main, format!("/drafts/{id}/review"), lang.say(WORDS.letter_go_on))}</p>
            {is_of_other.then(begin)}
        }
        .into_any(),
        LetterPart::Signed { id, code } => view! {
            <p>{lang.say(WORDS.letter_signed)}{lang.words().frame.colon}<span class="number">{code.clone()}</span></p>
            <p>{link(Weight::Light, format!("/filings/{id}"), lang.say(WORDS.letter_see))}</p>
            {is_of_other.then(begin)}
        }
        .into_any(),
    };
    view! {
        <section aria-labelledby="letter">
            <h2 id="letter" tabindex="-1">{lang.say(WORDS.letter)}</h2>
            <p class="field__hint">{lang.say(WORDS.letter_text)}</p>
            {body}
        </section>
    }
    .into_any()
}

fn pledge_form(page: &RepairReviewPage, lang: Lang) -> AnyView {
    let files: Vec<&str> = page.files.iter().map(|file| file.id.as_str()).collect();
    view! {
        <form method="post" action=format!("/drafts/{}/filing", page.id)>
            <input type="hidden" name="version" value=page.version.to_string() />
            <input type="hidden" name="files" value=files.join(" ") />
            {pledge_field(page.kind, &page.enterprise, page.pledge_missing, lang)}
            <div class="actions">{submit(Weight::Main, "submit", lang.words().review.submit)}</div>
        </form>
    }
    .into_any()
}
