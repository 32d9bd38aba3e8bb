//! A portal with the world around it: its own sandbox, store, folder and clock.

use std::net::TcpListener;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::time::Duration;

use futures_util::FutureExt;
use sandbox::{Sandbox, SandboxConfig};
use server::clock::Clock;
use server::config::Config;
use server::serving::{Running, start};

use crate::browser::Browser;
use crate::mailbox::Mailbox;
use crate::panics;
use crate::place::{Database, Folder};

pub const CLIENT_SECRET: &str = "the-clients-secret-with-+/ä";
pub const PLATFORM_TOKEN: &str = "the-platforms-token";
/// The key that the platform signs with at first.
pub const EVENT_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// The key that it may change to: the portal knows both.
pub const NEXT_EVENT_SECRET: &str = "whsec_bmV4dC1rZXktb2YtdGhlLXBsYXRmb3JtLTAwMDE=";
/// A key that the portal does not know.
pub const STRANGE_EVENT_SECRET: &str = "whsec_c29tZWJvZHktZWxzZXMta2V5LTAwMDAwMDAwMDE=";

pub const MINUTE: i64 = 60 * 1000;
pub const HOUR: i64 = 60 * MINUTE;

/// Everything that one test needs.
pub struct World {
    pub sandbox: Sandbox,
    pub portal: Running,
    pub clock: Clock,
    pub mailbox: Mailbox,
    pub base: String,
    pub folder: Folder,
    /// Where the portal looks for a virus scanner, if it has one; the test decides what listens there.
    pub scanner: Option<u16>,
}

/// A port that was free a moment ago. The portal's own address must be known before it starts: sign-ins come back to it.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A sandbox for a portal on this port.
pub async fn sandbox_for(port: u16) -> Sandbox {
    let config = SandboxConfig {
        listen: "127.0.0.1:0".parse().unwrap(),
        portal: Some(format!("http://127.0.0.1:{port}").parse().unwrap()),
        client_id: "chengxin".into(),
        client_secret: CLIENT_SECRET.into(),
        platform_token: PLATFORM_TOKEN.into(),
        event_secret: EVENT_SECRET.into(),
    };
    sandbox::start(config).await.unwrap()
}

/// The portal's settings as a file has them. Its secrets and its site are put into the folder.
pub fn settings(folder: &Folder, port: u16, sandbox: &Sandbox, database: Option<&str>) -> String {
    let quoted = |path: PathBuf| format!("{:?}", path.to_str().unwrap());
    let database = database.map(|url| format!("database = {url:?}\n")).unwrap_or_default();
    format!(
        "listen = \"127.0.0.1:{port}\"\n\
         public_url = \"http://127.0.0.1:{port}\"\n\
         site_dir = {}\n\
         data_dir = {}\n\
         {database}\
         [identity]\n\
         issuer = {:?}\n\
         client_id = \"chengxin\"\n\
         client_secret_file = {}\n\
         [platform]\n\
         url = {:?}\n\
         token_file = {}\n\
         event_secret_files = [{}, {}]\n\
         [site]\n\
         telephone = \"021-00000000\"\n",
        quoted(folder.site()),
        quoted(folder.path("data")),
        sandbox.issuer(),
        quoted(folder.secret("client-secret", CLIENT_SECRET)),
        sandbox.platform_url(),
        quoted(folder.secret("platform-token", PLATFORM_TOKEN)),
        quoted(folder.secret("event-key", EVENT_SECRET)),
        quoted(folder.secret("next-event-key", NEXT_EVENT_SECRET)),
    )
}

/// The settings for a mail server of the test's own.
pub fn mail_settings(mailbox: &Mailbox) -> String {
    let from = "信用奉贤 <notices@portal.example>";
    format!("[mail]\nserver = \"127.0.0.1\"\nport = {}\nfrom = {from:?}\ntls = \"none\"\n", mailbox.port)
}

/// The settings for a virus scanner on this port.
pub fn scanner_settings(port: u16) -> String {
    format!("[scanner]\naddress = \"127.0.0.1:{port}\"\n")
}

