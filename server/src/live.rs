//! Tells open pages of this process that a filing has changed. Other processes' changes are found by looking.

use tokio::sync::broadcast;

/// Carries the ids of filings that changed.
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
    /// Tells that this filing changed.
    pub fn tell(&self, filing_id: &str) {
        // Nobody listening is fine.
        let _ = self.changed.send(filing_id.to_owned());
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<String> {
        self.changed.subscribe()
    }
}
