//! The list of templates of commitments.

use std::sync::Arc;

use credit::commitment::CommitmentKind;
use credit::commitment::template::Template;
use leptos::prelude::*;

use crate::shell::Page;
use crate::wording::Lang;
use crate::wording::commitments::{self, WORDS};

/// The page: these templates, which are those of the chosen kind if one was chosen.
pub fn templates(templates: &[Arc<Template>], chosen: Option<CommitmentKind>, lang: Lang) -> Page {
    let title = lang.say(WORDS.title);
    let every = filter("/commitments/templates".to_owned(), lang.say(WORDS.all_kinds), chosen.is_none());
    let kinds: Vec<_> = CommitmentKind::ALL
        .into_iter()
        .map(|kind| {
            let href = format!("/commitments/templates?kind={}", kind.name());
            filter(href, lang.say(kind.label()), chosen == Some(kind))
        })
        .collect();
    let about = chosen.map(|kind| view! { <p>{lang.say(commitments::about(kind))}</p> });
    let list = if templates.is_empty() {
        view! { <p>{lang.say(WORDS.none_of_kind)}</p> }.into_any()
    } else {
        let doors: Vec<_> = templates.iter().map(|template| door(template, lang)).collect();
        view! { <ul class="doors">{doors}</ul> }.into_any()
    };
    let body = view! {
        <h1>{title}</h1>
        <p class="lead">{lang.say(WORDS.lead)}</p>
        <nav class="pagination" aria-label=lang.say(WORDS.kinds)>{every}{kinds}</nav>
        {about}
        {list}
    };
    let full = chosen.map_or_else(|| title.to_owned(), |kind| format!("{} · {title}", lang.say(kind.label())));
    Page { title: full, above: vec![(lang.words().frame.home.into(), "/")], problems: false, island: None, body: body.into_any() }
}

fn filter(href: String, name: &'static str, current: bool) -> AnyView {
    view! { <a class="pagination__link" href=href aria-current=current.then_some("page")>{name}</a> }.into_any()
}

fn door(template: &Template, lang: Lang) -> AnyView {
    let href = format!("/commitments/templates/{}", template.id);
    view! {
        <li class="door">
            <a class="door__name" href=href>{lang.say(template.form.title)}</a>
            <p>{commitments::text(&template.summary, lang).to_owned()}</p>
            <p>{lang.say(template.kind.label())}" · "<span lang="zh-CN">{template.authority.name.clone()}</span></p>
        </li>
    }
    .into_any()
}
