//! Cargo with the toolchain that this machine builds everything with.

use std::ffi::OsStr;
use std::fmt;
use std::path::PathBuf;
use std::process::Command;

use crate::{child, place};

/// A cargo that can build for WebAssembly too.
#[derive(Clone, Debug, PartialEq)]
pub enum Cargo {
    /// The one on the path, as it is.
    Usual,
    /// A toolchain that rustup knows by this name.
    Linked(&'static str),
    /// A program of its own (a machine without rustup).
    Program(PathBuf),
}

impl fmt::Display for Cargo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cargo::Usual => f.write_str("the usual one"),
            Cargo::Linked(name) => f.write_str(name),
            Cargo::Program(program) => write!(f, "{}", program.display()),
        }
    }
}

impl Cargo {
    /// A command that runs this cargo in the workspace's folder.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = match self {
            Cargo::Usual | Cargo::Linked(_) => child::command("cargo"),
            Cargo::Program(program) => child::command(program),
        };
        self.choose_in(&mut command);
        command.args(arguments).current_dir(place::root());
        command
    }

    /// Makes a program that calls cargo itself call this one.
    pub fn choose_in(&self, command: &mut Command) {
        match self {
            Cargo::Usual => {}
            Cargo::Linked(name) => {
                command.env("RUSTUP_TOOLCHAIN", name);
            }
            Cargo::Program(program) => {
                command.env("CARGO", program).env("RUSTC", program.with_file_name("rustc"));
            }
        }
    }
}
