//! The settings of a portal that serves it: it needs no neighbours for that.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use server::config::Config;

/// The settings of a portal on a free port.
pub fn config(folder: &Path) -> Config {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site");
    let secret = folder.join("secret");
    std::fs::write(&secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("it is written");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).expect("its mode can be set");
    let settings = format!(
        "listen = \"127.0.0.1:0\"\npublic_url = \"http://127.0.0.1/\"\nsite_dir = {site:?}\ndata_dir = {:?}\n\
         [identity]\nissuer = \"http://127.0.0.1:9/\"\nclient_id = \"chengxin\"\nclient_secret_file = {secret:?}\n\
         [platform]\nurl = \"http://127.0.0.1:9/\"\ntoken_file = {secret:?}\nevent_secret_files = [{secret:?}]\n",
        folder
    );
    Config::parse(&settings, std::iter::empty()).expect("the settings are sound")
}
