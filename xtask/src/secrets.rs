//! What the portal and its stand-in platform know of each other, made once for a data folder.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::trouble::{Outcome, While};

/// The three files.
pub struct Secrets {
    /// The portal's password at the identity provider.
    pub client_secret: PathBuf,
    /// The portal's password at the platform.
    pub platform_token: PathBuf,
    /// What the platform signs its events with.
    pub event_secret: PathBuf,
}

/// The secrets of a data folder; missing ones are made.
pub fn in_folder(data: &Path) -> Outcome<Secrets> {
    let folder = data.join("secrets");
    private_folder(&folder)?;
    Ok(Secrets {
        client_secret: secret(&folder, "client_secret", "")?,
        platform_token: secret(&folder, "platform_token", "")?,
        event_secret: secret(&folder, "event_secret", "whsec_")?,
    })
}

/// Makes a folder that only its owner may look into.
pub fn private_folder(folder: &Path) -> Outcome {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).during(format!("making {}", folder.display()))
}

fn secret(folder: &Path, name: &str, prefix: &str) -> Outcome<PathBuf> {
    let path = folder.join(name);
    if fs::metadata(&path).is_ok_and(|file| file.len() > 0) {
        return Ok(path);
    }
    let mut random = [0; 32];
    let mut source = File::open("/dev/urandom").during("opening /dev/urandom")?;
    source.read_exact(&mut random).during("reading /dev/urandom")?;
    let writing = || format!("writing {}", path.display());
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&path).during(writing())?;
    file.write_all(format!("{prefix}{}", base64(&random)).as_bytes()).during(writing())?;
    Ok(path)
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn base64_agrees_with_the_rfc() {
        let cases = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        for (length, expected) in cases.into_iter().enumerate() {
            assert_eq!(base64(&b"foobar"[..length]), expected);
        }
    }

    #[test]
    fn secrets_are_private_and_made_once() {
        let data = std::env::temp_dir().join(format!("xtask-secrets-{}", std::process::id()));
        let first = fs::read_to_string(in_folder(&data).unwrap().event_secret).unwrap();
        let secrets = in_folder(&data).unwrap();
        assert_eq!(fs::read_to_string(&secrets.event_secret).unwrap(), first);
        assert!(first.starts_with("whsec_") && first.len() == 6 + 44);
        assert_eq!(fs::metadata(&secrets.client_secret).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(data.join("secrets")).unwrap().permissions().mode() & 0o777, 0o700);
        fs::remove_dir_all(data).unwrap();
    }
}
