//! What the sandbox must know to start.

use std::{net::SocketAddr, path::PathBuf};

use url::Url;

use crate::platform::auto::Auto;

/// The settings shared with the portal.
#[derive(Clone, Debug)]
pub struct SandboxConfig {
    /// Where to listen; port 0 picks a free one.
    pub listen: SocketAddr,
    /// The portal's base URL. Unknown until [`Sandbox::set_portal`](crate::Sandbox::set_portal) when `None`.
    pub portal: Option<Url>,
    /// The portal's name at the identity provider.
    pub client_id: String,
    /// The portal's secret at the identity provider.
    pub client_secret: String,
    /// The token with which the portal calls the platform.
    pub platform_token: String,
    /// The key with which the platform signs its events: `whsec_` and base64.
    pub event_secret: String,
}

/// Settings that only a demo needs.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// What the platform does by itself once it has taken a submission.
    pub auto: Auto,
    /// Where to keep what the platform has taken; in memory only when `None`.
    pub state_file: Option<PathBuf>,
    /// The address under which browsers reach the sandbox, when it is not the one it listens on.
    pub public_url: Option<Url>,
}
