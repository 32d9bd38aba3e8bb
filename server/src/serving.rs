//! Starts the portal from its settings, and ends it cleanly.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::accepting::{self, Bounds, Deadlines};
use crate::attachments::Attachments;
use crate::attachments::contents::Contents;
use crate::calendars::Calendars;
use crate::clock::Clock;
use crate::config::{Config, Database, ScannerSettings, secret};
use crate::cookies::CookieJar;
use crate::documents::fonts::DocumentFont;
use crate::identity::openid::OpenIdProvider;
use crate::in_use::InUse;
use crate::live::Live;
use crate::look_up_limit::LookUpLimit;
use crate::metrics::Metrics;
use crate::pace::Pace;
use crate::platform::client::PlatformClient;
use crate::platform::events::EventKeys;
use crate::portal::Portal;
use crate::public_log::SignedLog;
use crate::router::router;
use crate::scanning::Scanner;
use crate::scanning::clamd::Clamd;
use crate::session::{ABSOLUTE_MS, IDLE_MS, SIGN_IN_MS};
use crate::site::SiteFiles;
use crate::storage::Storage;
use crate::storage::patience::{LONGEST_ROUND, within};
use crate::storage::postgres::PostgresStorage;
use crate::storage::sqlite::{SqliteStorage, copying};
use crate::store_place::{make_private, may_be_opened};
use crate::templates::Catalogue;
use crate::working;

/// Why the portal cannot start, in a sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CannotStart(String);

impl CannotStart {
    fn because(what: &str, why: impl std::fmt::Display) -> Self {
        Self(format!("{what}: {why}"))
    }
}

/// A portal that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// The portal.
    pub portal: Arc<Portal>,
    tasks: Vec<JoinHandle<()>>,
    _in_use: InUse,
}

impl Running {
    /// Stops taking connections, finishes what is under way, and ends.
    pub async fn stop(self) {
        self.portal.stopping.cancel();
        for task in self.tasks {
            // A task that panicked has said so in the log.
            let _ = task.await;
        }
    }
}

/// Opens the store of the settings, bringing its tables up to date.
///
/// # Errors
/// When it cannot be opened.
pub async fn open_storage(config: &Config) -> Result<Arc<dyn Storage>, CannotStart> {
    if let (Ok(Database::Sqlite(path)), Some(thoroughness)) = (config.database(), config.store_check.thoroughness())
        && path.exists()
    {
        copying::check(&path, thoroughness).await.map_err(|error| {
            CannotStart::because("The database was looked through and is unsound; bring back a backup (chengxin restore)", error)
        })?;
    }
    open_storage_unchecked(config).await
}

/// As [`open_storage`], for a store that was looked through a moment ago.
///
/// # Errors
/// When it cannot be opened.
pub async fn open_storage_unchecked(config: &Config) -> Result<Arc<dyn Storage>, CannotStart> {
    let database = config.database().map_err(|wrong| CannotStart(wrong.to_string()))?;
    let cannot = |error| CannotStart::because("The database cannot be opened", error);
    Ok(match database {
        Database::Sqlite(path) => {
            may_be_opened(&path, &config.data_dir).map_err(CannotStart)?;
            if let Some(folder) = path.parent() {
                make_private(folder).map_err(|error| CannotStart::because("The database's folder cannot be made", error))?;
            }
            Arc::new(SqliteStorage::open(&path).await.map_err(cannot)?)
        }
        Database::Postgres(url) => Arc::new(PostgresStorage::open(&url).await.map_err(cannot)?),
    })
}

/// Reckons anew until when everything is public, if the settings say something else than before. Only where the portal runs: a command
/// may be run with other settings.
async fn use_terms(portal: &Portal) -> Result<(), CannotStart> {
    let used = portal.storage.use_terms(portal.config.publication.terms()).await;
    used.map_err(|error| CannotStart::because("The last days of what is public cannot be reckoned", error))
}

/// Opens the place of the files' contents: a folder in the data folder, or the bucket of the settings.
///
/// # Errors
/// When it cannot be made, or its settings are wrong.
pub fn open_attachments(config: &Config) -> Result<Attachments, CannotStart> {
    let folder = config.data_dir.join("attachments");
    let contents = match &config.objects {
        Some(settings) => Contents::Bucket(settings.bucket().map_err(CannotStart)?),
        None => Contents::Folder(folder.clone()),
    };
    Attachments::kept_in(contents, &folder)
        .map_err(|why| CannotStart::because("data_dir: the folder for attachments cannot be made", why))
}

