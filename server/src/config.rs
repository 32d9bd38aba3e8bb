//! The settings: a TOML file, overlaid by environment variables (`CHENGXIN_PLATFORM__URL` sets `platform.url`).
//!
//! Secrets are never in the file: it names files that hold them. An unknown setting is an error, and every error says
//! which setting is wrong and what is allowed.

mod audit;
mod limits;
mod log;
mod objects;
mod pace;
mod public_side;
mod repair;
mod scanner;
mod store_check;
mod traces;
mod watching;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use app::shell::Site;
use serde::{Deserialize, Deserializer};
use url::Url;

pub use self::audit::AuditSettings;
pub use self::limits::LimitSettings;
pub use self::log::LogSettings;
pub use self::objects::ObjectSettings;
pub use self::pace::PaceSettings;
pub use self::public_side::{LookUpSettings, PublicationSettings};
pub use self::repair::{HandOverSettings, RepairSettings};
pub use self::scanner::{ScannerPlace, ScannerSettings};
pub use self::store_check::StoreCheck;
pub use self::traces::TraceSettings;
pub use self::watching::{CourierSettings, MetricsSettings};
use crate::mail::settings::MailSettings;

/// All settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address under which browsers reach the portal.
    pub public_url: Url,
    /// The folder with the static files, as the build made it.
    pub site_dir: PathBuf,
    /// The folder for attachments and, by default, the database.
    pub data_dir: PathBuf,
    /// `sqlite:PATH` or `postgres://…`; by default a SQLite file in the data folder. Of several PostgreSQL servers
    /// (`postgres://USER@ONE,OTHER/NAME?target_session_attrs=read-write`) the one that takes writes is used.
    #[serde(default)]
    pub database: Option<String>,
    /// How the SQLite store is looked through at each start.
    #[serde(default)]
    pub store_check: StoreCheck,
    /// Whether logs are JSON.
    #[serde(default)]
    pub log_json: bool,
    /// Who says who is here.
    pub identity: IdentitySettings,
    /// Where filings go.
    pub platform: PlatformSettings,
    /// How long items are public.
    #[serde(default)]
    pub publication: PublicationSettings,
    /// Credit repair and objection.
    #[serde(default)]
    pub repair: RepairSettings,
    /// How much one address may look up.
    #[serde(default)]
    pub look_up: LookUpSettings,
    /// How much is taken on at once.
    #[serde(default)]
    pub limits: LimitSettings,
    /// How fast one person and one address may sign in and post.
    #[serde(default)]
    pub pace: PaceSettings,
    /// How long the audit is kept.
    #[serde(default)]
    pub audit: AuditSettings,
    /// The mail server for notices; without it no mail is sent.
    #[serde(default)]
    pub mail: Option<MailSettings>,
    /// The bucket for attachments; without it they are kept in the data folder.
    #[serde(default)]
    pub objects: Option<ObjectSettings>,
    /// The virus scanner; without it files open at once.
    #[serde(default)]
    pub scanner: Option<ScannerSettings>,
    /// When the platform's silence is worth a look.
    #[serde(default)]
    pub courier: CourierSettings,
    /// Where figures can be had; by default nowhere.
    #[serde(default)]
    pub metrics: MetricsSettings,
    /// Where traces go; by default nowhere.
    #[serde(default)]
    pub traces: TraceSettings,
    /// Who signs the public log.
    #[serde(default)]
    pub log: LogSettings,
    /// The documents that are made here.
    #[serde(default)]
    pub documents: DocumentSettings,
    /// Where templates of commitments come from.
    #[serde(default)]
    pub templates: TemplateSettings,
    /// What the footer says.
    #[serde(default)]
    pub site: Site,
}

/// What documents are made with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DocumentSettings {
    /// The folder with Noto Sans CJK or Noto Sans SC; by default the usual folders. Where there is none, no PDF is offered.
    pub fonts: Option<PathBuf>,
}

/// Where templates of commitments come from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateSettings {
    /// A folder whose files (`*.toml`) take the place of the built-in templates.
    pub folder: Option<PathBuf>,
}

/// The OpenID Connect provider.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentitySettings {
    /// The issuer; its discovery document is read from there.
    pub issuer: Url,
    /// Our id there.
    pub client_id: String,
    /// The file with our secret there.
    pub client_secret_file: PathBuf,
    /// How sure the provider must be: the values of `acr` that are enough, strongest first. By default it decides by itself.
    #[serde(default)]
    pub acr: Vec<String>,
    /// How claims are named there.
    #[serde(default)]
    pub claims: ClaimNames,
}

