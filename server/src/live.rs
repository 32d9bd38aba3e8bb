//! Tells open pages of this process that a filing or an import has changed. Other processes' changes are found by looking.

use tokio::sync::broadcast;

/// Carries the ids of filings and imports that changed.
#[derive(Clone, Debug)]
pub struct Live {
    changed: broadcast::Sender<String>,
}

impl Default for Live {
    fn default() -> Self {
        // A page that lags this far behind looks for itself: nothing hangs on a message.
        Self { changed: broadcast::channel(256).0 }
    }
}

impl Live {
    /// Tells that the filing or import of this id changed.
    pub fn tell(&self, id: &str) {
        // Nobody listening is fine.
        let _ = self.changed.send(id.to_owned());
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<String> {
        self.changed.subscribe()
    }
}