/// The virus scanner of the settings, if they name one.
///
/// # Errors
/// When its address is none.
pub fn scanner(config: &Config) -> Result<Option<Arc<dyn Scanner>>, CannotStart> {
    let place = config.scanner.as_ref().map(ScannerSettings::place).transpose().map_err(CannotStart)?;
    Ok(place.map(|place| Arc::new(Clamd::at(place)) as Arc<dyn Scanner>))
}

/// Gathers everything that doors need.
///
/// # Errors
/// [`CannotStart`], naming the setting where a setting is wrong.
pub async fn gather(config: Config, clock: Clock) -> Result<Portal, CannotStart> {
    let storage = open_storage(&config).await?;
    gather_around(storage, config, clock).await
}

/// As [`gather`], around a store that is open already.
///
/// # Errors
/// [`CannotStart`].
pub async fn gather_around(storage: Arc<dyn Storage>, config: Config, clock: Clock) -> Result<Portal, CannotStart> {
    // Only an already installed provider can make this fail, and that one will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let read = |setting: &str, path| secret(setting, path).map_err(|wrong| CannotStart(wrong.to_string()));
    let client_secret = read("identity.client_secret_file", &config.identity.client_secret_file)?;
    let event_secrets = config
        .platform
        .event_secret_files
        .iter()
        .map(|path| read("platform.event_secret_files", path))
        .collect::<Result<Vec<_>, _>>()?;
    let event_keys = EventKeys::parse(&event_secrets).map_err(|why| CannotStart::because("platform.event_secret_files", why))?;
    let (files, assets) = SiteFiles::read(&config.site_dir).map_err(|why| CannotStart::because("site_dir", why))?;
    let identity = OpenIdProvider::new(
        &config.identity.issuer,
        &config.identity.client_id,
        client_secret,
        &config.public_url,
        config.identity.claims.clone(),
        clock.clone(),
    )
    .map_err(|why| CannotStart::because("identity", why))?
    .as_sure_as(config.identity.acr.clone());
    let attachments = open_attachments(&config)?;
    let token = read("platform.token_file", &config.platform.token_file)?;
    let platform = PlatformClient::new(&config.platform.url, token, attachments.clone())
        .map_err(|why| CannotStart::because("platform", why))?;
    let log = SignedLog::open(storage.clone(), &config).await.map_err(|why| CannotStart::because("The public log", why))?;
    let templates = Catalogue::load(config.templates.folder.as_deref(), &*storage, clock.now())
        .await
        .map_err(|why| CannotStart(why.to_string()))?;
    Ok(Portal {
        storage,
        attachments,
        identity: Arc::new(identity),
        event_keys,
        platform,
        log,
        font: DocumentFont::find(config.documents.fonts.as_deref()),
        templates,
        calendars: Calendars::of(config.repair.calendars.clone()),
        live: Live::default(),
        metrics: Metrics::default(),
        look_ups: LookUpLimit::new(&config.look_up),
        pace: Pace::new(&config.pace),
        ready_at: tokio::sync::Mutex::default(),
        courier: Arc::new(Notify::new()),
        mailer: Arc::new(Notify::new()),
        importer: Arc::new(Notify::new()),
        scanner: config.scanner.as_ref().map(|_| Arc::new(Notify::new())),
        stopping: CancellationToken::new(),
        cookies: CookieJar { secure: config.is_secure() },
        files,
        assets: Arc::new(assets),
        site: Arc::new(config.site.clone()),
        clock,
        config,
    })
}

/// Starts to serve and to deliver.
///
/// # Errors
/// [`CannotStart`].
pub async fn start(config: Config, clock: Clock) -> Result<Running, CannotStart> {
    let held = hold(&config)?;
    start_pages(gather(config, clock).await?, Work::Here, held).await
}

/// As [`start`], with everything gathered already.
///
/// # Errors
/// [`CannotStart`].
pub async fn start_portal(portal: Portal) -> Result<Running, CannotStart> {
    let held = hold(&portal.config)?;
    start_pages(portal, Work::Here, held).await
}

/// Where the work behind the pages is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// In this process too.
    Here,
    /// In other processes.
    Elsewhere,
}

