//! Checking the answers, the pledge, the authorisations; then filing.

use chrono::NaiveDate;
use credit::attachment::Attachment;
use credit::enterprise::Enterprise;
use credit::form::{Audience, Disclosure, Field, FormKind, Kind};
use credit::objection::disputable::is_undisputed;
use credit::person::NotAuthorised;
use credit::pledge::Purpose;
use credit::registration::Content;
use credit::repair::is_kept_for_comparison;
use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link, submit};
use crate::components::error_summary::{control_id, single_problem};
use crate::components::file_list::file_list;
use crate::components::pledge_form::{pledge_field, pledge_fields, purpose_words};
use crate::components::public_preview::public_preview;
use crate::components::summary_list::{Row, summary_list};
use crate::shell::Page;
use crate::wording::{Lang, answers, life};

/// What is to be checked.
pub struct ReviewPage {
    /// The draft's id.
    pub id: String,
    /// The draft's version that is shown.
    pub version: i64,
    /// For whom.
    pub enterprise: Enterprise,
    /// Which form.
    pub kind: FormKind,
    /// The answers in normal form.
    pub content: Content,
    /// The files.
    pub files: Vec<Attachment>,
    /// What stood in the filing that this corrects.
    pub before: Option<Content>,
    /// What was authorised with it and not withdrawn: it does not go over to this one by itself.
    pub authorised_before: Vec<Purpose>,
    /// The day until which what is filed was valid, where that is past.
    pub expired: Option<NaiveDate>,
    /// Why this person may not file, if so.
    pub not_authorised: Option<NotAuthorised>,
    /// What was ticked in a post that could not be taken: the purposes.
    pub ticked: Vec<Purpose>,
    /// Whether the pledge was not ticked in a post.
    pub pledge_missing: bool,
    /// Whether the draft changed between checking and posting.
    pub changed: bool,
}

/// The fields of a content that are shown as rows, in the order of its form: [`content_rows`] has one row for each.
pub fn shown_fields(kind: FormKind, content: &Content) -> impl Iterator<Item = &'static Field> {
    kind.form()
        .fields
        .iter()
        .filter(|field| field.kind != Kind::Files)
        .filter(|field| field.kind != Kind::Tick || content.contains_key(field.name))
        .filter(|field| !is_undisputed(field, content))
        .filter(move |field| kind != FormKind::Repair || !is_kept_for_comparison(field))
}

/// The rows of a content, in the order of its form.
pub fn content_rows(kind: FormKind, content: &Content, before: Option<&Content>, lang: Lang) -> Vec<Row> {
    let words = &lang.words().review;
    let shown = |content: &Content, field: &Field| content.get(field.name).map(|value| answers::answer(field, value, lang));
    shown_fields(kind, content)
        .map(|field| {
            let answer = shown(content, field);
            let not_given = || words.not_given.to_owned();
            let seen_by = audience_words(field, content, lang);
            // What changed is the answer, or who will see it.
            let was = before.map(|before| (shown(before, field), audience_words(field, before, lang)));
            let was =
                was.filter(|(was, seen)| *was != answer || (was.is_some() && *seen != seen_by)).map(|(was, seen)| match was {
                    Some(was) if seen != seen_by => format!("{was} · {seen}"),
                    Some(was) => was,
                    None => not_given(),
                });
            Row {
                label: lang.say(field.label).into(),
                before: was.map(|was| (format!("{}{}", words.before, lang.words().frame.colon), was)),
                note: answer.is_some().then(|| seen_by.to_owned()),
                answer: answer.unwrap_or_else(not_given),
                change: None,
            }
        })
        .collect()
}

/// Who will see this answer.
fn audience_words(field: &Field, content: &Content, lang: Lang) -> &'static str {
    let words = &lang.words().review;
    let disclosure = match field.audience {
        Audience::Public => Disclosure::Full,
        Audience::Platform => Disclosure::Hidden,
        Audience::Chosen => Disclosure::named(content.get(&field.disclosure_name()).map_or("", String::as_str)),
    };
    match disclosure {
        Disclosure::Full => words.seen_by_all,
        Disclosure::Range => words.seen_as_range,
        Disclosure::Hidden => words.not_public,
    }
}

/// The page.
pub fn review(page: ReviewPage, lang: Lang) -> Page {
    let words = &lang.words().review;
    let form = page.kind.form();
    let mut rows = content_rows(page.kind, &page.content, page.before.as_ref(), lang);
    for (row, field) in rows.iter_mut().zip(shown_fields(page.kind, &page.content)) {
        let href = format!("/drafts/{}#{}", page.id, control_id(field.name));
        row.change = Some((href, words.change, format!("{} {}", words.change, row.label)));
    }
    let problem = page.pledge_missing.then(|| single_problem("#pledge", words.pledge_missing, lang));
    let changed = page.changed.then(|| banner(BannerKind::Act, words.changed, ()));
    let base = format!("/drafts/{}/files", page.id);
    let expired =
        page.expired.map(|day| banner(BannerKind::Act, words.expired, view! { <p>{day.to_string()}{words.expired_text}</p> }));
    let authorised_before = (page.not_authorised.is_none() && !page.authorised_before.is_empty()).then(|| {
        let purposes: Vec<_> =
            page.authorised_before.iter().map(|purpose| view! { <li>{purpose_words(*purpose, lang)}</li> }).collect();
        banner(BannerKind::Act, words.authorised_before, view! { <ul>{purposes}</ul><p>{words.authorised_before_text}</p> })
    });
    let ending = match page.not_authorised {
        Some(why) => banner(BannerKind::Notice, words.not_authorised, view! { <p>{life::not_authorised(why, lang)}</p> }),
        None => pledge_form(&page, lang),
    };
    let body = view! {
        {changed}
        {problem}
        <p class="step">{words.lead}</p>
        <h1>{words.title}</h1>
        <h2>{lang.say(form.title)}</h2>
        {summary_list(rows)}
        {expired}
        <h2>{lang.words().filing.files}</h2>
        {file_list(&page.files, &base, false, lang)}
        {is_registration(page.kind).then(|| public_preview(page.kind, &page.content, lang))}
        {authorised_before}
        {ending}
        <p class="actions">{link(Weight::Light, format!("/drafts/{}", page.id), words.back)}</p>
    };
    Page {
        title: words.title.into(),
        above: vec![(lang.words().desk.title.into(), "/filings")],
        problems: page.pledge_missing,
        island: None,
        body: body.into_any(),
    }
}

/// Whether it is registered, and so authorised and made public item by item.
fn is_registration(kind: FormKind) -> bool {
    FormKind::ALL.contains(&kind)
}

fn pledge_form(page: &ReviewPage, lang: Lang) -> AnyView {
    let files: Vec<&str> = page.files.iter().map(|file| file.id.as_str()).collect();
    let pledge = if is_registration(page.kind) {
        pledge_fields(page.kind, &page.enterprise, &page.ticked, page.pledge_missing, lang)
    } else {
        pledge_field(page.kind, &page.enterprise, page.pledge_missing, lang)
    };
    view! {
        <form method="post" action=format!("/drafts/{}/filing", page.id)>
            <input type="hidden" name="version" value=page.version.to_string() />
            <input type="hidden" name="files" value=files.join(" ") />
            {pledge}
            <div class="actions">{submit(Weight::Main, "submit", lang.words().review.submit)}</div>
        </form>
    }
    .into_any()
}
