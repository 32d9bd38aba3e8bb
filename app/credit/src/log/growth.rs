//! That the log of today is the one that a checkpoint of before was of, only longer: in the form in which logs tell it to
//! witnesses (C2SP tlog-witness, the body of `add-checkpoint`).

use base64ct::{Base64, Encoding};

use super::checkpoint::Checkpoint;
use super::note::VerifierKey;
use super::proof::verify_consistency;
use super::tree::Hash;

/// A proof of a log of 2⁶⁴ entries has no more hashes.
const MOST_HASHES: usize = 64;

/// How the log grew since it had so many entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Growth {
    /// How many entries it had then.
    pub old: u64,
    /// The proof.
    pub proof: Vec<Hash>,
    /// The checkpoint of now.
    pub checkpoint: String,
}

impl Growth {
    /// The text.
    pub fn write(&self) -> String {
        let mut text = format!("old {}\n", self.old);
        for hash in &self.proof {
            text.push_str(&Base64::encode_string(hash));
            text.push('\n');
        }
        text + "\n" + &self.checkpoint
    }

    /// Reads such a text.
    pub fn read(text: &str) -> Option<Self> {
        let (head, checkpoint) = text.split_once("\n\n")?;
        let mut lines = head.lines();
        let old = lines.next()?.strip_prefix("old ")?.parse().ok()?;
        let proof: Option<Vec<Hash>> = lines.map(|line| Base64::decode_vec(line).ok()?.try_into().ok()).collect();
        let proof = proof.filter(|proof| proof.len() <= MOST_HASHES)?;
        Some(Self { old, proof, checkpoint: checkpoint.to_owned() })
    }

    /// Whether the log of now, as this key signed it, is that of `before`, only longer.
    pub fn goes_on_from(&self, before: &Checkpoint, key: &VerifierKey) -> bool {
        Checkpoint::open(&self.checkpoint, key).is_ok_and(|now| {
            self.old == before.size && verify_consistency(before.size, &before.root, now.size, &now.root, &self.proof).is_ok()
        })
    }
}
