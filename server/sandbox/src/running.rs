//! Starting and stopping.

use std::{io, sync::Arc, time::Duration};

use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};
use url::Url;

use crate::{
    Extras, SandboxConfig,
    abortable::{AbortableListener, Line},
    platform::{courier::Courier, desk::Desk},
    router,
    world::{Shared, World},
};

/// How long a stop waits for answers that are still on their way.
const PATIENCE: Duration = Duration::from_secs(3);

/// A running sandbox. It ends when stopped or dropped.
#[derive(Debug)]
pub struct Sandbox {
    world: Opaque,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

/// The world inside the handle; nothing in it is for printing, least of all its secrets.
struct Opaque(Shared);

impl std::fmt::Debug for Opaque {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0.url)
    }
}

/// Starts a sandbox that keeps everything in memory and decides nothing by itself.
///
/// # Errors
///
/// When the address cannot be listened on, or the event secret is not `whsec_` and base64.
pub async fn start(config: SandboxConfig) -> io::Result<Sandbox> {
    start_with(config, Extras::default()).await
}

/// Starts a sandbox with a demo's extras.
///
/// # Errors
///
/// As [`start`], and when the state file cannot be read.
pub async fn start_with(config: SandboxConfig, extras: Extras) -> io::Result<Sandbox> {
    let courier = Courier::new(&config.event_secret)?;
    let desk = Desk::open(extras.state_file, extras.auto)?;
    let listener = TcpListener::bind(config.listen).await?;
    let url = match extras.public_url {
        Some(url) => url.as_str().trim_end_matches('/').to_owned(),
        None => format!("http://{}", listener.local_addr()?),
    };
    let (stop, stopping) = watch::channel(false);
    let world = Arc::new(World::new(config, url, desk, courier, stopping));
    let service: IntoMakeServiceWithConnectInfo<_, Line> = router::routes(Arc::clone(&world)).into_make_service_with_connect_info();
    let until = Arc::clone(&world);
    let server = tokio::spawn(async move {
        let serving =
            axum::serve(AbortableListener(listener), service).with_graceful_shutdown(async move { until.stopped().await });
        if let Err(error) = serving.await {
            tracing::error!(%error, "the sandbox stopped serving");
        }
    });
    world.courier.resume(&world);
    Ok(Sandbox { world: Opaque(world), stop, server })
}

impl Sandbox {
    /// The sandbox's own address, such as `http://127.0.0.1:8081`.
    pub fn url(&self) -> String {
        self.world.0.url.clone()
    }

    /// The identity provider's issuer.
    pub fn issuer(&self) -> String {
        self.world.0.issuer()
    }

    /// The platform's base URL; its interface begins at `/v1` below.
    pub fn platform_url(&self) -> String {
        format!("{}/platform", self.world.0.url)
    }

    /// Tells where the portal is, and delivers what had to wait for that.
    pub fn set_portal(&self, portal: Url) {
        self.world.0.set_portal(portal);
        self.world.0.courier.resume(&self.world.0);
    }

    /// Takes no more requests, finishes those under way, and ends.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if tokio::time::timeout(PATIENCE, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
    }
}
