//! The page for when too many people are here at once. It is one page in both languages, because finding out which one a
//! person reads would take what there is not enough of.

use super::Lang;

/// What the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overload {
    /// The heading.
    pub title: &'static str,
    /// What to do.
    pub sentences: [&'static str; 2],
}

/// The words.
pub const fn say(lang: Lang) -> Overload {
    match lang {
        Lang::Zh => Overload {
            title: "现在使用的人太多",
            sentences: [
                "这一次操作没有进行，什么都没有提交。",
                "请等几秒钟，用浏览器的“返回”回到刚才的页面再试一次：您填写的内容还在那里。",
            ],
        },
        Lang::En => Overload {
            title: "Too many people are here at the moment",
            sentences: [
                "Nothing was done and nothing was submitted.",
                "Wait some seconds, go back with your browser, and try again: what you typed is still there.",
            ],
        },
    }
}
