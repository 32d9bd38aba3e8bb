//! Witnesses of the public log (C2SP tlog-witness): others who are shown each newer checkpoint with the proof that the log only
//! grew since the one they saw before, and who cosign it. Their cosignatures stand below ours in the checkpoint, so that nobody
//! has to take our word for it that everyone is shown the same log.
//!
//! Each witness is asked by a task of its own, at most once a second. Nothing waits for any of them.

use std::sync::Arc;
use std::time::Duration;

use credit::log::cosignature::WitnessKey;
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::Unsigned;
use crate::portal::Portal;
use crate::storage::patience::LONGEST_ROUND;

/// How often it is looked whether the log has grown.
const EVERY: Duration = Duration::from_secs(1);
/// The longest wait after a witness failed.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// An answer is a few lines.
const MOST_BYTES: usize = 64 * 1024;
/// What the content of a refusal is called that says how long a log the witness has seen.
const SIZE: &str = "text/x.tlog.size";

/// A witness, and how long a log it has seen.
struct Witness {
    http: reqwest::Client,
    url: Url,
    key: WitnessKey,
    /// The size of the last checkpoint that it cosigned, as far as we know: it corrects us.
    seen: u64,
    /// The size for which its cosignature stands in our checkpoint; none: for no size yet.
    cosigned: Option<u64>,
}

/// Why there is no cosignature, in a sentence.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Unsigned(#[from] Unsigned),
    #[error("it does not answer: {0}")]
    Silent(String),
    #[error("it answers {0}")]
    Refused(StatusCode),
    #[error("it has seen a log of {0} entries, which this log never had: an old copy of the store is back")]
    Ahead(u64),
    #[error("its answer has no cosignature of its key that holds")]
    Invalid,
}

/// Starts to ask all witnesses of the settings.
///
/// # Errors
/// A sentence, if a setting is wrong.
pub fn ask_all(portal: &Arc<Portal>) -> Result<Vec<tokio::task::JoinHandle<()>>, String> {
    let settings = &portal.config.log.witnesses;
    if settings.is_empty() {
        return Ok(Vec::new());
    }
    let http = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build();
    let http = http.map_err(|error| format!("log.witnesses: HTTP cannot be spoken: {error}"))?;
    let witness = |(url, key)| Witness { http: http.clone(), url, key, seen: 0, cosigned: None };
    let witnesses: Result<Vec<_>, String> = settings.iter().map(|settings| settings.read().map(witness)).collect();
    let start = |witness: Witness| tokio::spawn(witness.run(portal.clone(), portal.stopping.clone()));
    Ok(witnesses?.into_iter().map(start).collect())
}

impl Witness {
    async fn run(mut self, portal: Arc<Portal>, stop: CancellationToken) {
        let mut pause = EVERY;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                asked = tokio::time::timeout(LONGEST_ROUND, self.keep_up(&portal)) => {
                    let asked = asked.unwrap_or_else(|_| Err(Trouble::Silent("the store does not answer".to_owned())));
                    pause = self.next_pause(asked, pause);
                }
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Twice as long after each failure.
    fn next_pause(&self, asked: Result<(), Trouble>, pause: Duration) -> Duration {
        match asked {
            Ok(()) => EVERY,
            // The store is older than the log that others have seen: a person has to know.
            Err(why @ Trouble::Ahead(_)) => {
                tracing::error!(witness.name = self.key.name(), error.message = %why, "log.witness_is_ahead");
                (pause * 2).min(LONGEST_PAUSE)
            }
            Err(why) => {
                tracing::warn!(witness.name = self.key.name(), error.message = %why, "log.witness_trouble");
                (pause * 2).min(LONGEST_PAUSE)
            }
        }
    }

    /// Gets a cosignature of the newest checkpoint, unless there is one.
    async fn keep_up(&mut self, portal: &Portal) -> Result<(), Trouble> {
        let newest = portal.log.newest().await?.size;
        if self.cosigned == Some(newest) {
            return Ok(());
        }
        // A witness that has seen another size than we think says so once.
        match self.ask(portal).await? {
            Asked::Cosigned => Ok(()),
            Asked::HasSeen(size) => {
                self.seen = size;
                match self.ask(portal).await? {
                    Asked::Cosigned => Ok(()),
                    Asked::HasSeen(_) => Err(Trouble::Refused(StatusCode::CONFLICT)),
                }
            }
        }
    }

    async fn ask(&mut self, portal: &Portal) -> Result<Asked, Trouble> {
        let growth = portal.log.growth(self.seen).await?.ok_or(Trouble::Ahead(self.seen))?;
        let silent = |error: reqwest::Error| Trouble::Silent(error.to_string());
        let mut answer = self.http.post(self.url.clone()).body(growth.write()).send().await.map_err(silent)?;
        let status = answer.status();
        let tells_size = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(SIZE.as_bytes()));
        let mut bytes = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(silent)? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > MOST_BYTES {
                return Err(Trouble::Invalid);
            }
        }
        let text = String::from_utf8(bytes).map_err(|_| Trouble::Invalid)?;
        match status {
            StatusCode::OK => {
                let size = portal.log.take_cosignature(&growth.checkpoint, &self.key, &text).ok_or(Trouble::Invalid)?;
                (self.seen, self.cosigned) = (size, Some(size));
                Ok(Asked::Cosigned)
            }
            StatusCode::CONFLICT if tells_size => {
                Ok(Asked::HasSeen(text.trim_end().parse().map_err(|_| Trouble::Refused(status))?))
            }
            _ => Err(Trouble::Refused(status)),
        }
    }
}

/// What a witness answered.
enum Asked {
    Cosigned,
    /// It has seen a log of this size.
    HasSeen(u64),
}
