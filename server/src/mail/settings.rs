//! The settings of the mail server, `[mail]`. Without them no mail is sent.

use std::path::PathBuf;

use lettre::Address;
use lettre::message::Mailbox;
use serde::{Deserialize, Deserializer};

/// How the line to the mail server is kept from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// Not at all: for a server on this machine or in a closed network.
    None,
    /// The line begins in the clear and must change to TLS before anything is said.
    Starttls,
    /// TLS from the first byte.
    Tls,
}

/// A mail server.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// Its name.
    pub server: String,
    /// Its port; by default 25, 587 or 465, as `tls` is.
    #[serde(default, deserialize_with = "number")]
    pub port: Option<u16>,
    /// Whom mails come from: `notices@example.gov.cn`, or `信用奉贤 <notices@example.gov.cn>`.
    pub from: String,
    /// Whom to tell of what needs a person: an address of support.
    #[serde(default)]
    pub support: Option<String>,
    /// Whom to tell of what has needed one for long: an address of the owner. One without the other is told both.
    #[serde(default)]
    pub owner: Option<String>,
    /// How the line is kept from being read.
    pub tls: MailTls,
    /// Our name there, if it asks for one.
    #[serde(default)]
    pub username: Option<String>,
    /// The file with our password there.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// Our password there: only from the environment (`CHENGXIN_MAIL__PASSWORD`), never from the settings file.
    #[serde(default)]
    pub password: Option<String>,
}

impl std::fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailSettings").field("server", &self.server).field("port", &self.port()).finish_non_exhaustive()
    }
}

impl MailSettings {
    /// The server's port.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            MailTls::None => 25,
            MailTls::Starttls => 587,
            MailTls::Tls => 465,
        })
    }

    /// Whom mails come from.
    ///
    /// # Errors
    /// A sentence.
    pub fn from(&self) -> Result<Mailbox, String> {
        self.from.parse().map_err(|_| {
            format!(
                "mail.from is {:?}: it must be an address, such as notices@example.gov.cn or 信用奉贤 <notices@example.gov.cn>.",
                self.from
            )
        })
    }

    /// Whether the settings fit together.
    ///
    /// # Errors
    /// A sentence about the first that does not.
    pub fn check(&self) -> Result<(), String> {
        if self.server.is_empty() || self.server.contains(['/', ' ', ':', '@']) {
            return Err(format!(
                "mail.server is {:?}: it must be the name of the mail server alone, such as smtp.example.gov.cn.",
                self.server
            ));
        }
        if self.port == Some(0) {
            return Err("mail.port is 0: it must be the mail server's port, usually 25, 465 or 587.".into());
        }
        self.from()?;
        for (setting, address) in [("support", &self.support), ("owner", &self.owner)] {
            if let Some(wrong) = address.as_ref().filter(|address| address.parse::<Address>().is_err()) {
                return Err(format!(
                    "mail.{setting} is {wrong:?}: it must be one address alone, such as {setting}@example.gov.cn."
                ));
            }
        }
        let passwords = usize::from(self.password.is_some()) + usize::from(self.password_file.is_some());
        match (&self.username, passwords) {
            (Some(_), 0) => {
                return Err("mail.username is set without mail.password_file: name the file that holds the password.".into());
            }
            (None, 1..) => return Err("mail.password_file is set without mail.username: name both or neither.".into()),
            (_, 2..) => return Err("mail.password_file and CHENGXIN_MAIL__PASSWORD are both set: use one of them.".into()),
            _ => {}
        }
        let loopback = matches!(self.server.as_str(), "localhost" | "127.0.0.1" | "::1");
        if self.tls == MailTls::None && self.username.is_some() && !loopback {
            return Err(
                "mail.tls is none, and mail.username is set: the password would travel in the open; use starttls or tls.".into()
            );
        }
        Ok(())
    }
}

/// A number, or a text with one (as an environment variable has it).
fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u16>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Number {
        Number(u16),
        Text(String),
    }
    match Option::<Number>::deserialize(from)? {
        None => Ok(None),
        Some(Number::Number(number)) => Ok(Some(number)),
        Some(Number::Text(text)) => {
            text.parse().map(Some).map_err(|_| serde::de::Error::custom("mail.port must be a number up to 65535"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(changed: &str) -> Result<(), String> {
        let mut settings: toml::Table =
            "server = 'smtp.example.gov.cn'\nfrom = '信用奉贤 <notices@example.gov.cn>'\ntls = 'starttls'".parse().expect("TOML");
        settings.extend(changed.parse::<toml::Table>().expect("TOML"));
        settings.try_into::<MailSettings>().map_err(|error| error.to_string())?.check()
    }

    #[test]
    fn sound_settings_hold() {
        for sound in [
            "",
            "port = 2525",
            "port = '2525'",
            "support = 'support@example.gov.cn'",
            "support = 'support@example.gov.cn'\nowner = 'owner@example.gov.cn'",
            "tls = 'none'",
            "username = 'a'\npassword_file = 'b'",
            "username = 'a'\npassword = 'b'",
        ] {
            assert_eq!(check(sound), Ok(()), "{sound}");
        }
    }

    #[test]
    fn a_wrong_setting_is_named_with_what_is_allowed() {
        let cases = [
            ("server = ''", "mail.server"),
            ("server = 'smtp://x'", "mail.server"),
            ("port = 0", "mail.port"),
            ("port = 'x'", "mail.port"),
            ("from = 'nobody'", "mail.from"),
            ("support = 'nobody'", "mail.support"),
            ("owner = 'a@b.cn, c@d.cn'", "mail.owner"),
            ("tls = 'ssl'", "starttls"),
            ("username = 'a'", "mail.password_file"),
            ("password_file = 'a'", "mail.username"),
            ("username = 'a'\npassword_file = 'b'\npassword = 'c'", "use one"),
            ("username = 'a'\npassword_file = 'b'\ntls = 'none'", "in the open"),
            ("sender = 'x'", "sender"),
        ];
        for (changed, named) in cases {
            let wrong = check(changed).expect_err(changed);
            assert!(wrong.contains(named), "{changed}: {wrong}");
        }
    }

    #[test]
    fn the_password_is_never_shown() {
        let settings: MailSettings =
            toml::from_str("server = 'a'\nfrom = 'a@b.cn'\ntls = 'tls'\nusername = 'a'\npassword = 'hush'").expect("sound");
        assert!(!format!("{settings:?}").contains("hush"));
        assert_eq!(settings.port(), 465);
    }
}
