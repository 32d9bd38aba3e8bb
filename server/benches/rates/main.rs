//! What the portal does in a second, beside what a bare handler does with the same bytes in the same run.
//!
//! `cargo xtask bench render`, `accept` (with `--commitments`: signed ones, on both stores), `import`, `upload` and `pdf`; without a name,
//! all. Absolute figures are context: the machine is shared and small. Ratios, commits for each filing, and sizes are what counts.

mod accept;
mod commitments;
#[path = "../places/database.rs"]
mod database;
#[path = "../places/folder.rs"]
mod folder;
mod import;
mod load;
mod pdf;
#[path = "../places/portal.rs"]
mod place;
mod pledging;
mod portal;
mod posting;
mod render;
mod upload;

fn main() {
    let (flags, chosen): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let wanted = |name: &str| chosen.is_empty() || chosen.iter().any(|argument| argument == name);
    let of_commitments = flags.iter().any(|flag| flag == "--commitments");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        if wanted("render") {
            render::measure().await;
        }
        if wanted("accept") && !of_commitments {
            accept::measure().await;
        }
        if wanted("accept") && (of_commitments || chosen.is_empty()) {
            commitments::measure().await;
        }
        if wanted("import") {
            import::measure().await;
        }
        if wanted("upload") {
            upload::measure().await;
        }
        if wanted("pdf") {
            pdf::measure().await;
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

/// How much memory this process has, the portal and the clients together, in megabytes.
fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().split(' ').next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}
