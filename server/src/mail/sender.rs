//! Hands one mail to the mail server, over SMTP.

use std::time::Duration;

use app::wording::{Lang, news};
use lettre::message::{Mailbox, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{AsyncSmtpTransport, Error};
use lettre::{Address, AsyncTransport, Message, Tokio1Executor};
use url::Url;

use super::settings::{MailSettings, MailTls};
use crate::config::secret;
use crate::storage::mails::{DueMail, Letter};

/// One dialogue with the mail server takes at most this long between two lines.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a mail did not go; the words name no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSent {
    /// It may go later.
    Later(String),
    /// It will never go: the server refused the address, or the mail.
    Never(String),
}

/// A way to the mail server.
pub struct MailSender {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    portal: Url,
}

impl MailSender {
    /// A way to the server of the settings; links in mails begin with `portal`.
    ///
    /// # Errors
    /// A sentence about the setting that is wrong.
    pub fn new(settings: &MailSettings, portal: &Url) -> Result<Self, String> {
        let tls =
            || TlsParameters::new(settings.server.clone()).map_err(|error| format!("mail.tls: TLS cannot be set up: {error}."));
        let tls = match settings.tls {
            MailTls::None => Tls::None,
            MailTls::Starttls => Tls::Required(tls()?),
            MailTls::Tls => Tls::Wrapper(tls()?),
        };
        let host = portal.host_str().unwrap_or("localhost").to_owned();
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.server)
            .port(settings.port())
            .tls(tls)
            .hello_name(host.parse().map_or_else(|_| ClientId::Domain(host), ClientId::Ipv4))
            .timeout(Some(PATIENCE));
        if let Some(username) = &settings.username {
            let password = match (&settings.password, &settings.password_file) {
                (Some(password), _) => password.clone(),
                (None, Some(path)) => secret("mail.password_file", path).map_err(|wrong| wrong.to_string())?,
                (None, None) => return Err("mail.password_file is missing.".into()),
            };
            transport = transport.credentials(Credentials::new(username.clone(), password));
        }
        Ok(Self { transport: transport.build(), from: settings.from()?, portal: portal.clone() })
    }

    /// Sends it.
    ///
    /// # Errors
    /// [`NotSent`].
    pub async fn send(&self, mail: &DueMail) -> Result<(), NotSent> {
        let (subject, text) = self.written(mail);
        self.send_to(&mail.address, subject, text).await
    }

    /// Sends a text to an address.
    ///
    /// # Errors
    /// [`NotSent`].
    pub async fn send_to(&self, address: &str, subject: String, text: String) -> Result<(), NotSent> {
        let address: Address = address.parse().map_err(|_| NotSent::Never("the address is none".into()))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, address))
            .subject(subject)
            // Nobody's "out of office" is to answer.
            .header(AutoSubmitted)
            .header(header::ContentType::TEXT_PLAIN)
            .body(text)
            .map_err(|error| NotSent::Never(format!("the mail cannot be written: {error}")))?;
        self.transport.send(message).await.map(drop).map_err(|error| not_sent(&error))
    }

    /// Subject and text.
    fn written(&self, mail: &DueMail) -> (String, String) {
        let lang = Lang::of_tag(&mail.lang).unwrap_or_default();
        match &mail.letter {
            Letter::News { news, kind, filing_id, reference } => {
                let (filing, settings) = (self.address(&format!("filings/{filing_id}")), self.address("notices/settings"));
                news::letter(*kind, news, reference, &filing, &settings, lang)
            }
            Letter::Link { token } => {
                let link = self.address(&format!("notices/confirmation?token={token}"));
                news::confirmation_letter(&mail.enterprise_name, &link, lang)
            }
        }
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.portal)
    }
}

/// `Auto-Submitted: auto-generated` (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The server's own words may repeat the address: only its number is kept.
fn not_sent(error: &Error) -> NotSent {
    match error.status() {
        // What it says of our name and password is ours to mend.
        Some(code) if error.is_permanent() && !matches!(code.to_string().as_str(), "530" | "534" | "535" | "538") => {
            NotSent::Never(format!("the mail server answered {code}"))
        }
        Some(code) => NotSent::Later(format!("the mail server answered {code}")),
        None if error.is_timeout() => NotSent::Later("the mail server did not answer in time".into()),
        None if error.is_tls() => NotSent::Later("no TLS with the mail server".into()),
        None => NotSent::Later("no line to the mail server".into()),
    }
}
