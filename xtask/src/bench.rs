//! The measured rates, and the weight of a visit.

use std::fs;

use crate::build::Quality;
use crate::cargo::Cargo;
use crate::postgres::{Cluster, Commits};
use crate::progress::{loud_step, step};
use crate::servers::Plan;
use crate::trouble::{Outcome, While};
use crate::{build, child, end2end, http, place, test, toolchain};

/// `cargo xtask bench …`.
pub fn run(arguments: &[String]) -> Outcome {
    let cargo = toolchain::ready()?;
    if let Some((which @ "search", rest)) = arguments.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return on_both_stores(&cargo, which, rest);
    }
    match arguments.first().map(String::as_str) {
        Some("signing") => return in_chromium_and_natively(&cargo, "signing_rate", "signing"),
        Some("queue") => {
            end2end::measuring()?;
            return on_both_stores(&cargo, "queue", &arguments[1..]);
        }
        Some("law") => return in_chromium_and_natively(&cargo, "law_rate", "law"),
        _ => {}
    }
    build::site(&cargo)?;
    if let Some((which @ ("log" | "load"), rest)) = arguments.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return on_both_stores(&cargo, which, rest);
    }
    if arguments.first().map(String::as_str) == Some("overload") {
        let mut command = cargo.command(["bench", "--package", "server", "--bench", "load", "--"]);
        return loud_step("measuring", || child::aloud(command.args(arguments)));
    }
    if arguments.first().map(String::as_str) == Some("weight") {
        return weight();
    }
    if arguments.first().map(String::as_str) == Some("records") {
        return records(&cargo);
    }
    if arguments.iter().any(|argument| argument == "--commitments") {
        return on_both_stores(&cargo, "rates", arguments);
    }
    loud_step("measuring", || {
        let mut command = cargo.command(["bench", "--package", "server", "--bench", "rates", "--"]);
        child::aloud(command.args(arguments))
    })
}

/// A benchmark of what is kept, with a PostgreSQL of our own unless there is one.
fn on_both_stores(cargo: &Cargo, which: &str, arguments: &[String]) -> Outcome {
    let cluster = match std::env::var_os(test::STORE) {
        Some(_) => None,
        None => Some(step("starting a PostgreSQL of our own", || Cluster::start(Commits::WaitForTheDisk))?),
    };
    let mut command = cargo.command(["bench", "--package", "server", "--bench", which, "--"]);
    if let Some(cluster) = &cluster {
        command.env(test::STORE, cluster.url());
    }
    loud_step("measuring", || child::aloud(command.args(arguments)))
}

/// Pure code: in Chromium, by a module and a script of its own; then natively.
fn in_chromium_and_natively(cargo: &Cargo, module: &str, bench: &str) -> Outcome {
    let site = place::target().join("bench-site");
    build::made_of(cargo, &[module], &site)?;
    let (chromium, folder) = end2end::measuring()?;
    loud_step("measuring in Chromium", || {
        let mut node = child::command("node");
        node.current_dir(folder).arg(format!("benches/{bench}.mjs")).env("SITE", &site).env("CHROMIUM", chromium);
        child::aloud(&mut node)
    })?;
    loud_step("measuring natively", || child::aloud(&mut cargo.command(["bench", "--package", "credit", "--bench", bench])))
}

/// A page with many records, in Chromium against the programs as they are shipped.
fn records(cargo: &Cargo) -> Outcome {
    build::servers(cargo, Quality::Release)?;
    let (chromium, folder) = end2end::measuring()?;
    let [portal, sandbox] = http::free_ports()?;
    let data = std::env::temp_dir().join(format!("chengxin-bench-{}", std::process::id()));
    let plan = Plan { data: data.clone(), portal, sandbox, reviews_by_itself: false, quality: Quality::Release };
    let servers = step("starting the portal and its stand-in platform", || plan.start())?;
    let outcome = loud_step("measuring in Chromium", || {
        let mut node = child::command("node");
        node.current_dir(folder).arg("benches/records.mjs").env("CHROMIUM", chromium);
        child::aloud(node.env("PORTAL_URL", plan.portal_url()).env("SANDBOX_URL", plan.sandbox_url()))
    });
    drop(servers);
    let _ = fs::remove_dir_all(&data);
    outcome
}

fn weight() -> Outcome {
    let path = place::site().join("manifest.json");
    let manifest = fs::read_to_string(&path).during("reading the site's manifest")?;
    println!("{:<24} {:>10} {:>10} {:>10}", "file", "raw", "gzip", "brotli");
    let assets = sizes(&manifest);
    for asset in &assets {
        println!("{:<24} {:>10} {:>10} {:>10}", asset.name, asset.raw, asset.gz, asset.br);
    }
    for module in build::MODULES {
        println!("{:<24} {:>10} {:>10} {:>10}", format!("a page with {module}"), "", "", with_module(&assets, module));
    }
    Ok(())
}

/// What a page with this module brings, beside itself: everything but the other modules.
fn with_module(assets: &[Asset], module: &str) -> u64 {
    let of_another = |asset: &Asset| {
        let stem = asset.name.split('.').next().unwrap_or_default();
        stem != module && build::MODULES.contains(&stem)
    };
    assets.iter().filter(|asset| !of_another(asset)).map(|asset| asset.br).sum()
}

#[derive(Debug, PartialEq)]
struct Asset {
    name: String,
    raw: u64,
    gz: u64,
    br: u64,
}

/// The bundler writes one asset a line for exactly this reader: a JSON library would be this crate's biggest part.
fn sizes(manifest: &str) -> Vec<Asset> {
    manifest.lines().filter_map(asset).collect()
}

fn asset(line: &str) -> Option<Asset> {
    let (name, numbers) = line.split_once(": {")?;
    let number = |key: &str| {
        let (_, after) = numbers.split_once(&format!("\"{key}\":"))?;
        after.trim_start().split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    let name = name.trim().trim_matches('"').to_owned();
    Some(Asset { name, raw: number("raw")?, gz: number("gz")?, br: number("br")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sizes_are_read_from_the_manifest() {
        let manifest = "{\n  \"form.js\": \"/assets/form.00.js\",\n  \"sizes\": {\n    \"form.js\": {\"raw\": 30, \"br\": 9, \"gz\": 10}\n  }\n}\n";
        assert_eq!(sizes(manifest), [Asset { name: "form.js".into(), raw: 30, gz: 10, br: 9 }]);
    }

    #[test]
    fn a_page_weighs_its_own_module_and_no_other() {
        let asset = |name: &str, br| Asset { name: name.into(), raw: 0, gz: 0, br };
        let assets = [asset("form.js", 1), asset("form.wasm", 10), asset("rows.wasm", 100), asset("main.css", 1000)];
        assert_eq!((with_module(&assets, "form"), with_module(&assets, "rows")), (1011, 1100));
    }
}
