//! What may be a dependency: licences, sources, and crates that we keep out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::licence;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Crates that are nowhere in the graph, and why.
const BANNED: [(&str, &str); 5] = [
    ("openssl", "TLS is rustls with ring: nothing to link, one implementation to watch"),
    ("openssl-sys", "TLS is rustls with ring: nothing to link, one implementation to watch"),
    ("native-tls", "TLS is rustls with ring: the same on every machine"),
    ("aws-lc-sys", "rustls uses ring here: a second cryptographic library would only be weight"),
    ("aws-lc-rs", "rustls uses ring here: a second cryptographic library would only be weight"),
];

/// Crates that never reach the browser, and why.
const BANNED_IN_BROWSER: [(&str, &str); 3] = [
    ("regex", "it adds 270 kB to the module: check by hand"),
    ("regex-automata", "it adds most of what regex adds to the module: check by hand"),
    ("tokio", "the browser has its own event loop"),
];

/// What a judgement came to.
#[derive(Debug, Default)]
pub struct Judgement {
    /// How many crates were looked at.
    pub crates: usize,
    /// What must change, a sentence each.
    pub faults: Vec<String>,
    /// What is good to know: crates that are there in several versions.
    pub remarks: Vec<String>,
}

/// Judges `cargo metadata`'s answer, and the names in the browser's own graph.
pub fn judge(metadata: &Value, browser: &[String]) -> Judgement {
    let mut judgement = Judgement::default();
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    if packages.is_empty() {
        judgement.faults.push("cargo metadata names no packages".into());
    }
    for package in packages {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        let (name, version) = (text("name"), text("version"));
        judgement.crates += 1;
        versions.entry(name).or_default().insert(version);
        judgement.faults.extend(source_fault(name, version, package["source"].as_str()));
        judgement.faults.extend(licence_fault(name, version, text("license")));
        judgement.faults.extend(ban(&BANNED, name).map(|why| format!("{name} {version} is banned: {why}")));
    }
    let in_browser: BTreeSet<&str> = browser.iter().map(String::as_str).collect();
    for name in in_browser {
        let fault = ban(&BANNED_IN_BROWSER, name).map(|why| format!("{name} is in the browser's module: {why}"));
        judgement.faults.extend(fault);
    }
    for (name, versions) in versions.into_iter().filter(|(_, versions)| versions.len() > 1) {
        let list = versions.into_iter().collect::<Vec<_>>().join(", ");
        judgement.remarks.push(format!("{name} {list}"));
    }
    judgement
}

/// The names in the answer of `cargo tree --prefix none --format {p}`.
pub fn names(tree: &str) -> Vec<String> {
    tree.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

fn source_fault(name: &str, version: &str, source: Option<&str>) -> Option<String> {
    match source {
        // Members of the workspace, and nothing else, have no source.
        None | Some(REGISTRY) => None,
        Some(other) => Some(format!("{name} {version} comes from {other}: only crates.io is a source")),
    }
}

fn licence_fault(name: &str, version: &str, expression: &str) -> Option<String> {
    if licence::allowed(expression) {
        return None;
    }
    let said = if expression.is_empty() { "no licence" } else { expression };
    Some(format!("{name} {version} has {said}: not on the list of licences in xtask/bundle/src/licence.rs"))
}

fn ban(list: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    list.iter().find(|(banned, _)| *banned == name).map(|(_, why)| *why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn package(name: &str, version: &str, licence: &str) -> Value {
        json!({"name": name, "version": version, "license": licence, "source": REGISTRY})
    }

    #[test]
    fn good_dependencies_pass_and_twins_are_only_remarked() {
        let metadata = json!({"packages": [
            {"name": "app", "version": "0.1.0", "license": "Apache-2.0", "source": null},
            package("rand", "0.8.5", "MIT OR Apache-2.0"),
            package("rand", "0.9.1", "MIT OR Apache-2.0"),
        ]});
        let judgement = judge(&metadata, &["leptos".into()]);
        assert!(judgement.faults.is_empty(), "{:?}", judgement.faults);
        assert_eq!(judgement.remarks, ["rand 0.8.5, 0.9.1"]);
    }

    #[test]
    fn each_kind_of_bad_dependency_is_named_in_a_sentence() {
        let mut foreign = package("patched", "1.0.0", "MIT");
        foreign["source"] = json!("git+https://example.org/patched");
        let metadata = json!({"packages": [
            package("copyleft", "1.0.0", "GPL-3.0-only"),
            package("silent", "1.0.0", ""),
            package("openssl-sys", "0.9.0", "MIT"),
            foreign,
        ]});
        let judgement = judge(&metadata, &["regex".into(), "regex".into()]);
        for part in [
            "copyleft 1.0.0 has GPL",
            "silent 1.0.0 has no licence",
            "openssl-sys 0.9.0 is banned",
            "comes from git+",
            "regex is in the browser",
        ] {
            let hits = judgement.faults.iter().filter(|fault| fault.contains(part)).count();
            assert_eq!(hits, 1, "{part} in {:#?}", judgement.faults);
        }
        assert_eq!(judgement.faults.len(), 5);
    }

    #[test]
    fn an_empty_answer_is_not_a_pass() {
        assert!(!judge(&json!({}), &[]).faults.is_empty());
    }

    #[test]
    fn names_are_read_from_the_tree() {
        assert_eq!(names("app v0.1.0 (/somewhere)\nleptos v0.8.23\nleptos v0.8.23 (*)\n"), ["app", "leptos", "leptos"]);
    }
}
