//! An import: how far it is, what is wrong in which row, what can be done with it.

use credit::draft::Draft;
use credit::filing::Instant;
use credit::form::{FormKind, Phrase};
use credit::import::{Note, Refusal, needs_file};
use credit::problem::Problem;
use leptos::prelude::*;

use super::desk::draft_name;
use crate::components::banner::{BannerKind, banner};
use crate::components::button::{Weight, link, submit};
use crate::components::row_table::{TableRow, row_table};
use crate::islands::live_standing::LiveStanding;
use crate::module::{Island, Module};
use crate::shell::Page;
use crate::time_text;
use crate::wording::imports::{self, WORDS, count};
use crate::wording::{Lang, faults};

/// Where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Its file is being read.
    Reading,
    /// Nothing could be read.
    Refused(Refusal),
    /// Its rows can be mended, dropped, filed.
    Open,
    /// Its rows are being filed.
    Filing,
    /// It was put away.
    Closed,
}

/// How many rows stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Without fault, to be decided on.
    pub sound: i64,
    /// With faults.
    pub faulty: i64,
    /// Drafts now.
    pub drafted: i64,
    /// Filings now.
    pub filed: i64,
    /// Dropped.
    pub dropped: i64,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowStand {
    /// To be decided on.
    Open,
    /// A draft now.
    Drafted,
    /// A filing now.
    Filed,
    /// Dropped.
    Dropped,
}

/// A row.
pub struct ShownRow {
    /// Its number as the spreadsheet counts it.
    pub line: i64,
    /// The id of the draft or filing that it has become.
    pub id: String,
    /// What was written.
    pub draft: Draft,
    /// What is wrong with it now.
    pub problems: Vec<Problem>,
    /// Where it stands.
    pub stand: RowStand,
}

/// Why the page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrival {
    /// To look.
    #[default]
    Plain,
    /// A row was mended.
    Saved,
    /// A row was dropped.
    Dropped,
    /// Drafts were made.
    Drafted,
}

/// The import.
pub struct ImportPage {
    /// Its id.
    pub id: String,
    /// Which form its rows are.
    pub kind: FormKind,
    /// The file's name; none for rows that were pasted.
    pub file_name: Option<String>,
    /// When it was sent.
    pub made_at: Instant,
    /// By whom.
    pub made_by: String,
    /// Where it stands.
    pub stand: Stand,
    /// How many rows stand where.
    pub counts: Counts,
    /// What people should know of the file.
    pub notes: Vec<Note>,
    /// The rows of this page.
    pub rows: Vec<ShownRow>,
    /// Whether all rows are shown, not just those to be mended.
    pub all: bool,
    /// The line after which the next page begins, if there is one.
    pub further: Option<i64>,
    /// Whether this is not the first page of rows.
    pub begun_later: bool,
    /// How it stands, as the island is told changes of it.
    pub mark: String,
    /// Whether somebody wants the page to stay as it is while the portal works on the import.
    pub still: bool,
    /// Why it is shown.
    pub arrival: Arrival,
}

/// The page.
pub fn import(page: ImportPage, lang: Lang) -> Page {
    let form = page.kind.form();
    let arrival = match page.arrival {
        Arrival::Plain => ().into_any(),
        Arrival::Saved => banner(BannerKind::Done, lang.say(WORDS.saved), ()),
        Arrival::Dropped => banner(BannerKind::Done, lang.say(WORDS.row_dropped), ()),
        Arrival::Drafted => banner(BannerKind::Done, lang.say(WORDS.made_drafts), ()),
    };
    let source = imports::source(page.file_name.as_deref(), lang);
    let line = format!("{} · {source} · {} · {}", lang.say(form.group), time_text::minute(page.made_at), page.made_by);
    let follows = page.is_under_way() && !page.still;
    let without = follows.then(|| without_island(&page, lang));
    let address = format!("/imports/{}", page.id);
    let part = standing(&page, lang);
    let part = if follows {
        view! {
            <LiveStanding>
                <div id="standing" data-address=address data-mark=page.mark.clone() data-reload="">{part}{without}</div>
                <p class="unseen" id="updated" role="status"></p>
            </LiveStanding>
        }
        .into_any()
    } else {
        part
    };
    let body = view! {
        {arrival}
        <h1>{lang.say(WORDS.title)}</h1>
        <p>{line}</p>
        {part}
    };
    Page {
        title: lang.say(WORDS.title).into(),
        above: vec![(lang.words().desk.title.into(), "/filings")],
        problems: false,
        island: follows.then(|| Island::of(Module::Form).or_reload()),
        body: body.into_any(),
    }
}

