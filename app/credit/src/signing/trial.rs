//! What somebody signs to see whether a key works. It binds nobody, and says so.

use super::enrolment::wall;
use super::lines;
use crate::filing::Instant;

/// A trial (试签) of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The key's id.
    pub key: String,
    /// When it began.
    pub at: Instant,
}

impl Trial {
    /// The text, exactly as it is signed (UTF-8).
    pub fn text(&self) -> String {
        let time = wall(self.at).unwrap_or_default();
        lines::write(&[
            ("文书", "试签"),
            ("版本", "1"),
            ("密钥编号", &self.key),
            ("时间", &time),
            ("声明", "仅用于检查签名密钥能否使用，不产生任何法律效力。"),
        ])
    }
}
