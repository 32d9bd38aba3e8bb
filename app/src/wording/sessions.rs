//! Where a person is signed in.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

use credit::form::{Phrase, phrase};

/// The words of the page.
pub struct SessionWords {
    pub title: Phrase,
    pub lead: Phrase,
    pub this_one: Phrase,
    pub since: Phrase,
    pub used: Phrase,
    pub no_enterprise: Phrase,
    pub end_others: Phrase,
    pub no_others: Phrase,
    pub ended: Phrase,
    pub not_yours: Phrase,
    pub see: Phrase,
}

/// The words.
pub const WORDS: SessionWords = SessionWords {
    title: phrase("我的登录", "Where I am signed in"),
    lead: phrase(
        "您在以下浏览器中处于登录状态。30 分钟不操作，或者登录满 12 小时，会自动退出。",
        "You are signed in in these browsers. A sign-in ends after half an hour without use, and after twelve hours.",
    ),
    this_one: phrase("这个浏览器", "This browser"),
    since: phrase("登录时间", "Signed in"),
    used: phrase("最近使用", "Last used"),
    no_enterprise: phrase("还没有选择企业", "No enterprise chosen yet"),
    end_others: phrase("退出其他浏览器中的登录", "End the sign-ins in other browsers"),
    no_others: phrase("没有其他浏览器登录。", "You are signed in nowhere else."),
    ended: phrase("其他浏览器中的登录已全部退出", "The sign-ins in other browsers have ended"),
    not_yours: phrase(
        "如果有不是您本人的登录，请全部退出，再到身份认证系统检查您的账号，并吊销不在您手里的签名密钥。",
        "If one of them is not yours, end them all, look after your account at the identity provider, and revoke signing keys that are not in your hands.",
    ),
    see: phrase("查看我的登录", "See where I am signed in"),
};
