//! The pages for when something cannot be done just now: too many people are here at once, somebody is too fast, the store does not
//! do it. The first two are one page in both languages each, because finding out which one a person reads would take what there is
//! not enough of.

use super::Lang;

/// What the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overload {
    /// The heading.
    pub title: &'static str,
    /// What was not done; and what to do where what was typed is not on the page.
    pub sentences: [&'static str; 2],
}

/// More is asked of all together than can be answered.
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

/// As [`say`], to who only wanted to see something, perhaps right after something was done.
pub const fn say_of_look(lang: Lang) -> Overload {
    match lang {
        Lang::Zh => Overload {
            title: "现在使用的人太多",
            sentences: ["这一页现在打不开。已保存和已提交的内容没有受到影响。", "请等几秒钟，再刷新这一页。"],
        },
        Lang::En => Overload {
            title: "Too many people are here at the moment",
            sentences: [
                "This page cannot be shown just now. What was saved or submitted is unharmed.",
                "Wait some seconds, then load this page again.",
            ],
        },
    }
}

/// One person, or one address, posts faster than people do.
pub const fn too_fast(lang: Lang) -> Overload {
    match lang {
        Lang::Zh => Overload {
            title: "操作太频繁",
            sentences: [
                "这一次操作没有进行，什么都没有提交。已保存的内容没有受到影响。",
                "请等一分钟，用浏览器的“返回”回到刚才的页面再试一次：您填写的内容还在那里。",
            ],
        },
        Lang::En => Overload {
            title: "Too many requests",
            sentences: [
                "Nothing was done and nothing was submitted. What is saved is unharmed.",
                "Wait a minute, go back with your browser, and try again: what you typed is still there.",
            ],
        },
    }
}

/// The store did not do it, or nobody knows whether it did.
pub const fn store_down(lang: Lang) -> Overload {
    match lang {
        Lang::Zh => Overload {
            title: "系统暂时无法保存",
            sentences: ["这次操作没有得到确认，请不要当作已提交。", "请返回上一页，过几分钟再试；返回后填写的内容还在。"],
        },
        Lang::En => Overload {
            title: "We cannot save just now",
            sentences: [
                "There is no confirmation that it was done: do not take it as submitted.",
                "Go back and try again in a few minutes; what you typed is still there.",
            ],
        },
    }
}

/// The store did not give what is to be shown.
pub const fn cannot_show(lang: Lang) -> Overload {
    match lang {
        Lang::Zh => Overload {
            title: "这一页暂时打不开",
            sentences: ["系统现在读不到这一页的内容。已保存的内容没有受到影响。", "请过几分钟再打开。"],
        },
        Lang::En => Overload {
            title: "This page cannot be shown just now",
            sentences: [
                "The portal cannot read what belongs on it. What is saved is unharmed.",
                "Please open it again in a few minutes.",
            ],
        },
    }
}

/// What is said where everything that was typed is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Again {
    /// That it is here, and what to do.
    pub here: &'static str,
    /// That files are not, whether or not they arrived.
    pub files: &'static str,
    /// What to do, where nothing was typed.
    pub nothing_typed: &'static str,
    /// That it may have been done, and where to look.
    pub perhaps_done: &'static str,
    /// The button that posts it again.
    pub button: &'static str,
}

/// The words.
pub const fn again(lang: Lang) -> Again {
    match lang {
        Lang::Zh => Again {
            here: "您填写的内容就在这一页里，没有丢失。请等一会儿，再按下面的按钮重新提交。",
            files: "刚才选择的文件不在这一页里：重新提交之后请核对，没有列出的请再选一次。",
            nothing_typed: "请等一会儿，再按下面的按钮重新提交。",
            perhaps_done: "也可能已经办成，只是没有收到答复：请先看看“我的申报”里有没有。",
            button: "重新提交",
        },
        Lang::En => Again {
            here: "What you typed is in this page and is not lost. Wait a little, then press the button to submit it again.",
            files: "The files that you had chosen are not in this page: look afterwards which are listed, and choose the others again.",
            nothing_typed: "Wait a little, then press the button to submit it again.",
            perhaps_done: "It may have been done all the same: look among your filings first.",
            button: "Submit again",
        },
    }
}