impl ImportPage {
    fn is_under_way(&self) -> bool {
        matches!(self.stand, Stand::Reading | Stand::Filing)
    }
}

/// What tells people that the page reloads itself, and lets them stop that; the island takes it away.
fn without_island(page: &ImportPage, lang: Lang) -> AnyView {
    let still = format!("/imports/{}?still=1", page.id);
    view! { <p data-without="">{lang.say(WORDS.refresh)}" "<a href=still>{lang.say(WORDS.stop_refreshing)}</a></p> }.into_any()
}

/// The part that changes while the portal works on the import.
pub fn standing(page: &ImportPage, lang: Lang) -> AnyView {
    match &page.stand {
        Stand::Reading => {
            let read = page.counts.sound + page.counts.faulty;
            let so_far = count(read, WORDS.read_so_far, lang);
            progress(so_far, read, WORDS.reading, WORDS.reading_text, lang)
        }
        Stand::Filing => {
            let filed = page.counts.filed;
            let so_far = format!("{} · {}", count(filed, WORDS.filed, lang), count(page.counts.sound, WORDS.to_be_filed, lang));
            progress(so_far, filed, WORDS.filing, WORDS.filing_text, lang)
        }
        Stand::Refused(why) => view! { {refused(page, why, lang)}{closing(page, lang)} }.into_any(),
        Stand::Open | Stand::Closed => {
            let said = imports::done(&tally(page.counts, lang), lang);
            view! {
                <div data-said=said>{counts(page.counts, lang)}</div>
                {deeds(page, lang)}
                {notes(page, lang)}
                {rows(page, lang)}
                {(page.stand == Stand::Open).then(|| closing(page, lang))}
            }
            .into_any()
        }
    }
}

fn closing(page: &ImportPage, lang: Lang) -> AnyView {
    let href = format!("/imports/{}/closure", page.id);
    view! { <p class="actions">{link(Weight::Light, href, lang.say(WORDS.close))}</p> }.into_any()
}

fn progress(so_far: String, rows: i64, title: Phrase, text: Phrase, lang: Lang) -> AnyView {
    let said = imports::under_way(title, rows, lang);
    view! {
        <div data-said=said>
            {banner(BannerKind::Progress, lang.say(title), view! { <p>{so_far}</p><p>{lang.say(text)}</p> })}
        </div>
    }
    .into_any()
}

fn refused(page: &ImportPage, why: &Refusal, lang: Lang) -> AnyView {
    let start = format!("/registrations/{}/import", page.kind.name());
    // What was pasted stands there again; a file is still on the person's device.
    let again = if page.file_name.is_none() { format!("{start}?again={}", page.id) } else { start };
    let sentence = imports::refusal(why, lang);
    let said = format!("{}{}{sentence}", lang.say(WORDS.refused), lang.words().frame.colon);
    let body = view! {
        <p>{sentence}</p>
        <p>{lang.say(WORDS.refused_kept)}</p>
        <p>{link(Weight::Main, again, lang.say(WORDS.again))}</p>
    };
    view! { <div data-said=said>{banner(BannerKind::Act, lang.say(WORDS.refused), body)}</div> }.into_any()
}

fn counts(counts: Counts, lang: Lang) -> AnyView {
    let items: Vec<_> = tally(counts, lang).into_iter().map(|line| view! { <li>{line}</li> }).collect();
    view! { <ul aria-label=lang.say(WORDS.counts)>{items}</ul> }.into_any()
}

