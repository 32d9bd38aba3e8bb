//! Makes the site folder; see `bundle::site`.

use std::path::PathBuf;
use std::process::ExitCode;

use bundle::site::{self, Sources};
use bundle::trouble::{Outcome, Trouble};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("bundle: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome {
    let mut given: Vec<String> = std::env::args().skip(1).collect();
    let mut take = |name: &str| -> Outcome<PathBuf> {
        let at = given.iter().position(|word| word == name).filter(|at| at + 1 < given.len());
        let at = at.ok_or_else(|| Trouble::new(format!("{name} FILE is missing")))?;
        Ok(given.drain(at..at + 2).nth(1).map(PathBuf::from).unwrap_or_default())
    };
    let (style, public, loader) = (take("--style")?, take("--public")?, take("--loader")?);
    let out = take("--out")?;
    let mut modules = vec![take("--module")?];
    while let Ok(module) = take("--module") {
        modules.push(module);
    }
    let sources = Sources { modules, style, public, loader };
    if let Some(extra) = given.first() {
        return Err(Trouble::new(format!("{extra} is not known here")));
    }
    let made = site::make(&sources, &out)?;
    println!("{} {}", out.display(), if made { "made" } else { "is up to date" });
    Ok(())
}
