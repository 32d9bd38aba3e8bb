//! The work behind the pages: delivering, reconciling, importing, scanning, sending mails, watching. It runs beside the pages in
//! one process, or in processes of its own.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::alarms::Alarms;
use crate::courier::breaker::Breaker;
use crate::courier::{self, Courier};
use crate::mail::sender::MailSender;
use crate::mail::worker::MailWorker;
use crate::portal::Portal;
use crate::reconciliation::Reconciler;
use crate::scanning::worker::ScanWorker;
use crate::storage::operations::Sign;

/// How long to wait before listening again after the line to the store broke.
const PAUSE: Duration = Duration::from_secs(1);

/// Starts all of it.
///
/// # Errors
/// A sentence, if a setting is wrong.
pub fn start(portal: &Arc<Portal>) -> Result<Vec<JoinHandle<()>>, String> {
    let sender = portal.config.mail.as_ref().map(|settings| MailSender::new(settings, &portal.config.public_url));
    let sender = sender.transpose()?;
    let scanner = crate::serving::scanner(&portal.config).map_err(|why| why.to_string())?;
    let stop = portal.stopping.clone();
    let mut tasks = vec![
        tokio::spawn(courier(portal).run(stop.clone())),
        tokio::spawn(reconciler(portal).run(stop.clone())),
        tokio::spawn(crate::importer::run(portal.clone(), stop.clone())),
        tokio::spawn(crate::expiry::run(portal.clone(), stop.clone())),
        tokio::spawn(crate::watching::run(portal.clone(), Alarms::new(&portal.config)?, stop.clone())),
    ];
    if let Some(sender) = sender {
        let worker =
            MailWorker { storage: portal.storage.clone(), sender, clock: portal.clock.clone(), wake: portal.mailer.clone() };
        tasks.push(tokio::spawn(worker.run(stop.clone())));
    }
    if let (Some(scanner), Some(wake)) = (scanner, portal.scanner.clone()) {
        let (storage, attachments, clock) = (portal.storage.clone(), portal.attachments.clone(), portal.clock.clone());
        let worker = ScanWorker { storage, attachments, scanner, clock, wake };
        tasks.push(tokio::spawn(worker.run(stop)));
    }
    Ok(tasks)
}

/// The courier of this process.
fn courier(portal: &Portal) -> Courier {
    Courier {
        storage: portal.storage.clone(),
        platform: Arc::new(portal.platform.clone()),
        breaker: Mutex::new(Breaker::new(courier::AT_ONCE)),
        chance: courier::by_chance,
        clock: portal.clock.clone(),
        live: portal.live.clone(),
        wake: portal.courier.clone(),
        mailer: portal.mailer.clone(),
        scanner: portal.scanner.clone(),
        metrics: portal.metrics.clone(),
    }
}

/// What reconciles.
pub fn reconciler(portal: &Portal) -> Reconciler {
    Reconciler {
        storage: portal.storage.clone(),
        list: Arc::new(portal.platform.clone()),
        clock: portal.clock.clone(),
        live: portal.live.clone(),
        mailer: portal.mailer.clone(),
        chance: courier::by_chance,
    }
}

/// Passes on what other processes on the same store signal, until stopped. Nothing hangs on it: everyone looks for
/// themselves too, only less often.
pub async fn listen(portal: Arc<Portal>, stop: CancellationToken) {
    let heard = {
        let portal = portal.clone();
        Arc::new(move |sign: Sign| match sign {
            Sign::ToDeliver => portal.courier.notify_one(),
            Sign::Changed(id) => {
                portal.live.tell(&id);
                portal.mailer.notify_one();
            }
        })
    };
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            Err(error) = portal.storage.listen(heard.clone()) => {
                tracing::warn!(error.message = %error, "store.not_listening");
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}
