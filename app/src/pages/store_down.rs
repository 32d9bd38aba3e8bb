//! What was asked could not be kept: that it is not done, and everything that was typed, to be sent again.

use leptos::prelude::*;

use crate::components::button::{Weight, link};
use crate::shell::Page;
use crate::wording::Lang;
use crate::wording::overload::{self, Overload, again};

/// A form as it was posted, to be posted again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostAgain {
    /// Where it goes.
    pub place: String,
    /// Whether it is one that takes files.
    pub takes_files: bool,
    /// Whether files were chosen, which nobody but the person can choose again.
    pub had_files: bool,
    /// What was typed, in its order, the pressed button too.
    pub fields: Vec<(String, String)>,
}

impl PostAgain {
    /// Whether a person typed or chose something in it; the rest of a form is what its page put there.
    fn has_typed(&self) -> bool {
        const OF_PAGE: [&str; 9] = ["version", "action", "window", "kind", "files", "at", "seen", "mark", "confirm"];
        self.fields.iter().any(|(name, value)| !value.trim().is_empty() && !OF_PAGE.contains(&name.as_str()))
    }
}

/// What was asked of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To show something.
    Look,
    /// To do something; by this form, if all of it arrived.
    Deed(Option<PostAgain>),
}

/// The page. `reference` finds the case in the log; whoever is signed in has filings to look at.
pub fn store_down(asked: Asked, is_signed_in: bool, reference: String, lang: Lang) -> Page {
    let Overload { title, sentences: [what, go_back] } = match asked {
        Asked::Look => overload::cannot_show(lang),
        Asked::Deed(_) => overload::store_down(lang),
    };
    let number = match lang {
        Lang::Zh => "故障编号：",
        Lang::En => "Fault reference: ",
    };
    let onward = match asked {
        Asked::Deed(Some(form)) => again_form(form, is_signed_in, lang),
        _ => {
            let home = link(Weight::Main, "/", lang.words().frame.home);
            view! { <p>{go_back}</p><p class="actions">{home}</p> }.into_any()
        }
    };
    let reference = view! { <p>{number}<span class="number">{reference}</span></p> };
    Page {
        title: title.into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: false,
        island: None,
        body: view! { <h1>{title}</h1><p>{what}</p>{onward}{reference} }.into_any(),
    }
}

fn again_form(form: PostAgain, is_signed_in: bool, lang: Lang) -> AnyView {
    let words = again(lang);
    let here = if form.has_typed() { words.here } else { words.nothing_typed };
    let perhaps = is_signed_in.then(|| view! { <p>{words.perhaps_done}</p> });
    let look = is_signed_in.then(|| link(Weight::Other, "/filings", lang.words().frame.my_filings));
    let files = form.had_files.then(|| view! { <p>{words.files}</p> });
    let fields: Vec<_> =
        form.fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect();
    view! {
        <p>{here}</p>
        {files}
        {perhaps}
        <form method="post" action=form.place enctype=form.takes_files.then_some("multipart/form-data")>
            {fields}
            <p class="actions">
                <button class=Weight::Main.class() type="submit">{words.button}</button>
                {look}
            </p>
        </form>
    }
    .into_any()
}
