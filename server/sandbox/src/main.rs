//! The sandbox as a program.

use std::{fs, io, net::SocketAddr, path::PathBuf, process::ExitCode};

use clap::Parser;
use sandbox::{Auto, Extras, SandboxConfig};
use tokio::signal::unix::{SignalKind, signal};
use url::Url;

/// The stand-ins for demos and tests: an identity provider and the credit platform.
#[derive(Debug, Parser)]
#[command(name = "sandbox")]
struct Arguments {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
    /// The portal's base URL.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    portal: Url,
    /// The address under which browsers and the portal reach the sandbox, if it is another than --listen.
    #[arg(long)]
    public_url: Option<Url>,
    /// The portal's name at the identity provider.
    #[arg(long, default_value = "chengxin")]
    client_id: String,
    /// A file with the portal's secret at the identity provider.
    #[arg(long)]
    client_secret_file: PathBuf,
    /// A file with the token with which the portal calls the platform.
    #[arg(long)]
    platform_token_file: PathBuf,
    /// A file with the key with which the platform signs its events (whsec_ and base64).
    #[arg(long)]
    event_secret_file: PathBuf,
    /// What the platform does by itself once it has taken a submission.
    #[arg(long, value_enum, default_value_t)]
    auto: Auto,
    /// Where to keep what the platform has taken; in memory only when left out.
    #[arg(long)]
    state_file: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().with_writer(io::stderr).init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> io::Result<()> {
    let config = SandboxConfig {
        listen: arguments.listen,
        portal: Some(arguments.portal),
        client_id: arguments.client_id,
        client_secret: secret(&arguments.client_secret_file)?,
        platform_token: secret(&arguments.platform_token_file)?,
        event_secret: secret(&arguments.event_secret_file)?,
    };
    let extras = Extras { auto: arguments.auto, state_file: arguments.state_file, public_url: arguments.public_url };
    let mut terminated = signal(SignalKind::terminate())?;
    let sandbox = sandbox::start_with(config, extras).await?;
    println!("sandbox listening on {}", sandbox.url());
    tokio::select! {
        _ = terminated.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    sandbox.stop().await;
    Ok(())
}

fn secret(file: &PathBuf) -> io::Result<String> {
    let text = fs::read_to_string(file).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", file.display())))?;
    Ok(text.trim().to_owned())
}
