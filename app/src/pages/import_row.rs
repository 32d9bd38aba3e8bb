//! One row of an import, to be mended with the same fields as the form.

use credit::draft::Draft;
use credit::form::{Disclosure, FormKind, Kind};
use credit::problem::Problem;
use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link, submit};
use crate::components::error_summary::error_summary;
use crate::components::field::{FieldState, field};
use crate::shell::Page;
use crate::wording::imports::{WORDS, line};
use crate::wording::{Lang, faults};

/// The row.
pub struct ImportRowPage {
    /// The import's id.
    pub import: String,
    /// Which form.
    pub kind: FormKind,
    /// The row's number as the spreadsheet counts it.
    pub line: i64,
    /// The version that is shown.
    pub version: i64,
    /// What was written or typed.
    pub draft: Draft,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Whether it was changed while somebody typed.
    pub changed: bool,
}

/// The page.
pub fn import_row(page: ImportRowPage, lang: Lang) -> Page {
    let base = format!("/imports/{}", page.import);
    let title = line(page.line, lang);
    let changed = page.changed.then(|| banner(BannerKind::Act, lang.say(WORDS.changed), ()));
    let fields: Vec<AnyView> = page
        .kind
        .form()
        .fields
        .iter()
        .filter(|declared| declared.kind != Kind::Files)
        .map(|declared| {
            let sentences = faults::say_all(&page.problems, declared.name, lang);
            let state = FieldState {
                typed: page.draft.get(declared).to_owned(),
                disclosure: Disclosure::named(page.draft.answer(&declared.disclosure_name())),
                problem: (!sentences.is_empty()).then_some(sentences),
                remark: None,
                note: None,
            };
            field(declared, state, lang)
        })
        .collect();
    let body = view! {
        {changed}
        {error_summary(&page.problems, lang)}
        <h1>{title.clone()}</h1>
        <p>{lang.say(page.kind.form().title)}</p>
        <form method="post" action=format!("{base}/rows/{}", page.line) novalidate>
            <input type="hidden" name="version" value=page.version.to_string() autocomplete="off" />
            // Enter presses the first button of a form.
            <button class="unseen" type="submit" name="action" value="save" tabindex="-1" aria-hidden="true">{lang.say(WORDS.save)}</button>
            {fields}
            <div class="actions">
                {submit(Weight::Main, "next", lang.say(WORDS.save_next))}
                {submit(Weight::Other, "save", lang.say(WORDS.save))}
                {submit(Weight::Light, "drop", lang.say(WORDS.drop))}
            </div>
        </form>
        <p class="actions">{link(Weight::Light, base, lang.say(WORDS.back))}</p>
    };
    Page {
        title,
        above: vec![(lang.words().desk.title.into(), "/filings")],
        problems: !page.problems.is_empty(),
        island: None,
        body: body.into_any(),
    }
}
