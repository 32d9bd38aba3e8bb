//! The document around a page: head, header, breadcrumb, main, footer.

use std::collections::HashMap;
use std::sync::Arc;

use credit::enterprise::Enterprise;
use credit::person::Role;
use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use crate::module::{Island, Module, RELOAD_SECONDS};
use crate::wording::{Lang, life, my_commitments, news, public_commitments, publications, verifying};

/// Where the static files are, with their hashes.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The stylesheet.
    pub css: String,
    /// The script that loads a module where the browser can run it.
    pub loader: String,
    /// The modules.
    pub modules: HashMap<Module, ModuleFiles>,
}

/// Where the two files of a module are.
#[derive(Clone, Debug, Default)]
pub struct ModuleFiles {
    /// Its glue.
    pub script: String,
    /// The module itself.
    pub wasm: String,
}

/// What the footer of a government site must say; what is not configured is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    /// 主办单位.
    pub organiser: Option<String>,
    /// 承办单位.
    pub undertaker: Option<String>,
    /// 咨询电话.
    pub telephone: Option<String>,
    /// 服务时间.
    pub hours: Option<String>,
    /// 地址.
    pub address: Option<String>,
    /// 网站标识码.
    pub site_code: Option<String>,
    /// ICP备案号.
    pub icp: Option<String>,
    /// 公安备案号.
    pub police: Option<String>,
    /// Where 政府网站找错 leads.
    pub report_fault: Option<String>,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct Who {
    /// The person's name.
    pub name: String,
    /// For whom they act now, and as what.
    pub acting: Option<(Enterprise, Role)>,
    /// Whether they could act for another enterprise.
    pub several: bool,
}

/// What every page needs to know.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The language.
    pub lang: Lang,
    /// 长者模式: larger type.
    pub elder: bool,
    /// The path and query of this page, to come back to after a change of language or type size.
    pub path: String,
    /// Who is signed in.
    pub who: Option<Who>,
    /// How many notices nobody of the enterprise has read.
    pub unread: i64,
    /// The footer.
    pub site: Arc<Site>,
    /// The static files.
    pub assets: Arc<Assets>,
}

/// A page.
pub struct Page {
    /// What it is called: the `h1`'s words, and first in the tab.
    pub title: String,
    /// The pages above it: words and address. Empty on the home page.
    pub above: Vec<(String, &'static str)>,
    /// Whether it shows problems: then the tab says so first.
    pub problems: bool,
    /// Its island. Without one no script is loaded.
    pub island: Option<Island>,
    /// The content of `main`.
    pub body: AnyView,
}

/// Renders a page to a whole document.
pub fn render(frame: &Frame, page: impl FnOnce() -> Page) -> String {
    let html = in_owner(|| document(frame, page()));
    format!("<!DOCTYPE html>{html}")
}

/// Renders a part of a page, for islands that fetch it again.
pub fn render_part(part: impl FnOnce() -> AnyView) -> String {
    in_owner(part)
}

/// Views need an owner for what is reactive in them, and islands ask it whether they are inside one.
fn in_owner(view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| view().to_html());
    owner.cleanup();
    html
}

fn document(frame: &Frame, page: Page) -> AnyView {
    let words = &frame.lang.words().frame;
    let name = format!("{} · {}", words.brand, words.service);
    let prefix = if page.problems { words.error_prefix } else { "" };
    let title = if page.above.is_empty() { name.clone() } else { format!("{prefix}{} - {name}", page.title) };
    let typed_in = page.island.and_then(|island| island.form);
    let scripts = page.island.and_then(|island| scripts(frame, island));
    let breadcrumb = (!page.above.is_empty()).then(|| breadcrumb(frame, &page));
    view! {
        <html lang=frame.lang.tag() data-type=frame.elder.then_some("elder")>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{title}</title>
                // Nothing is painted before the whole of it can be: a page shown while it is still being read moves what it showed.
                // (HTML, 4.6.7.6 “expect”; a browser that does not know it shows the page piece by piece, as ever.)
                <link rel="expect" href="#main" blocking="render" />
                <link rel="stylesheet" href=frame.assets.css.clone() />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                {scripts}
            </head>
            <body>
                <a class="skip" href="#main">{words.skip}</a>
                {header(frame, &name, typed_in)}
                <div class="frame">
                    {breadcrumb}
                    <main id="main" tabindex="-1">{page.body}</main>
                </div>
                {footer(frame)}
            </body>
        </html>
    }
    .into_any()
}

/// The loader, with the module's addresses; where no script runs, what stands in for it.
fn scripts(frame: &Frame, island: Island) -> Option<AnyView> {
    let files = frame.assets.modules.get(&island.module)?.clone();
    let seconds = island.else_reload.then(|| RELOAD_SECONDS.to_string());
    let reload = seconds.clone().map(|seconds| view! { <noscript><meta http-equiv="refresh" content=seconds /></noscript> });
    let scripts = view! {
        <link rel="modulepreload" href=files.script.clone() />
        <script defer src=frame.assets.loader.clone() data-module=files.script data-wasm=files.wasm data-reload=seconds></script>
        {reload}
    };
    Some(scripts.into_any())
}

