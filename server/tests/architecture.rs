//! What is deliberately absent, checked.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace's folder").to_owned()
}

/// Every Rust file below a folder, with its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("it can be read");
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has sources");
    found
}

/// No line of code (comments aside) below `folder` may contain any of these, except in files with these endings.
fn assert_absent(folder: &str, words: &[&str], except: &[&str]) {
    for (path, text) in sources(folder) {
        if except.iter().any(|allowed| path.to_string_lossy().contains(allowed)) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for word in words {
                assert!(!code.contains(word), "{}:{}: {word}", path.display(), number + 1);
            }
        }
    }
}

fn dependencies(manifest: &str) -> String {
    let text = std::fs::read_to_string(root().join(manifest)).expect("the manifest is there");
    let after = text.split("[dependencies]").nth(1).expect("it has dependencies").to_owned();
    after.split("[dev-dependencies]").next().unwrap_or_default().to_owned()
}

#[test]
fn credit_is_pure() {
    let words = [
        "async ",
        "std::fs",
        "std::net",
        "SystemTime",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "std::env",
        "println!",
        "unsafe ",
    ];
    assert_absent("app/credit/src", &words, &[]);
    let dependencies = dependencies("app/credit/Cargo.toml");
    for heavy in ["tokio", "axum", "leptos", "sqlx", "regex", "web-sys"] {
        assert!(!dependencies.contains(heavy), "credit must not depend on {heavy}");
    }
}

#[test]
fn app_knows_no_store_no_network_server_and_no_clock() {
    assert_absent("app/src", &["sqlx", "axum", "tokio", "SystemTime", "Utc::now", "std::fs"], &[]);
    assert_absent("app/src/pages", &["async ", "reqwest", "gloo_net"], &[]);
    let dependencies = dependencies("app/Cargo.toml");
    for other in ["server", "sqlx", "axum", "tokio"] {
        assert!(!dependencies.lines().any(|line| line.starts_with(other)), "app must not depend on {other}");
    }
}

#[test]
fn sql_stands_in_storage_only() {
    assert_absent("server/src", &["sqlx::", "SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"], &["/storage/"]);
}

#[test]
fn the_clock_is_read_in_one_place() {
    assert_absent("server/src", &["SystemTime::now", "Utc::now", "Local::now"], &["/clock.rs"]);
}

#[test]
fn the_platforms_json_is_known_in_one_place() {
    assert_absent("server/src", &["\"receipt_number\"", "\"filed_at\"", "\"submission."], &["/wire_v1.rs"]);
}

#[test]
fn the_portal_contains_nothing_of_the_sandbox() {
    assert!(!dependencies("server/Cargo.toml").contains("sandbox"), "the sandbox is a dev-dependency only");
    assert_absent("server/src", &["sandbox::"], &[]);
}

#[test]
fn every_url_stands_in_the_router() {
    assert_absent("server/src/doors", &[".route("], &[]);
}

#[test]
fn every_component_has_a_stylesheet_of_its_stem() {
    let styled: Vec<String> = std::fs::read_dir(root().join("style/components"))
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path().file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    for (path, _) in sources("app/src/components") {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(styled.contains(&stem), "style/components/{stem}.css is missing");
    }
    let main = std::fs::read_to_string(root().join("style/main.css")).expect("it is there");
    for stem in styled {
        assert!(main.contains(&format!("components/{stem}.css")), "style/main.css does not import {stem}.css");
    }
}

#[test]
fn every_module_is_named_wherever_modules_are_listed() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let (manifest, tasks, islands) = (read("app/Cargo.toml"), read("xtask/src/build.rs"), read("app/src/islands.rs"));
    for module in app::module::Module::ALL {
        let name = module.name();
        assert!(manifest.contains(&format!("\n{name} = [\"hydrate\"")), "app/Cargo.toml has no feature {name}");
        assert!(manifest.contains(&format!("required-features = [\"{name}\"]")), "app/Cargo.toml has no example {name}");
        assert!(read(&format!("app/modules/{name}.rs")).contains("app::hydrate"), "app/modules/{name}.rs wakes nothing");
        assert!(tasks.contains(&format!("\"{name}\"")), "xtask/src/build.rs does not build {name}");
        assert!(islands.contains(&format!("feature = \"{name}\"")), "no island is in {name}");
    }
}

#[test]
fn the_portal_starts_no_other_program() {
    assert_absent("server/src", &["process::Command", "Command::new(", "regex::"], &[]);
    assert_absent("app", &["process::Command", "Command::new("], &["/tests/", "/benches/"]);
}

/// Every requirement of ASVS 5.0.0 of level 1 and 2 (without V17, of which there is nothing) has its line.
#[test]
fn every_requirement_of_the_list_of_security_has_one_line() {
    let list = std::fs::read_to_string(root().join("docs/security.md")).expect("it is there");
    let mut numbers: Vec<&str> = list
        .lines()
        .filter_map(|line| line.strip_prefix("| V")?.split_once(" |").map(|(number, _)| number))
        .filter(|number| number.split('.').count() == 3)
        .collect();
    let lines = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!((lines, numbers.len()), (246, 246), "70 of level 1 and 176 of level 2 are not of V17");
}

/// docs/security.md is worth what its references are worth.
#[test]
fn every_test_that_the_list_of_security_names_exists() {
    let list = std::fs::read_to_string(root().join("docs/security.md")).expect("it is there");
    let tests: Vec<(PathBuf, String)> = ["server/tests", "server/src", "app/credit/tests"].into_iter().flat_map(sources).collect();
    let named: Vec<(&str, &str)> = list.split('`').filter_map(|word| word.split_once(".rs::")).collect();
    assert!(named.len() > 30, "{} tests are named", named.len());
    for (file, test) in named {
        let text = tests
            .iter()
            .find(|(path, text)| path.file_stem().is_some_and(|stem| stem == file) && text.contains(&format!("fn {test}(")));
        assert!(text.is_some(), "docs/security.md names {file}.rs::{test}, which there is not");
    }
}

#[test]
fn every_change_of_the_tables_is_in_the_list_of_its_store() {
    for store in ["sqlite", "postgres"] {
        let list = std::fs::read_to_string(root().join(format!("server/src/storage/{store}/migrations.rs"))).expect("it is there");
        let folder = std::fs::read_dir(root().join(format!("server/migrations/{store}"))).expect("the folder is there");
        for file in folder {
            let name = file.expect("it can be listed").file_name().to_string_lossy().into_owned();
            assert!(list.contains(&format!("migrations/{store}/{name}")), "{name} is made and never applied");
        }
    }
}
