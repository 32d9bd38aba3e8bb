//! A registered item as everyone sees it: its public answers, where they come from, how far they were verified, and when.

use chrono::NaiveDate;
use credit::filing::Instant;
use credit::form::FormKind;
use credit::public_item::PublicItem;
use credit::public_view::public_view;
use credit::registration::Content;
use leptos::prelude::*;

use super::status_tag::status_tag;
use super::summary_list::{Row, summary_list};
use crate::time_text;
use crate::wording::life::Tone;
use crate::wording::{Lang, answers, publications};

/// An item.
pub struct ItemEntry {
    /// Its number, for a place on the page that can be linked to.
    pub number: i64,
    /// Which form.
    pub kind: FormKind,
    /// What was filed; only what the public view gives of it is shown.
    pub content: Content,
    /// When it was filed.
    pub registered_at: Instant,
    /// Verification, publication, last day.
    pub item: PublicItem,
}

/// The item.
pub fn public_item(entry: &ItemEntry, lang: Lang) -> AnyView {
    let words = publications::words(lang);
    let form = entry.kind.form();
    let view = public_view(form, &entry.content);
    // The name, too, is what strangers see of it: masked like every answer.
    let called = view.iter().find(|(field, _)| field.name == form.named_by.name);
    let name = called.map_or_else(|| lang.say(form.title).to_owned(), |(field, shown)| answers::shown(field, shown, lang));
    let rows = view.iter().map(|(field, shown)| Row {
        label: lang.say(field.label).into(),
        answer: answers::shown(field, shown, lang),
        ..Row::default()
    });
    let facts = [
        (words.source, words.self_declared.to_owned()),
        (words.registered_on, time_text::day(entry.registered_at)),
        (words.verified_on, time_text::day(entry.item.verified_at)),
        (words.published_on, time_text::day(entry.item.published_at)),
        (words.valid_until, entry.item.last_day.map_or(words.no_end.to_owned(), |day: NaiveDate| day.to_string())),
    ];
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(label, value)| view! { <div class="public-item__fact"><dt>{label}</dt><dd>{value}</dd></div> })
        .collect();
    let (id, named) = (format!("item-{}", entry.number), format!("item-{}", entry.number));
    view! {
        <article class="public-item" aria-labelledby=named>
            <h3 class="public-item__name" id=id>{name}</h3>
            <p>{status_tag(Tone::Good, lang.say(publications::verification(entry.item.verification)))}</p>
            <dl class="public-item__facts">{facts}</dl>
            {summary_list(rows.collect())}
        </article>
    }
    .into_any()
}
