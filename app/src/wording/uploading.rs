//! What the browser says while files are on their way.

use super::Lang;

/// How the sending of one file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uploading {
    /// Others go first.
    Waiting,
    /// A photograph is being made smaller.
    Shrinking,
    /// So much has arrived, in per cent.
    Arrived(u8),
    /// The line dropped; it goes on by itself.
    Dropped,
    /// It was tried often enough; a person may try again.
    Failed,
    /// The session has ended.
    SignedOut,
    /// The draft is gone.
    Gone,
}

impl Uploading {
    /// Whether it goes no further by itself.
    pub fn stands_still(self) -> bool {
        matches!(self, Self::Failed | Self::SignedOut | Self::Gone)
    }
}

/// The sentence.
pub fn say(uploading: Uploading, lang: Lang) -> String {
    let words = match (uploading, lang) {
        (Uploading::Arrived(percent), Lang::Zh) => return format!("已上传 {percent}%"),
        (Uploading::Arrived(percent), Lang::En) => return format!("{percent}% sent"),
        (Uploading::Waiting, Lang::Zh) => "等待上传",
        (Uploading::Waiting, Lang::En) => "Waiting",
        (Uploading::Shrinking, Lang::Zh) => "正在缩小照片…",
        (Uploading::Shrinking, Lang::En) => "Making it smaller…",
        (Uploading::Dropped, Lang::Zh) => "网络中断，恢复后从断点继续",
        (Uploading::Dropped, Lang::En) => "The connection dropped; it goes on where it stopped",
        (Uploading::Failed, Lang::Zh) => "没有传完，请重试",
        (Uploading::Failed, Lang::En) => "Not sent; please try again",
        (Uploading::SignedOut, Lang::Zh) => "登录已失效，重新登录后请重试",
        (Uploading::SignedOut, Lang::En) => "You have been signed out; sign in again and retry",
        (Uploading::Gone, Lang::Zh) => "这份草稿已提交或已删除，文件没有收下",
        (Uploading::Gone, Lang::En) => "This draft has been submitted or deleted; the file was not taken",
    };
    words.into()
}

/// The button that gives a file up.
pub fn cancel(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "取消",
        Lang::En => "Cancel",
    }
}

/// The button that tries again.
pub fn retry(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "重试",
        Lang::En => "Try again",
    }
}

/// Said when somebody wants to go on while files are on their way.
pub fn goes_on_after(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "文件传完后自动继续。",
        Lang::En => "Goes on by itself when the files have been sent.",
    }
}