impl World {
    async fn begin(database: Option<String>) -> Self {
        Self::with(database, "").await
    }

    /// A world whose portal looks for a virus scanner on a free port.
    async fn scanned(database: Option<String>) -> Self {
        let port = free_port();
        Self { scanner: Some(port), ..Self::with(database, &scanner_settings(port)).await }
    }

    /// A world with these further settings.
    pub async fn with(database: Option<String>, further: &str) -> Self {
        panics::count();
        let folder = Folder::new();
        let clock = Clock::default();
        let mailbox = Mailbox::open().await;
        // Somebody else may take the port in the moment between.
        for _ in 0..10 {
            let port = free_port();
            let sandbox = sandbox_for(port).await;
            let text = settings(&folder, port, &sandbox, database.as_deref()) + &mail_settings(&mailbox) + further;
            let config = Config::parse(&text, std::iter::empty()).unwrap();
            match start(config, clock.clone()).await {
                Ok(portal) => {
                    let base = format!("http://127.0.0.1:{port}");
                    return Self { sandbox, portal, clock, mailbox, base, folder, scanner: None };
                }
                Err(why) if why.to_string().contains("Cannot listen") => {}
                Err(why) => panic!("{why}"),
            }
        }
        panic!("no port was free")
    }

    /// A browser that has been nowhere yet.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.base, &self.sandbox.url())
    }

    /// A browser in which this person has signed in.
    pub async fn browser_of(&self, person: &str) -> Browser {
        let browser = self.browser();
        browser.sign_in(person).await;
        browser
    }

    /// Moves the portal's clock and lets it look at once what is due.
    pub fn later(&self, by_ms: i64) {
        self.clock.advance(by_ms);
        self.portal.portal.courier.notify_one();
        self.portal.portal.mailer.notify_one();
        if let Some(scanner) = &self.portal.portal.scanner {
            scanner.notify_one();
        }
    }
}

/// Runs a case in a world whose portal keeps things in SQLite.
pub async fn on_sqlite<C, F>(case: C)
where
    C: FnOnce(World) -> F,
    F: Future<Output = ()>,
{
    run(World::begin(None).await, case).await;
}

/// As [`on_sqlite`], with a scanner set up and nothing there yet.
pub async fn scanned_on_sqlite<C, F>(case: C)
where
    C: FnOnce(World) -> F,
    F: Future<Output = ()>,
{
    run(World::scanned(None).await, case).await;
}

async fn run<C, F>(world: World, case: C)
where
    C: FnOnce(World) -> F,
    F: Future<Output = ()>,
{
    case(world).await;
    assert_eq!(panics::so_far(), 0, "the portal panicked");
}

/// Runs a case in a world whose portal keeps things in PostgreSQL.
pub async fn on_postgres<C, F>(case: C)
where
    C: FnOnce(World) -> F,
    F: Future<Output = ()>,
{
    run_in_postgres(async |url| World::begin(Some(url)).await, case).await;
}

/// As [`on_postgres`], with a scanner set up and nothing there yet.
pub async fn scanned_on_postgres<C, F>(case: C)
where
    C: FnOnce(World) -> F,
    F: Future<Output = ()>,
{
    run_in_postgres(async |url| World::scanned(Some(url)).await, case).await;
}

async fn run_in_postgres<C, F>(begin: impl AsyncFnOnce(String) -> World, case: C)
where
    C: FnOnce(World) -> F,
    F: Future<Output = ()>,
{
    let database = Database::new().await;
    let world = begin(database.url()).await;
    // The database is removed after a failure too.
    let outcome = AssertUnwindSafe(case(world)).catch_unwind().await;
    database.remove().await;
    if let Err(failure) = outcome {
        std::panic::resume_unwind(failure);
    }
    assert_eq!(panics::so_far(), 0, "the portal panicked");
}

/// Looks again and again, for at most ten seconds, until there is an answer.
pub async fn eventually<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    for _ in 0..400 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it never happened: {what}")
}
