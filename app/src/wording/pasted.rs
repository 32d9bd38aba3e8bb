//! What the browser says of pasted rows that it has checked.

use super::Lang;

/// How the check of pasted rows stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// It goes on.
    Checking,
    /// Every row was judged.
    Judged {
        /// How many rows there are.
        rows: usize,
        /// How many of them have faults.
        faulty: usize,
        /// How many faults they have together.
        faults: usize,
    },
}

/// The sentence.
pub fn say(check: Check, lang: Lang) -> String {
    match (check, lang) {
        (Check::Checking, Lang::Zh) => "正在检查粘贴的内容…".into(),
        (Check::Checking, Lang::En) => "Checking what was pasted…".into(),
        (Check::Judged { rows, faulty: 0, .. }, Lang::Zh) => format!("共 {rows} 行，都没有错误。"),
        (Check::Judged { rows, faulty: 0, .. }, Lang::En) => format!("{}, all without fault.", some(rows, "row")),
        (Check::Judged { rows, faulty, faults }, Lang::Zh) => {
            format!("共 {rows} 行：{} 行没有错误，{faulty} 行需要更正，有 {faults} 处问题。", rows - faulty)
        }
        (Check::Judged { rows, faulty, faults }, Lang::En) => {
            let (rows, sound) = (some(rows, "row"), rows - faulty);
            format!("{rows}: {sound} without fault, {faulty} to be mended with {}.", some(faults, "problem"))
        }
    }
}

fn some(number: usize, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {what}{ending}")
}

/// That only the first of many are listed; nothing where all are.
pub fn first(listed: usize, of: usize, lang: Lang) -> String {
    match lang {
        _ if listed >= of => String::new(),
        Lang::Zh => format!("下面列出前 {listed} 处，共 {of} 处。"),
        Lang::En => format!("The first {listed} of {of} are listed."),
    }
}
