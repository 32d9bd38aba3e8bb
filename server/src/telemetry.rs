//! Logs: one line an event, with dotted fields; and traces. Never in them: names of people, what was typed, tokens, cookies, queries.

pub mod traces;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use self::traces::Traces;
use crate::config::Config;

/// Begins to log to standard error, where `RUST_LOG` chooses what, and to trace where the settings name a collector.
///
/// # Errors
/// With a sentence, when the exporter of traces cannot be made.
pub fn begin(config: &Config) -> Result<Traces, String> {
    let chosen = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,hyper=warn"));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = if config.log_json { lines.json().boxed() } else { lines.boxed() };
    // Spans are for traces: in a line of the log they would only repeat themselves.
    let untraced = tracing_subscriber::filter::filter_fn(|metadata| metadata.target() != traces::TARGET);
    let (traces, spans) = Traces::to(&config.traces)?;
    let spans = spans.map(|layer| layer.with_filter(Targets::new().with_target(traces::TARGET, LevelFilter::INFO)));
    // A second begin, as in tests, changes nothing.
    let _ = tracing_subscriber::registry().with(spans).with(lines.with_filter(chosen).with_filter(untraced)).try_init();
    Ok(traces)
}
