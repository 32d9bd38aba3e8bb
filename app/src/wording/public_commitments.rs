//! What is said where everyone may look up commitments.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

use credit::commitment::state::CommitmentState;
use credit::filing::Performance;
use credit::form::{Phrase, phrase};

use super::Lang;
use super::life::Tone;

/// The words of the public pages of commitments.
pub struct PublicCommitmentWords {
    pub title: Phrase,
    pub door_text: Phrase,
    pub lead: Phrase,
    pub filters: Phrase,
    pub who: Phrase,
    pub who_hint: Phrase,
    pub code: Phrase,
    pub code_hint: Phrase,
    pub kind: Phrase,
    pub authority: Phrase,
    pub from: Phrase,
    pub to: Phrase,
    pub day_hint: Phrase,
    pub state: Phrase,
    pub all: Phrase,
    pub search: Phrase,
    pub clear: Phrase,
    pub results: Phrase,
    pub newest: Phrase,
    pub none: Phrase,
    pub none_text: Phrase,
    pub too_many: Phrase,
    pub pages: Phrase,
    pub older: Phrase,
    pub first: Phrase,
    pub data: Phrase,
    pub data_text: Phrase,
    pub as_json: Phrase,
    pub all_lines: Phrase,
    pub all_table: Phrase,
    pub feed: Phrase,
    pub bad_code: Phrase,
    pub bad_day: Phrase,
    pub wrong_order: Phrase,
    pub pledger: Phrase,
    pub pledger_code: Phrase,
    pub matter: Phrase,
    pub text: Phrase,
    pub liability: Phrase,
    pub made_on: Phrase,
    pub valid_until: Phrase,
    pub no_end: Phrase,
    pub scope: Phrase,
    pub term: Phrase,
    pub signed_how: Phrase,
    pub signed: Phrase,
    pub confirmed: Phrase,
    pub signer: Phrase,
    pub published_on: Phrase,
    pub shown_until: Phrase,
    pub source: Phrase,
    pub template: Phrase,
    pub withdrawn_on: Phrase,
    pub found: Phrase,
    pub found_by: Phrase,
    pub found_on: Phrase,
    pub unfulfilled: Phrase,
    pub pursued: Phrase,
    pub facts: Phrase,
    pub log: Phrase,
    pub log_text: Phrase,
    pub log_number: Phrase,
    pub checkpoint: Phrase,
    pub not_a_finding: Phrase,
    pub chinese: Phrase,
    pub of_enterprise: Phrase,
    pub as_data: Phrase,
    pub gone: Phrase,
    pub gone_text: Phrase,
    pub unknown: Phrase,
    pub unknown_text: Phrase,
    pub again: Phrase,
    pub all_of_enterprise: Phrase,
    pub feed_title: Phrase,
}

