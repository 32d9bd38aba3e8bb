//! Running other programs: a clean environment, and an end when we are told to end.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::stop_signal;
use crate::trouble::{Outcome, Trouble, While};

const GLANCE: Duration = Duration::from_millis(20);
const GRACE: Duration = Duration::from_secs(10);

/// A command without what the outer `cargo run` put into our environment: another toolchain may build
/// inside, and programs such as Chromium must not meet the compiler's libraries.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(set_by_outer_cargo) {
            command.env_remove(name);
        }
    }
    command
}

fn set_by_outer_cargo(name: &str) -> bool {
    matches!(
        name,
        "CARGO"
            | "RUSTC"
            | "RUSTDOC"
            | "CARGO_MANIFEST_DIR"
            | "CARGO_MANIFEST_PATH"
            | "CARGO_PRIMARY_PACKAGE"
            | "LD_LIBRARY_PATH"
            | "DYLD_FALLBACK_LIBRARY_PATH"
            | "RUST_RECURSION_COUNT"
    ) || name.starts_with("CARGO_PKG_")
        || name.starts_with("CARGO_BIN_")
}

/// Runs to the end; what it printed is shown only if it fails.
pub fn quietly(command: &mut Command) -> Outcome {
    let (status, printed) = capture(command, None)?;
    judge(command, status, &printed)
}

/// Runs to the end and gives what it printed.
pub fn printed(command: &mut Command) -> Outcome<String> {
    let (status, printed) = capture(command, None)?;
    judge(command, status, &printed).map(|()| printed)
}

/// As `quietly`, but gives up after a while.
pub fn quietly_within(command: &mut Command, limit: Duration) -> Outcome {
    let (status, printed) = capture(command, Some(limit))?;
    judge(command, status, &printed)
}

/// Runs to the end with its output on ours.
pub fn aloud(command: &mut Command) -> Outcome {
    let mut child = command.spawn().during(name(command))?;
    let status = wait(&mut child, None)?;
    judge(command, status, "")
}

/// What a short command prints on its standard output, trimmed; nothing if it fails or is not there.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a program of this name is on the path.
pub fn on_path(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

/// SIGTERM, some patience, then the end.
pub fn end(child: &mut Child) {
    end_with("TERM", child);
}

/// A named signal, some patience, then the end.
pub fn end_with(signal: &str, child: &mut Child) {
    if matches!(child.try_wait(), Ok(Some(_))) {
        return;
    }
    // The standard library can only kill; the shell's own `kill` is everywhere.
    let _ = Command::new("sh").args(["-c", &format!("kill -{signal} {}", child.id())]).status();
    let deadline = Instant::now() + GRACE;
    while Instant::now() < deadline {
        if matches!(child.try_wait(), Ok(Some(_))) {
            return;
        }
        thread::sleep(GLANCE);
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn capture(command: &mut Command, limit: Option<Duration>) -> Outcome<(ExitStatus, String)> {
    // One pipe for both, so that the lines stay in order; a thread, so that a full pipe stops nobody.
    let (mut reader, writer) = std::io::pipe().during("making a pipe")?;
    let second = writer.try_clone().during("making a pipe")?;
    command.stdin(Stdio::null()).stdout(writer).stderr(second);
    let spawned = command.spawn();
    // The command keeps its ends of the pipe until they are replaced: without this the reader never ends.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = spawned.during(name(command))?;
    let reading = thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = reader.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let status = wait(&mut child, limit)?;
    Ok((status, reading.join().unwrap_or_default()))
}

fn wait(child: &mut Child, limit: Option<Duration>) -> Outcome<ExitStatus> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().during("waiting for a program")? {
            if stop_signal::asked() {
                return Err(Trouble::new("stopped"));
            }
            return Ok(status);
        }
        if stop_signal::asked() {
            end(child);
            return Err(Trouble::new("stopped"));
        }
        if limit.is_some_and(|limit| started.elapsed() > limit) {
            end(child);
            return Err(Trouble::new("took too long"));
        }
        thread::sleep(GLANCE);
    }
}

fn judge(command: &Command, status: ExitStatus, printed: &str) -> Outcome {
    if status.success() {
        return Ok(());
    }
    let line = line(command);
    Err(Trouble::new(match printed.trim_end() {
        "" => format!("`{line}` failed ({status})"),
        printed => format!("`{line}` failed ({status}):\n{printed}"),
    }))
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    format!("starting {}", program.file_name().unwrap_or(program.as_os_str()).display())
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_reported_with_what_it_printed() {
        let trouble = quietly(command("sh").args(["-c", "echo out; echo err >&2; exit 3"])).unwrap_err();
        let text = trouble.to_string();
        assert!(text.contains("out\nerr") && text.contains("exit status: 3"), "{text}");
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended() {
        let trouble = quietly_within(command("sleep").arg("30"), Duration::from_millis(60)).unwrap_err();
        assert_eq!(trouble.to_string(), "took too long");
    }

    #[test]
    fn what_the_outer_cargo_set_is_recognised_and_what_the_user_set_is_kept() {
        assert!(set_by_outer_cargo("CARGO_PKG_NAME") && set_by_outer_cargo("RUSTC"));
        assert!(!set_by_outer_cargo("CARGO_HOME") && !set_by_outer_cargo("CARGO_TARGET_DIR"));
    }
}