/// How the provider names what we need to know.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClaimNames {
    /// The person's name.
    pub name: String,
    /// The list of enterprises.
    pub enterprises: String,
    /// In each: the credit code.
    pub credit_code: String,
    /// In each: the enterprise's name.
    pub enterprise_name: String,
    /// In each: the role.
    pub role: String,
    /// In each: the mandate.
    pub mandate: String,
    /// The role's value for a legal representative.
    pub legal_representative: String,
    /// The role's value for an administrator.
    pub administrator: String,
}

impl Default for ClaimNames {
    fn default() -> Self {
        Self {
            name: "name".into(),
            enterprises: "enterprises".into(),
            credit_code: "credit_code".into(),
            enterprise_name: "name".into(),
            role: "role".into(),
            mandate: "mandate".into(),
            legal_representative: "legal_representative".into(),
            administrator: "administrator".into(),
        }
    }
}

/// The credit platform.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformSettings {
    /// Its address; `v1/…` stands below it.
    pub url: Url,
    /// The file with our token there.
    pub token_file: PathBuf,
    /// The files with the keys it signs its events with: the present one, and the old one while keys change.
    #[serde(deserialize_with = "one_or_more")]
    pub event_secret_files: Vec<PathBuf>,
}

/// Which store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL server.
    Postgres(String),
}

/// What is wrong with the settings, in a sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongConfig(String);

impl Config {
    /// Reads the file and the environment.
    ///
    /// # Errors
    /// [`WrongConfig`]: which setting, and what is allowed.
    pub fn read(path: &Path, environment: impl Iterator<Item = (String, String)>) -> Result<Self, WrongConfig> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| WrongConfig(format!("The settings file {} cannot be read: {error}.", path.display())))?;
        Self::parse(&text, environment)
            .map_err(|WrongConfig(what)| WrongConfig(format!("{what} (settings file {})", path.display())))
    }

    /// As [`Config::read`], from a text.
    ///
    /// # Errors
    /// [`WrongConfig`].
    pub fn parse(text: &str, environment: impl Iterator<Item = (String, String)>) -> Result<Self, WrongConfig> {
        let mut table: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| WrongConfig(format!("The settings are not TOML: {}.", error.message())))?;
        if table.get("mail").and_then(|mail| mail.get("password")).is_some() {
            return Err(WrongConfig(
                "mail.password may not stand in the settings file: name a file with mail.password_file, or set CHENGXIN_MAIL__PASSWORD."
                    .into(),
            ));
        }
        for (name, value) in environment {
            if let Some(name) = name.strip_prefix("CHENGXIN_") {
                overlay(&mut table, &name.to_lowercase(), value)?;
            }
        }
        let config: Self = table.try_into().map_err(|error: toml::de::Error| {
            WrongConfig(format!("A setting is wrong: {}.", error.to_string().trim().replace('\n', " ")))
        })?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), WrongConfig> {
        let wrong = |text: String| Err(WrongConfig(text));
        let always =
            [("public_url", &self.public_url), ("identity.issuer", &self.identity.issuer), ("platform.url", &self.platform.url)];
        let objects = self.objects.as_ref().map(|objects| ("objects.endpoint", &objects.endpoint));
        let traces = self.traces.endpoint.as_ref().map(|endpoint| ("traces.endpoint", endpoint));
        for (setting, url) in always.into_iter().chain(objects).chain(traces) {
            let loopback = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
            if !(url.scheme() == "https" || url.scheme() == "http" && loopback) {
                return wrong(format!(
                    "{setting} is {url}: it must begin with https:// (http:// only on this machine: localhost or 127.0.0.1)."
                ));
            }
        }
        if self.public_url.path() != "/" {
            return wrong(format!("public_url is {}: it must end after the host, without a path.", self.public_url));
        }
        self.database()?;
        self.mail.as_ref().map_or(Ok(()), MailSettings::check).map_err(WrongConfig)?;
        self.scanner.as_ref().map(ScannerSettings::place).transpose().map_err(WrongConfig)?;
        if self.identity.client_id.is_empty() {
            return wrong("identity.client_id is empty: it must be the id that the identity provider gave the portal.".into());
        }
        if self.platform.event_secret_files.is_empty() {
            return wrong("platform.event_secret_files is empty: it must name at least one file with a key (whsec_…).".into());
        }
        let checks = [
            self.publication.check(),
            self.repair.check(),
            self.look_up.check(),
            self.limits.check(),
            self.pace.check(),
            self.audit.check(),
            self.log.check(),
            self.courier.check(),
            self.traces.check(),
        ];
        checks.into_iter().collect::<Result<(), String>>().map_err(WrongConfig)
    }

    /// Which store.
    ///
    /// # Errors
    /// [`WrongConfig`] when the setting is neither kind.
    pub fn database(&self) -> Result<Database, WrongConfig> {
        match self.database.as_deref() {
            None => Ok(Database::Sqlite(self.data_dir.join("chengxin.sqlite"))),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Database::Postgres(url.to_owned()))
            }
            Some(url) => match url.strip_prefix("sqlite:") {
                Some(path) if !path.is_empty() => Ok(Database::Sqlite(path.into())),
                _ => Err(WrongConfig("database must be sqlite:PATH or postgres://USER@HOST/NAME.".into())),
            },
        }
    }

    /// The public log's name.
    pub fn log_origin(&self) -> String {
        let usual = || format!("{}/log", self.public_url.host_str().unwrap_or_default());
        self.log.origin.clone().unwrap_or_else(usual)
    }

    /// Whether browsers reach us over HTTPS.
    pub fn is_secure(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}

