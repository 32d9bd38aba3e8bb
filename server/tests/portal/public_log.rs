//! The public log over HTTP, read by our own verifier and by other people's readers.

use std::collections::HashMap;

use credit::log::checkpoint::Checkpoint;
use credit::log::entry::{Entry, EntryKind, salted};
use credit::log::note::VerifierKey;
use credit::log::tiles::{TilePath, read_bundle};
use server::config::Config;
use server::public_log::key::LogKey;
use server::public_log::verification::{Fault, Verified, verify};
use server::serving::gather;
use signed_note::{Note, StandardVerifier, VerifierList};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions};
use tlog_tiles::tile::{Tile, TileHashReader, TileReader};
use tlog_tiles::tlog::{Error, Hash, HashReader, record_hash, stored_hash_index};
use url::Url;

use crate::browser::{Answer, Browser};
use crate::program::verify_log;
use crate::world::{World, settings};

/// 2026-11-24 19:52 in Shanghai.
const EVENING: i64 = 1_795_521_120_000;

async fn enter(world: &World, count: u64) {
    let entry = |number: u64| Entry {
        kind: EntryKind::Published,
        at: EVENING,
        digest: salted(&[3; 32], format!("SECRET-{number}").as_bytes()),
    };
    let entries: Vec<Entry> = (0..count).map(entry).collect();
    world.portal.portal.storage.append_alone(&entries).await.unwrap();
}

fn address(world: &World) -> Url {
    format!("{}/log", world.base).parse().unwrap()
}

async fn verified(world: &World) -> Result<Verified, Fault> {
    verify(&address(world), None).await
}

async fn get(browser: &Browser, path: &str) -> Answer {
    let answer = browser.get(&format!("/log/{path}")).await;
    assert_eq!(answer.status, 200, "{path}");
    answer
}

/// Changes something behind the portal's back.
async fn tamper(world: &World, sql: &str) {
    let file = world.folder.path("data").join("chengxin.sqlite");
    let mut connection = SqliteConnectOptions::new().filename(file).connect().await.unwrap();
    let changed = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
    assert_eq!(changed.rows_affected(), 1, "{sql}");
}

pub async fn the_log_is_verified_from_outside(world: World) {
    let empty = verified(&world).await.unwrap();
    assert_eq!((empty.checkpoint.size, empty.last_at), (0, None));
    assert_eq!(empty.key.name(), "127.0.0.1/log");
    for (further, size) in [(1, 1), (255, 256), (1, 257), (343, 600)] {
        enter(&world, further).await;
        let held = verify(&address(&world), Some(empty.key.clone())).await.unwrap();
        assert_eq!((held.checkpoint.size, held.last_at), (size, Some(EVENING)));
    }
    let other = VerifierKey::new("127.0.0.1/log", &[1; 32]).unwrap();
    assert_eq!(verify(&address(&world), Some(other)).await.unwrap_err().place, "checkpoint");
}

/// Tiles that were fetched beforehand: that reader knows no `async`.
struct Fetched(HashMap<String, Vec<u8>>);

