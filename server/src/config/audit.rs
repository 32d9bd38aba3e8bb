//! How long the audit is kept, `[audit]`.

use serde::Deserialize;

use super::public_side::number;

/// How long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuditSettings {
    /// Days for which an entry is kept. Network logs are to be kept for six months at least (网络安全法第二十一条).
    #[serde(deserialize_with = "number")]
    pub keep_days: i64,
}

impl Default for AuditSettings {
    fn default() -> Self {
        Self { keep_days: 400 }
    }
}

impl AuditSettings {
    /// What is wrong with it, in a sentence.
    pub(super) fn check(&self) -> Result<(), String> {
        if (184..=3_660).contains(&self.keep_days) {
            return Ok(());
        }
        Err(format!("audit.keep_days is {}: it must be 184 (six months, as the law asks) to 3660 days.", self.keep_days))
    }
}