/// Reads a secret from its file.
///
/// # Errors
/// [`WrongConfig`] when it is missing, empty, or open to everyone on the machine.
pub fn secret(setting: &str, path: &Path) -> Result<String, WrongConfig> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| WrongConfig(format!("{setting} names {shown}, which cannot be read: {error}.")))?;
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err(WrongConfig(format!("{setting} names {shown}, which is empty: it must hold the secret.")));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path).map(|data| data.permissions().mode()).unwrap_or_default();
        if mode & 0o007 != 0 {
            return Err(WrongConfig(format!(
                "{setting} names {shown}, which everyone on this machine can read: run chmod o= on it."
            )));
        }
    }
    Ok(text)
}

/// Sets `a__b` to a value: `true` and `false` are what they say, anything else is a text.
fn overlay(table: &mut toml::Table, name: &str, value: String) -> Result<(), WrongConfig> {
    let mut parts: Vec<&str> = name.split("__").collect();
    let Some(last) = parts.pop() else { return Ok(()) };
    let mut place = table;
    for part in parts {
        let entry = place.entry(part.to_owned()).or_insert_with(|| toml::Value::Table(toml::Table::new()));
        place = entry
            .as_table_mut()
            .ok_or_else(|| WrongConfig(format!("The environment sets {name}, but {part} is not a group of settings.")))?;
    }
    let value = match value.as_str() {
        "true" => toml::Value::Boolean(true),
        "false" => toml::Value::Boolean(false),
        _ => toml::Value::String(value),
    };
    place.insert(last.to_owned(), value);
    Ok(())
}

