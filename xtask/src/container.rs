//! The container file at work: the image is built as an operator builds it, started beside the stand-in platform, and stopped.

use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::Quality;
use crate::servers::Plan;
use crate::trouble::{Outcome, Trouble, While};
use crate::{build, child, http, place, progress, toolchain};

/// What the container file begins with.
const BASE: &str = "docker.io/library/debian:bookworm-slim";
const IMAGE: &str = "localhost/chengxin";
/// The user that the container file names.
const USER: u32 = 10_001;
const PORT: u16 = 8190;

/// `cargo xtask container`.
pub fn run() -> Outcome {
    for program in ["buildah", "debootstrap"] {
        if !child::on_path(program) {
            return Err(Trouble::new(format!("{program} is missing: `apt-get install buildah debootstrap`, and run this as root")));
        }
    }
    let cargo = toolchain::ready()?;
    build::site(&cargo)?;
    build::servers(&cargo, Quality::Release)?;
    let folder = place::target().join("container");
    fs::create_dir_all(&folder).during("making a folder for images")?;
    let images = Images { folder };
    if child::quietly(images.command("inspect").args(["--type", "image", BASE])).is_err() {
        progress::step("making what it begins with (where no registry of images is in reach)", || images.make_base())?;
    }
    progress::step("building the image", || images.build())?;
    let container = child::answer(images.command("from").args(["--pull-never", IMAGE]));
    let container = container.ok_or_else(|| Trouble::new("no container of the image"))?;
    let tried = progress::step("starting it, asking for pages, stopping it", || images.attempt(&container));
    let removed = child::quietly(images.command("rm").arg(&container));
    tried.and(removed)
}

/// Images in a folder of ours.
struct Images {
    folder: PathBuf,
}

impl Images {
    fn command(&self, verb: &str) -> Command {
        let mut command = child::command("buildah");
        // Kept as plain folders and shut in by chroot: it works where a container may not mount or unshare.
        command.env("STORAGE_DRIVER", "vfs").env("BUILDAH_ISOLATION", "chroot");
        command.arg("--root").arg(self.folder.join("images")).arg("--runroot").arg(self.folder.join("run")).arg(verb);
        command
    }

    /// Debian from its packages, under the name that the container file asks for.
    fn make_base(&self) -> Outcome {
        let system = self.folder.join("debian");
        child::quietly(child::command("debootstrap").args(["--variant=minbase", "bookworm"]).arg(&system))?;
        let empty = child::answer(self.command("from").arg("scratch")).ok_or_else(|| Trouble::new("no empty container"))?;
        child::quietly(self.command("add").arg("--quiet").arg(&empty).arg(&system).arg("/"))?;
        child::quietly(self.command("commit").args(["--quiet", "--rm", &empty, BASE]))?;
        fs::remove_dir_all(&system).during("removing what it was made of")
    }

    fn build(&self) -> Outcome {
        let file = place::root().join("server/deploy/Containerfile");
        let mut build = self.command("build");
        build.args(["--pull-never", "--tag", IMAGE, "--file"]).arg(file);
        child::quietly(build.arg(place::target()))
    }

    /// Starts what the image starts, as its user, and asks as a visitor does.
    fn attempt(&self, container: &str) -> Outcome {
        let words = |what: &str| {
            let format = format!("{{{{range .OCIv1.Config.{what}}}}}{{{{.}}}} {{{{end}}}}");
            child::answer(self.command("inspect").args(["--format", &format, container])).unwrap_or_default()
        };
        let started: Vec<String> =
            [words("Entrypoint"), words("Cmd")].iter().flat_map(|part| part.split(' ')).map(str::to_owned).collect();
        let data = self.folder.join("data");
        let _ = fs::remove_dir_all(&data);
        let plan = Plan { data, portal: PORT, sandbox: PORT + 1, reviews_by_itself: false, quality: Quality::Release };
        let mut servers = plan.start_by(|config| {
            let settings = self.settings(&plan, config)?;
            let mut run = self.command("run");
            run.arg("--volume").arg(format!("{}:/etc/chengxin:ro", settings.display()));
            Ok({
                run.arg(container).arg("--").args(&started);
                run
            })
        })?;
        let found = ["/", "/help", "/commitments", "/favicon.svg"].into_iter().find(|path| !http::is_ok(PORT, path));
        // Whoever runs the container is not who is told to end: that is the program in it, as a container's engine tells it.
        child::quietly(child::command("pkill").args(["-TERM", "--uid", &USER.to_string(), "--exact", "chengxin"]))?;
        let ended = servers.portal_ended()?;
        match found {
            Some(path) => Err(Trouble::new(format!("{path} does not answer"))),
            None if !ended.success() => Err(Trouble::new(format!("it did not end well: {ended}"))),
            None => Ok(()),
        }
    }

    /// The settings and secrets as the container sees them, in a folder of theirs; the secrets only its user can read.
    fn settings(&self, plan: &Plan, config: &Path) -> Outcome<PathBuf> {
        let folder = self.folder.join("etc");
        let secrets = folder.join("secrets");
        fs::create_dir_all(&secrets).during("making a folder for settings")?;
        let written = fs::read_to_string(config).during("reading the settings")?;
        let secrets_here = plan.data.join("secrets");
        let written = [
            (secrets_here.display().to_string(), "/etc/chengxin/secrets"),
            (place::site().display().to_string(), "/usr/share/chengxin/site"),
            (plan.data.display().to_string(), "/var/lib/chengxin"),
            (format!("127.0.0.1:{PORT}\"\npublic"), "0.0.0.0:8190\"\npublic"),
        ]
        .iter()
        .fold(written, |written, (here, there)| written.replace(here.as_str(), there));
        fs::write(folder.join("chengxin.toml"), written).during("writing the settings")?;
        for secret in fs::read_dir(&secrets_here).during("looking for the secrets")? {
            let secret = secret.during("looking for a secret")?;
            let copy = secrets.join(secret.file_name());
            fs::copy(secret.path(), &copy).during("copying a secret")?;
            chown(&copy, Some(USER), Some(USER)).during("giving a secret away")?;
        }
        Ok(folder)
    }
}
