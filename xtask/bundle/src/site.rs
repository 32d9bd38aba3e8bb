//! The site folder: `assets/` with hashed names, `manifest.json`, and what is served as it is.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use wasm_bindgen_cli_support::Bindgen;

use crate::asset::{Asset, fingerprint};
use crate::trouble::{Outcome, Trouble, While};
use crate::{glue, inputs, stylesheet};

const STAMP: &str = ".inputs";

/// What the site is made of.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The browser's modules as cargo built them; the names of their files are what they are called.
    pub modules: Vec<PathBuf>,
    /// The style's entry; everything in its folder counts.
    pub style: PathBuf,
    /// The folder that is served as it is.
    pub public: PathBuf,
    /// The classic script that decides whether to load a module.
    pub loader: PathBuf,
}

/// Makes the site unless it is up to date; says whether it did.
pub fn make(sources: &Sources, out: &Path) -> Outcome<bool> {
    let style_folder = sources.style.parent().unwrap_or(Path::new("."));
    let modules = sources.modules.iter().map(PathBuf::as_path);
    let all: Vec<&Path> = modules.chain([style_folder, &sources.public, &sources.loader]).collect();
    let stamp = inputs::stamp(&all)?;
    if fs::read_to_string(out.join(STAMP)).is_ok_and(|made| made == stamp) {
        return Ok(false);
    }
    // Made aside and moved into place, so that a half-made site is never served.
    let new = out.with_extension("new");
    remove(&new)?;
    let assets = new.join("assets");
    fs::create_dir_all(&assets).during("making the site folder")?;
    let made = make_assets(sources, &assets)?;
    for asset in &made {
        asset.write_into(&assets)?;
    }
    fs::write(new.join("manifest.json"), manifest(&made)).during("writing the manifest")?;
    copy_public(&sources.public, &new)?;
    fs::write(new.join(STAMP), stamp).during("writing the stamp")?;
    remove(out)?;
    fs::rename(&new, out).during("putting the site in place")?;
    Ok(true)
}

fn make_assets(sources: &Sources, folder: &Path) -> Outcome<Vec<Asset>> {
    let mut made = Vec::new();
    for module in &sources.modules {
        made.extend(make_module(module, folder)?);
    }
    if sources.style.exists() {
        made.push(Asset::new("main.css", stylesheet::bundled(&sources.style)?)?);
    }
    if sources.loader.exists() {
        let loader = fs::read_to_string(&sources.loader).during("reading the loader")?;
        made.push(Asset::new("loader.js", glue::lean(&loader).into_bytes())?);
    }
    Ok(made)
}

/// The glue and the module.
fn make_module(wasm: &Path, folder: &Path) -> Outcome<[Asset; 2]> {
    let module = fs::read(wasm).during(format!("reading {}", wasm.display()))?;
    keep_out(&module)?;
    let name = wasm.file_stem().unwrap_or_default().to_string_lossy();
    let bound = folder.with_extension("bindgen");
    bind(wasm, &name, &bound)?;
    let read = |file: String| fs::read(bound.join(&file)).during(format!("reading {file}"));
    let script = String::from_utf8(read(format!("{name}.js"))?).during("reading the glue")?;
    let script = glue::lean(&place_snippets(script, &bound, folder)?);
    let made = [
        Asset::new(&format!("{name}.js"), script.into_bytes())?,
        Asset::new(&format!("{name}.wasm"), read(format!("{name}_bg.wasm"))?)?,
    ];
    remove(&bound)?;
    Ok(made)
}

/// Crates that must not be in the browser's module; their functions' names say whether they are.
fn keep_out(module: &[u8]) -> Outcome {
    for name in ["regex_automata", "regex_syntax"] {
        if module.windows(name.len()).any(|window| window == name.as_bytes()) {
            return Err(Trouble::new(format!("{name} is in the browser's module and adds 270 kB: check by hand instead")));
        }
    }
    Ok(())
}

fn bind(wasm: &Path, name: &str, out: &Path) -> Outcome {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name(name).typescript(false).remove_name_section(true).remove_producers_section(true);
    let bound = bindgen.web(true).and_then(|bindgen| bindgen.generate(out));
    bound.map_err(|error| Trouble::new(format!("binding {}: {error:#}", wasm.display())))
}

/// Scripts that crates bring along stand beside the glue, in a folder whose name changes with them.
fn place_snippets(script: String, bound: &Path, assets: &Path) -> Outcome<String> {
    let root = bound.join("snippets");
    let files = inputs::files(&root)?;
    if files.is_empty() {
        return Ok(script);
    }
    let mut all = Vec::new();
    for file in &files {
        all.extend(fs::read(file).during("reading a snippet")?);
    }
    let folder = format!("snippets.{}", fingerprint(&all));
    for file in &files {
        let below = file.strip_prefix(&root).during("placing a snippet")?;
        let to = assets.join(&folder).join(below);
        fs::create_dir_all(to.parent().unwrap_or(assets)).during("placing a snippet")?;
        fs::copy(file, &to).during("placing a snippet")?;
    }
    Ok(script.replace("./snippets/", &format!("./{folder}/")))
}

/// One line an asset, names in order: easy on the eye, and on readers without a JSON library.
fn manifest(assets: &[Asset]) -> String {
    let mut names = Map::new();
    let mut sizes = Vec::new();
    for asset in assets {
        names.insert(asset.name.clone(), Value::from(format!("/assets/{}", asset.hashed_name)));
        let of = asset.sizes();
        let line = format!(r#"{{"raw": {}, "br": {}, "gz": {}}}"#, of.raw, of.brotli, of.gzip);
        sizes.push(format!("    {}: {line}", json!(asset.name)));
    }
    let mut lines: Vec<_> = names.iter().map(|(name, path)| format!("  {}: {path}", json!(name))).collect();
    lines.push(format!("  \"sizes\": {{\n{}\n  }}", sizes.join(",\n")));
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

fn copy_public(from: &Path, to: &Path) -> Outcome {
    for file in inputs::files(from)? {
        let below = file.strip_prefix(from).during("copying static files")?;
        let to = to.join(below);
        fs::create_dir_all(to.parent().unwrap_or(from)).during("copying static files")?;
        fs::copy(&file, &to).during(format!("copying {}", file.display()))?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).during(format!("removing {}", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_with_regex_inside_is_refused() {
        assert!(keep_out(b"..core::fmt..leptos_config..").is_ok());
        let trouble = keep_out(b"..regex_automata::meta..").unwrap_err();
        assert!(trouble.to_string().contains("in the browser's module"));
    }

    #[test]
    fn the_manifest_is_json_with_addresses_and_sizes() {
        let assets = [Asset::new("main.css", b"a{}".to_vec()).unwrap(), Asset::new("app.js", b"1".to_vec()).unwrap()];
        let manifest: Value = serde_json::from_str(&manifest(&assets)).unwrap();
        assert_eq!(manifest["main.css"], format!("/assets/{}", assets[0].hashed_name));
        assert_eq!(manifest["sizes"]["app.js"]["raw"], 1);
    }
}
