//! Finding enterprises by a part of their name, in bounded time however many there are.
//!
//! Every name is entered under each of its characters and each pair of them. A name that holds the key stands under all of
//! the key's pairs; so the rarest of them is gone through in windows, in the order of codes, and each name is compared.

use async_trait::async_trait;
use credit::enterprise::Enterprise;
use credit::lookup::{Lookup, grams_to_find};

use super::Stored;
use super::publications::{EnterpriseRow, Found, enterprise};

/// How far grams are counted: mostly one is rarer than the first bound. Only where none is, they are counted on, and
/// beyond the second any of them will do.
const COUNTED: [i64; 2] = [64, 2000];

/// How many entries are gone through for one page: few at first, as mostly that is enough.
const WINDOWS: [i64; 3] = [64, 512, 4096];

/// So many grams of a key are weighed; nobody types more.
const MOST_GRAMS: usize = 24;

/// What is looked for under one gram.
pub(super) struct Window<'a> {
    pub gram: &'a str,
    /// The name key to be held.
    pub key: &'a str,
    /// The code after which the window begins.
    pub after: &'a str,
    /// How many entries it has.
    pub size: i64,
    /// Enterprises must have an item that is shown on this day.
    pub today: &'a str,
}

/// The index of one store.
#[async_trait]
pub(super) trait NameIndex: Sync {
    /// The enterprises whose code begins so, in the order of codes.
    async fn by_code(&self, prefix: &str, after: &str, today: &str, most: i64) -> Stored<Vec<EnterpriseRow>>;
    /// How many names have each of these grams, each counted up to `most`.
    async fn counts(&self, grams: &[String], most: i64) -> Stored<Vec<(String, i64)>>;
    /// The enterprises in a window whose name holds the key, in any order.
    async fn in_window(&self, window: &Window<'_>) -> Stored<Vec<EnterpriseRow>>;
    /// The last code of a window; none if there are not so many entries.
    async fn end_of(&self, window: &Window<'_>) -> Stored<Option<String>>;
}

/// A page of what was looked for.
pub(super) async fn look_up(
    index: &impl NameIndex,
    lookup: &Lookup,
    after: Option<&str>,
    today: &str,
    most: usize,
) -> Stored<Found> {
    let after = after.unwrap_or_default();
    if let Some(prefix) = &lookup.code {
        let rows = index.by_code(prefix, after, today, i64::try_from(most).unwrap_or(i64::MAX - 1) + 1).await?;
        if !rows.is_empty() {
            let mut found = rows.into_iter().map(enterprise).collect::<Stored<Vec<_>>>()?;
            let next = cut(&mut found, most);
            return Ok(Found { enterprises: found, next });
        }
    }
    match rarest(index, &lookup.name).await? {
        Some(gram) => by_name(index, &gram, &lookup.name, after, today, most).await,
        None => Ok(Found::default()),
    }
}

/// The gram of a key that the fewest names have; none if there is one that no name has.
async fn rarest(index: &impl NameIndex, key: &str) -> Stored<Option<String>> {
    let mut grams: Vec<String> = grams_to_find(key).into_iter().take(MOST_GRAMS).collect();
    if grams.len() < 2 {
        return Ok(grams.pop());
    }
    let mut rarest = None;
    for most in COUNTED {
        let counts = index.counts(&grams, most).await?;
        rarest = counts.into_iter().min_by_key(|(_, count)| *count);
        match rarest {
            Some((_, 0)) => return Ok(None),
            Some((_, count)) if count < most => break,
            _ => {}
        }
    }
    Ok(rarest.map(|(gram, _)| gram))
}

async fn by_name(index: &impl NameIndex, gram: &str, key: &str, after: &str, today: &str, most: usize) -> Stored<Found> {
    let mut found: Vec<Enterprise> = Vec::new();
    let mut at = after.to_owned();
    for size in WINDOWS {
        let window = Window { gram, key, after: &at, size, today };
        let mut rows = index.in_window(&window).await?.into_iter().map(enterprise).collect::<Stored<Vec<_>>>()?;
        rows.sort_unstable_by(|a, b| a.code.cmp(&b.code));
        found.append(&mut rows);
        if let Some(next) = cut(&mut found, most) {
            return Ok(Found { enterprises: found, next: Some(next) });
        }
        match index.end_of(&window).await? {
            Some(end) => at = end,
            None => return Ok(Found { enterprises: found, next: None }),
        }
    }
    Ok(Found { enterprises: found, next: Some(at) })
}

/// Cuts a page off; gives the code after which the next one begins, if there is one.
fn cut(found: &mut Vec<Enterprise>, most: usize) -> Option<String> {
    if found.len() <= most {
        return None;
    }
    found.truncate(most);
    found.last().map(|last| last.code.as_str().to_owned())
}
