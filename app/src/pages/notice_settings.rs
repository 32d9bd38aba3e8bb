//! Where notices are sent by e-mail, and the page to which the link in the confirmation mail leads.

use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link, submit};
use crate::components::status_tag::status_tag;
use crate::shell::Page;
use crate::wording::Lang;
use crate::wording::life::Tone;
use crate::wording::news::AddressFault;

/// An address of the enterprise.
pub struct AddressEntry {
    /// Its id.
    pub id: String,
    /// The address.
    pub address: String,
    /// Whether its link has been followed.
    pub confirmed: bool,
}

/// What has just been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JustDone {
    /// A link is on its way.
    LinkSent,
    /// An address was removed.
    Removed,
}

/// The settings.
#[derive(Default)]
pub struct NoticeSettings {
    /// Whether this site sends mail at all.
    pub mail: bool,
    /// The enterprise's addresses.
    pub addresses: Vec<AddressEntry>,
    /// What was typed and what is wrong with it.
    pub wrong: Option<(String, AddressFault)>,
    /// What has just been done.
    pub done: Option<JustDone>,
}

const CONTROL: &str = "address";

/// The page.
pub fn notice_settings(settings: NoticeSettings, lang: Lang) -> Page {
    let words = lang.news();
    let done = settings.done.map(|done| match done {
        JustDone::LinkSent => banner(BannerKind::Done, words.link_sent, view! { <p>{words.link_sent_text}</p> }),
        JustDone::Removed => banner(BannerKind::Done, words.removed, ()),
    });
    let problems = settings.wrong.is_some();
    let summary = settings.wrong.as_ref().map(|(_, fault)| {
        view! {
            <div id="problems" class="error-summary" role="alert" tabindex="-1" autofocus=true>
                <h2 class="error-summary__heading">{words.problem}</h2>
                <ul class="error-summary__list"><li><a href=format!("#{CONTROL}")>{fault.say(lang)}</a></li></ul>
            </div>
        }
    });
    let entry = if settings.mail {
        view! { <p>{words.settings_lead}</p>{form(settings.wrong, lang)} }.into_any()
    } else {
        view! { <p>{words.mail_off}</p> }.into_any()
    };
    // Addresses that were entered while there was mail can still be removed when there is none.
    let list = (settings.mail || !settings.addresses.is_empty()).then(|| addresses(settings.addresses, lang));
    Page {
        title: words.settings.into(),
        above: vec![(words.title.into(), "/notices")],
        problems,
        island: None,
        body: view! { {done}{summary}<h1>{words.settings}</h1>{entry}{list} }.into_any(),
    }
}

fn form(wrong: Option<(String, AddressFault)>, lang: Lang) -> AnyView {
    let words = lang.news();
    let invalid = wrong.is_some();
    let (typed, fault) = wrong.map_or((String::new(), None), |(typed, fault)| (typed, Some(fault)));
    let class = if invalid { "field field--problem" } else { "field" };
    let problem = fault.map(|fault| {
        view! {
            <p class="field__problem" id="address-problem">
                <span class="unseen">{lang.words().form.problem_prefix}</span>
                <span class="field__problem-text">{fault.say(lang)}</span>
            </p>
        }
    });
    let described = if invalid { "address-hint address-problem" } else { "address-hint" };
    view! {
        <form method="post" action="/notices/settings" novalidate>
            <div class=class data-field=CONTROL>
                <label class="field__label" for=CONTROL>{words.address}</label>
                <p class="field__hint" id="address-hint">{words.address_hint}</p>
                {problem}
                <input class="control" type="email" id=CONTROL name="address" value=typed autocomplete="email" spellcheck="false"
                    aria-invalid=invalid.then_some("true") aria-describedby=described />
            </div>
            <p class="actions">{submit(Weight::Main, "enter", words.enter)}</p>
        </form>
    }
    .into_any()
}

fn addresses(addresses: Vec<AddressEntry>, lang: Lang) -> AnyView {
    let words = lang.news();
    let rows: Vec<_> = addresses
        .into_iter()
        .map(|entry| {
            let state = if entry.confirmed {
                status_tag(Tone::Good, words.confirmed)
            } else {
                status_tag(Tone::Waiting, words.unconfirmed)
            };
            let label = format!("{} {}", words.remove, entry.address);
            view! {
                <li class="task-list__task">
                    <div class="task-list__what">{entry.address}</div>
                    <div class="task-list__state">
                        {state}
                        <form method="post" action="/notices/settings/removal">
                            <input type="hidden" name="id" value=entry.id />
                            <button class="button button--light" type="submit" aria-label=label>{words.remove}</button>
                        </form>
                    </div>
                </li>
            }
        })
        .collect();
    let list = if rows.is_empty() {
        view! { <p>{words.no_addresses}</p> }.into_any()
    } else {
        view! { <ul class="task-list">{rows}</ul> }.into_any()
    };
    view! { <section aria-labelledby="addresses"><h2 id="addresses">{words.addresses}</h2>{list}</section> }.into_any()
}

/// Where the link of a confirmation mail leads.
pub enum Confirmation {
    /// It would confirm this address for this enterprise.
    Asks {
        /// The link's token.
        token: String,
        /// The address.
        address: String,
        /// The enterprise's name.
        enterprise: String,
    },
    /// It has just done so.
    Done,
    /// It is worth nothing.
    Gone,
}

/// The page. Looking at it changes nothing: mail scanners follow links too.
pub fn confirmation(confirmation: Confirmation, lang: Lang) -> Page {
    let words = lang.news();
    let (title, body) = match confirmation {
        Confirmation::Asks { token, address, enterprise } => (
            words.confirm_title,
            view! {
                <p>{words.confirm_text}</p>
                <p><strong>{address}</strong></p>
                <p>{enterprise}</p>
                <form method="post" action="/notices/confirmation">
                    <input type="hidden" name="token" value=token />
                    <p class="actions">{submit(Weight::Main, "confirm", words.confirm)}</p>
                </form>
            }
            .into_any(),
        ),
        Confirmation::Done => (words.confirm_done, view! { <p>{words.confirm_done_text}</p>{to_settings(lang)} }.into_any()),
        Confirmation::Gone => (words.confirm_gone, view! { <p>{words.confirm_gone_text}</p>{to_settings(lang)} }.into_any()),
    };
    Page {
        title: title.into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: false,
        island: None,
        body: view! { <h1>{title}</h1>{body} }.into_any(),
    }
}

fn to_settings(lang: Lang) -> AnyView {
    view! { <p class="actions">{link(Weight::Other, "/notices/settings", lang.news().settings)}</p> }.into_any()
}
