//! Everything the handlers share.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::watch;
use url::Url;

use crate::{
    SandboxConfig,
    idp::provider::Provider,
    mood::MoodSwitch,
    platform::{changed_records::ChangedRecords, courier::Courier, desk::Desk, more_records::MoreRecords},
};

/// The world as every handler holds it.
pub(crate) type Shared = Arc<World>;

/// One running sandbox.
pub(crate) struct World {
    /// What it was started with.
    pub(crate) config: SandboxConfig,
    /// Its own address, without a slash at the end.
    pub(crate) url: String,
    /// The portal's base URL, with a slash at the end.
    portal: RwLock<Option<Url>>,
    /// How it behaves now.
    pub(crate) mood: MoodSwitch,
    /// Records that enterprises have beside their usual ones.
    pub(crate) more_records: MoreRecords,
    /// Records that say otherwise than usual.
    pub(crate) changed_records: ChangedRecords,
    /// The identity provider's keys and memory.
    pub(crate) provider: Provider,
    /// What the platform has taken.
    pub(crate) desk: Desk,
    /// Who brings the platform's events to the portal.
    pub(crate) courier: Courier,
    /// Turns true when the sandbox stops.
    pub(crate) stopping: watch::Receiver<bool>,
}

impl World {
    /// A world that nobody has entered yet.
    pub(crate) fn new(config: SandboxConfig, url: String, desk: Desk, courier: Courier, stopping: watch::Receiver<bool>) -> Self {
        let portal = RwLock::new(config.portal.clone().map(with_slash));
        let (mood, provider) = (MoodSwitch::default(), Provider::new());
        let (more_records, changed_records) = (MoreRecords::default(), ChangedRecords::default());
        Self { config, url, portal, mood, more_records, changed_records, provider, desk, courier, stopping }
    }

    /// The identity provider's name for itself.
    pub(crate) fn issuer(&self) -> String {
        format!("{}/idp", self.url)
    }

    /// The portal's base URL, once it is known.
    pub(crate) fn portal(&self) -> Option<Url> {
        self.portal.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells where the portal is.
    pub(crate) fn set_portal(&self, portal: Url) {
        *self.portal.write().unwrap_or_else(PoisonError::into_inner) = Some(with_slash(portal));
    }

    /// A place of the portal, for example `sign-in/callback`.
    pub(crate) fn at_portal(&self, path: &str) -> Option<String> {
        Some(format!("{}{path}", self.portal()?))
    }

    /// Resolves when the sandbox stops.
    pub(crate) async fn stopped(&self) {
        let mut stopping = self.stopping.clone();
        // An error means that the handle is gone, which is an end as well.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    }
}

fn with_slash(mut url: Url) -> Url {
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    url
}
