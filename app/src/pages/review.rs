//! Checking the answers, the pledge, the authorisations; then filing.

use credit::attachment::Attachment;
use credit::enterprise::Enterprise;
use credit::form::{Field, FormKind, Kind};
use credit::person::NotAuthorised;
use credit::pledge::Purpose;
use credit::registration::Content;
use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link, submit};
use crate::components::error_summary::{control_id, single_problem};
use crate::components::file_list::file_list;
use crate::components::summary_list::{Row, summary_list};
use crate::shell::Page;
use crate::wording::{Lang, life, pledge};

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
    /// Why this person may not file, if so.
    pub not_authorised: Option<NotAuthorised>,
    /// What was ticked in a post that could not be taken: the purposes.
    pub ticked: Vec<Purpose>,
    /// Whether the pledge was not ticked in a post.
    pub pledge_missing: bool,
    /// Whether the draft changed between checking and posting.
    pub changed: bool,
}

/// An answer as it is shown: choices by their words, a tick as “yes”.
pub fn answer_words(field: &Field, value: &str, lang: Lang) -> String {
    match field.kind {
        Kind::Choice(answers) => {
            answers.iter().find(|answer| answer.value == value).map_or(value, |answer| lang.say(answer.label)).to_owned()
        }
        Kind::Tick => lang.words().review.yes.to_owned(),
        _ => value.to_owned(),
    }
}

/// The rows of a content, in the order of its form.
pub fn content_rows(kind: FormKind, content: &Content, before: Option<&Content>, lang: Lang) -> Vec<Row> {
    let words = &lang.words().review;
    let shown = |content: &Content, field: &Field| content.get(field.name).map(|value| answer_words(field, value, lang));
    kind.form()
        .fields
        .iter()
        .filter(|field| field.kind != Kind::Files)
        .filter(|field| field.kind != Kind::Tick || content.contains_key(field.name))
        .map(|field| {
            let answer = shown(content, field);
            let was = before.map(|before| shown(before, field));
            let not_given = || words.not_given.to_owned();
            Row {
                label: lang.say(field.label).into(),
                before: was
                    .filter(|was| *was != answer)
                    .map(|was| (format!("{}{}", words.before, lang.words().frame.colon), was.unwrap_or_else(not_given))),
                answer: answer.unwrap_or_else(not_given),
                change: None,
            }
        })
        .collect()
}

/// The page.
pub fn review(page: ReviewPage, lang: Lang) -> Page {
    let words = &lang.words().review;
    let form = page.kind.form();
    let mut rows = content_rows(page.kind, &page.content, page.before.as_ref(), lang);
    for (row, field) in
        rows.iter_mut().zip(form.fields.iter().filter(|f| f.kind != Kind::Tick || page.content.contains_key(f.name)))
    {
        let href = format!("/drafts/{}#{}", page.id, control_id(field.name));
        row.change = Some((href, words.change, format!("{} {}", words.change, row.label)));
    }
    let problem = page.pledge_missing.then(|| single_problem("#pledge", words.pledge_missing, lang));
    let changed = page.changed.then(|| banner(BannerKind::Act, words.changed, ()));
    let base = format!("/drafts/{}/files", page.id);
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
        <h2>{lang.words().filing.files}</h2>
        {file_list(&page.files, &base, false, lang)}
        {ending}
        <p class="actions">{link(Weight::Light, format!("/drafts/{}", page.id), words.back)}</p>
    };
    Page {
        title: words.title.into(),
        above: vec![(lang.words().desk.title.into(), "/filings")],
        problems: page.pledge_missing,
        islands: false,
        body: body.into_any(),
    }
}

/// What each purpose is called.
pub fn purpose_words(purpose: Purpose, lang: Lang) -> &'static str {
    let words = &lang.words().review;
    match purpose {
        Purpose::Publish => words.publish,
        Purpose::Evaluate => words.evaluate,
        Purpose::Report => words.report,
    }
}

fn pledge_form(page: &ReviewPage, lang: Lang) -> AnyView {
    let words = &lang.words().review;
    let paragraphs: Vec<_> = pledge::text(&page.enterprise, lang).into_iter().map(|text| view! { <p>{text}</p> }).collect();
    let purposes: Vec<_> = Purpose::ALL
        .into_iter()
        .map(|purpose| {
            let id = format!("purpose-{}", purpose.name());
            view! {
                <div class="choice">
                    <input class="choice__control" type="checkbox" id=id.clone() name="purpose" value=purpose.name() checked=page.ticked.contains(&purpose) />
                    <label class="choice__label" for=id>{purpose_words(purpose, lang)}</label>
                </div>
            }
        })
        .collect();
    let files: Vec<&str> = page.files.iter().map(|file| file.id.as_str()).collect();
    let class = if page.pledge_missing { "field field--problem" } else { "field" };
    let missing = page.pledge_missing.then(|| {
        view! { <p class="field__problem" id="pledge-problem"><span class="unseen">{lang.words().form.problem_prefix}</span>{words.pledge_missing}</p> }
    });
    view! {
        <form method="post" action=format!("/drafts/{}/filing", page.id)>
            <input type="hidden" name="version" value=page.version.to_string() />
            <input type="hidden" name="files" value=files.join(" ") />
            <fieldset class="field">
                <legend class="field__label">{words.purposes}</legend>
                <p class="field__hint">{words.purposes_hint}</p>
                <div class="choices choices--column">{purposes}</div>
            </fieldset>
            <h2>{words.pledge}</h2>
            <div class="document">{paragraphs}</div>
            <div class=class>
                {missing}
                <div class="choice">
                    <input class="choice__control" type="checkbox" id="pledge" name="pledge" value="yes"
                        aria-invalid=page.pledge_missing.then_some("true") aria-describedby=page.pledge_missing.then_some("pledge-problem") />
                    <label class="choice__label" for="pledge">{words.pledge_agree}</label>
                </div>
            </div>
            <div class="actions">{submit(Weight::Main, "submit", words.submit)}</div>
        </form>
    }
    .into_any()
}
