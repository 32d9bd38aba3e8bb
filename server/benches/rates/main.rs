//! What the portal does in a second, beside what a bare handler does with the same bytes in the same run.
//!
//! `cargo xtask bench render`, `cargo xtask bench accept` and `cargo xtask bench import`; without a name, all. Absolute figures are context: the machine
//! is shared and small. Ratios, commits for each filing, and sizes are what counts.

mod accept;
mod import;
mod load;
mod portal;
mod render;

fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wanted = |name: &str| chosen.is_empty() || chosen.iter().any(|argument| argument == name);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        if wanted("render") {
            render::measure().await;
        }
        if wanted("accept") {
            accept::measure().await;
        }
        if wanted("import") {
            import::measure().await;
        }
    });
    // Event streams and the courier need not be waited for.
    runtime.shutdown_background();
}

/// The middle one.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
