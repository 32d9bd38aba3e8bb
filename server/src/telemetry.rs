//! Logs: one line an event, with dotted fields. Never in them: names of people, what was typed, tokens, cookies, queries.

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt, registry};

/// The programs whose every word may be logged.
const OWN: [&str; 4] = ["app", "chengxin", "credit", "server"];

/// Begins to log to standard error; `RUST_LOG` chooses what.
pub fn begin(json: bool) {
    let chosen = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,hyper=warn"));
    let filter = chosen.and(filter_fn(may_be_logged));
    let lines = fmt::layer().with_writer(std::io::stderr);
    // A second begin, as in tests, changes nothing.
    let _ = if json {
        registry().with(lines.json().with_filter(filter)).try_init()
    } else {
        registry().with(lines.with_filter(filter)).try_init()
    };
}

/// What libraries say for their own debugging names whole addresses and more: it is not logged, whatever `RUST_LOG` asks for.
fn may_be_logged(event: &Metadata<'_>) -> bool {
    let from = event.target().split("::").next().unwrap_or_default();
    *event.level() <= Level::INFO || OWN.contains(&from)
}
