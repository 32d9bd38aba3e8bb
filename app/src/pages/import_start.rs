//! Before an import: the template, then the file to send or the rows to paste, and what becomes of them.

use chrono::NaiveDate;
use credit::credit_code::CreditCode;
use credit::form::{FormKind, Phrase};
use credit::import::needs_file;
use leptos::prelude::*;

use crate::components::button::{Weight, submit};
use crate::components::error_summary::single_problem;
use crate::components::row_check::{check_line, check_lists};
use crate::islands::row_check::RowCheck;
use crate::module::{Island, Module};
use crate::shell::Page;
use crate::wording::Lang;
use crate::wording::imports::WORDS;

/// Why nothing was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendProblem {
    /// No file was chosen.
    NoFile,
    /// A file with nothing in it.
    EmptyFile,
    /// A file of more than 20 MB.
    FileTooLarge,
    /// Nothing was pasted.
    NoRows,
    /// More than 20 MB were pasted.
    RowsTooLarge,
}

impl SendProblem {
    fn words(self) -> Phrase {
        match self {
            Self::NoFile => WORDS.no_file,
            Self::EmptyFile => WORDS.empty_file,
            Self::FileTooLarge => WORDS.too_large,
            Self::NoRows => WORDS.no_pasted_rows,
            Self::RowsTooLarge => WORDS.too_large_rows,
        }
    }

    fn is_of_file(self) -> bool {
        matches!(self, Self::NoFile | Self::EmptyFile | Self::FileTooLarge)
    }
}

/// What the page needs.
pub struct ImportStart {
    /// Which form.
    pub kind: FormKind,
    /// For whom: some rows are judged by it.
    pub enterprise: CreditCode,
    /// Today in Shanghai.
    pub today: NaiveDate,
    /// Why nothing was taken, if something was sent.
    pub problem: Option<SendProblem>,
    /// Rows that were pasted before, to be mended.
    pub pasted: String,
}

/// The page.
pub fn import_start(page: ImportStart, lang: Lang) -> Page {
    let form = page.kind.form();
    let base = format!("/registrations/{}", page.kind.name());
    let problem = page.problem.map(|problem| {
        let href = if problem.is_of_file() { "#f-files" } else { "#f-rows" };
        single_problem(href, lang.say(problem.words()), lang)
    });
    let needs = needs_file(form).then(|| view! { <p>{lang.say(WORDS.needs_file)}</p> });
    let by_file = file_form(&page, format!("{base}/import"), lang);
    let by_rows = rows_form(&page, format!("{base}/import"), lang);
    let body = view! {
        {problem}
        <h1>{lang.say(WORDS.title)}</h1>
        <p class="lead">{lang.say(form.group)}{lang.words().frame.colon}{lang.say(WORDS.lead)}</p>
        {needs}
        <ul>
            <li><a class="button button--light" href=format!("{base}/template.xlsx")>{lang.say(WORDS.template)}</a></li>
            <li><a class="button button--light" href=format!("{base}/template.csv")>{lang.say(WORDS.template_csv)}</a></li>
        </ul>
        <section aria-labelledby="by-file">
            <h2 id="by-file">{lang.say(WORDS.by_file)}</h2>
            {by_file}
        </section>
        <section aria-labelledby="by-rows">
            <h2 id="by-rows">{lang.say(WORDS.by_rows)}</h2>
            <RowCheck>
                {by_rows}
                {check_lists(lang)}
            </RowCheck>
        </section>
    };
    Page {
        title: lang.say(WORDS.title).into(),
        above: vec![(lang.words().start.title.into(), "/registrations")],
        problems: page.problem.is_some(),
        island: Some(Island::of(Module::Rows)),
        body: body.into_any(),
    }
}

fn file_form(page: &ImportStart, action: String, lang: Lang) -> AnyView {
    let state = FieldState::of("files", page.problem.filter(|problem| problem.is_of_file()), lang);
    view! {
        <form method="post" action=action enctype="multipart/form-data">
            <div class=state.class data-field="files">
                <label class="field__label" for="f-files">{lang.say(WORDS.file)}</label>
                <p class="field__hint" id="f-files-hint">{lang.say(WORDS.file_hint)}</p>
                {state.problem}
                <input class="control control--file" type="file" id="f-files" name="files" accept=".xlsx,.csv,.tsv,.txt"
                    aria-describedby=state.described_by aria-invalid=state.invalid />
            </div>
            <div class="actions">{submit(Weight::Main, "send", lang.say(WORDS.send))}</div>
        </form>
    }
    .into_any()
}

fn rows_form(page: &ImportStart, action: String, lang: Lang) -> AnyView {
    let state = FieldState::of("rows", page.problem.filter(|problem| !problem.is_of_file()), lang);
    // Browsers drop a line break that a text field begins with: this one instead of one of the rows.
    let pasted = if page.pasted.is_empty() { String::new() } else { format!("\n{}", page.pasted) };
    view! {
        <form id="rows-form" method="post" action=action enctype="multipart/form-data" data-kind=page.kind.name()
            data-today=page.today.to_string() data-enterprise=page.enterprise.to_string()>
            <div class=state.class data-field="rows">
                <label class="field__label" for="f-rows">{lang.say(WORDS.paste)}</label>
                <p class="field__hint" id="f-rows-hint">{lang.say(WORDS.paste_hint)}</p>
                {state.problem}
                <textarea class="control control--rows" rows="8" id="f-rows" name="rows" autocomplete="off" spellcheck="false"
                    aria-describedby=state.described_by aria-invalid=state.invalid>{pasted}</textarea>
            </div>
            {check_line()}
            <div class="actions">{submit(Weight::Main, "rows", lang.say(WORDS.send_rows))}</div>
        </form>
    }
    .into_any()
}

/// How a field looks that may have a problem.
struct FieldState {
    class: &'static str,
    problem: Option<AnyView>,
    described_by: String,
    invalid: Option<&'static str>,
}

impl FieldState {
    fn of(name: &str, problem: Option<SendProblem>, lang: Lang) -> Self {
        let hint = format!("f-{name}-hint");
        let Some(problem) = problem else {
            return Self { class: "field", problem: None, described_by: hint, invalid: None };
        };
        let id = format!("f-{name}-problem");
        let described_by = format!("{hint} {id}");
        let said = view! {
            <p class="field__problem" id=id>
                <span class="unseen">{lang.words().form.problem_prefix}</span>
                <span class="field__problem-text">{lang.say(problem.words())}</span>
            </p>
        };
        Self { class: "field field--problem", problem: Some(said.into_any()), described_by, invalid: Some("true") }
    }
}