/// A list of paths, or one text with commas between (as an environment variable has it).
fn one_or_more<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<PathBuf>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMore {
        One(String),
        More(Vec<PathBuf>),
    }
    Ok(match OneOrMore::deserialize(from)? {
        OneOrMore::One(text) => text.split(',').map(|path| path.trim().into()).collect(),
        OneOrMore::More(paths) => paths,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"
        listen = "127.0.0.1:8080"
        public_url = "http://127.0.0.1:8080"
        site_dir = "site"
        data_dir = "data"
        [identity]
        issuer = "http://127.0.0.1:8081/idp"
        client_id = "chengxin"
        client_secret_file = "a"
        [platform]
        url = "https://platform.example/"
        token_file = "b"
        event_secret_files = ["c"]
    "#;

    fn parse(text: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::parse(text, environment).map_err(|wrong| wrong.to_string())
    }

    #[test]
    fn the_environment_overlays_the_file() {
        let config =
            parse(SOUND, &[("CHENGXIN_PLATFORM__URL", "https://other.example/"), ("PATH", "x"), ("CHENGXIN_LOG_JSON", "true")])
                .expect("both are sound");
        assert_eq!(config.platform.url.as_str(), "https://other.example/");
        assert!(config.log_json);
    }

    #[test]
    fn the_terms_of_publication_have_defaults_and_can_be_set_from_the_environment() {
        use credit::registration::Terms;
        assert_eq!(parse(SOUND, &[]).expect("sound").publication.terms(), Terms::default());
        let config = parse(SOUND, &[("CHENGXIN_PUBLICATION__CONTRACT_YEARS", "5")]).expect("sound");
        assert_eq!(config.publication.terms(), Terms { contract_years: 5, ..Terms::default() });
    }

    #[test]
    fn a_wrong_setting_is_named_with_what_is_allowed() {
        let cases = [
            ("listen = \"127.0.0.1:8080\"", "listen = \"here\"", "listen"),
            ("public_url = \"http://127.0.0.1:8080\"", "public_url = \"http://portal.example\"", "https://"),
            ("site_dir", "site_folder", "site_folder"),
            ("client_id = \"chengxin\"", "client_id = \"\"", "identity.client_id"),
            ("event_secret_files = [\"c\"]", "event_secret_files = []", "platform.event_secret_files"),
            ("data_dir = \"data\"", "data_dir = \"data\"\ndatabase = \"mysql://x\"", "sqlite:PATH or postgres://"),
            ("[platform]", "[publication]\ncontract_years = 0\n[platform]", "publication.contract_years is 0"),
            ("[platform]", "[publication]\noperations_years = \"one\"\n[platform]", "\"one\" is not a whole number"),
            ("[platform]", "[repair.figures]\ndecide_working_days = 300\n[platform]", "repair.figures.decide_working_days is 300"),
            ("[platform]", "[repair.gsxt]\nway = \"package\"\n[platform]", "repair.gsxt.address"),
            ("[platform]", "[repair.gsxt]\nway = \"post\"\n[platform]", "post"),
            ("[platform]", "[repair]\ncalendars = \"/nowhere\"\n[platform]", "repair.calendars names /nowhere"),
            ("[platform]", "[look_up]\nburst = 0\n[platform]", "look_up.burst is 0"),
            ("[platform]", "[look_up]\naddress_header = \"a b\"\n[platform]", "look_up.address_header"),
            ("[platform]", "[limits]\nrequests = 0\n[platform]", "limits.requests is 0"),
            ("[platform]", "[traces]\npercent = 101\n[platform]", "traces.percent is 101"),
            ("[platform]", "[traces]\nendpoint = \"http://a/\"\n[platform]", "traces.endpoint"),
            ("[platform]", "[scanner]\naddress = \"clamd\"\n[platform]", "scanner.address is \"clamd\""),
            ("[platform]", "[scanner]\n[platform]", "address"),
            ("[platform]", "[log]\norigin = \"https://a/log\"\n[platform]", "log.origin"),
            ("[platform]", "[log]\nwitnesses = [{ url = \"http://a\", key = \"a+1+b\" }]\n[platform]", "log.witnesses"),
            ("[platform]", "[log]\nwitnesses = [{ url = \"http://a\" }]\n[platform]", "key"),
        ];
        for (old, new, named) in cases {
            let wrong = parse(&SOUND.replace(old, new), &[]).expect_err(new);
            assert!(wrong.contains(named), "{new}: {wrong}");
        }
    }

    #[test]
    fn a_password_for_mail_comes_from_the_environment_only() {
        let mail = format!("{SOUND}\n[mail]\nserver = \"smtp.example\"\nfrom = \"a@b.cn\"\ntls = \"tls\"\nusername = \"a\"\n");
        let config = parse(&mail, &[("CHENGXIN_MAIL__PASSWORD", "hush"), ("CHENGXIN_MAIL__PORT", "2465")]).expect("both are sound");
        let settings = config.mail.expect("there is a mail server");
        assert_eq!((settings.password.as_deref(), settings.port()), (Some("hush"), 2465));
        assert!(parse(&mail, &[]).expect_err("no password").contains("mail.password_file"));
        let wrong = parse(&format!("{mail}password = \"hush\"\n"), &[]).expect_err("it stands in the file");
        assert!(wrong.contains("mail.password") && !wrong.contains("hush"), "{wrong}");
        assert!(parse(SOUND, &[]).expect("sound").mail.is_none(), "off by default");
    }

    #[test]
    fn a_secret_that_everyone_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let path = std::env::temp_dir().join(format!("chengxin-secret-{}", crate::token::fresh_token()));
        std::fs::write(&path, "hush\n").expect("a temporary file can be written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("its mode can be set");
        assert!(secret("platform.token_file", &path).expect_err("open to all").to_string().contains("platform.token_file"));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("its mode can be set");
        assert_eq!(secret("platform.token_file", &path).expect("closed"), "hush");
        std::fs::remove_file(path).expect("the temporary file goes");
    }
}
