//! What the browser says while it saves a draft by itself.

use super::Lang;

/// How the saving of a draft stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// Nothing typed since the page came.
    Idle,
    /// On its way.
    Saving,
    /// Saved at this time of day (`HH:MM`).
    Saved(String),
    /// The session has ended.
    SignedOut,
    /// Somebody changed the draft elsewhere.
    Rival,
    /// The draft is gone (filed or deleted elsewhere).
    Gone,
    /// The server answered that it cannot now.
    ServerTrouble,
    /// The server cannot be reached.
    NoNetwork,
}

/// The sentence.
pub fn say(saving: &Saving, lang: Lang) -> String {
    match (saving, lang) {
        (Saving::Idle, _) => String::new(),
        (Saving::Saving, Lang::Zh) => "正在保存…".into(),
        (Saving::Saving, Lang::En) => "Saving…".into(),
        (Saving::Saved(at), Lang::Zh) => format!("已自动保存（{at}）"),
        (Saving::Saved(at), Lang::En) => format!("Saved by itself at {at}"),
        (Saving::SignedOut, Lang::Zh) => "登录已失效，新填的内容还没有保存。请重新登录，本页内容不会丢失。".into(),
        (Saving::SignedOut, Lang::En) => {
            "You have been signed out; what you typed last is not saved yet. Sign in again, this page keeps its text.".into()
        }
        (Saving::Rival, Lang::Zh) => "这份草稿在另一个窗口也被修改过，两份内容都已保留。".into(),
        (Saving::Rival, Lang::En) => "This draft was also changed in another window. Both versions have been kept.".into(),
        (Saving::Gone, Lang::Zh) => "这份草稿已提交或已删除，新填的内容没有保存。".into(),
        (Saving::Gone, Lang::En) => "This draft has been submitted or deleted; what you typed last is not saved.".into(),
        (Saving::ServerTrouble, Lang::Zh) => "服务器暂时无法保存，会继续重试。请不要关闭本页。".into(),
        (Saving::ServerTrouble, Lang::En) => "The server cannot save just now; trying again. Please keep this page open.".into(),
        (Saving::NoNetwork, Lang::Zh) => "网络不通，新填的内容还没有保存，会继续重试。请不要关闭本页。".into(),
        (Saving::NoNetwork, Lang::En) => {
            "No connection; what you typed last is not saved yet. Trying again. Please keep this page open.".into()
        }
    }
}

/// The words of the link that mends it, if a link does.
pub fn link(saving: &Saving, lang: Lang) -> Option<&'static str> {
    match (saving, lang) {
        (Saving::SignedOut, Lang::Zh) => Some("在新窗口重新登录"),
        (Saving::SignedOut, Lang::En) => Some("Sign in again in a new window"),
        (Saving::Rival, Lang::Zh) => Some("比较两份内容并选择"),
        (Saving::Rival, Lang::En) => Some("Compare the two and choose"),
        _ => None,
    }
}
