//! A template of commitments, whole: what is notified first, then what is pledged, and what follows from it.

use std::sync::Arc;

use credit::commitment::template::Template;
use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, submit};
use crate::components::summary_list::{Row, summary_list};
use crate::components::template_text::{marked, template_text};
use crate::shell::Page;
use crate::wording::Lang;
use crate::wording::commitments::{self, WORDS};
use crate::wording::life;

/// Whether it can be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// It is what is offered now.
    Present,
    /// It is an old version; another is offered.
    Replaced,
    /// It is no longer offered at all.
    Ended,
}

/// The page.
pub fn template(template: &Arc<Template>, offer: Offer, lang: Lang) -> Page {
    let title = lang.say(template.form.title);
    let chinese_rules = (lang == Lang::En).then(|| view! { <p>{lang.say(WORDS.chinese_rules)}</p> });
    let bases: Vec<_> = template.bases.iter().map(|basis| view! { <li>{basis.cited()}</li> }).collect();
    let blanks_note = (!template.blanks.is_empty()).then(|| view! { <p>{lang.say(WORDS.blanks_note)}</p> });
    let body = view! {
        <h1>{title}</h1>
        <p class="lead">{commitments::text(&template.summary, lang).to_owned()}</p>
        {old(template, offer, lang)}
        {chinese_rules}
        {notice(template, lang)}
        <h2>{lang.say(WORDS.matter)}</h2>
        <p lang="zh-CN">{marked(template, &template.matter)}</p>
        <h2>{lang.say(WORDS.bases)}</h2>
        <ul lang="zh-CN">{bases}</ul>
        <h2>{lang.say(WORDS.text)}</h2>
        {blanks_note}
        {template_text(template, &template.text)}
        <h2>{lang.say(WORDS.liability)}</h2>
        {template_text(template, &template.liability)}
        <h2>{lang.say(WORDS.terms)}</h2>
        {summary_list(terms(template, lang))}
        {start(template, offer, lang)}
    };
    Page {
        title: title.into(),
        above: vec![(lang.words().frame.home.into(), "/"), (lang.say(WORDS.title).into(), "/commitments/templates")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}

fn old(template: &Template, offer: Offer, lang: Lang) -> Option<AnyView> {
    let newest = match offer {
        Offer::Present => return None,
        Offer::Replaced => {
            let href = format!("/commitments/templates/{}", template.id);
            Some(view! { <p><a href=href>{lang.say(WORDS.newest)}</a></p> })
        }
        Offer::Ended => None,
    };
    let body = view! { <p>{lang.say(WORDS.old_text)}</p>{newest} };
    Some(banner(BannerKind::Notice, lang.say(WORDS.old), body))
}

/// The notice, and beside it the way without a pledge.
fn notice(template: &Template, lang: Lang) -> Option<AnyView> {
    let notice = template.notice.as_ref()?;
    let lines: Vec<_> = template.notice_lines().into_iter().map(|line| view! { <p>{line}</p> }).collect();
    let view = view! {
        <h2>{lang.say(WORDS.notice)}</h2>
        <div class="document" lang="zh-CN">{lines}</div>
        <section class="template-text__beside">
            <h2>{lang.say(WORDS.ordinary_way)}</h2>
            <p lang="zh-CN">{notice.ordinary_way.clone()}</p>
        </section>
    };
    Some(view.into_any())
}

fn terms(template: &Template, lang: Lang) -> Vec<Row> {
    let row = |label, answer: String| Row { label: lang.say(label).to_owned(), answer, ..Row::default() };
    let signers: Vec<_> = template.signers.iter().map(|role| life::role(*role, lang)).collect();
    vec![
        row(WORDS.kind, lang.say(template.kind.label()).to_owned()),
        row(WORDS.authority, format!("{} {}", template.authority.name, template.authority.code)),
        row(WORDS.scope, lang.say(template.scope.label()).to_owned()),
        row(WORDS.publication_term, commitments::text(&template.publication_term.words(), lang).to_owned()),
        row(WORDS.validity, commitments::text(&template.validity.words(), lang).to_owned()),
        row(WORDS.signers, signers.join(if lang == Lang::Zh { "、" } else { ", " })),
        row(WORDS.level, lang.say(commitments::level(template.level)).to_owned()),
        row(WORDS.withdrawal, lang.say(commitments::withdrawal(template.kind.withdrawal())).to_owned()),
        row(WORDS.version, commitments::version(template.version, lang)),
        row(WORDS.digest, template.digest.clone()),
    ]
}

fn start(template: &Template, offer: Offer, lang: Lang) -> Option<AnyView> {
    let view = view! {
        <form method="post" action="/drafts" class="no-print">
            <input type="hidden" name="kind" value="commitment" />
            <input type="hidden" name="template" value=template.id.clone() />
            <p>{lang.say(WORDS.begin_note)}</p>
            <p class="actions">{submit(Weight::Main, "begin", lang.say(WORDS.begin))}</p>
        </form>
    };
    (offer == Offer::Present).then(|| view.into_any())
}
