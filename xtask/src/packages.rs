//! What the system must have: installed where we may, asked for in a sentence where we may not.

use std::process::Command;

use crate::trouble::{Outcome, Trouble};
use crate::{child, progress};

/// A command that runs as root, or nothing if we can become root in no way.
pub fn as_root(program: &str) -> Option<Command> {
    if is_root() {
        return Some(child::command(program));
    }
    child::on_path("sudo").then(|| {
        let mut command = child::command("sudo");
        command.arg(program);
        command
    })
}

/// Whether we are root.
pub fn is_root() -> bool {
    child::answer(child::command("id").arg("-u")).as_deref() == Some("0")
}

/// Whether a Debian package is installed, and in which version.
pub fn installed(package: &str) -> Option<String> {
    let format = "${db:Status-Status} ${Version}";
    let answer = child::answer(child::command("dpkg-query").args(["-W", "-f", format, package]))?;
    answer.strip_prefix("installed ").map(str::to_owned)
}

/// Installs Debian packages; `what` is what they are for.
pub fn install(what: &str, packages: &[&str]) -> Outcome {
    let names = packages.join(" ");
    let by_hand = || Trouble::new(format!("{what} is missing: install it ({names} on Debian) and try again"));
    if !child::on_path("apt-get") {
        return Err(by_hand());
    }
    let mut update = as_root("apt-get").ok_or_else(by_hand)?;
    let mut install = as_root("env").ok_or_else(by_hand)?;
    update.args(["update", "-qq"]);
    install.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "--no-install-recommends"]);
    install.args(packages);
    progress::step(format!("installing {what} ({names})"), || {
        // Lists that are a little old still serve; the installation itself says if they do not.
        let _ = child::quietly(&mut update);
        child::quietly(&mut install)
    })
}
