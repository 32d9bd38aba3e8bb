//! What is said where everyone may look: the search for enterprises, and what an enterprise has made public.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

use credit::filing::Verification;
use credit::form::{Phrase, phrase};
use credit::lookup::{MOST_CHARACTERS, Unsearchable};

use super::Lang;

/// The words of the public pages.
pub struct PublicationWords {
    pub look_up: &'static str,
    pub look_up_text: &'static str,
    pub title: &'static str,
    pub lead: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub search: &'static str,
    pub problem_prefix: &'static str,
    pub results: &'static str,
    pub none: &'static str,
    pub none_text: &'static str,
    pub short: &'static str,
    pub next: &'static str,
    pub first: &'static str,
    pub pages: &'static str,
    pub code: &'static str,
    pub source: &'static str,
    pub self_declared: &'static str,
    pub not_a_finding: &'static str,
    pub nothing_public: &'static str,
    pub verification: &'static str,
    pub registered_on: &'static str,
    pub verified_on: &'static str,
    pub published_on: &'static str,
    pub valid_until: &'static str,
    pub no_end: &'static str,
    pub all_of_group: &'static str,
    pub all_groups: &'static str,
    pub earlier: &'static str,
    pub latest: &'static str,
    pub as_data: &'static str,
    pub unknown_title: &'static str,
    pub unknown_text: &'static str,
    pub bad_code_title: &'static str,
    pub bad_code_text: &'static str,
    pub again: &'static str,
    pub see_public: &'static str,
    pub see_public_label: &'static str,
}

static ZH: PublicationWords = PublicationWords {
    look_up: "查询公示",
    look_up_text: "按企业名称或统一社会信用代码，查询企业自愿登记并公示的信息，不需要登录。",
    title: "查询公示",
    lead: "这里可以查到奉贤区企业自愿登记、经平台核验并同意公示的信息。",
    label: "企业名称或统一社会信用代码",
    hint: "名称可以只写一部分，例如：精密机械；代码可以只写开头，至少 4 位",
    search: "查询",
    problem_prefix: "错误：",
    results: "查询结果",
    none: "没有查到",
    none_text: "没有公示信息的企业名称或代码与此相符。请检查有没有错字；代码至少写 4 位，名称可以只写一部分。没有查到，不说明企业的信用好坏。",
    short: "名称相近的企业很多，还没有全部查完，请继续查询下一页。",
    next: "下一页",
    first: "回到第一页",
    pages: "翻页",
    code: "统一社会信用代码",
    source: "来源",
    self_declared: "企业自主申报",
    not_a_finding: "以下信息由企业自愿登记并承诺真实，核验情况见每一项。它不是行政机关作出的信用认定。",
    nothing_public: "这家企业目前没有公示中的登记信息。没有公示，不说明企业的信用好坏。",
    verification: "核验情况",
    registered_on: "登记日期",
    verified_on: "核验日期",
    published_on: "公示日期",
    valid_until: "公示至",
    no_end: "长期",
    all_of_group: "查看这一类的全部信息",
    all_groups: "查看全部类别",
    earlier: "更早公示的",
    latest: "回到最新",
    as_data: "以数据格式（JSON）获取本页",
    unknown_title: "没有查到这家企业",
    unknown_text: "这个统一社会信用代码下没有公示过的登记信息。",
    bad_code_title: "统一社会信用代码不正确",
    bad_code_text: "网址中的统一社会信用代码应为 18 位，并且校验码要正确。请检查后再查。",
    again: "重新查询",
    see_public: "查看公示页",
    see_public_label: "查看本企业的公示页",
};

static EN: PublicationWords = PublicationWords {
    look_up: "Look up what is public",
    look_up_text: "What enterprises have registered of their own accord and made public, by name or credit code; no sign-in needed.",
    title: "Look up what is public",
    lead: "Here you find what enterprises of Fengxian District registered of their own accord, had verified and agreed to publish.",
    label: "Name or credit code of the enterprise",
    hint: "A part of the name is enough, for example: 精密机械; of a code the beginning, at least 4 characters",
    search: "Search",
    problem_prefix: "Error: ",
    results: "Results",
    none: "Nothing found",
    none_text: "No enterprise with public information has such a name or code. Check the spelling; of a code type at least 4 characters, of a name any part. Not being found says nothing about an enterprise’s credit.",
    short: "Very many names are similar and not all were gone through yet: please go on to the next page.",
    next: "Next page",
    first: "Back to the first page",
    pages: "Pages",
    code: "Credit code",
    source: "Source",
    self_declared: "Declared by the enterprise itself",
    not_a_finding: "The enterprise registered the following of its own accord and pledged that it is true; how far it was verified stands with each item. It is not a finding of any authority.",
    nothing_public: "This enterprise has nothing public at present. That says nothing about its credit.",
    verification: "Verification",
    registered_on: "Registered on",
    verified_on: "Verified on",
    published_on: "Published on",
    valid_until: "Shown until",
    no_end: "No end date",
    all_of_group: "All of this group",
    all_groups: "All groups",
    earlier: "Published earlier",
    latest: "Back to the latest",
    as_data: "This page as data (JSON)",
    unknown_title: "No such enterprise here",
    unknown_text: "Nothing registered under this credit code has ever been public.",
    bad_code_title: "That is not a credit code",
    bad_code_text: "The credit code in the address must have 18 characters and a correct check character. Please check it.",
    again: "Search again",
    see_public: "See the public page",
    see_public_label: "See the public page of this enterprise",
};

/// The words in a language.
pub fn words(lang: Lang) -> &'static PublicationWords {
    match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    }
}

/// Where all of it comes from: never to be taken for an official finding.
pub const SOURCE: Phrase = phrase(ZH.self_declared, EN.self_declared);

/// How far something was verified.
pub fn verification(verification: Verification) -> Phrase {
    match verification {
        Verification::Verified => phrase("已核验", "Verified"),
        Verification::PartlyVerified => phrase("部分核验", "Partly verified"),
    }
}

/// Why nothing was looked for.
pub fn unsearchable(why: Unsearchable, lang: Lang) -> String {
    match (why, lang) {
        (Unsearchable::Blank, Lang::Zh) => "请输入企业名称或统一社会信用代码，至少一个字".into(),
        (Unsearchable::Blank, Lang::En) => "Type at least one character of a name or credit code".into(),
        (Unsearchable::TooLong, Lang::Zh) => format!("最多输入 {MOST_CHARACTERS} 个字，请只写名称的一部分"),
        (Unsearchable::TooLong, Lang::En) => format!("At most {MOST_CHARACTERS} characters: type a part of the name"),
    }
}

/// What the results are of: `“精密”的查询结果`.
pub fn results_for(typed: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("“{typed}”的查询结果"),
        Lang::En => format!("Results for “{typed}”"),
    }
}
