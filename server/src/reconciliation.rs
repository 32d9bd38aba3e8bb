//! Reads the platform's own list beside what we hold: applies what its messages missed, and reports what does not fit.
//!
//! It runs by itself every ten minutes, in one process at a time, and by command. The place in the list is kept behind each
//! page whose events are durable; a page that was cut off is read again, and changes nothing the second time.

use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::live::Live;
use crate::platform::list::{NotListed, PlatformList};
use crate::platform::wire_v1::{SubmissionListed, SubmissionPage, SubmissionWithEvents, ToldEvent};
use crate::storage::patience::{PATIENCE, within};
use crate::storage::reconciliations::{ListPlace, Listed, Report, Told};
use crate::storage::{Applied, Storage, StorageError, Stored};

/// From one to the next, in milliseconds; spread by up to a fifth.
const EVERY_MS: i64 = 10 * 60 * 1000;
/// How often to look whether one is due.
const LOOK: Duration = Duration::from_secs(30);
/// How many submissions are asked about at once.
const AT_ONCE: usize = 8;
/// How many filings are asked about each time that were not seen there for long, in turn: 144,000 a day.
const MOST_ASKED: i64 = 1_000;
/// What the platform has to have is seen there once in so long, in the list or by asking: it may have lost it since.
const SEEN_MS: i64 = 24 * 60 * 60 * 1000;
/// How many ids a report names of each kind.
const MOST_NAMED: i64 = 20;

/// Reconciles.
pub struct Reconciler {
    /// What we hold.
    pub storage: Arc<dyn Storage>,
    /// What the platform holds.
    pub list: Arc<dyn PlatformList>,
    /// The clock.
    pub clock: Clock,
    /// Whom it tells of changes.
    pub live: Live,
    /// Wakes the sending of mails.
    pub mailer: Arc<Notify>,
    /// A number from 0 to 255, to spread it.
    pub chance: fn() -> u8,
}

/// What stops a reconciliation before its end.
enum Cut {
    There(NotListed),
    Here(StorageError),
}

impl From<NotListed> for Cut {
    fn from(why: NotListed) -> Self {
        Self::There(why)
    }
}

impl From<StorageError> for Cut {
    fn from(why: StorageError) -> Self {
        Self::Here(why)
    }
}

