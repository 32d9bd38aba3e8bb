//! From the upload of five thousand rows to the page of their faults, and the most memory the process has needed for it.

use std::time::{Duration, Instant};

use crate::load::Connection;
use crate::median;
use crate::portal::{World, world};

const ROWS: usize = 5_000;
const ROUNDS: usize = 5;

/// Measures and prints.
pub async fn measure() {
    let world = world().await;
    let before = peak_mb();
    let (csv, xlsx) = tables();
    for (name, table) in [("经营.csv", csv), ("经营.xlsx", xlsx)] {
        let mut seconds = Vec::new();
        for _ in 0..ROUNDS {
            seconds.push(once(&world, name, &table).await);
        }
        let worst = seconds.iter().copied().fold(0.0, f64::max);
        println!("import: {ROWS} rows, one in ten with a fault, {name}, {} kB, {ROUNDS} rounds", table.len() / 1000);
        println!("  upload to faults {:>8.2} s (median), {worst:.2} s (worst round)", median(seconds));
    }
    println!("  peak memory      {:>8.1} MB (VmHWM of portal, sandbox and client together; {before:.1} MB before)", peak_mb());
}

/// As CSV and, by way of our own export, as a workbook.
fn tables() -> (Vec<u8>, Vec<u8>) {
    use credit::form::FormKind;
    use server::spreadsheets::export::{Item, xlsx};
    let mut csv = String::from("年度,主营产品或服务,从业人数（人）,营业收入（万元）,营业收入（是否公开）\n");
    let mut items = Vec::new();
    for row in 0..ROWS {
        let revenue = if row % 10 == 0 { "一万".to_owned() } else { format!("{row}.5") };
        csv.push_str(&format!("2025,预制菜生产第 {row} 条线,{row},{revenue},只公开区间\n"));
        let answers = [("year", "2025"), ("business", "预制菜生产"), ("revenue", &revenue), ("revenue.public", "range")];
        let content = answers.map(|(name, answer)| (name.to_owned(), answer.to_owned())).into();
        items.push(Item { content, reference: String::new(), state: String::new(), filed_at: String::new() });
    }
    (csv.into_bytes(), xlsx(FormKind::Operations, &items).expect("it can be written"))
}

async fn once(world: &World, name: &str, table: &[u8]) -> f64 {
    let mut body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend(table);
    body.extend(b"\r\n--edge--\r\n");
    let head = format!(
        "POST /registrations/operations/import HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {}\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: {}\r\n\r\n",
        world.cookie,
        body.len()
    );
    let request = [head.into_bytes(), body].concat();
    let began = Instant::now();
    let answer = Connection::open(world.running.address).await.call(&request).await;
    assert_eq!(answer.status, 303, "{}", answer.head);
    let place = answer.head.lines().find_map(|line| line.strip_prefix("location: ")).expect("it leads to the import").trim();
    let look = format!("GET {place}?still=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {}\r\n\r\n", world.cookie).into_bytes();
    loop {
        let page = Connection::open(world.running.address).await.call(&look).await;
        let text = String::from_utf8_lossy(&page.body).into_owned();
        if text.contains("500 行需要更正") {
            return began.elapsed().as_secs_f64();
        }
        assert!(text.contains("正在读取"), "it is being read: {text}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}
