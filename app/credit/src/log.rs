//! The public log (公开日志): an append-only Merkle tree whose every state is signed, so that nobody, we included, can change
//! or take back what was entered without being found out.
//!
//! It follows [C2SP tlog-tiles](https://c2sp.org/tlog-tiles), so that other people's tools read it. Entries hold salted
//! hashes only, never content: what they speak of can end, be masked or be withdrawn while the log stays whole.
//!
//! - [`tree`]: the tree of RFC 6962, growing at its right edge. - [`proof`]: that an entry is in it, and that it only grew.
//! - [`tiles`]: where its parts stand, and in what form. - [`entry`]: what is entered.
//! - [`note`], [`checkpoint`]: a signed statement of its size and root. - [`growth`]: that one follows from another.
//! - [`cosignature`]: that others have seen it. - [`listing`]: that the list of commitments is complete.

pub mod checkpoint;
pub mod cosignature;
pub mod entry;
pub mod growth;
pub mod listing;
pub mod note;
pub mod proof;
pub mod tiles;
pub mod tree;