fn header(frame: &Frame, name: &str, typed_in: Option<&'static str>) -> AnyView {
    let words = &frame.lang.words().frame;
    let (other, other_tag) = match frame.lang {
        Lang::Zh => (Lang::En, "en"),
        Lang::En => (Lang::Zh, "zh-CN"),
    };
    let elder = if frame.elder { words.elder_off } else { words.elder_on };
    let size = if frame.elder { "normal" } else { "elder" };
    let person = frame.who.as_ref().map(|who| signed_in_as(frame, who));
    let links = match &frame.who {
        Some(who) => links(frame, who),
        None => view! {
            <a class="header__link" href=format!("/sign-in?return_to={}", encode(&frame.path))>{words.sign_in}</a>
        }
        .into_any(),
    };
    let preferences = match typed_in {
        // What was typed goes along and is kept, where no island keeps it. Problems that the page shows, it shows again.
        Some(form) => {
            let go_on = frame.lang.words().form.go_on;
            let again = if frame.path.contains("check=1") { ":check" } else { "" };
            view! {
                <div class="header__form">
                    // Enter in a field presses the first button of its form in the order of the page: it must go on, and neither choose
                    // a language nor remove a file.
                    <button class="unseen" form=form name="action" value="continue" tabindex="-1" aria-hidden="true">{go_on}</button>
                    <button class="header__link" form=form name="action" value=format!("lang:{}{again}", other.tag()) lang=other_tag>
                        {words.other_language}
                    </button>
                    <button class="header__link" form=form name="action" value=format!("type:{size}{again}")>{elder}</button>
                </div>
            }
            .into_any()
        }
        None => view! {
            <form class="header__form" method="post" action="/preferences">
                <input type="hidden" name="return_to" value=frame.path.clone() />
                <button class="header__link" name="lang" value=other.tag() lang=other_tag>{words.other_language}</button>
                <button class="header__link" name="type" value=size>{elder}</button>
            </form>
        }
        .into_any(),
    };
    view! {
        <header class="header">
            <div class="header__row">
                <a class="header__name" href="/">{name.to_owned()}</a>
                <div class="header__tools">
                    {person}
                    {preferences}
                    {links}
                </div>
            </div>
            <p class="header__free">{words.free}</p>
        </header>
    }
    .into_any()
}

/// Who is signed in, and for whom: one line.
fn signed_in_as(frame: &Frame, who: &Who) -> AnyView {
    let acting = who.acting.as_ref().map(|(enterprise, role)| {
        view! { <span class="header__enterprise">{life::with_role(&enterprise.name, *role, frame.lang)}</span> }
    });
    view! {
        <p class="header__who"><span class="header__person">{who.name.clone()}</span>" "{acting}</p>
    }
    .into_any()
}

fn links(frame: &Frame, who: &Who) -> AnyView {
    let words = &frame.lang.words().frame;
    let notices = who.acting.is_some().then(|| {
        let (word, number) = news::header(frame.unread, frame.lang);
        let number =
            number.map(|(number, heard)| view! { " "<strong class="number">{number}</strong><span class="unseen">{heard}</span> });
        view! { <a class="header__link" href="/notices">{word}{number}</a> }
    });
    let switch = who.several.then(|| view! { <a class="header__link" href="/enterprise">{words.switch_enterprise}</a> });
    view! {
        <a class="header__link" href="/overview">{frame.lang.overview().title}</a>
        <a class="header__link" href="/filings">{words.my_filings}</a>
        <a class="header__link" href="/commitments/mine">{frame.lang.say(my_commitments::WORDS.title)}</a>
        {notices}
        {switch}
        <form class="header__form" method="post" action="/sign-out">
            <button class="header__link">{words.sign_out}</button>
        </form>
    }
    .into_any()
}

fn breadcrumb(frame: &Frame, page: &Page) -> AnyView {
    let words = &frame.lang.words().frame;
    let above: Vec<_> = std::iter::once((words.home.to_owned(), "/"))
        .chain(page.above.iter().filter(|(_, href)| *href != "/").cloned())
        .map(|(title, href)| view! { <li><a href=href>{title}</a></li> })
        .collect();
    view! {
        <nav class="breadcrumb" aria-label=words.breadcrumb>
            <ol class="breadcrumb__list">
                {above}
                <li aria-current="page">{page.title.clone()}</li>
            </ol>
        </nav>
    }
    .into_any()
}

fn footer(frame: &Frame) -> AnyView {
    let words = &frame.lang.words().frame;
    let site = &frame.site;
    let facts: Vec<_> = [
        (words.organiser, &site.organiser),
        (words.undertaker, &site.undertaker),
        (words.telephone, &site.telephone),
        (words.hours, &site.hours),
        (words.address, &site.address),
        (words.site_code, &site.site_code),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some((label, value.clone()?)))
    .map(|(label, value)| view! { <div class="footer__fact"><dt>{label}</dt><dd>{value}</dd></div> })
    .collect();
    let marks: Vec<_> = [&site.icp, &site.police].into_iter().flatten().map(|mark| view! { <li>{mark.clone()}</li> }).collect();
    let facts = (!facts.is_empty()).then(|| view! { <dl class="footer__facts">{facts}</dl> });
    let report = site.report_fault.clone().map(|href| view! { <li><a href=href>{words.report_fault}</a></li> });
    view! {
        <footer class="footer">
            <div class="footer__row">
                <p class="footer__free">{words.free}</p>
                <nav aria-label=words.site_links>
                    <ul class="footer__links">
                        <li><a href="/enterprises">{publications::words(frame.lang).look_up}</a></li>
                        <li><a href="/commitments">{frame.lang.say(public_commitments::WORDS.title)}</a></li>
                        <li><a href="/verify">{frame.lang.say(verifying::WORDS.title)}</a></li>
                        <li><a href="/help">{words.help}</a></li>
                        <li><a href="/privacy">{words.privacy}</a></li>
                        <li><a href="/accessibility">{words.accessibility}</a></li>
                        {report}
                    </ul>
                </nav>
                {facts}
                <ul class="footer__links">{marks}</ul>
            </div>
        </footer>
    }
    .into_any()
}

/// Percent-encodes a path for use inside a query.
fn encode(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.') {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
