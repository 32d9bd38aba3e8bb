//! The pledge and the authorisations for all faultless rows of an import.

use credit::enterprise::Enterprise;
use credit::form::FormKind;
use credit::person::NotAuthorised;
use credit::pledge::Purpose;
use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link, submit};
use crate::components::error_summary::single_problem;
use crate::components::pledge_form::pledge_fields;
use crate::shell::Page;
use crate::wording::imports::{WORDS, count, line};
use crate::wording::{Lang, life};

/// What is to be filed.
pub struct ImportFilingPage {
    /// The import's id.
    pub import: String,
    /// For whom.
    pub enterprise: Enterprise,
    /// Which form.
    pub kind: FormKind,
    /// How many rows.
    pub rows: i64,
    /// Which rows these are, to be posted back: others are not filed with this pledge.
    pub mark: i64,
    /// The number and name of the first of them.
    pub first: Vec<(i64, String)>,
    /// Why this person may not file, if so.
    pub not_authorised: Option<NotAuthorised>,
    /// What was ticked in a post that could not be taken.
    pub ticked: Vec<Purpose>,
    /// Whether the pledge was not ticked in a post.
    pub pledge_missing: bool,
    /// Whether they changed while somebody looked at them.
    pub changed: bool,
}

/// The page.
pub fn import_filing(page: ImportFilingPage, lang: Lang) -> Page {
    let base = format!("/imports/{}", page.import);
    let listed: Vec<_> =
        page.first.iter().map(|(number, name)| view! { <li>{format!("{} · {name}", line(*number, lang))}</li> }).collect();
    let more = page.rows - i64::try_from(page.first.len()).unwrap_or_default();
    let more = (more > 0).then(|| view! { <li>{format!("… +{more}")}</li> });
    let problem = page.pledge_missing.then(|| single_problem("#pledge", lang.words().review.pledge_missing, lang));
    let ending = match page.not_authorised {
        Some(why) => {
            banner(BannerKind::Notice, lang.words().review.not_authorised, view! { <p>{life::not_authorised(why, lang)}</p> })
        }
        None => view! {
            <form method="post" action=format!("{base}/filing")>
                <input type="hidden" name="rows" value=page.mark.to_string() />
                {pledge_fields(page.kind, &page.enterprise, &page.ticked, page.pledge_missing, lang)}
                <div class="actions">{submit(Weight::Main, "submit", lang.words().review.submit)}</div>
            </form>
        }
        .into_any(),
    };
    let changed = page.changed.then(|| banner(BannerKind::Notice, lang.say(WORDS.rows_changed), ()));
    let body = view! {
        {problem}
        {changed}
        <h1>{lang.say(WORDS.pledge_title)}</h1>
        <p>{lang.say(page.kind.form().title)}{lang.words().frame.colon}{count(page.rows, WORDS.sound, lang)}</p>
        <p>{lang.say(WORDS.pledge_lead)}</p>
        <ul>{listed}{more}</ul>
        <p><a class="button button--light" href=format!("{base}?all=1#rows")>{lang.say(WORDS.show_all)}</a></p>
        {ending}
        <p class="actions">{link(Weight::Light, base, lang.say(WORDS.back))}</p>
    };
    Page {
        title: lang.say(WORDS.pledge_title).into(),
        above: vec![(lang.words().desk.title.into(), "/filings")],
        problems: page.pledge_missing,
        island: None,
        body: body.into_any(),
    }
}
