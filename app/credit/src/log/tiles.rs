//! Where the parts of the log stand and in what form (C2SP tlog-tiles).
//!
//! A tile holds up to 256 hashes side by side: at level 0 of leaves, at level 1 of whole tiles of level 0, and so on. A bundle
//! holds the entries of a tile of level 0. Paths are relative to the log's address.

use std::fmt;
use std::ops::Range;

use super::tree::Hash;

/// How many hashes a full tile has, and how many entries a full bundle.
pub const FULL: u64 = 256;

/// How many levels of the tree a tile is high.
pub const HEIGHT: u8 = 8;

/// The highest level of tiles in a path (C2SP: “between 0 and 63”).
const HIGHEST: u8 = 63;

/// What a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileKind {
    /// Hashes, of this level of tiles.
    Hashes(u8),
    /// Entries.
    Entries,
}

/// A tile or a bundle, full or partial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TilePath {
    /// What it holds.
    pub kind: TileKind,
    /// How many of its kind stand to its left.
    pub number: u64,
    /// How many hashes or entries it has, 1 to 256.
    pub width: u16,
}

/// Not a path of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoTilePath;

impl TilePath {
    /// Whether it has all 256, and so never changes.
    pub fn is_full(&self) -> bool {
        u64::from(self.width) == FULL
    }

    /// Which hashes of its level, or which entries, it has; none where the number is beyond all sizes.
    pub fn range(&self) -> Option<Range<u64>> {
        let start = self.number.checked_mul(FULL)?;
        Some(start..start.checked_add(self.width.into())?)
    }

    /// Reads `tile/0/x001/234.p/5` or `tile/entries/000`. There is one spelling of each.
    ///
    /// # Errors
    /// [`NoTilePath`].
    pub fn parse(path: &str) -> Result<Self, NoTilePath> {
        let read = || {
            let (kind, rest) = path.strip_prefix("tile/")?.split_once('/')?;
            let kind = match kind {
                "entries" => TileKind::Entries,
                level => TileKind::Hashes(level.parse().ok().filter(|level| *level <= HIGHEST)?),
            };
            let (number, width) = match rest.split_once(".p/") {
                Some((number, width)) => (number, width.parse().ok().filter(|width| (1..256).contains(width))?),
                None => (rest, 256),
            };
            let digits: String = number.split('/').map(|group| group.strip_prefix('x').unwrap_or(group)).collect();
            Some(Self { kind, number: digits.parse().ok()?, width })
        };
        // Whatever else the parts above forgive is another spelling.
        read().filter(|tile| tile.to_string() == path).ok_or(NoTilePath)
    }

    /// Every tile of hashes that a log of this size has, lowest level first, and its bundles.
    pub fn all(size: u64) -> impl Iterator<Item = Self> {
        let of_level = |kind, hashes: u64| {
            let partial = (!hashes.is_multiple_of(FULL)).then_some(hashes / FULL);
            (0..hashes / FULL).chain(partial).map(move |number| Self::of(kind, number, hashes))
        };
        let levels = (0..=HIGHEST).map_while(move |level| {
            let hashes = hashes_at(level, size);
            (hashes > 0).then_some((TileKind::Hashes(level), hashes))
        });
        levels.chain((size > 0).then_some((TileKind::Entries, size))).flat_map(move |(kind, hashes)| of_level(kind, hashes))
    }

    /// The tile with this number where there are so many hashes or entries of its kind.
    pub fn of(kind: TileKind, number: u64, hashes: u64) -> Self {
        // At most 256.
        let width = hashes.saturating_sub(number.saturating_mul(FULL)).min(FULL) as u16;
        Self { kind, number, width }
    }
}

/// How many hashes a level of tiles has in a log of this size.
pub fn hashes_at(level: u8, size: u64) -> u64 {
    size.checked_shr(u32::from(level) * u32::from(HEIGHT)).unwrap_or(0)
}

impl fmt::Display for TilePath {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Hashes(level) => write!(to, "tile/{level}/")?,
            TileKind::Entries => write!(to, "tile/entries/")?,
        }
        let mut groups = vec![format!("{:03}", self.number % 1000)];
        let mut rest = self.number / 1000;
        while rest > 0 {
            groups.push(format!("x{:03}", rest % 1000));
            rest /= 1000;
        }
        groups.reverse();
        write!(to, "{}", groups.join("/"))?;
        if self.is_full() { Ok(()) } else { write!(to, ".p/{}", self.width) }
    }
}

/// The hashes of a tile; none where the bytes are not so many hashes.
pub fn read_hashes(bytes: &[u8], width: u16) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    (rest.is_empty() && hashes.len() == usize::from(width)).then(|| hashes.to_vec())
}

/// A bundle of entries: each after its length, two bytes, the higher one first. None where one is longer than 65,535 bytes.
pub fn write_bundle<E: AsRef<[u8]>>(entries: &[E]) -> Option<Vec<u8>> {
    let mut bundle = Vec::new();
    for entry in entries.iter().map(AsRef::as_ref) {
        bundle.extend(u16::try_from(entry.len()).ok()?.to_be_bytes());
        bundle.extend(entry);
    }
    Some(bundle)
}

/// The entries of a bundle; none where the bytes are not so many entries.
pub fn read_bundle(bytes: &[u8], width: u16) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let (entry, after) = after.split_at_checked(u16::from_be_bytes(*length).into())?;
        entries.push(entry);
        rest = after;
    }
    (rest.is_empty() && entries.len() == usize::from(width)).then_some(entries)
}
