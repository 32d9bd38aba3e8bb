//! Debian's `rustc-web` with a standard library for WebAssembly built from its own source: for machines
//! where rustup can download nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo::Cargo;
use crate::toolchain::{WASM, has_libraries};
use crate::trouble::{Outcome, Trouble, While};
use crate::{child, packages, progress};

const PACKAGES: [&str; 6] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "rustfmt-web", "lld-22"];
const NAME: &str = "rust-web";
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const LINKER: &str = "/usr/bin/lld-22";
const LIBRARIES: &str = "/usr/lib/rustlib";
/// The workspace's own floor (`rust-version`).
const OLDEST: (u32, u32) = (1, 94);

const EMPTY_CRATE: &str = r#"[package]
name = "wasm-sysroot"
version = "0.0.0"
edition = "2021"
[profile.release]
opt-level = 3
codegen-units = 1
debug = 0
[workspace]
"#;

/// Whether this folder of libraries is one that `install` built.
pub fn built(folder: &Path) -> bool {
    folder.canonicalize().is_ok_and(|folder| folder == library_folder()) && stamp().exists()
}

/// Whether everything is in place for the compiler that is installed now.
pub fn current() -> bool {
    stamp().exists()
        && has_libraries(&library_folder())
        && wanted().is_some_and(|(want, host)| {
            std::fs::read_to_string(stamp()).is_ok_and(|have| have.trim() == want) && linker_link(&host).exists()
        })
}

/// The cargo that uses it.
pub fn cargo() -> Outcome<Cargo> {
    if !child::on_path("rustup") {
        return Ok(Cargo::Program(CARGO.into()));
    }
    let toolchains = rustup_home().join("toolchains");
    if std::fs::read_link(toolchains.join(NAME)).ok().as_deref() != Some(Path::new("/usr")) {
        child::quietly(child::command("rustup").args(["toolchain", "link", NAME, "/usr"]))?;
    }
    Ok(Cargo::Linked(NAME))
}

/// Installs the compiler and builds the standard library once.
pub fn install() -> Outcome {
    let missing: Vec<_> = PACKAGES.into_iter().filter(|package| packages::installed(package).is_none()).collect();
    if !missing.is_empty() {
        packages::install("Debian's Rust compiler", &missing)?;
    }
    let (want, host) = wanted().ok_or_else(|| Trouble::new("Debian's Rust compiler does not answer"))?;
    let version = want.split_whitespace().nth(1).unwrap_or_default();
    if !new_enough(version) {
        let (major, minor) = OLDEST;
        return Err(Trouble::new(format!("Debian's Rust compiler is {version}, and {major}.{minor} is needed")));
    }
    let link = linker_link(&host);
    // rustc's WebAssembly targets link with `rust-lld`, looked up in the host's own folder.
    root(&["mkdir", "-p", &text(link.parent().unwrap_or(Path::new(LIBRARIES)))])?;
    root(&["ln", "-sfn", LINKER, &text(&link)])?;
    progress::step(format!("building Rust {version}'s standard library for {WASM} (once)"), || build(&want))
}

fn build(want: &str) -> Outcome {
    let work = std::env::temp_dir().join(format!("wasm-sysroot-{}", std::process::id()));
    let outcome = build_in(&work, want);
    // Left-over temporary files are no reason to fail.
    let _ = std::fs::remove_dir_all(&work);
    outcome
}

fn build_in(work: &Path, want: &str) -> Outcome {
    std::fs::create_dir_all(work.join("src")).during("making a temporary folder")?;
    std::fs::write(work.join("src/lib.rs"), "#![no_std]\n").during("writing the empty crate")?;
    std::fs::write(work.join("Cargo.toml"), EMPTY_CRATE).during("writing the empty crate")?;
    child::quietly(&mut library_build(work))?;

    let new = format!("{LIBRARIES}/{WASM}.new");
    let final_place = format!("{LIBRARIES}/{WASM}");
    root(&["rm", "-rf", &new])?;
    root(&["mkdir", "-p", &format!("{new}/lib")])?;
    let built = work.join("target").join(WASM).join("release/deps");
    for entry in built.read_dir().during("reading what was built")?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libwasm_sysroot-") {
            root(&["cp", &text(&entry.path()), &format!("{new}/lib/{name}")])?;
        }
    }
    let stamp = work.join("stamp");
    std::fs::write(&stamp, format!("{want}\n")).during("writing the stamp")?;
    root(&["cp", &text(&stamp), &format!("{new}/.stamp")])?;
    root(&["rm", "-rf", &final_place])?;
    root(&["mv", &new, &final_place])
}

fn library_build(work: &Path) -> Command {
    let mut command = child::command(CARGO);
    command
        .args(["build", "--quiet", "--release", "--target", WASM])
        .arg("-Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test")
        .current_dir(work)
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("RUSTC_WRAPPER")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTC", RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        // Cargo leaves bitcode out where LTO is off, but those who use this library want LTO.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", work.join("target"));
    command
}

/// What the stamp must say (it names the exact compiler: Debian may rebuild the same release), and the host.
fn wanted() -> Option<(String, String)> {
    let package = packages::installed("rustc-web")?;
    let mut rustc = child::command(RUSTC);
    let answer = child::answer(rustc.arg("-vV").env_remove("RUSTUP_TOOLCHAIN"))?;
    let field = |name: &str| answer.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
    Some((format!("v3 {} {package}", field("release: ")?), field("host: ")?))
}

fn new_enough(version: &str) -> bool {
    let mut numbers = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= OLDEST
}

fn root(words: &[&str]) -> Outcome {
    let [program, arguments @ ..] = words else {
        return Ok(());
    };
    let mut command = packages::as_root(program)
        .ok_or_else(|| Trouble::new(format!("setting up {WASM} needs root: run `cargo xtask setup` once as root")))?;
    child::quietly(command.args(arguments))
}

fn stamp() -> PathBuf {
    Path::new(LIBRARIES).join(WASM).join(".stamp")
}

fn library_folder() -> PathBuf {
    Path::new(LIBRARIES).join(WASM).join("lib")
}

fn linker_link(host: &str) -> PathBuf {
    Path::new(LIBRARIES).join(host).join("bin/rust-lld")
}

fn rustup_home() -> PathBuf {
    let home = || std::env::home_dir().unwrap_or_default().join(".rustup");
    std::env::var_os("RUSTUP_HOME").map_or_else(home, PathBuf::from)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(new_enough("1.94.0") && new_enough("1.100.1") && new_enough("2.0.0"));
        assert!(!new_enough("1.93.9") && !new_enough("1.9") && !new_enough(""));
    }
}
