//! The command line.

mod audit;
mod backup;
mod doctor;
mod log;
mod moving;
mod outbox;
mod reconcile;
mod sessions;
mod verify;

use std::cell::Cell;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Parser, Subcommand};
use futures_util::future::{join_all, select_all};
use tokio::signal::unix::{Signal, SignalKind, signal};

use self::audit::AuditCommand;
use self::log::LogCommand;
use self::outbox::OutboxCommand;
use self::sessions::SessionsCommand;
use self::verify::Verify;
use crate::backup::Manner;
use crate::clock::Clock;
use crate::config::Config;
use crate::in_use::InUse;
use crate::serving::Work;
use crate::storage::audit::Deed;
use crate::telemetry::traces::Traces;
use crate::{serving, telemetry};

/// 信用奉贤 · 企业信用自助服务: the enterprise credit self-service portal.
#[derive(Parser)]
#[command(name = "chengxin", version)]
struct Arguments {
    /// The settings file.
    #[arg(long, global = true, default_value = "chengxin.toml", env = "CHENGXIN_CONFIG_FILE")]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal and pass on what it accepts, until SIGTERM.
    Serve {
        /// Only the pages: `chengxin work` delivers, imports, scans and sends mails elsewhere.
        #[arg(long)]
        no_work: bool,
    },
    /// Deliver, reconcile, import, scan and send mails, without pages, until SIGTERM.
    Work,
    /// Bring the store's tables up to date, and end.
    Migrate,
    /// Look at everything the portal needs, and say in words what is wrong.
    Doctor,
    /// Look at what waits to be delivered, and move it.
    #[command(subcommand)]
    Outbox(OutboxCommand),
    /// Print who did what for whom: sign-ins, keys, settings, the operator's commands.
    Audit(AuditCommand),
    /// End sessions at once.
    #[command(subcommand)]
    Sessions(SessionsCommand),
    /// Compare what we hold with the platform's own list now, and print the report.
    Reconcile,
    /// Copy the store and the files into a new folder, while the portal runs.
    Backup {
        /// A folder that is not there yet.
        folder: PathBuf,
    },
    /// Bring a backup back, while no portal runs.
    Restore {
        /// The backup.
        folder: PathBuf,
        /// Put aside the store that is there.
        #[arg(long)]
        force: bool,
        /// Of a damaged backup, bring back what is whole.
        #[arg(long)]
        what_is_whole: bool,
    },
    /// Move everything from the SQLite store of the settings into an empty PostgreSQL database, while no portal runs.
    MoveToPostgres {
        /// The database, `postgres://…`; from the environment, a password in it is not seen by others on the machine.
        #[arg(env = "MOVE_TO_POSTGRES_URL", hide_env_values = true)]
        to: String,
    },
    /// Look at the public log of a portal from outside; needs no settings.
    #[command(subcommand)]
    Log(LogCommand),
    /// Check a receipt or certificate, offline; needs no settings.
    Verify(Verify),
}

/// Runs the command of this process's arguments.
pub fn run() -> ExitCode {
    end_with_the_main_thread();
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("The runtime cannot start: {error}")),
    };
    let traces = Cell::new(Traces::default());
    let config = || -> Result<Config, ExitCode> {
        // One that is no text is none of ours.
        let texts = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        let environment = texts.filter(|(name, _)| name != "CHENGXIN_CONFIG_FILE");
        let config = Config::read(&arguments.config, environment).map_err(|wrong| fail(&wrong.to_string()))?;
        traces.set(telemetry::begin(&config).map_err(|wrong| fail(&wrong))?);
        Ok(config)
    };
    // What the process holds, until its very end: what it stopped in the middle of may write for a moment longer.
    let held = Cell::new(None);
    let hold = |hold: InUse| held.set(Some(hold));
    // For commands that may run beside a portal.
    let beside = || -> Result<Config, ExitCode> {
        let config = config()?;
        match InUse::command(&config.data_dir) {
            Ok(here) => hold(here),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                return Err(fail("The store is just being brought back or moved: wait until that has ended."));
            }
            Err(error) => return Err(fail(&format!("data_dir cannot be used: {error}."))),
        }
        Ok(config)
    };
    let deed = async {
        Ok(match arguments.command {
            Command::Serve { no_work } => serve(config()?, if no_work { Work::Elsewhere } else { Work::Here }, hold).await,
            Command::Work => work(config()?, hold).await,
            Command::Outbox(command) => outbox::run(command, &beside()?).await,
            Command::Audit(which) => audit::run(which, &beside()?).await,
            Command::Sessions(command) => sessions::run(command, &beside()?).await,
            Command::Reconcile => reconcile::run(beside()?).await,
            Command::Migrate => migrate(&beside()?).await,
            Command::Doctor => doctor::run(beside()?).await,
            Command::Backup { folder } => backup::backup(&beside()?, &folder).await,
            Command::Restore { folder, force, what_is_whole } => {
                backup::restore(&config()?, &folder, Manner { force, what_is_whole }).await
            }
            Command::MoveToPostgres { to } => moving::run(&config()?, &to).await,
            Command::Log(command) => log::run(command).await,
            Command::Verify(command) => verify::run(&command),
        })
    };
    let code = runtime.block_on(deed).unwrap_or_else(|failed: ExitCode| failed);
    runtime.block_on(traces.take().end());
    // An event stream that a browser keeps open must not keep the process.
    runtime.shutdown_timeout(Duration::from_secs(1));
    code
}

