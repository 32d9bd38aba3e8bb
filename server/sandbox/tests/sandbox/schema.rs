//! As much of JSON Schema as the contract uses.

use serde_json::Value;

/// What in `value` does not fit `schema`; references are looked up in `contract`.
pub fn misfits(contract: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut say = |what: String| found.push(format!("{at}: {what}"));
    if let Some(expected) = schema.get("const").filter(|expected| *expected != value) {
        say(format!("{value} is not {expected}"));
    }
    if let Some(known) = schema["enum"].as_array().filter(|known| !known.contains(value)) {
        say(format!("{value} is none of {known:?}"));
    }
    if !has_type(&schema["type"], value) {
        say(format!("{value} is not of type {}", schema["type"]));
    }
    if let Some(least) = schema["minItems"].as_u64()
        && value.as_array().is_some_and(|items| (items.len() as u64) < least)
    {
        say(format!("fewer than {least} items"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            say(format!("{name} is missing"));
        }
    }
    if let Some(reference) = schema["$ref"].as_str() {
        found.extend(misfits(contract, resolve(contract, reference), value, at));
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        found.extend(misfits(contract, part, value, at));
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fitting = choices.iter().filter(|one| misfits(contract, one, value, at).is_empty()).count();
        if fitting != 1 {
            found.push(format!("{at}: {fitting} of the choices fit {value}"));
        }
    }
    let properties = schema["properties"].as_object();
    for (name, member) in value.as_object().into_iter().flatten() {
        let declared = properties.and_then(|properties| properties.get(name));
        let other = schema.get("additionalProperties").filter(|other| other.is_object());
        if let Some(schema) = declared.or(other) {
            found.extend(misfits(contract, schema, member, &format!("{at}/{name}")));
        }
    }
    if let Some(items) = schema.get("items") {
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            found.extend(misfits(contract, items, item, &format!("{at}/{index}")));
        }
    }
    found
}

/// What a local reference stands for.
pub fn resolve<'a>(contract: &'a Value, reference: &str) -> &'a Value {
    let pointer = reference.strip_prefix('#').unwrap();
    contract.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere"))
}

fn has_type(expected: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        other => panic!("the contract uses the type {other}"),
    };
    match expected {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}

#[test]
fn a_value_that_does_not_fit_is_named_with_its_place() {
    let schema = serde_json::json!({
        "type": "object",
        "required": ["a"],
        "properties": { "b": { "type": "array", "items": { "enum": [1, null] } } },
    });
    let value = serde_json::json!({ "b": [1, 2] });
    let found = misfits(&Value::Null, &schema, &value, "");
    assert_eq!(found, [": a is missing", "/b/1: 2 is none of [Number(1), Null]"]);
}
