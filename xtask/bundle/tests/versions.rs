//! The tool that binds the module and the crate that it was built with must be of one version.

use std::fs;
use std::path::Path;

#[test]
fn the_binder_and_the_crate_are_of_one_version() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock")).unwrap();
    let versions = |name: &str| -> Vec<String> {
        let mut lines = lock.lines();
        let mut found = Vec::new();
        while let Some(line) = lines.next() {
            if line == format!("name = \"{name}\"") {
                found.push(lines.next().unwrap_or_default().to_owned());
            }
        }
        found
    };
    let (binder, bound) = (versions("wasm-bindgen-cli-support"), versions("wasm-bindgen"));
    assert_eq!(binder.len(), 1);
    assert_eq!(binder, bound, "pin wasm-bindgen (Cargo.toml) and wasm-bindgen-cli-support (xtask/bundle) alike");
}
