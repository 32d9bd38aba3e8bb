//! Everything that can be said about the code without running it.

use crate::cargo::Cargo;
use crate::progress::{Summary, step};
use crate::toolchain::WASM;
use crate::trouble::Outcome;
use crate::{build, child, place, toolchain};

/// `cargo xtask check`.
pub fn run() -> Outcome {
    let cargo = toolchain::ready()?;
    let mut summary = Summary::default();
    let native = ["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"];
    let browser = [
        "clippy",
        "--quiet",
        "--package",
        "app",
        "--no-default-features",
        "--features",
        "hydrate",
        "--target",
        WASM,
        "--",
        "-D",
        "warnings",
    ];
    let simple = |what: &str, arguments: &[&str]| step(what, || child::quietly(&mut cargo.command(arguments)));
    summary.part("format", || simple("checking the format", &["fmt", "--all", "--check"]));
    summary.part("lints", || simple("checking the code (native)", &native));
    summary.part("lints for the browser", || simple("checking the code (WebAssembly)", &browser));
    summary.part("documentation", || documentation(&cargo));
    summary.part("dependency policy", || policy(&cargo));
    summary.end()
}

fn documentation(cargo: &Cargo) -> Outcome {
    step("building the documentation", || {
        let mut command = cargo.command(["doc", "--quiet", "--no-deps", "--workspace"]);
        child::quietly(command.env("RUSTDOCFLAGS", "-Dwarnings"))
    })
}

fn policy(cargo: &Cargo) -> Outcome {
    step("building the dependency policy", || build::tool(cargo, "policy"))?;
    let mut policy = child::command(place::target().join("debug/policy"));
    cargo.choose_in(&mut policy);
    println!("· checking the dependencies");
    child::aloud(policy.current_dir(place::root()))
}
