//! Reading what the platform answers, and no more of it than an answer can have.

use reqwest::Response;
use serde::de::DeserializeOwned;

/// The most bytes of an answer: a page of the list, or everything on file of one enterprise, has a few hundred thousand.
const LONGEST: usize = 16 * 1024 * 1024;

/// The answer, as JSON of this shape; none if it is not, breaks off, or is longer than any that is right.
pub(super) async fn read<T: DeserializeOwned>(mut answer: Response) -> Option<T> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.ok()? {
        if body.len() + chunk.len() > LONGEST {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&body).ok()
}

/// A number or a name that the platform gave, and no more of it than such a thing has: an answer may be large, and it goes into the log.
pub(super) fn beginning(word: &str) -> String {
    word.chars().take(200).collect()
}
