//! The home page: doors in plain words.

use leptos::prelude::*;

use crate::components::banner::{BannerKind, banner};
use crate::shell::Page;
use crate::wording::{Lang, my_commitments, public_commitments, publications, record_pages, verifying};

/// The page. `signed_out`: the person has just signed out.
pub fn home(lang: Lang, signed_out: bool, telephone: Option<String>) -> Page {
    let words = &lang.words().home;
    let frame = &lang.words().frame;
    let public = publications::words(lang);
    let (mine, pledged, records) = (&my_commitments::WORDS, &public_commitments::WORDS, &record_pages::WORDS);
    let banner = signed_out.then(|| banner(BannerKind::Done, words.signed_out, ()));
    let telephone = telephone.map(|number| view! { <p>{frame.telephone}{frame.colon}{number}</p> });
    let body = view! {
        {banner}
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <section aria-labelledby="doors">
            <h2 id="doors">{words.doors}</h2>
            <ul class="doors">
                <li class="door"><a class="door__name" href="/registrations">{words.register}</a><p>{words.register_text}</p></li>
                <li class="door"><a class="door__name" href="/filings">{words.desk}</a><p>{words.desk_text}</p></li>
                <li class="door"><a class="door__name" href="/commitments/mine">{lang.say(mine.door)}</a><p>{lang.say(mine.door_text)}</p></li>
                <li class="door"><a class="door__name" href="/records">{lang.say(records.door)}</a><p>{lang.say(records.door_text)}</p></li>
                <li class="door"><a class="door__name" href="/enterprises">{public.look_up}</a><p>{public.look_up_text}</p></li>
                <li class="door"><a class="door__name" href="/commitments">{lang.say(pledged.title)}</a><p>{lang.say(pledged.door_text)}</p></li>
                <li class="door"><a class="door__name" href="/verify">{lang.say(verifying::WORDS.title)}</a><p>{lang.say(verifying::WORDS.door)}</p></li>
                <li class="door"><a class="door__name" href="/overview">{lang.overview().title}</a><p>{lang.overview().door_text}</p></li>
            </ul>
        </section>
        <p>{words.platform_first}</p>
        <section aria-labelledby="free">
            <h2 id="free">{words.free_title}</h2>
            <p>{words.free_text}</p>
            {telephone}
        </section>
    };
    Page { title: words.title.into(), above: vec![], problems: false, island: None, body: body.into_any() }
}
