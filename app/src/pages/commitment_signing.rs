//! A commitment, read once more and signed; or passed on to who signs.

use credit::commitment::template::{Level, Template};
use credit::enterprise::Enterprise;
use credit::filing::Instant;
use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link, submit};
use crate::components::error_summary::single_problem;
use crate::components::sign_form::{sign_form, statement, where_signing_works};
use crate::module::{Island, Module};
use crate::shell::Page;
use crate::time_text;
use crate::wording::Lang;
use crate::wording::commitment_signing::{WORDS, breach_text};

/// Why nothing was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SigningFault {
    /// The draft changed since it was shown.
    Changed,
    /// The page was open for too long.
    TooOld,
    /// It was not confirmed that pledging is chosen freely.
    NotChosen,
    /// The key is revoked, unknown or somebody else's.
    KeyGone,
    /// The signature is not one of that key over this text.
    DoesNotHold,
    /// Something in it cannot be seen.
    NotPlain,
}

/// Why it cannot be signed now, whoever wants to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// A breach is on record.
    Breach,
    /// The platform could not be asked whether one is.
    NotAsked,
    /// The template was replaced by a newer version.
    Replaced,
    /// The template is no longer offered.
    Ended,
}

/// What the visitor may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Sign, with one of these keys; `fresh` says whether they have just proved who they are.
    Signs {
        /// The ids of their keys.
        keys: Vec<String>,
        /// Whether a confirmation would count now.
        fresh: bool,
    },
    /// Ask for the signature.
    Asks {
        /// Who asked last, and when.
        asked: Option<(String, Instant)>,
        /// Where the signatory goes.
        link: String,
    },
}

/// What the page needs.
pub struct SigningPage {
    /// The draft's id.
    pub id: String,
    /// The draft's version that is shown.
    pub version: i64,
    /// When it is shown: the time in the text.
    pub at: Instant,
    /// For whom.
    pub enterprise: Enterprise,
    /// The template's title, in both languages.
    pub template: std::sync::Arc<Template>,
    /// The text, exactly.
    pub text: String,
    /// The name of who prepared it.
    pub prepared_by: String,
    /// What the visitor may do.
    pub part: Part,
    /// Why it cannot be signed now.
    pub bar: Option<Bar>,
    /// Why nothing was signed.
    pub fault: Option<SigningFault>,
}

impl SigningFault {
    fn words(self, lang: Lang) -> &'static str {
        lang.say(match self {
            Self::Changed => WORDS.changed,
            Self::TooOld => WORDS.too_old,
            Self::NotChosen => WORDS.not_chosen,
            Self::KeyGone => WORDS.key_gone,
            Self::DoesNotHold => WORDS.does_not_hold,
            Self::NotPlain => WORDS.not_plain,
        })
    }
}

/// The page.
pub fn commitment_signing(page: SigningPage, lang: Lang) -> Page {
    let title = lang.say(WORDS.title);
    let signs = matches!(page.part, Part::Signs { .. });
    let problem = page.fault.map(|fault| {
        let place = if fault == SigningFault::NotChosen { "#chosen" } else { "#statement" };
        single_problem(place, fault.words(lang), lang)
    });
    let island = (signs && page.bar.is_none()).then(|| Island::of(Module::Signing));
    let chinese = (lang == Lang::En).then(|| view! { <p>{lang.say(WORDS.chinese)}</p> });
    let ending = match (page.bar, &page.part) {
        (Some(bar), _) => barred(bar, &page, lang),
        (None, Part::Signs { keys, fresh }) => signing(&page, keys, *fresh, lang),
        (None, Part::Asks { asked, link }) => asking(&page, asked.is_some(), link, lang),
    };
    // Whoever asked comes back to the top of the page: what came of it stands there.
    let asked = match &page.part {
        Part::Asks { asked: Some((by, at)), .. } if page.bar.is_none() => {
            let text = format!("{by} · {}", time_text::minute(*at));
            Some(banner(BannerKind::Done, lang.say(WORDS.asked), view! { <p>{text}</p><p>{lang.say(WORDS.asked_text)}</p> }))
        }
        _ => None,
    };
    let body = view! {
        {problem}
        {asked}
        <p class="step">{lang.say(WORDS.step)}</p>
        <h1>{title}</h1>
        <h2>{lang.say(page.template.form.title)}</h2>
        <dl class="for-whom">
            <dt>{lang.words().form.for_whom}</dt>
            <dd>{page.enterprise.name.clone()}" "<span class="number">{page.enterprise.code.to_string()}</span></dd>
            <dt>{lang.say(WORDS.prepared_by)}</dt>
            <dd>{page.prepared_by.clone()}</dd>
        </dl>
        <p>{lang.say(if signs { WORDS.lead } else { WORDS.lead_agent })}</p>
        {chinese}
        {statement(page.text.clone())}
        {ending}
        <p class="actions">{link(Weight::Light, format!("/drafts/{}", page.id), lang.say(WORDS.back))}</p>
    };
    Page {
        title: title.into(),
        above: vec![(lang.words().desk.title.into(), "/filings")],
        problems: page.fault.is_some(),
        island,
        body: body.into_any(),
    }
}

