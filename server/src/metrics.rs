//! Figures for Prometheus: what this process counts, and what the store shows when it is asked.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use tracing::Instrument;

use crate::portal::Portal;
use crate::storage::{Settlement, Stored, faults};
use crate::telemetry::traces;

/// Up to 10 seconds: what takes longer is counted, and no more is known of it.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// A label or two, whose values are few and known.
type Labels = Vec<(&'static str, String)>;

/// What this process counts.
#[derive(Clone, Debug)]
pub struct Metrics {
    /// Filings accepted one by one (rows of an import are counted by the import).
    pub accepted: Counter<u64, AtomicU64>,
    /// What was wrong with dishonesty records as the platform gave them, each time that one was read.
    pub record_faults: Counter<u64, AtomicU64>,
    /// Requests that were turned away because there were too many.
    pub turned_away: Counter<u64, AtomicU64>,
    deliveries: Family<Labels, Counter<u64, AtomicU64>>,
    requests: Family<Labels, Histogram, fn() -> Histogram>,
}

impl Default for Metrics {
    fn default() -> Self {
        let seconds: fn() -> Histogram = || Histogram::new(SECONDS);
        Self {
            accepted: Counter::default(),
            record_faults: Counter::default(),
            turned_away: Counter::default(),
            deliveries: Family::default(),
            requests: Family::new_with_constructor(seconds),
        }
    }
}

impl Metrics {
    /// Counts what a try to deliver came to, and notes it in its trace.
    pub fn settled(&self, settlement: &Settlement) {
        let outcome = outcome(settlement);
        tracing::Span::current().record("delivery.outcome", outcome);
        self.deliveries.get_or_create(&vec![("outcome", outcome.to_owned())]).inc();
    }
}

fn outcome(settlement: &Settlement) -> &'static str {
    match settlement {
        Settlement::Delivered(Some(credit::filing::Happening::Returned { .. })) => "refused",
        Settlement::Delivered(_) => "forwarded",
        Settlement::Waiting(_) => "waiting",
        Settlement::SentBack(_) => "sent_back",
        Settlement::Later { .. } => "failed",
        Settlement::Parked { .. } => "parked",
    }
}

/// Measures a request, by the route that it matched and the class of its answer.
pub async fn measure(State(portal): State<Arc<Portal>>, route: MatchedPath, request: Request, next: Next) -> Response {
    let began = tokio::time::Instant::now();
    let span = traces::of_request(request.method().as_str(), route.as_str());
    let answer = next.run(request).instrument(span.clone()).await;
    traces::answered(&span, answer.status().as_u16());
    let class = format!("{}xx", answer.status().as_u16() / 100);
    let labels = vec![("route", route.as_str().to_owned()), ("status", class)];
    portal.metrics.requests.get_or_create(&labels).observe(began.elapsed().as_secs_f64());
    answer
}

/// All figures, in the text format of OpenMetrics.
///
/// # Errors
/// When the store does not answer.
pub async fn text(portal: &Portal) -> Stored<String> {
    let mut registry = Registry::with_prefix("chengxin");
    let counted = &portal.metrics;
    registry.register("filings_accepted", "Filings accepted by this process", counted.accepted.clone());
    registry.register("record_faults", "What was wrong with records as the platform gave them", counted.record_faults.clone());
    registry.register("requests_turned_away", "Requests answered 503 because there were too many", counted.turned_away.clone());
    registry.register("deliveries", "Tries to deliver by this process, by what they came to", counted.deliveries.clone());
    registry.register("request_seconds", "How long answers took", counted.requests.clone());
    for (kind, count) in faults::counted() {
        registry.sub_registry_with_label(("kind".into(), kind.into())).register(
            "store_faults",
            "How often the store failed in this process",
            ConstCounter::new(count),
        );
    }
    shown_by_the_store(portal, &mut registry).await?;
    let mut text = String::new();
    // Writing to a text does not fail.
    let _ = encode_registry(&mut text, &registry).and_then(|()| encode_eof(&mut text));
    Ok(text)
}

async fn shown_by_the_store(portal: &Portal, registry: &mut Registry) -> Stored<()> {
    let (storage, now) = (&portal.storage, portal.clock.now());
    let outbox = storage.outbox_figures().await?;
    let oldest = outbox.oldest_unsent_at.map_or(0, |at| (now - at).max(0) / 1000);
    let silent = storage.silence_figures().await?;
    let mails = storage.mail_figures().await?;
    let breaker = storage.breaker().await?.map_or(0, |breaker| match breaker.state.as_str() {
        "open" => 2,
        "releasing" => 1,
        _ => 0,
    });
    let mut differences = 0;
    let mut reconciled_at = 0;
    if let Some(last) = storage.reports(1).await?.first() {
        differences = i64::from(!last.is_clean());
        reconciled_at = last.began_at / 1000;
    }
    for (name, help, value) in [
        ("outbox_unsent", "Deliveries not yet made", outbox.unsent),
        ("outbox_parked", "Deliveries that need attention", outbox.parked),
        ("outbox_oldest_unsent_seconds", "How long ago the oldest unsent delivery was accepted", oldest),
        ("breaker", "Whether the platform counts as out of order: 0 no, 1 it recovers, 2 yes", breaker),
        ("silent_failures", "Failures that the enterprise was not told of; must be 0", storage.untold_failures().await?),
        ("platform_silent_support", "Filings the platform is silent about, for support", silent.support),
        ("platform_silent_owner", "Filings the platform is silent about, for the owner", silent.owner),
        ("mails_waiting", "Mails not yet sent", mails.waiting),
        ("mails_failed", "Mails given up", mails.failed),
        ("reconciliation_differs", "Whether the last reconciliation found differences", differences),
        ("reconciliation_timestamp_seconds", "When the last reconciliation began", reconciled_at),
    ] {
        registry.register(name, help, ConstGauge::new(value));
    }
    let events: Family<Labels, Gauge> = Family::default();
    for (verdict, count) in storage.event_figures().await? {
        events.get_or_create(&vec![("verdict", verdict)]).set(count);
    }
    registry.register("platform_events", "Messages of the platform that are kept, by how they were judged", events);
    Ok(())
}