/// As [`start_portal`], with or without the work behind the pages, and with what [`hold`] gave.
///
/// # Errors
/// [`CannotStart`].
pub async fn start_pages(portal: Portal, work: Work, held: InUse) -> Result<Running, CannotStart> {
    use_terms(&portal).await?;
    let portal = Arc::new(portal);
    let listener = accepting::listen(portal.config.listen)
        .map_err(|why| CannotStart::because(&format!("Cannot listen on {}", portal.config.listen), why))?;
    let address = listener.local_addr().map_err(|why| CannotStart::because("The address is not known", why))?;
    let stop = portal.stopping.clone();
    let mut tasks = vec![
        tokio::spawn(prune(portal.clone(), stop.clone())),
        tokio::spawn(working::listen(portal.clone(), stop.clone())),
        tokio::spawn(serve(listener, portal.clone(), stop.clone())),
    ];
    tasks.extend(metrics_listener(&portal)?);
    if work == Work::Here {
        tasks.extend(working::start(&portal).map_err(CannotStart)?);
    }
    tasks.extend(crate::public_log::witnesses::ask_all(&portal).map_err(CannotStart)?);
    tracing::info!(listen.address = %address, storage.kind = portal.storage.name(), "portal.started");
    Ok(Running { address, portal, tasks, _in_use: held })
}

/// Holds the data folder: that nobody brings a backup back while this process runs; and on SQLite, that it is the only one: what
/// counts sign-ins and look-ups, and what tells open pages of changes, is in its memory. To be asked before the store is opened,
/// which changes its tables if this program is newer than the one that runs.
///
/// # Errors
/// [`CannotStart`], when another process holds it or it cannot be written.
pub fn hold(config: &Config) -> Result<InUse, CannotStart> {
    let (held, perhaps) = match config.database() {
        Ok(Database::Sqlite(store)) => {
            let perhaps = "does another process run on it? On SQLite one `serve` is all there may be, several need PostgreSQL";
            (InUse::alone(&config.data_dir, &store), perhaps)
        }
        _ => (InUse::shared(&config.data_dir), "is a backup being brought back?"),
    };
    held.map_err(|why| CannotStart::because(&format!("data_dir: it cannot be used ({perhaps})"), why))
}

/// Starts the work behind the pages, without them, until the portal stops.
///
/// # Errors
/// [`CannotStart`].
pub async fn start_work(portal: &Arc<Portal>) -> Result<Vec<JoinHandle<()>>, CannotStart> {
    use_terms(portal).await?;
    let mut tasks = working::start(portal).map_err(CannotStart)?;
    tasks.push(tokio::spawn(working::listen(portal.clone(), portal.stopping.clone())));
    tasks.extend(metrics_listener(portal)?);
    tracing::info!(storage.kind = portal.storage.name(), "worker.started");
    Ok(tasks)
}

/// A few programs read the figures, each now and then.
const WATCHERS: Bounds = Bounds { connections: 32, per_address: 32 };

/// Serves the figures, if the settings say where.
fn metrics_listener(portal: &Arc<Portal>) -> Result<Option<JoinHandle<()>>, CannotStart> {
    let Some(address) = portal.config.metrics.listen else { return Ok(None) };
    let listener = accepting::listen(address)
        .map_err(|why| CannotStart::because(&format!("metrics.listen: cannot listen on {address}"), why))?;
    let (router, stop) = (crate::router::figures(portal.clone()), portal.stopping.clone());
    Ok(Some(tokio::spawn(accepting::serve(listener, router, WATCHERS, Deadlines::default(), stop))))
}

async fn serve(listener: TcpListener, portal: Arc<Portal>, stop: CancellationToken) {
    let limits = portal.config.limits;
    let per_address = limits.most_per_address(portal.config.look_up.address_header.is_some());
    let bounds = Bounds { connections: limits.most_connections(), per_address };
    accepting::serve(listener, router(portal), bounds, Deadlines::default(), stop).await;
}

/// Takes away sessions and sign-ins that have ended, buckets that are full again, and files that nobody finished sending.
async fn prune(portal: Arc<Portal>, stop: CancellationToken) {
    const EVERY: std::time::Duration = std::time::Duration::from_secs(10 * 60);
    loop {
        let now = portal.clock.now();
        let sessions = portal.storage.prune_sessions(now - IDLE_MS, now - ABSOLUTE_MS, now - SIGN_IN_MS);
        if let Err(error) = within(LONGEST_ROUND, sessions).await {
            tracing::warn!(error.message = %error, "sessions.not_pruned");
        }
        if let Err(error) = within(LONGEST_ROUND, portal.storage.forget_full_buckets(now)).await {
            tracing::warn!(error.message = %error, "buckets.not_forgotten");
        }
        if let Err(error) = portal.attachments.prune_partial(now).await {
            tracing::warn!(error.message = %error, "uploads.not_pruned");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
