//! Checks pasted rows in the browser, with the same code as the server.

#![allow(missing_docs, reason = "the macro makes an undocumented type of the same name")]

use leptos::prelude::*;

/// Wraps the plain form `rows-form`, whose only field takes pasted rows, and the places for what is found in them. It never
/// keeps anybody from sending them.
///
/// What it must know stands in the form's `data-` attributes: an island with properties would carry a JSON reader.
#[island]
pub fn RowCheck(
    /// The form, the line `row-check`, the lists `row-notes` and `row-faults`.
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::Checker::begin();
    children()
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::Cell;
    use std::rc::Rc;
    use std::time::Duration;

    use chrono::NaiveDate;
    use credit::columns::Column;
    use credit::credit_code::CreditCode;
    use credit::date::parse_date;
    use credit::form::FormKind;
    use credit::import::{Note, Refusal, judge};
    use credit::pasted::Pasted;
    use credit::problem::Problem;
    use credit::table::ReadTable;
    use leptos::leptos_dom::helpers::set_timeout;
    use leptos::prelude::*;
    use wasm_bindgen::prelude::Closure;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Element, Event, HtmlTextAreaElement};

    use super::super::{by_id, page_lang};
    use crate::wording::pasted::{self, Check};
    use crate::wording::{Lang, faults, imports};

    /// Rows that are read or judged without a pause: the page reacts between.
    const STEP: usize = 200;
    /// The check begins this long after the last change.
    const PAUSE: Duration = Duration::from_millis(200);
    /// The most faults that are listed; all are counted.
    const LISTED: usize = 50;
    /// The most notes that are listed.
    const NOTES: usize = 10;

    pub(super) struct Checker {
        kind: FormKind,
        enterprise: CreditCode,
        /// Today in Shanghai: the server's, not the browser's.
        today: NaiveDate,
        lang: Lang,
        typed: HtmlTextAreaElement,
        /// Raised with every change: a check of what stood there before ends then.
        change: Cell<u32>,
    }

    /// What has been found so far.
    struct Found {
        table: ReadTable,
        judged: usize,
        faulty: usize,
        faults: usize,
        first: Vec<(u32, Problem)>,
    }

    impl Checker {
        pub(super) fn begin() {
            let Some(checker) = Self::of_page() else { return };
            let checker = Rc::new(checker);
            let of_listener = Rc::clone(&checker);
            let listener = Closure::<dyn Fn(Event)>::new(move |_| of_listener.changed());
            let _ = checker.typed.add_event_listener_with_callback("input", listener.as_ref().unchecked_ref());
            listener.forget();
            // What was pasted before the module was there, or stands there again.
            if !checker.typed.value().is_empty() {
                checker.changed();
            }
        }

        fn of_page() -> Option<Self> {
            let form = by_id("rows-form")?;
            Some(Self {
                kind: FormKind::named(&form.get_attribute("data-kind")?)?,
                enterprise: CreditCode::parse(&form.get_attribute("data-enterprise")?).ok()?,
                today: parse_date(&form.get_attribute("data-today")?).ok()?,
                lang: page_lang(),
                typed: form.query_selector("textarea").ok()??.dyn_into().ok()?,
                change: Cell::new(0),
            })
        }

        fn changed(self: &Rc<Self>) {
            let change = self.change.get().wrapping_add(1);
            self.change.set(change);
            self.then(change, PAUSE, Self::check);
        }

        /// Goes on after a pause, unless something has changed by then.
        fn then(self: &Rc<Self>, change: u32, pause: Duration, act: impl FnOnce(&Rc<Self>, u32) + 'static) {
            let checker = Rc::clone(self);
            set_timeout(
                move || {
                    if checker.change.get() == change {
                        act(&checker, change);
                    }
                },
                pause,
            );
        }

        fn check(self: &Rc<Self>, change: u32) {
            let text = self.typed.value();
            if text.trim().is_empty() {
                self.show("", &[], &[], 0);
                return;
            }
            say(&pasted::say(Check::Checking, self.lang));
            self.read(change, Pasted::new(self.kind, text));
        }

        fn read(self: &Rc<Self>, change: u32, mut pasted: Pasted<String>) {
            match pasted.read_on(STEP) {
                Ok(true) => self.then(change, Duration::ZERO, move |checker, change| checker.read(change, pasted)),
                Ok(false) => match pasted.finish() {
                    Ok(table) => self.judge(change, Found { table, judged: 0, faulty: 0, faults: 0, first: Vec::new() }),
                    Err(refusal) => self.refuse(&refusal),
                },
                Err(refusal) => self.refuse(&refusal),
            }
        }

        fn judge(self: &Rc<Self>, change: u32, mut found: Found) {
            for row in found.table.rows.iter().skip(found.judged).take(STEP) {
                let (_, problems) = judge(self.kind, &row.draft, &self.enterprise, self.today);
                found.faulty += usize::from(!problems.is_empty());
                found.faults += problems.len();
                let room = LISTED.saturating_sub(found.first.len());
                found.first.extend(problems.into_iter().take(room).map(|problem| (row.line, problem)));
            }
            found.judged += STEP;
            let rows = found.table.rows.len();
            if found.judged < rows {
                self.then(change, Duration::ZERO, move |checker, change| checker.judge(change, found));
                return;
            }
            let outcome = Check::Judged { rows, faulty: found.faulty, faults: found.faults };
            self.show(&pasted::say(outcome, self.lang), &found.table.notes, &found.first, found.faults);
        }

        fn refuse(&self, refusal: &Refusal) {
            self.show(&imports::refusal(refusal, self.lang), &[], &[], 0);
        }

        fn show(&self, words: &str, notes: &[Note], listed: &[(u32, Problem)], faults: usize) {
            if let Some(list) = emptied("row-notes", notes.is_empty()) {
                for note in notes.iter().take(NOTES) {
                    let _ = append(&list, "li", &imports::note(note, self.kind, self.lang));
                }
            }
            if let Some(line) = by_id("row-faults-first") {
                line.set_text_content(Some(&pasted::first(listed.len(), faults, self.lang)));
            }
            if let Some(list) = by_id("row-faults") {
                let _ = list.toggle_attribute_with_force("hidden", listed.is_empty());
            }
            if let Some(body) = emptied("row-faults-body", false) {
                for (line, problem) in listed {
                    let _ = self.append_fault(&body, *line, problem);
                }
            }
            say(words);
        }

        fn append_fault(&self, body: &Element, line: u32, problem: &Problem) -> Result<(), JsValue> {
            let row = append(body, "tr", "")?;
            append(&row, "th", &line.to_string())?.set_attribute("scope", "row")?;
            let (zh, en) = Column::Answer(problem.field).headers();
            append(&row, "td", if self.lang == Lang::Zh { &zh } else { &en })?;
            append(&row, "td", &faults::say(problem, self.lang))?;
            Ok(())
        }
    }

    fn say(words: &str) {
        if let Some(line) = by_id("row-check") {
            line.set_text_content(Some(words));
        }
    }

    /// The element of this id without its content, hidden or not.
    fn emptied(id: &str, hidden: bool) -> Option<Element> {
        let element = by_id(id)?;
        element.set_text_content(None);
        let _ = element.toggle_attribute_with_force("hidden", hidden);
        Some(element)
    }

    fn append(parent: &Element, tag: &str, text: &str) -> Result<Element, JsValue> {
        let child = document().create_element(tag)?;
        child.set_text_content(Some(text));
        parent.append_child(&child)?;
        Ok(child)
    }
}
