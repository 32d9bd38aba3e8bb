//! What the shipped program and the browser's modules are made of, as a bill of materials: CycloneDX 1.6, JSON
//! (ECMA-424, <https://cyclonedx.org/docs/1.6/json/>).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// The packages that are shipped.
const SHIPPED: [&str; 2] = ["server", "app"];

/// The bill, of `cargo metadata`'s answer and the text of `Cargo.lock`. It says the same for the same two: no time, no number of its own.
pub fn bill(metadata: &Value, lock: &str) -> Value {
    let packages: BTreeMap<&str, &Value> =
        list(&metadata["packages"]).iter().map(|package| (text(&package["id"]), package)).collect();
    let graph: BTreeMap<&str, Vec<&str>> =
        list(&metadata["resolve"]["nodes"]).iter().map(|node| (text(&node["id"]), shipped_with(node))).collect();
    let is_shipped = |id: &str| packages[id]["source"].is_null() && SHIPPED.contains(&text(&packages[id]["name"]));
    let roots: Vec<&str> = packages.keys().copied().filter(|id| is_shipped(id)).collect();
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut ahead = roots.clone();
    while let Some(id) = ahead.pop() {
        if reached.insert(id) {
            ahead.extend(graph.get(id).into_iter().flatten());
        }
    }
    let checksums = checksums(lock);
    let components: Vec<Value> = reached.iter().map(|id| component(packages[id], &checksums)).collect();
    let dependencies: Vec<Value> = reached
        .iter()
        .map(|id| {
            let on: BTreeSet<String> = graph.get(id).into_iter().flatten().map(|id| reference(packages[id])).collect();
            json!({"ref": reference(packages[id]), "dependsOn": on})
        })
        .collect();
    let version = roots.first().map_or("", |id| text(&packages[id]["version"]));
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "chengxin", "version": version}},
        "components": components,
        "dependencies": dependencies,
    })
}

/// What a package is built from and shipped with: neither what only its tests nor what only its build script needs.
fn shipped_with(node: &Value) -> Vec<&str> {
    let is_normal = |dependency: &&Value| list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
    list(&node["deps"]).iter().filter(is_normal).map(|dependency| text(&dependency["pkg"])).collect()
}

fn component(package: &Value, checksums: &BTreeMap<(&str, &str), &str>) -> Value {
    let (name, version) = (text(&package["name"]), text(&package["version"]));
    let mut component = json!({
        "type": "library",
        "bom-ref": reference(package),
        "name": name,
        "version": version,
        "licenses": [{"expression": text(&package["license"]).replace('/', " OR ")}],
    });
    if !package["source"].is_null() {
        component["purl"] = json!(reference(package));
    }
    if let Some(checksum) = checksums.get(&(name, version)) {
        component["hashes"] = json!([{"alg": "SHA-256", "content": checksum}]);
    }
    component
}

/// A package URL (<https://github.com/package-url/purl-spec>). In it a `+` stands for itself only when it is written so.
fn reference(package: &Value) -> String {
    format!("pkg:cargo/{}@{}", text(&package["name"]), text(&package["version"]).replace('+', "%2B"))
}

/// The checksums of `Cargo.lock`, by name and version.
fn checksums(lock: &str) -> BTreeMap<(&str, &str), &str> {
    let value = |package: &'_ str, key: &str| -> Option<(usize, usize)> {
        let begin = package.find(&format!("\n{key} = \""))? + key.len() + 5;
        Some((begin, begin + package[begin..].find('"')?))
    };
    let packages = lock.split("[[package]]").filter_map(|package| {
        let at = |key| value(package, key).map(|(begin, end)| &package[begin..end]);
        Some(((at("name")?, at("version")?), at("checksum")?))
    });
    packages.collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"serde\"\nversion = \"1.0.1\"\nsource = \"registry\"\n\
                        checksum = \"abc\"\ndependencies = [\n \"x\",\n]\n\n[[package]]\nname = \"server\"\nversion = \"0.1.0\"\n";

    fn node(id: &str, on: &[(&str, Option<&str>)]) -> Value {
        let on: Vec<Value> = on.iter().map(|(id, kind)| json!({"pkg": id, "dep_kinds": [{"kind": kind}]})).collect();
        json!({"id": id, "deps": on})
    }

    fn metadata() -> Value {
        let package = |name: &str, version: &str, source: Option<&str>| {
            let licence = "MIT/Apache-2.0";
            json!({"id": name, "name": name, "version": version, "license": licence, "source": source})
        };
        json!({
            "packages": [
                package("server", "0.1.0", None),
                package("xtask", "0.1.0", None),
                package("serde", "1.0.1", Some("registry")),
                package("only-in-tests", "1.0.0", Some("registry")),
                package("only-in-build-scripts", "1.0.0", Some("registry")),
                package("dated", "1.0.0+2026", Some("registry")),
            ],
            "resolve": {"nodes": [
                node("server", &[("serde", None), ("only-in-tests", Some("dev")), ("only-in-build-scripts", Some("build"))]),
                node("serde", &[("dated", None)]),
                node("xtask", &[("only-in-tests", None)]),
                node("dated", &[]),
            ]},
        })
    }

    #[test]
    fn what_is_shipped_is_in_it_and_nothing_else() {
        let bill = bill(&metadata(), LOCK);
        let names: Vec<&str> = list(&bill["components"]).iter().map(|component| text(&component["name"])).collect();
        assert_eq!(names, ["dated", "serde", "server"]);
        assert_eq!((&bill["bomFormat"], &bill["specVersion"]), (&json!("CycloneDX"), &json!("1.6")));
        assert_eq!(bill["metadata"]["component"]["version"], "0.1.0");
    }

    #[test]
    fn a_component_has_its_address_its_licence_and_its_hash() {
        let bill = bill(&metadata(), LOCK);
        assert_eq!(
            bill["components"][1],
            json!({
                "type": "library", "bom-ref": "pkg:cargo/serde@1.0.1", "purl": "pkg:cargo/serde@1.0.1", "name": "serde",
                "version": "1.0.1", "licenses": [{"expression": "MIT OR Apache-2.0"}],
                "hashes": [{"alg": "SHA-256", "content": "abc"}],
            })
        );
        assert_eq!(bill["components"][0]["purl"], "pkg:cargo/dated@1.0.0%2B2026");
        assert_eq!(bill["components"][2].get("purl"), None, "what is ours is in no registry");
    }

    #[test]
    fn it_says_what_needs_what() {
        let bill = bill(&metadata(), LOCK);
        let needs = json!({"ref": "pkg:cargo/server@0.1.0", "dependsOn": ["pkg:cargo/serde@1.0.1"]});
        assert!(list(&bill["dependencies"]).contains(&needs), "{bill}");
    }
}