/// A panic of the main thread ends the process at once. While it unwound, the runtime would wait for its other threads, which wait for
/// it: where the system gave it too few threads at the start, it neither served nor ended.
fn end_with_the_main_thread() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tell(panic);
        if std::thread::current().name() == Some("main") {
            std::process::exit(101);
        }
    }));
}

fn fail(sentence: &str) -> ExitCode {
    eprintln!("chengxin: {sentence}");
    ExitCode::FAILURE
}

async fn serve(config: Config, work: Work, hold: impl FnOnce(InUse)) -> ExitCode {
    let mut stop = StopSignal::heed();
    let started = async {
        let held = serving::hold(&config)?;
        hold(held.clone());
        serving::start_pages(serving::gather(config, Clock::default()).await?, work, held).await
    };
    let running = tokio::select! {
        started = started => match started {
            Ok(running) => running,
            Err(why) => return fail(&why.to_string()),
        },
        () = stop.came() => return ExitCode::SUCCESS,
    };
    println!("chengxin: listening on http://{}", running.address);
    stop.came().await;
    tracing::info!("portal.stopping");
    // What is under way may take this long.
    if tokio::time::timeout(Duration::from_secs(8), running.stop()).await.is_err() {
        tracing::info!("portal.stopped_with_open_connections");
    }
    ExitCode::SUCCESS
}

async fn work(config: Config, hold: impl FnOnce(InUse)) -> ExitCode {
    let mut stop = StopSignal::heed();
    let started = async {
        hold(serving::hold(&config)?);
        let portal = Arc::new(serving::gather(config, Clock::default()).await?);
        Ok::<_, serving::CannotStart>((serving::start_work(&portal).await?, portal))
    };
    let (tasks, portal) = tokio::select! {
        started = started => match started {
            Ok(working) => working,
            Err(why) => return fail(&why.to_string()),
        },
        () = stop.came() => return ExitCode::SUCCESS,
    };
    println!("chengxin: working");
    stop.came().await;
    tracing::info!("worker.stopping");
    portal.stopping.cancel();
    // What is not settled by then comes back when its lease ends.
    if tokio::time::timeout(Duration::from_secs(8), join_all(tasks)).await.is_err() {
        tracing::info!("worker.stopped_in_mid_work");
    }
    ExitCode::SUCCESS
}

/// The signals that end the process, heeded from the beginning on: the first process of a container is not ended by one that it does
/// not heed.
struct StopSignal(Vec<Signal>);

impl StopSignal {
    fn heed() -> Self {
        Self([SignalKind::terminate(), SignalKind::interrupt()].into_iter().filter_map(|kind| signal(kind).ok()).collect())
    }

    async fn came(&mut self) {
        if self.0.is_empty() {
            return std::future::pending().await;
        }
        select_all(self.0.iter_mut().map(|signal| Box::pin(signal.recv()))).await;
    }
}

async fn migrate(config: &Config) -> ExitCode {
    match serving::open_storage(config).await {
        Ok(storage) => {
            println!("The {} store is up to date.", storage.name());
            audit::enter(&*storage, Deed::StoreMigrated, "").await;
            ExitCode::SUCCESS
        }
        Err(why) => fail(&why.to_string()),
    }
}
