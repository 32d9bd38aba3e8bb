//! Verifies a whole log from outside, over HTTP: reads every entry, recomputes every tile, and compares the root with the signed
//! checkpoint. Nothing that the log says is believed but its key, and that only where none is given.

use std::time::Duration;

use credit::filing::Instant;
use credit::log::checkpoint::Checkpoint;
use credit::log::entry::Entry;
use credit::log::note::VerifierKey;
use credit::log::tiles::{FULL, HEIGHT, TileKind, TilePath, hashes_at, read_bundle, read_hashes};
use credit::log::tree::{Frontier, Hash, leaf_hash};
use futures_util::stream::{self, StreamExt};
use url::Url;

/// How many tiles are asked for at once.
const AT_ONCE: usize = 8;

/// The most bytes of an answer: a bundle of 256 entries of the longest kind.
const MOST_BYTES: usize = 256 * (2 + 65_535);

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A log in which everything agrees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// What it says of itself.
    pub checkpoint: Checkpoint,
    /// Its key.
    pub key: VerifierKey,
    /// The time in its last entry.
    pub last_at: Option<Instant>,
}

/// The first place at which it does not agree, or could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct Fault {
    /// The path below the log's address.
    pub place: String,
    /// What is wrong there.
    pub what: String,
}

impl Fault {
    fn at(place: impl ToString, what: impl Into<String>) -> Self {
        Self { place: place.to_string(), what: what.into() }
    }
}

/// Verifies the log at an address, which the paths stand below. Without a key, the one that the log itself names is taken.
///
/// # Errors
/// [`Fault`], the first one met.
pub async fn verify(log: &Url, key: Option<VerifierKey>) -> Result<Verified, Fault> {
    verify_with(log, key, &mut |_| {}).await
}

