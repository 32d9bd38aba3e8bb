//! The rows of an import: number, name, what is wrong with each, and where it is mended.

use leptos::prelude::*;

use crate::wording::Lang;
use crate::wording::imports::{WORDS, line};

/// One row.
pub struct TableRow {
    /// Its number as the spreadsheet counts it.
    pub line: i64,
    /// What it is called.
    pub name: String,
    /// Its faults, a sentence each: the column's label is in the sentence.
    pub problems: Vec<String>,
    /// Where it stands, if it needs no mending.
    pub state: Option<&'static str>,
    /// Where it leads: to be mended, to the draft or filing it has become.
    pub link: Option<(String, &'static str)>,
}

/// The table.
pub fn row_table(caption: &'static str, rows: Vec<TableRow>, lang: Lang) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let problems: Vec<_> = row.problems.into_iter().map(|problem| view! { <li>{problem}</li> }).collect();
            let problems = (!problems.is_empty()).then(|| view! { <ul class="row-table__problems">{problems}</ul> });
            let link = row.link.map(|(href, words)| {
                view! { <a class="row-table__link" href=href>{words}<span class="unseen">{format!(" {}", line(row.line, lang))}</span></a> }
            });
            view! {
                <tr id=format!("row-{}", row.line)>
                    <th scope="row">{row.line}</th>
                    <td>{row.name}</td>
                    <td>{row.state}{problems}{link}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="row-table">
            <table class="row-table__table">
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{lang.say(WORDS.line)}</th>
                        <th scope="col">{lang.say(WORDS.item)}</th>
                        <th scope="col">{lang.say(WORDS.problems)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
