//! The browser tests: what they need, and running them.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::build::Quality;
use crate::cargo::Cargo;
use crate::progress::{loud_step, step};
use crate::servers::Plan;
use crate::trouble::{Outcome, Trouble, While};
use crate::{build, child, http, packages, place};

const OLD: &str = "chrome-aws-lambda";

/// Builds the site as it is shipped and the servers as the tests do, starts them, and lets real browsers at them.
pub fn run(cargo: &Cargo, filters: &[String]) -> Outcome {
    let folder = place::end2end();
    if !folder.join("package.json").exists() {
        return Err(Trouble::new("the browser tests are not there: end2end/package.json is missing"));
    }
    let chromium = chromium()?;
    chinese_fonts()?;
    pdf_reader()?;
    node_packages()?;
    let old = old_chromium()?;
    build::site(cargo)?;
    build::servers(cargo, Quality::Test)?;

    let [portal, sandbox] = http::free_ports()?;
    let data = std::env::temp_dir().join(format!("chengxin-test-{}", std::process::id()));
    let _ = fs::remove_dir_all(&data);
    let plan = Plan { data: data.clone(), portal, sandbox, reviews_by_itself: false, quality: Quality::Test };
    let outcome = step("starting the portal and its stand-in platform", || plan.start()).and_then(|servers| {
        let outcome = loud_step("the browser tests", || {
            let mut command = playwright(filters);
            command.env("PORTAL_URL", plan.portal_url()).env("SANDBOX_URL", plan.sandbox_url());
            command.env("CHROMIUM", &chromium);
            if let Some(old) = &old {
                command.env("CHROMIUM_86", old.join("chromium")).env("OLD_CHROMIUM_LIB", old.join("lib"));
            }
            child::aloud(&mut command)
        });
        drop(servers);
        outcome
    });
    match &outcome {
        Ok(()) => {
            let _ = fs::remove_dir_all(&data);
        }
        Err(_) => println!("· what the servers said is kept in {}", data.display()),
    }
    outcome
}

fn playwright(filters: &[String]) -> Command {
    let mut command = child::command("npx");
    command.args(["--no-install", "playwright", "test"]).current_dir(place::end2end());
    if !filters.is_empty() {
        // The same words may be meant for the Rust tests.
        command.arg("--pass-with-no-tests").args(filters);
    }
    command
}

/// What measuring in a browser needs: Chromium, and the folder with the packages.
pub fn measuring() -> Outcome<(PathBuf, PathBuf)> {
    let chromium = chromium()?;
    node_packages()?;
    Ok((chromium, place::end2end()))
}

fn chromium() -> Outcome<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Ok(path.into());
    }
    let find = || {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders: Vec<_> = std::env::split_paths(&path).collect();
        let names = ["chromium", "chromium-browser", "google-chrome"];
        names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
    };
    if let Some(found) = find() {
        return Ok(found);
    }
    packages::install("Chromium", &["chromium"])?;
    find().ok_or_else(|| Trouble::new("Chromium was installed but is not on the path"))
}

fn chinese_fonts() -> Outcome {
    let there = || child::answer(child::command("fc-list").arg(":lang=zh")).is_some_and(|list| !list.is_empty());
    if there() { Ok(()) } else { packages::install("fonts for Chinese", &["fontconfig", "fonts-noto-cjk"]) }
}

/// Reads what was printed.
fn pdf_reader() -> Outcome {
    if child::on_path("pdftotext") { Ok(()) } else { packages::install("a reader of PDF", &["poppler-utils"]) }
}

/// `npm ci`, when the lock file is another than the last time.
fn node_packages() -> Outcome {
    if !child::on_path("npm") {
        return Err(Trouble::new("the browser tests need Node 20 or later with npm: install it and try again"));
    }
    let folder = place::end2end();
    let lock = fs::read(folder.join("package-lock.json")).during("reading end2end/package-lock.json")?;
    // Inside `node_modules`, so that it goes when that goes.
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step("installing the browser tests' packages", || {
        let mut npm = child::command("npm");
        // No scripts: nothing of this may download a browser.
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
        child::quietly(&mut npm)
    })?;
    fs::write(&stamp, lock).during("noting which packages are installed")
}

/// A real Chromium 86 from its npm package, unpacked once; nothing where the package is not wanted.
fn old_chromium() -> Outcome<Option<PathBuf>> {
    if !place::end2end().join("node_modules").join(OLD).exists() {
        println!("· {OLD} is not among the browser tests' packages: no old Chromium this time");
        return Ok(None);
    }
    let folder = place::target().join("chromium-86");
    if !folder.join("chromium").exists() {
        step("unpacking Chromium 86", || {
            let mut node = child::command("node");
            child::quietly(node.arg("old-chromium.mjs").arg(&folder).current_dir(place::end2end()))
        })?;
    }
    Ok(Some(folder))
}