/// What is met on the way through a log.
#[derive(Debug)]
pub enum Met<'a> {
    /// An entry with its number.
    Entry(u64, &'a Entry),
    /// The tree so far, after each entry and at the beginning.
    Grown(&'a Frontier),
}

/// As [`verify`], telling of every entry and every root on the way.
///
/// # Errors
/// [`Fault`], the first one met.
pub async fn verify_with(log: &Url, key: Option<VerifierKey>, meet: &mut (dyn FnMut(Met<'_>) + Send)) -> Result<Verified, Fault> {
    let reader = Reader::new(log)?;
    let key = match key {
        Some(key) => key,
        None => {
            let text = reader.text("key").await?;
            VerifierKey::parse(text.trim_end()).map_err(|wrong| Fault::at("key", format!("it is no verifier key: {wrong:?}")))?
        }
    };
    let note = reader.text("checkpoint").await?;
    let checkpoint =
        Checkpoint::open(&note, &key).map_err(|wrong| Fault::at("checkpoint", format!("it does not hold: {wrong:?}")))?;
    let size = checkpoint.size;
    let mut computed = Computed::default();
    let mut last_at = None;
    meet(Met::Grown(&computed.frontier));
    let bundles = stream::iter(0..size.div_ceil(FULL)).map(|number| reader.bundle_and_tile(number, size)).buffered(AT_ONCE);
    let mut bundles = std::pin::pin!(bundles);
    while let Some(read) = bundles.next().await {
        let (bundle, tile, entries, hashes) = read?;
        let entries = read_bundle(&entries, bundle.width)
            .ok_or_else(|| Fault::at(bundle, format!("it does not hold {} entries", bundle.width)))?;
        let hashes = tile_hashes(tile, &hashes)?;
        for (entry, hash) in entries.into_iter().zip(hashes) {
            let number = computed.frontier.size();
            let read = Entry::read(entry).map_err(|_| Fault::at(bundle, format!("entry {number} is none")))?;
            if leaf_hash(entry) != hash {
                return Err(Fault::at(tile, format!("hash {number} is not that of entry {number}")));
            }
            last_at = Some(read.at);
            meet(Met::Entry(number, &read));
            computed.append(hash);
            meet(Met::Grown(&computed.frontier));
        }
    }
    verify_levels_above(&reader, &computed, size).await?;
    if computed.frontier.root() != checkpoint.root {
        return Err(Fault::at("checkpoint", format!("the root that it signs is not that of the {size} entries")));
    }
    Ok(Verified { checkpoint, key, last_at })
}

/// Compares the tiles above the lowest level with what the entries give.
async fn verify_levels_above(reader: &Reader, computed: &Computed, size: u64) -> Result<(), Fault> {
    for (level, hashes) in (1..).zip(&computed.above) {
        let count = hashes_at(level, size);
        for (number, expected) in (0..).zip(hashes.chunks(FULL as usize)) {
            let tile = TilePath::of(TileKind::Hashes(level), number, count);
            let found = tile_hashes(tile, &reader.bytes(&tile.to_string()).await?)?;
            if let Some(wrong) = found.iter().zip(expected).position(|(found, expected)| found != expected) {
                return Err(Fault::at(tile, format!("its hash {wrong} is not that of the tile below")));
            }
        }
    }
    Ok(())
}

fn tile_hashes(tile: TilePath, bytes: &[u8]) -> Result<Vec<Hash>, Fault> {
    read_hashes(bytes, tile.width).ok_or_else(|| Fault::at(tile, format!("it does not hold {} hashes", tile.width)))
}

/// What the entries so far give.
#[derive(Default)]
struct Computed {
    frontier: Frontier,
    /// The hashes of the levels of tiles above the lowest.
    above: Vec<Vec<Hash>>,
}

impl Computed {
    fn append(&mut self, leaf: Hash) {
        for (node, hash) in self.frontier.append(leaf) {
            let (level, within) = (usize::from(node.level / HEIGHT), node.level % HEIGHT);
            if level == 0 || within != 0 {
                continue;
            }
            if self.above.len() < level {
                self.above.push(Vec::new());
            }
            self.above[level - 1].push(hash);
        }
    }
}

/// Reads what stands below a log's address.
struct Reader {
    http: reqwest::Client,
    log: Url,
}

impl Reader {
    fn new(log: &Url) -> Result<Self, Fault> {
        // Only an already installed provider can make this fail, and that one will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().timeout(PATIENCE).build();
        let http = http.map_err(|error| Fault::at(log, format!("HTTP cannot be spoken: {error}")))?;
        let mut log = log.clone();
        if !log.path().ends_with('/') {
            log.set_path(&format!("{}/", log.path()));
        }
        Ok(Self { http, log })
    }

    async fn bytes(&self, path: &str) -> Result<Vec<u8>, Fault> {
        let unread = |error: reqwest::Error| Fault::at(path, format!("it cannot be read: {error}"));
        let url = self.log.join(path).map_err(|error| Fault::at(path, error.to_string()))?;
        let mut answer = self.http.get(url).send().await.map_err(unread)?;
        if answer.status() != reqwest::StatusCode::OK {
            return Err(Fault::at(path, format!("the answer is {}", answer.status())));
        }
        let mut bytes = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(unread)? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > MOST_BYTES {
                return Err(Fault::at(path, "it is longer than anything in a log"));
            }
        }
        Ok(bytes)
    }

    async fn text(&self, path: &str) -> Result<String, Fault> {
        String::from_utf8(self.bytes(path).await?).map_err(|_| Fault::at(path, "it is no text"))
    }

    async fn bundle_and_tile(&self, number: u64, size: u64) -> Result<(TilePath, TilePath, Vec<u8>, Vec<u8>), Fault> {
        let [bundle, tile] = [TileKind::Entries, TileKind::Hashes(0)].map(|kind| TilePath::of(kind, number, size));
        let entries = self.bytes(&bundle.to_string()).await?;
        Ok((bundle, tile, entries, self.bytes(&tile.to_string()).await?))
    }
}
