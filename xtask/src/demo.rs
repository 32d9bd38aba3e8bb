//! The portal with a platform to talk to, on this machine, for trying it out.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::Stdio;

use crate::build::Quality;
use crate::servers::Plan;
use crate::trouble::{Outcome, Trouble, While};
use crate::{arguments, build, child, http, place, progress, stop_signal, toolchain};

struct Wishes {
    port: u16,
    data: PathBuf,
    open: bool,
}

/// `cargo xtask demo`.
pub fn run(arguments: &[String]) -> Outcome {
    let wishes = wishes(arguments)?;
    let plan = Plan {
        data: wishes.data,
        portal: wishes.port,
        sandbox: wishes.port + 1,
        reviews_by_itself: true,
        quality: Quality::Release,
    };
    for port in [plan.portal, plan.sandbox] {
        if !http::is_free(port) {
            return Err(Trouble::new(format!(
                "port {port} is taken (perhaps by another demo): stop that one, or choose another with \
                 `cargo xtask demo --port {}` (a different --data-dir too, if both are to run)",
                plan.portal.saturating_add(10)
            )));
        }
    }
    let cargo = toolchain::ready()?;
    build::site(&cargo)?;
    build::servers(&cargo, plan.quality)?;
    let mut servers = progress::step("starting the portal and its stand-in platform", || plan.start())?;
    welcome(&plan);
    if wishes.open {
        open(&plan.portal_url());
    }
    let end = servers.stay();
    if stop_signal::asked() {
        println!();
    }
    progress::step("stopping", || {
        drop(servers);
        Ok(())
    })?;
    end
}

fn wishes(arguments: &[String]) -> Outcome<Wishes> {
    let mut wishes = Wishes { port: 8080, data: place::root().join("data"), open: true };
    for (name, value) in arguments::pairs(arguments, &["--port", "--data-dir", "--open"])? {
        match name.as_str() {
            "--port" => {
                let port = value.parse().ok().filter(|port| (1..u16::MAX).contains(port));
                wishes.port = port.ok_or_else(|| Trouble::new(format!("{value} is not a port")))?;
            }
            "--data-dir" => wishes.data = std::path::absolute(value).during("reading --data-dir")?,
            _ => wishes.open = value != "no",
        }
    }
    Ok(wishes)
}

fn welcome(plan: &Plan) {
    let (portal, sandbox, data) = (plan.portal_url(), plan.sandbox_url(), plan.data.display());
    println!(
        "
  the portal     {portal}
  sign in        {portal}/sign-in    choose one of the ready-made people
  the platform   {sandbox}/    decide about what was filed, or let it misbehave
  kept in        {data}    (portal.log and sandbox.log are there too)
  stop           Ctrl-C
"
    );
}

/// Shows the portal, where somebody sits in front of a screen.
fn open(url: &str) {
    let screen = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if !std::io::stdout().is_terminal() || !(screen || cfg!(target_os = "macos")) || !child::on_path(opener) {
        return;
    }
    // A browser that does not open is no reason to stop: the address is on the screen.
    let _ = child::command(opener).arg(url).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_needs_room_for_the_platform_beside_it() {
        let port = |value: &str| wishes(&["--port".into(), value.into()]).map(|wishes| wishes.port);
        assert_eq!(port("8090").unwrap(), 8090);
        assert!(port("65535").is_err() && port("0").is_err() && port("x").is_err());
    }
}