impl TileReader for Fetched {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, Error> {
        // It writes the height into paths, as an older form of them had it.
        Ok(tiles.iter().map(|tile| self.0[&tile.path().replace("tile/8/", "tile/")].clone()).collect())
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

pub async fn another_reader_verifies_the_log_too(world: World) {
    enter(&world, 600).await;
    let browser = world.browser();
    let note = get(&browser, "checkpoint").await;
    let key = get(&browser, "key").await.text();
    let verifiers = VerifierList::new(vec![Box::new(StandardVerifier::new(key.trim_end()).unwrap())]);
    let note = Note::from_bytes(&note.body).unwrap();
    assert_eq!(note.verify(&verifiers).unwrap().0.len(), 1);
    let checkpoint = tlog_tiles::checkpoint::Checkpoint::from_bytes(note.text()).unwrap();
    assert_eq!((checkpoint.origin(), checkpoint.size()), ("127.0.0.1/log", 600));
    let mut fetched = Fetched(HashMap::new());
    let mut leaves = Vec::new();
    for tile in TilePath::all(600) {
        let path = tile.to_string();
        let body = get(&browser, &path).await.body;
        if path.starts_with("tile/entries/") {
            leaves.extend(read_bundle(&body, tile.width).unwrap().into_iter().map(record_hash));
        } else {
            fetched.0.insert(path, body);
        }
    }
    assert_eq!(leaves.len(), 600);
    let indexes: Vec<u64> = (0..600).map(|number| stored_hash_index(0, number)).collect();
    // It gives out only what it has proved to be in the tree with this root.
    let read = TileHashReader::new(600, *checkpoint.hash(), &fetched).read_hashes(&indexes).unwrap();
    assert!(read == leaves, "the hashes of the entries are those of the tree");
    let wrong = TileHashReader::new(600, Hash([0; 32]), &fetched).read_hashes(&indexes);
    assert!(wrong.is_err());
}

pub async fn what_never_changes_may_be_kept_and_what_grows_may_not(world: World) {
    enter(&world, 300).await;
    let browser = world.browser();
    let immutable = "public, max-age=31536000, immutable";
    for (path, media_type, cache, bytes) in [
        ("tile/0/000", "application/octet-stream", immutable, Some(8192)),
        ("tile/entries/000", "application/octet-stream", immutable, None),
        ("tile/0/001.p/44", "application/octet-stream", "public, max-age=60", Some(44 * 32)),
        ("tile/0/001.p/10", "application/octet-stream", "public, max-age=60", Some(320)),
        ("tile/1/000.p/1", "application/octet-stream", "public, max-age=60", Some(32)),
        ("tile/entries/001.p/44", "application/octet-stream", "public, max-age=60", None),
        ("checkpoint", "text/plain; charset=utf-8", "no-cache", None),
        ("key", "text/plain; charset=utf-8", "public, max-age=3600", None),
    ] {
        let answer = get(&browser, path).await;
        assert_eq!((answer.header("content-type"), answer.header("cache-control")), (media_type, cache), "{path}");
        assert!(bytes.is_none_or(|bytes| bytes == answer.body.len()), "{path}");
        assert!(!answer.headers.contains_key("set-cookie"), "{path}");
        assert!(!answer.text().contains("SECRET"), "{path}");
    }
    for path in [
        "tile/0/001",
        "tile/0/001.p/45",
        "tile/0/002.p/1",
        "tile/1/001.p/1",
        "tile/2/000.p/1",
        "tile/0/0",
        "tile/x",
        "tile/64/000",
        "tile/0/x018/x446/x744/x073/x709/x551/615",
    ] {
        let answer = browser.get(&format!("/log/{path}")).await;
        assert_eq!((answer.status, answer.header("cache-control")), (404, "no-cache"), "{path}");
    }
}

pub async fn the_first_thing_that_was_changed_is_named(world: World) {
    enter(&world, 600).await;
    verified(&world).await.unwrap();
    // From the end to the beginning, so that each is the first while those before it are sound.
    for (change, place) in [
        ("log_hashes SET hash = zeroblob(32) WHERE level = 1 AND number = 1", "tile/1/000.p/2"),
        ("log_entries SET entry = CAST('x' AS BLOB) WHERE number = 599", "tile/entries/002.p/88"),
        ("log_hashes SET hash = zeroblob(32) WHERE level = 0 AND number = 300", "tile/0/001"),
        ("log_entries SET entry = CAST(replace(entry, 'published', 'withdrawn') AS BLOB) WHERE number = 5", "tile/0/000"),
    ] {
        tamper(&world, &format!("UPDATE {change}")).await;
        let fault = verified(&world).await.unwrap_err();
        assert_eq!(fault.place, place, "{fault}");
    }
}

pub async fn the_command_says_whether_a_log_holds(world: World) {
    enter(&world, 3).await;
    let log = address(&world);
    let key = world.portal.portal.log.verifier().to_string();
    let (status, said, _) = verify_log(&log, Some(&key));
    assert!(status && said.contains("3") && said.contains("2026-11-24 19:52") && said.contains(&key), "{said}");
    let (status, said, _) = verify_log(&log, None);
    assert!(status && said.contains("as the log itself says"), "{said}");
    let (status, _, complaint) = verify_log(&log, Some("127.0.0.1/log+0+x"));
    assert!(!status && complaint.contains("--key"), "{complaint}");
    tamper(&world, "UPDATE log_hashes SET hash = zeroblob(32) WHERE number = 2").await;
    let (status, _, complaint) = verify_log(&log, None);
    assert!(!status && complaint.contains("tile/0/000.p/3: hash 2"), "{complaint}");
}

pub async fn a_log_that_was_rewritten_is_found_by_its_root(world: World) {
    enter(&world, 2).await;
    let before = verified(&world).await.unwrap();
    // The last entry and its hash, but not what was signed before: the store's own edge still has it.
    let forged = Entry { kind: EntryKind::Withdrawn, at: EVENING, digest: [1; 32] }.write();
    let leaf = credit::hexadecimal::write(&credit::log::tree::leaf_hash(&forged));
    tamper(&world, &format!("UPDATE log_entries SET entry = x'{}' WHERE number = 1", credit::hexadecimal::write(&forged))).await;
    tamper(&world, &format!("UPDATE log_hashes SET hash = x'{leaf}' WHERE level = 0 AND number = 1")).await;
    let fault = verify(&address(&world), Some(before.key)).await.unwrap_err();
    assert_eq!(fault.place, "checkpoint", "{fault}");
    assert!(fault.what.contains("root"), "{fault}");
}

pub async fn a_size_is_never_signed_with_two_roots(world: World) {
    enter(&world, 3).await;
    let browser = world.browser();
    let signed = get(&browser, "checkpoint").await.text();
    assert_eq!(get(&browser, "checkpoint").await.text(), signed);
    // The same size, other roots.
    let frontier = format!("{:016x}{}", 3, "11".repeat(64));
    tamper(&world, &format!("UPDATE log_head SET frontier = x'{frontier}'")).await;
    let refused = browser.get("/log/checkpoint").await;
    assert_eq!(refused.status, 503, "{}", refused.text());
}

pub async fn a_portal_with_another_key_does_not_start(world: World) {
    let port = world.base.rsplit(':').next().unwrap().parse().unwrap();
    let text = settings(&world.folder, port, &world.sandbox, None);
    let start = async |further: &str| {
        let config = Config::parse(&format!("{text}{further}"), std::iter::empty()).unwrap();
        gather(config, world.clock.clone()).await.err().map(|why| why.to_string())
    };
    assert_eq!(start("").await, None, "a second portal with the same key");
    let path = world.folder.path("other-key");
    LogKey::read_or_make(&path, "127.0.0.1/log", None).unwrap();
    let why = start(&format!("[log]\nkey_file = {path:?}\n")).await.unwrap();
    assert!(why.contains("log.key_file") && why.contains(&world.portal.portal.log.verifier().to_string()), "{why}");
    let why = start("[log]\norigin = \"other.example/log\"\n").await.unwrap();
    assert!(why.contains("log.origin"), "{why}");
    std::fs::remove_file(world.folder.path("data").join("log-key")).unwrap();
    let why = start("").await.unwrap();
    assert!(why.contains("log-key") && why.contains("put it back"), "{why}");
}

/// Between two starts nobody remembers what was signed, but for a file.
pub async fn a_portal_whose_log_has_gone_back_does_not_start(world: World) {
    let port = world.base.rsplit(':').next().unwrap().parse().unwrap();
    let text = settings(&world.folder, port, &world.sandbox, None);
    let start = async || {
        let config = Config::parse(&text, std::iter::empty()).unwrap();
        gather(config, world.clock.clone()).await.err().map(|why| why.to_string())
    };
    let kept = world.folder.path("data").join("log-signed");
    enter(&world, 2).await;
    let signed = get(&world.browser(), "checkpoint").await.text();
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), signed);
    enter(&world, 1).await;
    assert_eq!(start().await, None, "it has grown since");

    let own = LogKey::read(&world.folder.path("data").join("log-key"), "127.0.0.1/log").unwrap();
    let once = |size, root| own.sign(&Checkpoint { origin: "127.0.0.1/log".to_owned(), size, root }.to_string());
    for (size, root) in [(5, [7; 32]), (2, [7; 32])] {
        std::fs::write(&kept, once(size, root)).unwrap();
        let why = start().await.unwrap();
        assert!(why.contains(&format!("the {size} entries")) && why.contains(kept.to_str().unwrap()), "{why}");
    }
    // What is not ours, or was cut short, says nothing.
    std::fs::write(&kept, &once(5, [7; 32])[..60]).unwrap();
    assert_eq!(start().await, None);
    std::fs::remove_file(&kept).unwrap();
    assert_eq!(start().await, None);
}
