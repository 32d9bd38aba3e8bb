//! The build tasks of this workspace: `cargo xtask` prints what there is.

mod arguments;
mod bench;
mod build;
mod cargo;
mod check;
mod child;
mod container;
mod debian_toolchain;
mod demo;
mod end2end;
mod faults;
mod http;
mod instructions;
mod packages;
mod place;
mod postgres;
mod progress;
mod secrets;
mod servers;
mod stop_signal;
mod test;
mod toolchain;
mod trouble;

use std::process::ExitCode;

use trouble::{Outcome, Trouble};

const HELP: &str = "\
cargo xtask <command>

  demo [--port 8080] [--data-dir DIR] [--open no]
                         build everything and run the portal beside its stand-in platform
  test [filter…]         every test: Rust (both stores) and real browsers
  test rust [filter…]    the Rust tests only
  test browser [filter…] the browser tests only
  bench [render|accept|import|pdf]
                         the measured rates; without a name, all
  bench accept --commitments
                         signed commitments accepted a second, on both stores
  bench load [--windows N] [--seconds N]
                         people filing on the real program: SQLite, PostgreSQL with one node and two
  bench overload [--seconds N]
                         three times as much as can be answered
  bench queue [--jobs N] deliveries a second beside graphile-worker on one PostgreSQL
  bench law              eligibility and last days, in Chromium and natively
  bench signing          signing and verifying, in Chromium and natively
  bench log [--entries N]
                         growing and verifying a public log of a million entries, on both stores
  bench search [--items N]
                         look-ups among a million public items, on both stores
  bench records          the page of 500 dishonesty records in Chromium: first byte, paint, interactive
  bench weight           what a visit weighs, file by file
  faults [--rounds N] [--seed N] [--only FILE] [--older PROGRAM]
                         kills, crashes and power cuts under load; writes docs/reliability.md
  instructions [--note WHY]
                         what the paths that everybody goes cost, instruction by instruction, beside what was counted before
  check                  format, lints (native and WebAssembly), documentation, dependency policy
  build                  server, sandbox and site, as they are shipped, and their bill of materials (CycloneDX)
  container              the container file at work: the image built, started and stopped (root, buildah, debootstrap)
  setup                  only the toolchain for WebAssembly
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\n✗ {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Outcome {
    let Some((command, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    stop_signal::listen()?;
    match command.as_str() {
        "demo" => demo::run(rest),
        "test" => test::run(rest),
        "bench" => bench::run(rest),
        "faults" => faults::run(rest),
        "instructions" => instructions::run(rest),
        "check" => check::run(),
        "build" => build::run(),
        "container" => container::run(),
        "setup" => toolchain::ready().map(|cargo| println!("· the toolchain is ready: {cargo}")),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(Trouble::new(format!("there is no command {other:?}\n\n{HELP}"))),
    }
}