impl Reconciler {
    /// Works until stopped.
    pub async fn run(self, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
            match self.reconcile(false).await {
                Ok(Some(report)) if report.is_clean() => {
                    tracing::info!(report.listed, report.caught_up, report.confirmed, "reconciliation.done");
                }
                Ok(Some(report)) => tracing::warn!(
                    report.listed,
                    report.caught_up,
                    report.confirmed,
                    report.impossible,
                    report.missing_there = report.all_missing_there,
                    report.unknown_here = report.unknown_here.len(),
                    report.problem,
                    "reconciliation.differs"
                ),
                Ok(None) => {}
                Err(error) => tracing::warn!(error.message = %error, "reconciliation.store_trouble"),
            }
        }
    }

    /// Reconciles if it is due, or in any case, if `forced`; the report is kept. None: it is not due.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn reconcile(&self, forced: bool) -> Stored<Option<Report>> {
        let began_at = self.clock.now();
        let next_at = began_at + EVERY_MS + EVERY_MS / 5 * i64::from((self.chance)()) / 255;
        let Some(place) = within(PATIENCE, self.storage.begin_reconciliation(began_at, next_at, forced)).await? else {
            return Ok(None);
        };
        let mut report = Report { began_at, ..Report::default() };
        match self.compare(place, &mut report).await {
            Ok(()) => {}
            Err(Cut::There(NotListed::NoSuchPlace)) => report.problem = Some("the platform knows no place in its list".into()),
            Err(Cut::There(NotListed::Trouble(why))) => report.problem = Some(why),
            Err(Cut::Here(error)) => return Err(error),
        }
        report.took_ms = self.clock.now() - began_at;
        within(PATIENCE, self.storage.keep_report(&report)).await?;
        Ok(Some(report))
    }

    async fn compare(&self, mut place: ListPlace, report: &mut Report) -> Result<(), Cut> {
        let mut seen_before = report.began_at - SEEN_MS;
        loop {
            let page = match self.list.page(&place).await {
                // A platform that was set up anew begins its list anew.
                Err(NotListed::NoSuchPlace) if place.0.is_some() => {
                    tracing::warn!("reconciliation.list_begins_anew");
                    // What is not in the new list is asked about at once.
                    seen_before = report.began_at;
                    place = ListPlace(None);
                    continue;
                }
                page => page?,
            };
            let more = page.more && Some(&page.next) != place.0.as_ref();
            place = self.take(page, &place, report).await?;
            if !more {
                break;
            }
        }
        let unseen = within(PATIENCE, self.storage.unseen_filings(report.began_at, seen_before, MOST_ASKED)).await?;
        let mut told = stream::iter(unseen).map(|id| self.asked(id)).buffered(AT_ONCE);
        while let Some((id, answer)) = told.next().await {
            match answer {
                Ok(Some(submission)) => self.hear(&id, submission.events, report).await?,
                // Only a definite "does not exist" counts.
                Ok(None) => within(PATIENCE, self.storage.note_told(&id, Told::Missing, self.clock.now())).await?,
                Err(why) => self.not_read(&id, why, report).await?,
            }
        }
        (report.all_missing_there, report.missing_there) = within(PATIENCE, self.storage.missing_filings(MOST_NAMED)).await?;
        report.unknown_here = within(PATIENCE, self.storage.strange_submissions(MOST_NAMED)).await?;
        Ok(())
    }

    /// Takes in one page, and gives the place behind it.
    async fn take(&self, page: SubmissionPage, before: &ListPlace, report: &mut Report) -> Result<ListPlace, Cut> {
        let SubmissionPage { items, next, .. } = page;
        let listed: Vec<Listed> =
            items.into_iter().map(|SubmissionListed { id, receipt_number }| Listed { id, receipt_number }).collect();
        let now = self.clock.now();
        // That the platform has it comes before what it says of it.
        let confirmed = within(PATIENCE, self.storage.note_listed(&listed, before, now)).await?;
        confirmed.iter().for_each(|id| self.live.tell(id));
        report.listed += listed.len() as u64;
        report.confirmed += confirmed.len() as u64;
        let ours = within(PATIENCE, self.storage.ours_among(&listed)).await?;
        let told: Vec<_> = stream::iter(ours).map(|id| self.asked(id)).buffered(AT_ONCE).collect().await;
        for (id, answer) in told {
            match answer {
                Ok(Some(submission)) => self.hear(&id, submission.events, report).await?,
                // It is asked about again, with those that were not seen.
                Ok(None) => within(PATIENCE, self.storage.note_told(&id, Told::Unread, self.clock.now())).await?,
                // One that cannot be read must not hold up all that come after it.
                Err(why) => self.not_read(&id, why, report).await?,
            }
        }
        let behind = ListPlace(Some(next));
        within(PATIENCE, self.storage.note_listed(&[], &behind, now)).await?;
        Ok(behind)
    }

    /// What the platform tells of a submission.
    async fn asked(&self, id: String) -> (String, Result<Option<SubmissionWithEvents>, NotListed>) {
        let answer = self.list.submission(&id).await;
        (id, answer)
    }

    /// Takes in what happened to a submission.
    async fn hear(&self, id: &str, events: Vec<ToldEvent>, report: &mut Report) -> Stored<()> {
        for event in events {
            self.apply(id, event, report).await?;
        }
        within(PATIENCE, self.storage.note_told(id, Told::Seen, self.clock.now())).await
    }

    /// Notes that what happened to a submission could not be read: it is asked about again each time.
    async fn not_read(&self, id: &str, why: NotListed, report: &mut Report) -> Stored<()> {
        let why = match why {
            NotListed::Trouble(why) => why,
            NotListed::NoSuchPlace => "the platform knows no place in its list".to_owned(),
        };
        tracing::warn!(filing.id = id, problem = why, "reconciliation.not_read");
        report.problem = Some(format!("the submission {id} could not be read: {why}"));
        within(PATIENCE, self.storage.note_told(id, Told::Unread, self.clock.now())).await
    }

    async fn apply(&self, submission: &str, event: ToldEvent, report: &mut Report) -> Stored<()> {
        let id = event.id.clone();
        let event = match event.event(submission).read(&id, self.clock.now()) {
            Ok(event) => event,
            Err(why) => {
                tracing::warn!(event.id = id, event.refusal = why, "reconciliation.event_not_read");
                report.impossible += 1;
                return Ok(());
            }
        };
        match within(PATIENCE, self.storage.apply_event(&event)).await? {
            Applied::Applied => {
                report.caught_up += 1;
                tracing::warn!(event.id, event.kind, filing.id = submission, "reconciliation.caught_up");
                self.live.tell(submission);
                self.mailer.notify_one();
            }
            Applied::Impossible(why) => {
                report.impossible += 1;
                tracing::warn!(event.id, event.kind, filing.id = submission, event.verdict = ?why, "reconciliation.not_applied");
            }
            Applied::Repeated | Applied::Unknown | Applied::NoSuchFiling => {}
        }
        Ok(())
    }
}
