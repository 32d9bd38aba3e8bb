//! What every door can reach.

use std::sync::Arc;

use app::shell::{Assets, Site};
use tokio::sync::{Mutex, Notify};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::attachments::Attachments;
use crate::calendars::Calendars;
use crate::clock::Clock;
use crate::config::Config;
use crate::cookies::CookieJar;
use crate::documents::fonts::DocumentFont;
use crate::identity::IdentityProvider;
use crate::live::Live;
use crate::look_up_limit::LookUpLimit;
use crate::metrics::Metrics;
use crate::pace::Pace;
use crate::platform::client::PlatformClient;
use crate::platform::events::EventKeys;
use crate::public_log::SignedLog;
use crate::site::SiteFiles;
use crate::storage::Storage;
use crate::templates::Catalogue;

/// The portal: its settings, its stores, its neighbours.
pub struct Portal {
    /// The settings.
    pub config: Config,
    /// The clock.
    pub clock: Clock,
    /// What is kept.
    pub storage: Arc<dyn Storage>,
    /// The files' contents.
    pub attachments: Attachments,
    /// Who says who is here.
    pub identity: Arc<dyn IdentityProvider>,
    /// The keys that the platform signs its events with.
    pub event_keys: EventKeys,
    /// The platform, for what is read while somebody waits.
    pub platform: PlatformClient,
    /// The font for documents, if this machine has one.
    pub font: Option<DocumentFont>,
    /// The public log, and its key.
    pub log: SignedLog,
    /// Templates of commitments.
    pub templates: Catalogue,
    /// Which days are working days.
    pub calendars: Calendars,
    /// Tells open pages of changes.
    pub live: Live,
    /// What this process counts.
    pub metrics: Metrics,
    /// How much each address has looked up.
    pub look_ups: LookUpLimit,
    /// How fast each person and each address signs in and posts.
    pub pace: Pace,
    /// When the store was last asked whether it takes writes, and whether it did.
    pub ready_at: Mutex<Option<(Instant, bool)>>,
    /// Wakes the courier when something was accepted.
    pub courier: Arc<Notify>,
    /// Wakes the sending of mails when one was born.
    pub mailer: Arc<Notify>,
    /// Wakes the importer when a file arrived or rows are to be filed.
    pub importer: Arc<Notify>,
    /// Wakes the scanner when a content is to be scanned; none where nothing is scanned.
    pub scanner: Option<Arc<Notify>>,
    /// Cancelled when the portal is to stop: what would never end by itself ends then.
    pub stopping: CancellationToken,
    /// How cookies are set.
    pub cookies: CookieJar,
    /// The static files.
    pub files: SiteFiles,
    /// Where the static files are, for pages.
    pub assets: Arc<Assets>,
    /// The footer.
    pub site: Arc<Site>,
}
