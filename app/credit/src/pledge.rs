//! What an enterprise pledges and authorises when it files of its own accord.

use serde::{Deserialize, Serialize};

/// For what the platform may use what is registered. Each is asked for by itself and none is ticked beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 公示: shown to everyone.
    Publish,
    /// 信用评价: taken into account in credit evaluation.
    Evaluate,
    /// 信用报告: shown in credit reports.
    Report,
}

impl Purpose {
    /// Every purpose, in the order in which it is asked.
    pub const ALL: [Self; 3] = [Self::Publish, Self::Evaluate, Self::Report];

    /// Its name in HTML, in stores and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Evaluate => "evaluate",
            Self::Report => "report",
        }
    }
}

/// The pledge as it was shown and agreed to, frozen with the filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pledge {
    /// The version of the wording.
    pub version: String,
    /// Exactly what was shown.
    pub text: String,
    /// The purposes that were agreed to; the others were not.
    pub purposes: Vec<Purpose>,
}
