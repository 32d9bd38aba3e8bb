//! How an application reaches whoever decides about it.

use serde::{Deserialize, Serialize};

use crate::form::{Answer, Field, Kind, answer};

/// How an application is handed over. Whether the district's platform may hand it on to 信用中国 is not confirmed, so each
/// channel has its own way, and the operator sets it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandOver {
    /// The portal sends it to the district's platform.
    #[default]
    Platform,
    /// The enterprise takes a prepared package to the official entrance by itself.
    Package,
}

const WAYS: &[Answer] = &[
    answer("platform", "由本网站报送平台", "Sent to the platform by this site"),
    answer("package", "自行到官方渠道递交", "Taken to the official entrance by the enterprise"),
];

/// 递交方式, frozen with what is filed.
pub static HAND_OVER: Field = Field::new("hand_over", Kind::Choice(WAYS), "递交方式", "How it is handed over").platform_only();

impl HandOver {
    /// Its name in contents and settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Package => "package",
        }
    }

    /// How what was filed is handed over. Only applications for repair and objections can be anything but sent.
    pub fn of(content: &crate::registration::Content) -> Self {
        let package = content.get(HAND_OVER.name).is_some_and(|way| way == Self::Package.name());
        if package { Self::Package } else { Self::Platform }
    }
}
