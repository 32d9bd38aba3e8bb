//! The result, in the elements and classes of `components::verdict`.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{by_id, document, spoken};
use crate::verification::Told;

/// Only a sentence.
pub(super) fn say(sentence: &str) {
    if let Some(result) = by_id("result") {
        result.set_text_content(None);
        append(&result, "p", "", sentence);
    }
}

/// The whole result, in place of what stood there.
pub(super) fn show(told: &Told) {
    let Some(result) = by_id("result") else { return };
    result.set_text_content(None);
    let heading = append(&result, "h2", "", &spoken("result"));
    let class = if told.holds { "verdict verdict--holds" } else { "verdict verdict--doubt" };
    if let Some(verdict) = append(&result, "div", class, "") {
        append(&verdict, "p", "verdict__heading", &told.heading);
        if let Some(meaning) = &told.meaning {
            append(&verdict, "p", "", meaning);
        }
        // Where nothing was checked there is nothing to say of how.
        if !told.checks.is_empty() {
            append(&verdict, "p", "verdict__how", &spoken("in-browser"));
        }
    }
    facts(&result, &told.facts);
    if !told.checks.is_empty() {
        append(&result, "h3", "", &spoken("checks"));
        if let Some(list) = append(&result, "ul", "", "") {
            for check in &told.checks {
                append(&list, "li", "", check);
            }
        }
    }
    if let Some(text) = &told.document {
        append(&result, "h3", "", &spoken("document"));
        if let Some(document) = append(&result, "pre", "document verdict__document", text) {
            let _ = document.set_attribute("lang", "zh-CN");
        }
    }
    // The result stands above the form: whoever sent it is taken there.
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        let _ = heading.set_attribute("tabindex", "-1");
        let _ = heading.focus();
    }
}

/// What the portal says of today, below its own heading.
pub(super) fn add(heading: &str, sentences: &[String], told: &[(String, String)]) {
    let Some(result) = by_id("result") else { return };
    append(&result, "h3", "", heading);
    for sentence in sentences {
        append(&result, "p", "", sentence);
    }
    facts(&result, told);
}

fn facts(to: &Element, told: &[(String, String)]) {
    if told.is_empty() {
        return;
    }
    let Some(list) = append(to, "dl", "summary-list", "") else { return };
    for (label, answer) in told {
        if let Some(row) = append(&list, "div", "summary-list__row", "") {
            append(&row, "dt", "summary-list__label", label);
            append(&row, "dd", "summary-list__answer", answer);
        }
    }
}

fn append(to: &Element, tag: &str, class: &str, text: &str) -> Option<Element> {
    let child = document()?.create_element(tag).ok()?;
    if !class.is_empty() {
        child.set_class_name(class);
    }
    if !text.is_empty() {
        child.set_text_content(Some(text));
    }
    to.append_child(&child).ok()?;
    Some(child)
}
