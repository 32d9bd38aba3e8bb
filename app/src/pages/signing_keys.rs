//! The signing keys: one's own, and those of others who sign for the enterprise.

use credit::filing::Instant;
use credit::person::Role;
use credit::signing::RevocationReason;
use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link};
use crate::components::status_tag::status_tag;
use crate::shell::Page;
use crate::time_text;
use crate::wording::Lang;
use crate::wording::life::{self, Tone};
use crate::wording::signing_keys::{WORDS, reason};

/// A key in a list.
#[derive(Clone)]
pub struct KeyEntry {
    /// Its id.
    pub id: String,
    /// What its owner calls the device.
    pub label: String,
    /// Whose it is.
    pub owner: (String, Role),
    /// Its fingerprint.
    pub fingerprint: String,
    /// Since when it is enrolled.
    pub enrolled_at: Instant,
    /// When and why it was revoked.
    pub revoked: Option<(Instant, RevocationReason)>,
    /// Whether it is the viewer's own.
    pub own: bool,
    /// Whether the viewer may revoke it.
    pub may_revoke: bool,
}

/// What has just been done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyJustDone {
    /// A key was enrolled: which commitments can be signed with it now, each with the address of its page and its name.
    Enrolled(Vec<(String, String)>),
    /// A key was revoked.
    Revoked,
}

/// The page.
pub fn signing_keys(keys: Vec<KeyEntry>, may_sign: bool, done: Option<KeyJustDone>, lang: Lang) -> Page {
    let done = done.map(|done| match done {
        KeyJustDone::Enrolled(to_sign) => {
            let go_on = (!to_sign.is_empty()).then(|| {
                let links: Vec<_> = to_sign.into_iter().map(|(href, name)| view! { <li><a href=href>{name}</a></li> }).collect();
                view! { <p>{lang.say(WORDS.go_on)}{lang.words().frame.colon}</p><ul>{links}</ul> }
            });
            banner(BannerKind::Done, lang.say(WORDS.enrolled), view! { <p>{lang.say(WORDS.enrolled_text)}</p>{go_on} })
        }
        KeyJustDone::Revoked => banner(BannerKind::Done, lang.say(WORDS.was_revoked), ()),
    });
    let (mine, others): (Vec<_>, Vec<_>) = keys.into_iter().partition(|key| key.own);
    let movable = mine.iter().any(|key| key.revoked.is_none());
    let none = mine.is_empty().then(|| view! { <p>{lang.say(WORDS.none)}</p> });
    let make = if may_sign {
        view! { <p class="actions">{link(Weight::Main, "/signing-keys/new", lang.say(WORDS.make))}</p> }.into_any()
    } else {
        view! { <p>{lang.say(WORDS.may_not_sign)}</p> }.into_any()
    };
    let transfer = movable.then(|| view! { <p><a href="/signing-keys/transfer">{lang.say(WORDS.move_title)}</a></p> });
    let others = (!others.is_empty()).then(|| view! { <h2>{lang.say(WORDS.others)}</h2>{list(others, lang)} });
    let body = view! {
        {done}
        <h1>{lang.say(WORDS.title)}</h1>
        <p class="lead">{lang.say(WORDS.lead)}</p>
        <h2>{lang.say(WORDS.mine)}</h2>
        {none}
        {list(mine, lang)}
        {make}
        {transfer}
        {others}
        <h2>{lang.say(WORDS.wiped)}</h2>
        <p>{lang.say(WORDS.wiped_text)}</p>
        <p>{link(Weight::Light, "/sessions".to_owned(), lang.say(crate::wording::sessions::WORDS.see))}</p>
    };
    let title = lang.say(WORDS.title).into();
    Page { title, above: vec![(lang.words().frame.home.into(), "/")], problems: false, island: None, body: body.into_any() }
}

fn list(keys: Vec<KeyEntry>, lang: Lang) -> AnyView {
    if keys.is_empty() {
        return ().into_any();
    }
    let entries: Vec<_> = keys.into_iter().map(|key| entry(key, lang)).collect();
    view! { <ul class="task-list">{entries}</ul> }.into_any()
}

fn entry(key: KeyEntry, lang: Lang) -> AnyView {
    let base = format!("/signing-keys/{}", key.id);
    let state = match key.revoked {
        None => status_tag(Tone::Good, lang.say(WORDS.active)),
        Some(_) => status_tag(Tone::Quiet, lang.say(WORDS.revoked)),
    };
    let ended = key.revoked.map(|(at, why)| {
        view! { <br />{lang.say(WORDS.until)}" "{time_text::minute(at)}" · "{reason(why, lang)} }
    });
    let named = |word: &'static str| format!("{word} {}", key.label);
    let active = key.revoked.is_none();
    let try_it = (key.own && active).then(|| {
        view! { <a class="button button--light" href=format!("{base}/trial") aria-label=named(lang.say(WORDS.try_it))>{lang.say(WORDS.try_it)}</a> }
    });
    let revoke = (key.may_revoke && active).then(|| {
        view! { <a class="button button--light" href=format!("{base}/revocation") aria-label=named(lang.say(WORDS.revoke))>{lang.say(WORDS.revoke)}</a> }
    });
    let public = named(lang.say(WORDS.public));
    view! {
        <li class="task-list__task" data-key=key.id>
            <div class="task-list__what">
                <strong>{key.label.clone()}</strong>" · "{life::with_role(&key.owner.0, key.owner.1, lang)}
                <br />{lang.say(WORDS.since)}" "{time_text::minute(key.enrolled_at)}
                {ended}
                <br />{lang.say(WORDS.fingerprint)}" "<code class="sign-form__statement">{key.fingerprint}</code>
            </div>
            <div class="task-list__state">
                {state}
                <a class="button button--light" href=format!("{base}/public.pem") aria-label=public>{lang.say(WORDS.public)}</a>
                {try_it}
                {revoke}
            </div>
        </li>
    }
    .into_any()
}
