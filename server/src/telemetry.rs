//! Logs: one line an event, with dotted fields. Never in them: names of people, what was typed, tokens, cookies, queries.

use tracing_subscriber::EnvFilter;

/// Begins to log to standard error; `RUST_LOG` chooses what.
pub fn begin(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,hyper=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second begin, as in tests, changes nothing.
    let _ = if json { builder.json().try_init() } else { builder.try_init() };
}
