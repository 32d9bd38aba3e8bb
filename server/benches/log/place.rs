//! Where the measured log is kept, and the settings of a portal that serves it: it needs no neighbours for that.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use server::config::Config;

/// A folder that goes at the end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("chengxin-log-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&folder).expect("the folder for temporary files can be written");
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The settings of a portal on a free port.
    pub fn config(&self) -> Config {
        let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site");
        let secret = self.0.join("secret");
        std::fs::write(&secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("it is written");
        std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).expect("its mode can be set");
        let settings = format!(
            "listen = \"127.0.0.1:0\"\npublic_url = \"http://127.0.0.1/\"\nsite_dir = {site:?}\ndata_dir = {:?}\n\
             [identity]\nissuer = \"http://127.0.0.1:9/\"\nclient_id = \"chengxin\"\nclient_secret_file = {secret:?}\n\
             [platform]\nurl = \"http://127.0.0.1:9/\"\ntoken_file = {secret:?}\nevent_secret_files = [{secret:?}]\n",
            self.0
        );
        Config::parse(&settings, std::iter::empty()).expect("the settings are sound")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