fn tally(counts: Counts, lang: Lang) -> Vec<String> {
    [
        (counts.faulty, WORDS.faulty),
        (counts.sound, WORDS.sound),
        (counts.filed, WORDS.filed),
        (counts.drafted, WORDS.drafted),
        (counts.dropped, WORDS.dropped),
    ]
    .into_iter()
    .filter(|(number, what)| *number > 0 || *what == WORDS.faulty)
    .map(|(number, what)| count(number, what, lang))
    .collect()
}

/// What can be done with the rows that have no fault.
fn deeds(page: &ImportPage, lang: Lang) -> AnyView {
    if page.stand != Stand::Open || page.counts.sound == 0 {
        return ().into_any();
    }
    if needs_file(page.kind.form()) {
        return view! {
            <form method="post" action=format!("/imports/{}/drafts", page.id)>
                <p>{lang.say(WORDS.to_drafts_text)}</p>
                <p class="actions">{submit(Weight::Main, "drafts", lang.say(WORDS.to_drafts))}</p>
            </form>
        }
        .into_any();
    }
    view! { <p class="actions">{link(Weight::Main, format!("/imports/{}/filing", page.id), lang.say(WORDS.file_rows))}</p> }
        .into_any()
}

fn notes(page: &ImportPage, lang: Lang) -> AnyView {
    if page.notes.is_empty() {
        return ().into_any();
    }
    let items: Vec<_> = page.notes.iter().map(|note| view! { <li>{imports::note(note, page.kind, lang)}</li> }).collect();
    view! {
        <section aria-labelledby="notes">
            <h2 id="notes">{lang.say(WORDS.notes)}</h2>
            <ul>{items}</ul>
        </section>
    }
    .into_any()
}

fn rows(page: &ImportPage, lang: Lang) -> AnyView {
    let base = format!("/imports/{}", page.id);
    let title = lang.say(if page.all { WORDS.rows_all } else { WORDS.rows_faulty });
    let (other, other_words) = if page.all { (base.clone(), WORDS.show_faulty) } else { (format!("{base}?all=1"), WORDS.show_all) };
    let table = if page.rows.is_empty() {
        view! { <p>{lang.say(WORDS.no_faulty)}</p> }.into_any()
    } else {
        row_table(title, page.rows.iter().map(|row| table_row(page, row, lang)).collect(), lang)
    };
    let all = if page.all { "&all=1" } else { "" };
    let first = if page.all { format!("{base}?all=1#rows") } else { format!("{base}#rows") };
    let further = page.further.map(|after| {
        view! { <a class="pagination__link" rel="next" href=format!("{base}?after={after}{all}#rows")>{lang.say(WORDS.next_page)}</a> }
    });
    let first = page.begun_later.then(|| view! { <a class="pagination__link" href=first>{lang.say(WORDS.first_page)}</a> });
    let pages = (page.begun_later || page.further.is_some())
        .then(|| view! { <nav class="pagination" aria-label=lang.words().desk.pages>{first}{further}</nav> });
    view! {
        <section aria-labelledby="rows">
            <h2 id="rows">{title}</h2>
            <p><a class="button button--light" href=other>{lang.say(other_words)}</a></p>
            {table}
            {pages}
        </section>
    }
    .into_any()
}

fn table_row(page: &ImportPage, row: &ShownRow, lang: Lang) -> TableRow {
    let (state, link) = match row.stand {
        RowStand::Open => {
            let state = row.problems.is_empty().then_some(lang.say(WORDS.sound));
            let open = page.stand == Stand::Open;
            (state, open.then(|| (format!("/imports/{}/rows/{}", page.id, row.line), lang.say(WORDS.mend))))
        }
        RowStand::Drafted => (Some(lang.say(WORDS.drafted)), Some((format!("/drafts/{}", row.id), lang.say(WORDS.drafted)))),
        RowStand::Filed => (Some(lang.say(WORDS.filed)), Some((format!("/filings/{}", row.id), lang.say(WORDS.filed)))),
        RowStand::Dropped => (Some(lang.say(WORDS.dropped)), None),
    };
    TableRow {
        line: row.line,
        name: draft_name(page.kind, &row.draft, lang),
        problems: row.problems.iter().map(|problem| faults::say(problem, lang)).collect(),
        state,
        link,
    }
}
