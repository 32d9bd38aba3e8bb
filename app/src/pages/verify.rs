//! Verifying a receipt: for everyone, with or without WebAssembly.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::components::button::{Weight, submit};
use crate::components::verdict::verdict;
use crate::module::{Island, Module};
use crate::shell::Page;
use crate::verification::Told;
use crate::wording::Lang;
use crate::wording::verifying::WORDS;

/// The page, as it is asked for.
pub struct VerifyPage {
    /// The log's verifier key.
    pub key: String,
    /// Today.
    pub today: NaiveDate,
    /// The code that was typed.
    pub code: String,
    /// What is said of the file or the code.
    pub told: Option<Told>,
    /// Whether everyone can have the receipt of this code's commitment: then the browser checks it itself.
    pub has_receipt: bool,
}

/// The page.
pub fn verify(page: VerifyPage, lang: Lang) -> Page {
    let say = |phrase| lang.say(phrase);
    let problems = page.told.as_ref().is_some_and(|told| !told.holds);
    // Where nothing was checked there is nothing to say of how.
    let told = page.told.map(|told| {
        let how = (!told.checks.is_empty()).then(|| say(WORDS.by_server));
        verdict(told, how, lang)
    });
    let heading = told.is_some().then(|| view! { <h2 id="result-heading">{say(WORDS.result)}</h2> });
    let body = view! {
        <h1>{say(WORDS.title)}</h1>
        <p class="lead">{say(WORDS.lead)}</p>
        <div aria-live="polite">
            <p id="print-choose" hidden>{say(WORDS.print_choose)}</p>
            <p id="print-same" hidden><strong>{say(WORDS.print_same)}</strong></p>
            <p id="print-other" hidden><strong>{say(WORDS.print_other)}</strong></p>
        </div>
        <section id="result" aria-live="polite">{heading}{told}</section>
        <div hidden>{spoken(lang)}</div>
        <section aria-labelledby="file-heading">
            <h2 id="file-heading">{say(WORDS.file_heading)}</h2>
            <form
                id="verify"
                class="verdict__drop"
                method="post"
                action="/verify"
                enctype="multipart/form-data"
                data-log-key=page.key.clone()
                data-today=page.today.to_string()
                data-receipt=page.has_receipt.then(|| format!("/commitments/{}/receipt.json", page.code))
            >
                <div class="field">
                    <label class="field__label" for="file">{say(WORDS.file)}</label>
                    <p class="field__hint" id="file-hint">{say(WORDS.file_hint)}</p>
                    <input class="control" type="file" id="file" name="file" accept=".json,.pdf,application/json,application/pdf" aria-describedby="file-hint file-how" />
                    <p class="field__hint" id="file-how"></p>
                </div>
                <p class="actions">{submit(Weight::Main, "verify", say(WORDS.verify))}</p>
            </form>
        </section>
        <section aria-labelledby="code-heading">
            <h2 id="code-heading">{say(WORDS.code_heading)}</h2>
            // Posted: what a certificate's code holds stands in no address that anybody logs.
            <form method="post" action="/verify/code">
                <div class="field">
                    <label class="field__label" for="code">{say(WORDS.code)}</label>
                    <p class="field__hint" id="code-hint">{say(WORDS.code_hint)}</p>
                    <input class="control" type="text" id="code" name="code" value=page.code autocomplete="off" spellcheck="false" aria-describedby="code-hint" />
                </div>
                <p class="actions"><button class="button" type="submit">{say(WORDS.look_up)}</button></p>
            </form>
        </section>
        <section aria-labelledby="offline-heading">
            <h2 id="offline-heading">{say(WORDS.offline_heading)}</h2>
            <p>{say(WORDS.offline)}</p>
            <p>{say(WORDS.key)}{lang.words().frame.colon}<code class="verdict__key">{page.key}</code></p>
        </section>
    };
    Page {
        title: say(WORDS.title).into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems,
        island: Some(Island::of(Module::Verify)),
        body: body.into_any(),
    }
}

/// What the module says, by names: in the page they weigh less than in the module, in one language instead of two.
fn spoken(lang: Lang) -> Vec<AnyView> {
    let words = [
        ("in-browser", WORDS.in_browser),
        ("drop-here", WORDS.drop_here),
        ("result", WORDS.result),
        ("checks", WORDS.checks),
        ("document", WORDS.document),
        ("grown", WORDS.grown),
        ("not-asked", WORDS.not_asked),
        ("forked", WORDS.forked),
        ("forked-text", WORDS.forked_text),
        ("unable", WORDS.unable),
        ("working", WORDS.working),
        ("today", WORDS.today),
        ("no-file", WORDS.no_file),
        ("no-file-text", WORDS.no_file_text),
        ("too-large", WORDS.too_large),
        ("too-large-text", WORDS.too_large_text),
        ("print-unknown", WORDS.print_unknown),
        ("print-unknown-text", WORDS.print_unknown_text),
        ("print-not-asked", WORDS.print_not_asked),
    ];
    words.into_iter().map(|(name, sentence)| view! { <p id=format!("say-{name}")>{lang.say(sentence)}</p> }.into_any()).collect()
}