/// Them.
pub static WORDS: PublicCommitmentWords = PublicCommitmentWords {
    title: phrase("承诺公示", "Published commitments"),
    door_text: phrase(
        "查询企业公开作出的信用承诺和履行情况，不需要登录。",
        "Commitments that enterprises made in public, and how they were kept; no sign-in needed.",
    ),
    lead: phrase(
        "这里可以查到奉贤区企业签署并公开的信用承诺、是否有效以及履行情况。",
        "Here you find the commitments that enterprises of Fengxian District signed and made public, whether they hold, and how they were kept.",
    ),
    filters: phrase("查询条件", "What to look for"),
    who: phrase("企业名称或统一社会信用代码", "Name or credit code of the enterprise"),
    who_hint: phrase("名称可以只写一部分", "A part of the name is enough"),
    code: phrase("承诺编码", "Code of the commitment"),
    code_hint: phrase("20 位数字", "20 digits"),
    kind: phrase("承诺类型", "Kind of commitment"),
    authority: phrase("受理单位", "Accepting authority"),
    from: phrase("承诺作出日期，从", "Made on or after"),
    to: phrase("承诺作出日期，到", "Made on or before"),
    day_hint: phrase("例如：2026-11-24", "For example: 2026-11-24"),
    state: phrase("承诺状态", "State"),
    all: phrase("全部", "All"),
    search: phrase("查询", "Search"),
    clear: phrase("清空条件", "Clear"),
    results: phrase("查询结果", "Results"),
    newest: phrase("最新公示的承诺", "The newest"),
    none: phrase("没有查到", "Nothing found"),
    none_text: phrase(
        "没有公示中的承诺与此相符。没有查到，不说明企业的信用好坏。",
        "No commitment that is public now fits. Not being found says nothing about an enterprise’s credit.",
    ),
    too_many: phrase(
        "名称相近的企业很多，这里只包括其中前 50 家。请把名称写得更完整。",
        "Very many names are similar: only the first 50 of them are included. Please type more of the name.",
    ),
    pages: phrase("翻页", "Pages"),
    older: phrase("更早的承诺", "Earlier ones"),
    first: phrase("回到最新", "Back to the newest"),
    data: phrase("开放数据", "Open data"),
    data_text: phrase(
        "全部公示中的承诺可以直接下载，文件中写明公开日志的检查点，可以据此核对是否完整。",
        "All commitments that are public now can be downloaded; the files name the checkpoint of the public log, by which one can check that nothing is missing.",
    ),
    as_json: phrase("本页数据（JSON）", "This page as data (JSON)"),
    all_lines: phrase("全部（NDJSON）", "All of them (NDJSON)"),
    all_table: phrase("全部（CSV）", "All of them (CSV)"),
    feed: phrase("订阅最新承诺（Atom）", "Follow the newest (Atom)"),
    bad_code: phrase("承诺编码应为 20 位数字", "A commitment’s code has 20 digits"),
    bad_day: phrase(
        "请按“年-月-日”填写存在的日期，例如 2026-11-24",
        "Type a day that exists as year-month-day, for example 2026-11-24",
    ),
    wrong_order: phrase("结束日期不能早于开始日期", "The last day cannot be before the first"),
    pledger: phrase("承诺人", "Made by"),
    pledger_code: phrase("统一社会信用代码", "Credit code"),
    matter: phrase("承诺事由", "Matter"),
    text: phrase("承诺内容", "What is pledged"),
    liability: phrase("违诺责任", "Liability for breach"),
    made_on: phrase("承诺作出日期", "Made on"),
    valid_until: phrase("承诺有效期至", "Valid until"),
    no_end: phrase("长期", "No end date"),
    scope: phrase("公开类型", "Who may see it"),
    term: phrase("公开期限", "How long it is published"),
    signed_how: phrase("签署方式", "How it was signed"),
    signed: phrase("电子签名", "By an electronic signature"),
    confirmed: phrase("身份认证后五分钟内确认", "Confirmed within five minutes of proving who the signatory is"),
    signer: phrase("由有权代表企业签署的人签署", "by somebody who may sign for the enterprise"),
    published_on: phrase("公示日期", "Published on"),
    shown_until: phrase("公示至", "Shown until"),
    source: phrase("来源", "Source"),
    template: phrase("承诺书范本", "Template"),
    withdrawn_on: phrase("撤回日期", "Withdrawn on"),
    found: phrase("履行情况", "How it was kept"),
    found_by: phrase("认定单位", "Found by"),
    found_on: phrase("认定日期", "Found on"),
    unfulfilled: phrase("未履行的承诺内容", "What was not kept"),
    pursued: phrase("违诺责任追究内容", "What followed from the breach"),
    facts: phrase("承诺信息", "About it"),
    log: phrase("公开日志", "Public log"),
    log_text: phrase(
        "本网站受理这件承诺时，已记入只能追加、不能改动的公开日志。",
        "When the portal accepted this commitment it entered that into the public log, to which entries are added and in which none are changed.",
    ),
    log_number: phrase("条目序号", "Entry number"),
    checkpoint: phrase("查看日志检查点", "The log’s checkpoint"),
    not_a_finding: phrase(
        "这是企业自己作出的承诺，不是行政机关作出的信用认定。履行情况由认定单位认定。",
        "The enterprise made this commitment of itself: it is not a finding of any authority. How it was kept is found by an authority.",
    ),
    chinese: phrase(
        "承诺书以中文签署，以中文为准。",
        "Commitments are signed in Chinese; the Chinese text is the one that counts.",
    ),
    of_enterprise: phrase("这家企业的公示信息", "What this enterprise has made public"),
    as_data: phrase("以数据格式（JSON）获取本页", "This page as data (JSON)"),
    gone: phrase("这件承诺的公示已经结束", "This commitment is no longer published"),
    gone_text: phrase(
        "它曾经公示，现在公示期限已满或者已停止公示，因此不再显示内容。公示结束不说明企业的信用好坏。",
        "It was public once; its publication has ended or was stopped, so nothing of it is shown any more. That says nothing about an enterprise’s credit.",
    ),
    unknown: phrase("没有查到这件承诺", "No such commitment here"),
    unknown_text: phrase(
        "这个编码下没有公示过的承诺。请检查编码是否写对。",
        "No commitment of this code has ever been public. Please check the code.",
    ),
    again: phrase("查询承诺", "Search commitments"),
    all_of_enterprise: phrase("查看这家企业的全部承诺", "All commitments of this enterprise"),
    feed_title: phrase("信用奉贤 · 最新承诺公示", "Credit Fengxian · newest published commitments"),
};

/// A state in words.
pub const fn state(state: CommitmentState) -> Phrase {
    match state {
        CommitmentState::InForce => phrase("有效", "In force"),
        CommitmentState::Expired => phrase("已到期", "Expired"),
        CommitmentState::Withdrawn => phrase("已撤回", "Withdrawn"),
        CommitmentState::Found(Performance::Fulfilled) => phrase("全部履行", "Kept wholly"),
        CommitmentState::Found(Performance::Partly) => phrase("部分履行", "Kept in part"),
        CommitmentState::Found(Performance::Not) => phrase("全部未履行", "Not kept"),
    }
}

/// How a state looks.
pub fn tone(state: CommitmentState) -> Tone {
    match state {
        CommitmentState::InForce | CommitmentState::Found(Performance::Fulfilled) => Tone::Good,
        CommitmentState::Expired | CommitmentState::Withdrawn => Tone::Quiet,
        CommitmentState::Found(Performance::Partly) => Tone::Act,
        CommitmentState::Found(Performance::Not) => Tone::Bad,
    }
}

/// Since when it is withdrawn: `已撤回，自 2026-11-24 起不再有效`.
pub fn withdrawn_since(day: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已撤回，自 {day} 起不再有效"),
        Lang::En => format!("Withdrawn, with effect from {day}"),
    }
}

/// How many an enterprise has.
pub fn count(count: i64, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Zh, count) => format!("公示中的信用承诺 {count} 件"),
        (Lang::En, 1) => "1 published commitment".to_owned(),
        (Lang::En, count) => format!("{count} published commitments"),
    }
}
