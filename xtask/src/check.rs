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
    let simple = |what: &str, arguments: &[&str]| step(what, || child::quietly(&mut cargo.command(arguments)));
    summary.part("format", || simple("checking the format", &["fmt", "--all", "--check"]));
    summary.part("lints", || simple("checking the code (native)", &native));
    for module in build::MODULES {
        summary.part(&format!("lints of the module {module:?}"), || browser(&cargo, module));
    }
    summary.part("documentation", || documentation(&cargo));
    summary.part("dependency policy", || policy(&cargo));
    summary.end()
}

/// Alone, as it is built: what only another module uses is unused here.
fn browser(cargo: &Cargo, module: &str) -> Outcome {
    step(format!("checking the code (WebAssembly, {module})"), || {
        let mut clippy = cargo.command(["clippy", "--quiet", "--package", "app", "--lib", "--example", module]);
        clippy.args(["--no-default-features", "--features", module, "--target", WASM]);
        child::quietly(clippy.args(["--", "-D", "warnings"]))
    })
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
    child::aloud(policy.arg(build::MODULES.join(",")).current_dir(place::root()))
}
