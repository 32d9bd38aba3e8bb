//! The portal beside its stand-in platform, started and stopped together.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::build::Quality;
use crate::secrets::{self, Secrets};
use crate::trouble::{Outcome, Trouble, While};
use crate::{child, http, place, stop_signal};

const START: Duration = Duration::from_secs(60);
const GLANCE: Duration = Duration::from_millis(50);

/// Where the two run and keep their things.
pub struct Plan {
    /// Everything that outlives them.
    pub data: PathBuf,
    /// The portal's port.
    pub portal: u16,
    /// The sandbox's port.
    pub sandbox: u16,
    /// Whether the sandbox takes filings under review by itself.
    pub reviews_by_itself: bool,
    /// Which build of the two.
    pub quality: Quality,
}

/// One program and where it writes what it says.
struct Server {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

/// Both programs; they end when this does.
pub struct Servers {
    sandbox: Server,
    portal: Server,
}

impl Plan {
    /// The portal's address.
    pub fn portal_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.portal)
    }

    /// The sandbox's address.
    pub fn sandbox_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.sandbox)
    }

    /// Starts both and waits until the portal is ready.
    pub fn start(&self) -> Outcome<Servers> {
        self.start_by(|config| {
            let mut command = child::command(self.program("chengxin"));
            command.arg("serve").arg("--config").arg(config);
            Ok(command)
        })
    }

    /// As [`start`](Self::start), with what starts the portal with its settings.
    pub fn start_by(&self, portal: impl FnOnce(&Path) -> Outcome<Command>) -> Outcome<Servers> {
        secrets::private_folder(&self.data)?;
        let secrets = secrets::in_folder(&self.data)?;
        let config = self.data.join("chengxin.toml");
        fs::write(&config, self.config(&secrets)).during("writing the settings")?;

        let mut sandbox = Server::start("sandbox", &mut self.sandbox_command(&secrets), &self.data)?;
        sandbox.wait_until(|| http::accepts(self.sandbox))?;
        let started = portal(&config).and_then(|mut command| Server::start("portal", &mut command, &self.data));
        let mut portal = match started {
            Ok(portal) => portal,
            Err(trouble) => {
                child::end(&mut sandbox.child);
                return Err(trouble);
            }
        };
        let ready = portal.wait_until(|| http::is_ok(self.portal, "/health/ready"));
        let servers = Servers { sandbox, portal };
        ready.map(|()| servers)
    }

    fn program(&self, name: &str) -> PathBuf {
        place::target().join(self.quality.folder()).join(name)
    }

    fn sandbox_command(&self, secrets: &Secrets) -> Command {
        let mut command = child::command(self.program("sandbox"));
        command.args(["--listen", &format!("127.0.0.1:{}", self.sandbox)]);
        command.args(["--portal", &self.portal_url(), "--client-id", "chengxin"]);
        command.arg("--client-secret-file").arg(&secrets.client_secret);
        command.arg("--platform-token-file").arg(&secrets.platform_token);
        command.arg("--event-secret-file").arg(&secrets.event_secret);
        command.arg("--state-file").arg(self.data.join("sandbox.json"));
        if self.reviews_by_itself {
            command.args(["--auto", "review"]);
        }
        command
    }

    fn config(&self, secrets: &Secrets) -> String {
        let (portal, sandbox) = (self.portal_url(), self.sandbox_url());
        let site = quoted(&place::site());
        let data = quoted(&self.data);
        let client_secret = quoted(&secrets.client_secret);
        let token = quoted(&secrets.platform_token);
        let event_secret = quoted(&secrets.event_secret);
        format!(
            r#"# Written at each start by `cargo xtask`; changes made here do not last.
listen = "127.0.0.1:{port}"
public_url = "{portal}"
site_dir = {site}
data_dir = {data}

[identity]
issuer = "{sandbox}/idp"
client_id = "chengxin"
client_secret_file = {client_secret}

[platform]
url = "{sandbox}/platform"
token_file = {token}
event_secret_files = [{event_secret}]

# A few people do here what many do elsewhere, the browser tests above all.
[pace]
person_sign_ins_per_minute = 1000
person_sign_ins_burst = 1000
posts_per_minute = 6000
posts_burst = 6000

# Applications about records of this channel are taken to the official entrance by the enterprise itself, as a package.
[repair.gsxt]
way = "package"
address = "https://example.cn/repair"

# What the footer of a government site must say. These are samples: put the real ones here.
[site]
organiser = "上海市奉贤区发展和改革委员会（示例）"
undertaker = "奉贤区公共信用信息服务中心（示例）"
telephone = "021-00000000（示例）"
hours = "工作日 9:00–11:30，13:30–17:00"
address = "上海市奉贤区示例路 1 号"
site_code = "3101200000（示例）"
icp = "沪ICP备00000000号（示例）"
police = "沪公网安备31012000000000号（示例）"
report_fault = "https://example.cn/report-a-fault"
"#,
            port = self.portal
        )
    }
}

