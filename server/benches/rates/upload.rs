//! Files of 20 MB that arrive in parts as the browser sends them, many at once: how fast, beside the same bytes written to a file, and
//! how much memory each of them takes.

use std::io::Write;
use std::time::Instant;

use crate::folder::Folder;
use crate::load::Connection;
use crate::portal::{World, world};
use crate::resident_mb;

/// So many files at once.
const AT_ONCE: usize = 16;
/// The largest file that is taken, less a little.
const LENGTH: usize = 20_000_000;
/// As the browser sends them.
const PART: usize = 512 * 1024;

/// Measures and prints.
pub async fn measure() {
    let world = world().await;
    let mut content = b"%PDF-1.7\n".to_vec();
    content.resize(LENGTH, b' ');
    let content: &'static [u8] = content.leak();
    // Once, so that what is made once is there.
    send(&world, content, 0).await;
    let before = resident_mb();
    let began = Instant::now();
    let uploads = futures_util::future::join_all((1..=AT_ONCE).map(|number| send(&world, content, number)));
    let sampled = async {
        let mut most = before;
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            most = f64::max(most, resident_mb());
            MOST.store(most.to_bits(), std::sync::atomic::Ordering::Relaxed);
        }
    };
    tokio::select! {
        _ = uploads => {}
        () = sampled => {}
    }
    let ours = (AT_ONCE * LENGTH) as f64 / 1e6 / began.elapsed().as_secs_f64();
    let most = f64::from_bits(MOST.load(std::sync::atomic::Ordering::Relaxed));
    let plain = written(content);
    println!("upload: {AT_ONCE} files of 20 MB at once, in parts of 512 kB, each synced before it counts");
    println!(
        "  taken           {ours:>9.0} MB/s, {:.2} of the same bytes written to files and synced ({plain:.0} MB/s)",
        ours / plain
    );
    println!(
        "  memory          {:>9.2} MB more for each while they arrive, the client's buffers among them",
        (most - before) / AT_ONCE as f64
    );
}

static MOST: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

async fn send(world: &World, content: &'static [u8], number: usize) {
    let (draft, _) = world.sound_draft().await;
    let mut connection = Connection::open(world.running.address).await;
    let mut offset = 0;
    while offset < content.len() {
        let end = content.len().min(offset + PART);
        let head = format!(
            "PATCH /drafts/{draft}/uploads/file-{number} HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\n\
             Upload-Offset: {offset}\r\nUpload-Length: {}\r\nUpload-Name: a.pdf\r\nContent-Length: {}\r\n\r\n",
            world.cookie,
            content.len(),
            end - offset
        );
        let answer = connection.call_with(head.as_bytes(), &content[offset..end]).await;
        assert_eq!(answer.status, if end == content.len() { 200 } else { 204 }, "{}", answer.head);
        offset = end;
    }
}

/// The same bytes written to as many files one after another, each synced, in megabytes a second.
fn written(content: &[u8]) -> f64 {
    let folder = Folder::fresh();
    let began = Instant::now();
    for number in 0..AT_ONCE {
        let mut file = std::fs::File::create(folder.0.join(number.to_string())).expect("a file can be made");
        file.write_all(content).expect("it can be written");
        file.sync_all().expect("it can be synced");
    }
    (AT_ONCE * content.len()) as f64 / 1e6 / began.elapsed().as_secs_f64()
}