fn barred(bar: Bar, page: &SigningPage, lang: Lang) -> AnyView {
    match bar {
        Bar::Breach => banner(
            BannerKind::Act,
            lang.say(WORDS.breach),
            view! { <p>{lang.say(breach_text(page.template.kind))}</p>{ordinary_way(page, lang)} },
        ),
        Bar::NotAsked => banner(BannerKind::Notice, lang.say(WORDS.not_asked), view! { <p>{lang.say(WORDS.not_asked_text)}</p> }),
        Bar::Replaced => banner(
            BannerKind::Act,
            lang.say(WORDS.replaced),
            view! {
                <p>{lang.say(WORDS.replaced_text)}</p>
                <form method="post" action=format!("/drafts/{}/template", page.id)>
                    <input type="hidden" name="version" value=page.version.to_string() />
                    {submit(Weight::Main, "template", lang.say(WORDS.replaced_button))}
                </form>
            },
        ),
        Bar::Ended => banner(
            BannerKind::Notice,
            lang.say(crate::wording::commitments::WORDS.old),
            view! { <p>{lang.say(crate::wording::commitments::WORDS.old_text)}</p> },
        ),
    }
}

/// The way without a pledge, where there is one.
fn ordinary_way(page: &SigningPage, lang: Lang) -> Option<AnyView> {
    let notice = page.template.notice.as_ref()?;
    let way = notice.ordinary_way.clone();
    Some(view! { <p>{lang.say(WORDS.ordinary)}<span lang="zh-CN">{way}</span></p> }.into_any())
}

fn signing(page: &SigningPage, keys: &[String], fresh: bool, lang: Lang) -> AnyView {
    let more = vec![("version", page.version.to_string()), ("at", page.at.to_string())];
    let action = format!("/drafts/{}/signature", page.id);
    let by_key = if keys.is_empty() {
        view! {
            <p>{lang.say(WORDS.no_key)}</p>
            <p>{lang.say(WORDS.no_key_text)}</p>
            <p class="actions">{link(Weight::Main, "/signing-keys/new", lang.say(WORDS.enrol))}</p>
        }
        .into_any()
    } else {
        let form = sign_form(action.clone(), keys, more.clone(), lang.say(WORDS.sign_button), lang);
        view! { {choice(page, "sign", "chosen", lang)}{form} }.into_any()
    };
    // Nobody is sent to make a key in a browser that could not use it.
    let by_key = where_signing_works(by_key, lang);
    let by_confirmation = (page.template.level == Level::Confirmation).then(|| confirmation(page, &action, more, fresh, lang));
    view! {
        {ordinary_way(page, lang)}
        <section>
            <h2>{lang.say(WORDS.sign)}</h2>
            {by_key}
        </section>
        {by_confirmation}
    }
    .into_any()
}

fn confirmation(page: &SigningPage, action: &str, more: Vec<(&'static str, String)>, fresh: bool, lang: Lang) -> AnyView {
    let body = if fresh {
        let more: Vec<_> = more.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect();
        view! {
            <p>{lang.say(WORDS.confirm_text)}</p>
            <form id="confirm" method="post" action=action.to_owned()>
                {more}
                <input type="hidden" name="confirm" value="yes" />
                {choice(page, "confirm", "chosen-confirm", lang)}
                <p class="actions">{submit(Weight::Other, "sign", lang.say(WORDS.confirm_button))}</p>
            </form>
        }
        .into_any()
    } else {
        let href = format!("/sign-in?fresh=1&return_to=/drafts/{}/review", page.id);
        view! {
            <p>{lang.say(WORDS.prove_text)}</p>
            <p class="actions">{link(Weight::Other, href, lang.say(WORDS.prove))}</p>
        }
        .into_any()
    };
    view! { <section><h2>{lang.say(WORDS.confirm)}</h2>{body}</section> }.into_any()
}

/// That pledging is chosen freely, where there is another way. It is never ticked beforehand.
fn choice(page: &SigningPage, form: &'static str, id: &'static str, lang: Lang) -> Option<AnyView> {
    page.template.notice.as_ref()?;
    let invalid = (page.fault == Some(SigningFault::NotChosen)).then_some("true");
    Some(
        view! {
            <div class="choice">
                <input class="choice__control" type="checkbox" id=id name="chosen" value="yes" form=form aria-invalid=invalid />
                <label class="choice__label" for=id>{lang.say(WORDS.choose)}</label>
            </div>
        }
        .into_any(),
    )
}

fn asking(page: &SigningPage, asked: bool, href: &str, lang: Lang) -> AnyView {
    let (weight, button) = if asked { (Weight::Other, WORDS.ask_again) } else { (Weight::Main, WORDS.ask_button) };
    view! {
        <section>
            <h2>{lang.say(WORDS.ask)}</h2>
            <p>{lang.say(WORDS.ask_text)}</p>
            <p>{lang.say(WORDS.link)}{lang.words().frame.colon}<span class="number">{href.to_owned()}</span></p>
            <form method="post" action=format!("/drafts/{}/signature-request", page.id)>
                <p class="actions">{submit(weight, "ask", lang.say(button))}</p>
            </form>
        </section>
    }
    .into_any()
}
