//! Whether every text of a template is plain: nothing unseen, nothing that changes the order, nothing left empty.

use credit::commitment::template::Written;
use credit::normal_text::{is_right_to_left, is_unseen, normal_line};
use serde_json::Value;

use super::check::Wrong;

/// What is wrong with texts.
pub fn check(written: &Written) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let whole = serde_json::to_value(written).expect("texts and numbers can be written as JSON");
    walk(&whole, String::new(), &mut wrong);
    wrong
}

fn walk(value: &Value, place: String, wrong: &mut Vec<Wrong>) {
    let inner = |step: &str| if place.is_empty() { step.to_owned() } else { format!("{place}.{step}") };
    match value {
        Value::String(text) => wrong.extend(fault(text).or_else(|| braces(text, &place)).map(|what| (place, what))),
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(at, value)| walk(value, inner(&at.to_string()), wrong));
        }
        Value::Object(members) => members.iter().for_each(|(name, value)| walk(value, inner(name), wrong)),
        _ => {}
    }
}

fn fault(text: &str) -> Option<String> {
    if let Some(hidden) = text.chars().find(|c| is_unseen(*c) || c.is_control()) {
        return Some(format!("it holds a character that cannot be seen, U+{:04X}", u32::from(hidden)));
    }
    if text.chars().any(is_right_to_left) {
        return Some("it holds a script that is written from right to left".into());
    }
    if text.trim().is_empty() {
        return Some("it is empty".into());
    }
    let normal = normal_line(text);
    (normal != text).then(|| format!("it must be one line without blanks at its ends, doubled blanks or wide letters: {normal:?}"))
}

/// Blanks may stand in three places only.
fn braces(text: &str, place: &str) -> Option<String> {
    let takes_blanks = place == "matter" || place.starts_with("text.") || place.starts_with("liability.");
    let braces = text.contains("{{") || text.contains("}}");
    (braces && !takes_blanks).then(|| "only matter, text and liability can hold blanks".into())
}