impl Server {
    fn start(name: &'static str, command: &mut Command, data: &Path) -> Outcome<Self> {
        let log = data.join(format!("{name}.log"));
        let file = File::create(&log).during(format!("writing {}", log.display()))?;
        let second = file.try_clone().during("writing a log")?;
        command.stdin(Stdio::null()).stdout(file).stderr(second);
        let child = command.spawn().during(format!("starting the {name}"))?;
        Ok(Self { name, child, log })
    }

    fn wait_until(&mut self, ready: impl Fn() -> bool) -> Outcome {
        let started = Instant::now();
        while started.elapsed() < START {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(Trouble::new(format!("the {} ended ({status}):\n{}", self.name, self.last_words())));
            }
            if stop_signal::asked() {
                break;
            }
            if ready() {
                return Ok(());
            }
            thread::sleep(GLANCE);
        }
        child::end(&mut self.child);
        if stop_signal::asked() {
            return Err(Trouble::new("stopped"));
        }
        Err(Trouble::new(format!("the {} did not become ready:\n{}", self.name, self.last_words())))
    }

    fn last_words(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        child::end(&mut self.child);
    }
}

impl Servers {
    /// Waits until the portal has ended, which somebody else brings about; says how it did.
    pub fn portal_ended(&mut self) -> Outcome<ExitStatus> {
        let started = Instant::now();
        while started.elapsed() < START {
            if let Some(status) = self.portal.child.try_wait().during("waiting for the portal")? {
                return Ok(status);
            }
            thread::sleep(GLANCE);
        }
        Err(Trouble::new(format!("the portal does not end:\n{}", self.portal.last_words())))
    }

    /// Waits until we are told to stop (good) or one of the two ends by itself (bad).
    pub fn stay(&mut self) -> Outcome {
        loop {
            for server in [&mut self.portal, &mut self.sandbox] {
                let Ok(Some(status)) = server.child.try_wait() else {
                    continue;
                };
                // Ctrl-C reaches them as it reaches us: a moment for our own note of it.
                thread::sleep(GLANCE);
                if !stop_signal::asked() {
                    return Err(Trouble::new(format!("the {} ended ({status}):\n{}", server.name, server.last_words())));
                }
            }
            if stop_signal::asked() {
                return Ok(());
            }
            thread::sleep(GLANCE);
        }
    }
}

/// A path as a TOML string.
fn quoted(path: &Path) -> String {
    format!("\"{}\"", path.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_name_both_sides_and_quote_paths() {
        let plan = Plan { data: "/a \"b\"".into(), portal: 81, sandbox: 82, reviews_by_itself: true, quality: Quality::Release };
        let secrets = Secrets {
            client_secret: "/s/client_secret".into(),
            platform_token: "/s/platform_token".into(),
            event_secret: "/s/event_secret".into(),
        };
        let config = plan.config(&secrets);
        for line in [
            r#"listen = "127.0.0.1:81""#,
            r#"data_dir = "/a \"b\"""#,
            r#"issuer = "http://127.0.0.1:82/idp""#,
            r#"event_secret_files = ["/s/event_secret"]"#,
        ] {
            assert!(config.lines().any(|have| have == line), "{line} in\n{config}");
        }
        let command = plan.sandbox_command(&secrets);
        assert!(command.get_args().any(|word| word == "--auto"));
    }
}
