//! A toolchain that builds for WebAssembly, on any machine.
//!
//! The usual one if it has the target; else rustup's download; else Debian's compiler (`debian_toolchain`).

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::cargo::Cargo;
use crate::trouble::{Outcome, Trouble};
use crate::{child, debian_toolchain, progress};

/// The browser's target.
pub const WASM: &str = "wasm32-unknown-unknown";

const DOWNLOAD_LIMIT: Duration = Duration::from_secs(120);

/// The cargo to build everything with; sets it up if need be.
pub fn ready() -> Outcome<Cargo> {
    if let Some(folder) = wasm_library() {
        // Our own fallback may be the active toolchain, and its compiler may have been upgraded since.
        if !debian_toolchain::built(&folder) || debian_toolchain::current() {
            return Ok(Cargo::Usual);
        }
    }
    if debian_toolchain::current() {
        return debian_toolchain::cargo();
    }
    if std::env::var_os("WASM_NO_RUSTUP").is_none() && child::on_path("rustup") && download().is_ok() {
        return Ok(Cargo::Usual);
    }
    if !child::on_path("apt-get") {
        let sentence = format!("the Rust toolchain cannot build for {WASM}: run `rustup target add {WASM}` and try again");
        return Err(Trouble::new(sentence));
    }
    debian_toolchain::install()?;
    debian_toolchain::cargo()
}

/// Where the active toolchain keeps the browser's standard library, if it has it.
fn wasm_library() -> Option<PathBuf> {
    let question = ["--print", "target-libdir", "--target", WASM];
    let folder = PathBuf::from(child::answer(child::command("rustc").args(question))?);
    has_libraries(&folder).then_some(folder)
}

/// Whether a folder holds compiled Rust libraries.
pub fn has_libraries(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else {
        return false;
    };
    entries.flatten().any(|entry| entry.path().extension().is_some_and(|end| end == "rlib"))
}

fn download() -> Outcome {
    progress::step(format!("adding {WASM} to the Rust toolchain"), || {
        child::quietly_within(child::command("rustup").args(["target", "add", WASM]), DOWNLOAD_LIMIT)
    })
}
