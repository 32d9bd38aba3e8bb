//! Logs: one line an event, with dotted fields; and traces. Never in them: names of people, what was typed, tokens, cookies, queries.

pub mod traces;

use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt, Targets, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt, registry};

use self::traces::Traces;
use crate::config::Config;

/// The programs whose every word may be logged.
const OWN: [&str; 4] = ["app", "chengxin", "credit", "server"];

/// Begins to log to standard error, where `RUST_LOG` chooses what, and to trace where the settings name a collector.
///
/// # Errors
/// With a sentence, when the exporter of traces cannot be made.
pub fn begin(config: &Config) -> Result<Traces, String> {
    let chosen = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,hyper=warn"));
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = if config.log_json { lines.json().boxed() } else { lines.boxed() };
    let (traces, spans) = Traces::to(&config.traces)?;
    let spans = spans.map(|layer| layer.with_filter(Targets::new().with_target(traces::TARGET, LevelFilter::INFO)));
    // A second begin, as in tests, changes nothing.
    let _ = registry().with(spans).with(lines.with_filter(chosen.and(filter_fn(may_be_logged)))).try_init();
    Ok(traces)
}

/// What libraries say for their own debugging names whole addresses and more: it is not logged, whatever `RUST_LOG` asks for.
/// Spans are for traces: in a line of the log they would only repeat themselves.
fn may_be_logged(event: &Metadata<'_>) -> bool {
    let from = event.target().split("::").next().unwrap_or_default();
    event.target() != traces::TARGET && (*event.level() <= Level::INFO || OWN.contains(&from))
}
