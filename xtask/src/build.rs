//! The server, the sandbox and the site, as they are shipped.

use std::path::Path;

use crate::cargo::Cargo;
use crate::toolchain::WASM;
use crate::trouble::Outcome;
use crate::{child, place, progress, toolchain};

/// The browser's modules, by the names of their features in `app` (docs/decisions/0009).
pub const MODULES: [&str; 6] = ["form", "rows", "signing", "enrolment", "transfer", "verify"];

/// `cargo xtask build`.
pub fn run() -> Outcome {
    let cargo = toolchain::ready()?;
    site(&cargo)?;
    servers(&cargo, Quality::Release)?;
    bill_of_materials(&cargo)?;
    println!(
        "the server is target/release/chengxin, the site is target/site, what they are made of is in target/chengxin.cdx.json"
    );
    Ok(())
}

/// Writes what the server and the browser's modules are made of.
fn bill_of_materials(cargo: &Cargo) -> Outcome {
    progress::step("building what writes the bill of materials", || tool(cargo, "bom"))?;
    progress::step("writing the bill of materials", || {
        let mut bom = child::command(place::target().join("debug/bom"));
        cargo.choose_in(&mut bom);
        let native = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
        bom.current_dir(place::root()).arg(place::target().join("chengxin.cdx.json"));
        child::quietly(bom.args([&native, WASM]))
    })
}

/// Builds the browser's modules and makes the site folder of them.
pub fn site(cargo: &Cargo) -> Outcome {
    made_of(cargo, &MODULES, &place::site())
}

/// Builds these modules and makes a folder of them.
pub fn made_of(cargo: &Cargo, modules: &[&str], out: &Path) -> Outcome {
    for module in modules {
        progress::step(format!("building the browser's module {module:?}"), || {
            let mut build = cargo.command(["build", "--quiet", "--package", "app", "--example", module]);
            build.args(["--no-default-features", "--features", module]);
            child::quietly(build.args(["--target", WASM, "--profile", "browser"]))
        })?;
    }
    progress::step("building the site bundler", || tool(cargo, "bundle"))?;
    progress::step("making the site", || {
        let root = place::root();
        let mut bundle = child::command(place::target().join("debug/bundle"));
        bundle.current_dir(&root);
        for module in modules {
            let built = place::target().join(WASM).join("browser/examples").join(format!("{module}.wasm"));
            bundle.arg("--module").arg(built);
        }
        bundle.args(["--style", "style/main.css", "--public", "public", "--loader", "app/loader.js"]);
        child::quietly(bundle.arg("--out").arg(out))
    })
}

/// How a server is built: what is shipped, or what the tests compile anyway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// As it is shipped.
    Release,
    /// As the Rust tests build it, so that a full run of the tests compiles everything once.
    Test,
}

impl Quality {
    /// Cargo's folder for it.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Test => "debug",
        }
    }
}

/// Builds the server and its stand-in platform.
pub fn servers(cargo: &Cargo, quality: Quality) -> Outcome {
    progress::step(format!("building the server ({})", quality.folder()), || {
        // In tests with the features of the whole workspace and, by one of its tests, of what only tests depend on: so the
        // libraries are those that are compiled already.
        let what: &[&str] = match quality {
            Quality::Release => &["build", "--quiet", "--release", "--package", "server", "--package", "sandbox"],
            Quality::Test => &["build", "--quiet", "--workspace", "--bins", "--test", "architecture"],
        };
        child::quietly(&mut cargo.command(what))
    })
}

/// Builds one of our own tools.
pub fn tool(cargo: &Cargo, name: &str) -> Outcome {
    // With the whole workspace's features, so that the tests find the same dependencies compiled already.
    child::quietly(&mut cargo.command(["build", "--quiet", "--workspace", "--bin", name]))
}
