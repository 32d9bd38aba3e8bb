//! Sending a spreadsheet: the template, the file, what becomes of it.

use credit::form::FormKind;
use credit::import::needs_file;
use leptos::prelude::*;

use crate::components::button::{Weight, submit};
use crate::components::error_summary::single_problem;
use crate::shell::Page;
use crate::wording::Lang;
use crate::wording::imports::WORDS;

/// Why a file was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// None was chosen, or there is nothing in it.
    Missing,
    /// More than 20 MB.
    TooLarge,
}

/// The page.
pub fn import_start(kind: FormKind, problem: Option<FileProblem>, lang: Lang) -> Page {
    let form = kind.form();
    let base = format!("/registrations/{}", kind.name());
    let sentence = problem.map(|problem| match problem {
        FileProblem::Missing => lang.say(WORDS.no_file),
        FileProblem::TooLarge => lang.say(WORDS.too_large),
    });
    let class = if sentence.is_some() { "field field--problem" } else { "field" };
    let needs = needs_file(form).then(|| view! { <p>{lang.say(WORDS.needs_file)}</p> });
    let body = view! {
        {sentence.map(|sentence| single_problem("#f-files", sentence, lang))}
        <h1>{lang.say(WORDS.title)}</h1>
        <p class="lead">{lang.say(form.group)}{lang.words().frame.colon}{lang.say(WORDS.lead)}</p>
        {needs}
        <ul>
            <li><a class="button button--light" href=format!("{base}/template.xlsx")>{lang.say(WORDS.template)}</a></li>
            <li><a class="button button--light" href=format!("{base}/template.csv")>{lang.say(WORDS.template_csv)}</a></li>
        </ul>
        <form method="post" action=format!("{base}/import") enctype="multipart/form-data">
            <div class=class data-field="files">
                <label class="field__label" for="f-files">{lang.say(WORDS.file)}</label>
                <p class="field__hint" id="f-files-hint">{lang.say(WORDS.file_hint)}</p>
                {sentence.map(|sentence| view! {
                    <p class="field__problem" id="f-files-problem">
                        <span class="unseen">{lang.words().form.problem_prefix}</span>
                        <span class="field__problem-text">{sentence}</span>
                    </p>
                })}
                <input class="control control--file" type="file" id="f-files" name="files" accept=".xlsx,.csv,.txt"
                    aria-describedby=if sentence.is_some() { "f-files-hint f-files-problem" } else { "f-files-hint" } aria-invalid=sentence.map(|_| "true") />
            </div>
            <div class="actions">{submit(Weight::Main, "send", lang.say(WORDS.send))}</div>
        </form>
    };
    Page {
        title: lang.say(WORDS.title).into(),
        above: vec![(lang.words().start.title.into(), "/registrations")],
        problems: problem.is_some(),
        islands: false,
        body: body.into_any(),
    }
}
