//! How the stand-ins can be told to misbehave.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// A way to behave. Each is written for one failure that the portal must survive or refuse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mood {
    /// As the contract says.
    #[default]
    Normal,
    /// The platform thinks for `seconds` before it does its work.
    Slow,
    /// The platform answers 429 with `Retry-After`.
    TooMany,
    /// The platform answers 500.
    Broken,
    /// The platform does its work, then cuts the line instead of answering. Writing requests only.
    DropAnswer,
    /// Each event is delivered twice.
    AnswerTwice,
    /// Events are not delivered at all; they are in the list.
    LoseEvents,
    /// The platform answers 200 with something that is no JSON, and does nothing.
    Rubbish,
    /// The platform answers 503 with `Retry-After`.
    Down,
    /// The identity provider answers 503, whatever is asked.
    IdpDown,
    /// The ID token carries another nonce than the one asked for.
    WrongNonce,
    /// The ID token is meant for somebody else.
    WrongAudience,
    /// The ID token has expired before it is issued.
    ExpiredToken,
    /// The ID token names another issuer.
    WrongIssuer,
    /// The ID token's signature does not fit.
    BadSignature,
}

impl Mood {
    /// All moods with what a person reads in the operator's list.
    pub(crate) const ALL: [(Self, &'static str); 15] = [
        (Self::Normal, "正常"),
        (Self::Slow, "平台响应缓慢"),
        (Self::TooMany, "平台限流（429）"),
        (Self::Broken, "平台内部错误（500）"),
        (Self::DropAnswer, "平台已收件但断开连接"),
        (Self::AnswerTwice, "每个通知送达两次"),
        (Self::LoseEvents, "通知全部丢失"),
        (Self::Rubbish, "平台答复乱码"),
        (Self::Down, "平台停机（503）"),
        (Self::IdpDown, "身份认证停机（503）"),
        (Self::WrongNonce, "身份令牌 nonce 错误"),
        (Self::WrongAudience, "身份令牌受众错误"),
        (Self::ExpiredToken, "身份令牌已过期"),
        (Self::WrongIssuer, "身份令牌签发方错误"),
        (Self::BadSignature, "身份令牌签名错误"),
    ];

    /// Whether the mood shows when the platform is called in this way.
    pub(crate) fn troubles_platform(self, writes: bool) -> bool {
        match self {
            Self::Slow | Self::TooMany | Self::Broken | Self::Rubbish | Self::Down => true,
            Self::DropAnswer => writes,
            _ => false,
        }
    }

    /// Whether the mood shows in an ID token.
    pub(crate) fn spoils_token(self) -> bool {
        matches!(self, Self::WrongNonce | Self::WrongAudience | Self::ExpiredToken | Self::WrongIssuer | Self::BadSignature)
    }
}

/// A mood and how long it lasts.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Setting {
    /// The way to behave.
    pub(crate) mood: Mood,
    /// After so many affected requests everything is normal again; for ever when `None`.
    #[serde(default)]
    pub(crate) times: Option<u32>,
    /// How long to wait, or what `Retry-After` says.
    #[serde(default)]
    pub(crate) seconds: Option<u64>,
    /// Only paths that begin so are affected, for example `/platform/v1/submissions`.
    #[serde(default)]
    pub(crate) only: Option<String>,
}

impl Setting {
    /// Whether a request to this path is meant.
    pub(crate) fn covers(&self, path: &str) -> bool {
        self.only.as_deref().is_none_or(|start| path.starts_with(start))
    }
}

/// The switch that tests and the operator's page turn.
#[derive(Debug, Default)]
pub(crate) struct MoodSwitch(Mutex<Setting>);

impl MoodSwitch {
    /// Turns the switch. A mood that should last zero times is the normal one.
    pub(crate) fn set(&self, setting: Setting) {
        let setting = if setting.times == Some(0) { Setting::default() } else { setting };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = setting;
    }

    /// What is set now.
    pub(crate) fn get(&self) -> Setting {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The setting if it applies here, using up one of its times.
    pub(crate) fn take(&self, applies: impl Fn(&Setting) -> bool) -> Option<Setting> {
        let mut setting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !applies(&setting) {
            return None;
        }
        let taken = setting.clone();
        match setting.times {
            Some(times) if times <= 1 => *setting = Setting::default(),
            Some(times) => setting.times = Some(times - 1),
            None => {}
        }
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_so_many_times_everything_is_normal_again() {
        let switch = MoodSwitch::default();
        switch.set(Setting { mood: Mood::Broken, times: Some(2), ..Setting::default() });
        let broken = |setting: &Setting| setting.mood.troubles_platform(false);
        assert!(switch.take(broken).is_some());
        assert!(switch.take(broken).is_some());
        assert!(switch.take(broken).is_none());
        assert_eq!(switch.get().mood, Mood::Normal);
    }

    #[test]
    fn a_request_that_is_not_meant_uses_nothing_up() {
        let switch = MoodSwitch::default();
        switch.set(Setting { mood: Mood::DropAnswer, times: Some(1), ..Setting::default() });
        assert!(switch.take(|setting| setting.mood.troubles_platform(false)).is_none());
        assert!(switch.take(|setting| setting.mood.troubles_platform(true)).is_some());
    }
}
