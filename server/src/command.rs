//! The command line.

mod backup;
mod log;
mod moving;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use self::log::LogCommand;
use self::verify::Verify;
use crate::clock::Clock;
use crate::config::Config;
use crate::portal::Portal;
use crate::storage::scans::ScanFigures;
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
    Serve,
    /// Bring the store's tables up to date, and end.
    Migrate,
    /// Look at everything the portal needs, and say in words what is wrong.
    Doctor,
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
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("The runtime cannot start: {error}")),
    };
    let config = || -> Result<Config, ExitCode> {
        let environment = std::env::vars().filter(|(name, _)| name != "CHENGXIN_CONFIG_FILE");
        let config = Config::read(&arguments.config, environment).map_err(|wrong| fail(&wrong.to_string()))?;
        telemetry::begin(config.log_json);
        Ok(config)
    };
    let deed = async {
        Ok(match arguments.command {
            Command::Serve => serve(config()?).await,
            Command::Migrate => migrate(&config()?).await,
            Command::Doctor => doctor(config()?).await,
            Command::Backup { folder } => backup::backup(&config()?, &folder).await,
            Command::Restore { folder, force } => backup::restore(&config()?, &folder, force).await,
            Command::MoveToPostgres { to } => moving::run(&config()?, &to).await,
            Command::Log(command) => log::run(command).await,
            Command::Verify(command) => verify::run(&command),
        })
    };
    let code = runtime.block_on(deed).unwrap_or_else(|failed: ExitCode| failed);
    // An event stream that a browser keeps open must not keep the process.
    runtime.shutdown_timeout(Duration::from_secs(1));
    code
}

fn fail(sentence: &str) -> ExitCode {
    eprintln!("chengxin: {sentence}");
    ExitCode::FAILURE
}

async fn serve(config: Config) -> ExitCode {
    let running = match serving::start(config, Clock::default()).await {
        Ok(running) => running,
        Err(why) => return fail(&why.to_string()),
    };
    println!("chengxin: listening on http://{}", running.address);
    stop_signal().await;
    tracing::info!("portal.stopping");
    // What is under way may take this long; open event streams never end by themselves.
    if tokio::time::timeout(Duration::from_secs(8), running.stop()).await.is_err() {
        tracing::info!("portal.stopped_with_open_connections");
    }
    ExitCode::SUCCESS
}

async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

async fn migrate(config: &Config) -> ExitCode {
    match serving::open_storage(config).await {
        Ok(storage) => {
            println!("The {} store is up to date.", storage.name());
            ExitCode::SUCCESS
        }
        Err(why) => fail(&why.to_string()),
    }
}

/// Each thing the portal needs, with what to do where it is missing. Fails if the portal could not accept a filing.
async fn doctor(config: Config) -> ExitCode {
    println!("settings   sound");
    let portal = match serving::gather(config, Clock::default()).await {
        Ok(portal) => portal,
        Err(why) => return fail(&why.to_string()),
    };
    println!("site       {} is served with {} modules", portal.assets.css, portal.assets.modules.len());
    if let Err(error) = portal.storage.check().await {
        return fail(&format!("The {} store does not take writes: {error}. No filing can be accepted.", portal.storage.name()));
    }
    println!("store      {} takes writes", portal.storage.name());
    if let Err(error) = portal.attachments.check().await {
        return fail(&format!("Attachments cannot be kept: {error}. No file can be sent."));
    }
    println!("files      attachments can be kept");
    backup::tell_of_last(&portal.config);
    match portal.storage.scan_figures().await {
        Ok(figures) => tell_of_scanner(&portal, figures).await,
        Err(error) => return fail(&format!("The scans cannot be read: {error}")),
    }
    match portal.storage.log_head().await {
        Ok(head) => println!("log        {} entries, signed as {}", head.size(), portal.log.verifier()),
        Err(error) => return fail(&format!("The public log cannot be read: {error}")),
    }
    match portal.identity.check().await {
        Ok(()) => println!("identity   the provider answers at {}", portal.config.identity.issuer),
        Err(error) => println!("identity   NOBODY CAN SIGN IN: {error}. Check identity.issuer and the line to it."),
    }
    match portal.storage.outbox_figures().await {
        Ok(figures) => {
            println!("outbox     {} unsent, {} need attention", figures.unsent, figures.parked);
            if let Some(at) = figures.oldest_unsent_at {
                println!("           the oldest unsent was accepted {}", app::time_text::minute(at));
            }
        }
        Err(error) => return fail(&format!("The outbox cannot be read: {error}")),
    }
    match portal.font {
        Some(_) => println!("documents  a font is there: PDF is offered"),
        None => println!("documents  no font (Noto Sans CJK): PDF is not offered. Install it, or set documents.fonts"),
    }
    match portal.storage.mail_figures().await {
        Ok(figures) => {
            let server = if portal.config.mail.is_some() { "" } else { " (no mail server is configured)" };
            println!("mails      {} waiting, {} failed{server}", figures.waiting, figures.failed);
            if let Some(at) = figures.oldest_waiting_at {
                println!("           the oldest waiting was written {}", app::time_text::minute(at));
            }
            if let Some(problem) = figures.last_problem {
                println!("           the last problem: {problem}");
            }
        }
        Err(error) => return fail(&format!("The mails cannot be read: {error}")),
    }
    match portal.storage.event_figures().await {
        Ok(figures) => {
            let words: Vec<String> = figures.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect();
            println!("events     {}", if words.is_empty() { "none yet".to_owned() } else { words.join(", ") });
        }
        Err(error) => return fail(&format!("The events cannot be read: {error}")),
    }
    ExitCode::SUCCESS
}

/// Without a scanner, or while it is down, filings are accepted all the same: nothing here makes the doctor fail.
async fn tell_of_scanner(portal: &Portal, figures: ScanFigures) {
    let (Some(settings), Ok(Some(scanner))) = (&portal.config.scanner, serving::scanner(&portal.config)) else {
        println!("scanner    none is configured: files open unchecked");
        return;
    };
    let counts = format!("{} waiting, {} infected", figures.waiting, figures.infected);
    match scanner.check().await {
        Ok(()) => println!("scanner    answers at {}: {counts}", settings.address),
        Err(why) => {
            println!("scanner    DOES NOT ANSWER at {}: {why}. What waits is neither opened nor sent: {counts}", settings.address);
        }
    }
    if let Some(at) = figures.oldest_waiting_at {
        println!("           the oldest waiting came {}", app::time_text::minute(at));
    }
}
