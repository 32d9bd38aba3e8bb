//! What is said of an application for credit repair before it is filed.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

use credit::form::{Phrase, phrase};
use credit::objection::ObjectionFault;
use credit::repair::RepairFault;

use super::{Lang, faults, records};

/// The words of the pages.
pub struct RepairWords {
    pub title: Phrase,
    pub lead: Phrase,
    pub none: Phrase,
    pub to_records: Phrase,
    pub step_form: Phrase,
    pub step_letter: Phrase,
    pub step_ready: Phrase,
    pub step_barred: Phrase,
    pub file_ready: Phrase,
    pub file_ready_text: Phrase,
    pub nothing_ready: Phrase,
    pub filed_some: Phrase,
    pub left: Phrase,
    pub left_text: Phrase,
    pub nothing_else: Phrase,
    pub review: Phrase,
    pub review_lead: Phrase,
    pub faults: Phrase,
    pub platform_down: Phrase,
    pub platform_down_text: Phrase,
    pub record_gone: Phrase,
    pub record_changed: Phrase,
    pub record_changed_text: Phrase,
    pub take_over: Phrase,
    pub letter: Phrase,
    pub letter_text: Phrase,
    pub letter_begin: Phrase,
    pub letter_drafted: Phrase,
    pub letter_go_on: Phrase,
    pub letter_signed: Phrase,
    pub letter_see: Phrase,
    pub no_template: Phrase,
    pub package: Phrase,
    pub package_text: Phrase,
    pub objection_items_text: Phrase,
    pub says_nothing: Phrase,
}

/// Them.
pub static WORDS: RepairWords = RepairWords {
    title: phrase("准备中的信用修复申请", "Applications for credit repair in preparation"),
    lead: phrase(
        "每条失信信息一份申请、一份承诺书。各份填好、签好以后，可以在这里一并提交。",
        "One application and one commitment for each record. Once they are filled in and signed, submit them here together.",
    ),
    none: phrase("没有准备中的申请。", "None is in preparation."),
    to_records: phrase("查看失信信息", "See the records"),
    step_form: phrase("待填写", "To fill in"),
    step_letter: phrase("待签署承诺书", "Commitment to be signed"),
    step_ready: phrase("可以提交", "Ready to submit"),
    step_barred: phrase("现在不能申请", "Cannot be applied for now"),
    file_ready: phrase("一并提交", "Submit them together"),
    file_ready_text: phrase(
        "提交的是标为“可以提交”的申请，其余的留在这里。",
        "Those marked as ready are submitted; the others stay here.",
    ),
    nothing_ready: phrase("还没有可以提交的申请。", "None is ready to submit yet."),
    filed_some: phrase("已提交，进度见“我的申报”。", "Submitted; see “My filings” for their progress."),
    left: phrase("下列申请没有提交", "These were not submitted"),
    left_text: phrase(
        "您打开本页以后它们有变化，或者现在不能提交。请逐份检查，核对后再提交。",
        "They changed since you opened the page, or cannot be submitted now. Please check each, then submit again.",
    ),
    nothing_else: phrase(
        "不需要营业执照、信用报告、培训证明，也不需要另附身份材料。",
        "No business licence, credit report, training certificate or identity papers are asked for.",
    ),
    review: phrase("检查申请", "Check the application"),
    review_lead: phrase("第 2 步，共 2 步", "Step 2 of 2"),
    faults: phrase("提交之前，请处理下列各项", "Before it can be submitted"),
    platform_down: phrase("平台暂时没有应答，现在不能提交", "The platform does not answer: this cannot be submitted just now"),
    platform_down_text: phrase(
        "提交之前要向平台核对这条失信信息。您填写的内容已经保存，请过几分钟重新打开本页。",
        "Before it is submitted the record is compared with the platform. What you typed is saved; open this page again in some minutes.",
    ),
    record_gone: phrase(
        "平台上已经没有这条失信信息，不需要也不能申请。草稿可以删除。",
        "The platform has no such record any more: there is nothing to apply for. The draft can be deleted.",
    ),
    record_changed: phrase("这条失信信息在您填写期间有变化", "The record has changed since you began"),
    record_changed_text: phrase("请核对，确认后按最新内容提交。", "Please compare; confirm to go on with what it says now."),
    take_over: phrase("已核对，按最新内容继续", "Compared: go on with what it says now"),
    letter: phrase("信用修复承诺书", "Commitment for this repair"),
    letter_text: phrase(
        "承诺书由法定代表人签署或者确认，公开时不显示是哪条失信信息。一条失信信息一份。",
        "The legal representative signs or confirms it. What is public of it does not say which record it is. One for each record.",
    ),
    letter_begin: phrase("准备承诺书", "Prepare the commitment"),
    letter_drafted: phrase("承诺书已备好，还没有签署。", "The commitment is prepared, not signed yet."),
    letter_go_on: phrase("查看并签署", "Read and sign it"),
    letter_signed: phrase("承诺书已签署，承诺编码", "The commitment is signed; its code is"),
    letter_see: phrase("查看承诺书", "See the commitment"),
    no_template: phrase(
        "现在没有信用修复承诺书的范本，请联系工作人员。",
        "There is no template for this commitment now; please ask our staff.",
    ),
    package: phrase("这份申请由您自行到官方渠道递交", "You take this application to the official entrance yourself"),
    package_text: phrase(
        "提交后，本网站会备好申请材料包和官方渠道的地址，并在这里跟踪办理进度。",
        "Once submitted, the package and the official address are ready here, and its progress is followed here.",
    ),
    objection_items_text: phrase(
        "只填有错的项目：应当是什么、为什么。没有错的项目不用填。",
        "Fill in only what is wrong: what it should say, and why. Leave out everything that is right.",
    ),
    says_nothing: phrase("（没有）", "(nothing)"),
};

/// What is wrong with an application, in a sentence.
pub fn repair_fault(fault: &RepairFault, lang: Lang) -> String {
    match (fault, lang) {
        (RepairFault::Ineligible(reason), _) => records::ineligible(reason, lang),
        (RepairFault::OtherRecord { says }, _) => other_record(says, lang),
        (RepairFault::LetterMissing, Lang::Zh) => "还没有信用修复承诺书，请先准备并签署。".into(),
        (RepairFault::LetterMissing, Lang::En) => "There is no commitment yet: prepare it and have it signed.".into(),
        (RepairFault::LetterUnsigned, Lang::Zh) => "承诺书还没有签署，请法定代表人签署。".into(),
        (RepairFault::LetterUnsigned, Lang::En) => {
            "The commitment is not signed yet: the legal representative has to sign it.".into()
        }
        (RepairFault::LetterOfOther { says }, Lang::Zh) if says.trim().is_empty() => {
            "承诺书没有写决定书文号，请按这条失信信息的文号填写。".into()
        }
        (RepairFault::LetterOfOther { says }, Lang::En) if says.trim().is_empty() => {
            "The commitment names no decision: write the number of this one.".into()
        }
        (RepairFault::LetterOfOther { says }, Lang::Zh) => {
            format!("承诺书写的决定书文号是“{says}”，与这条失信信息不符。一份承诺书只对一条失信信息，请按这条的文号重新准备。")
        }
        (RepairFault::LetterOfOther { says }, Lang::En) => {
            format!(
                "The commitment names the decision “{says}”, which is another one. One commitment is for one record: prepare one for this."
            )
        }
        (RepairFault::Form(problem), _) => faults::say(problem, lang),
    }
}

/// What is wrong with an objection, in a sentence.
pub fn objection_fault(fault: &ObjectionFault, lang: Lang) -> String {
    match (fault, lang) {
        (ObjectionFault::Elsewhere(place), _) => records::elsewhere(*place, lang).into(),
        (ObjectionFault::AlreadyDisputed, Lang::Zh) => "这条失信信息已有异议正在处理，请等待结果。".into(),
        (ObjectionFault::AlreadyDisputed, Lang::En) => {
            "An objection to this record is being handled; please wait for its result.".into()
        }
        (ObjectionFault::OtherRecord { says }, _) => other_record(says, lang),
        (ObjectionFault::NotOverYet { last_day }, Lang::Zh) => {
            format!("公示期到 {last_day} 才满，现在还没有到期，请改选其他异议类型。")
        }
        (ObjectionFault::NotOverYet { last_day }, Lang::En) => {
            format!("The period lasts until {last_day}: it is not over yet. Choose another ground.")
        }
        (ObjectionFault::AsItIs(field), Lang::Zh) => {
            format!("“{}”填写的和现在的内容相同，没有错的项目请不要填写。", field.label.zh)
        }
        (ObjectionFault::AsItIs(field), Lang::En) => {
            format!("“{}” is what the record says already: leave out what is right.", field.label.en)
        }
        (ObjectionFault::Form(problem), _) => faults::say(problem, lang),
    }
}

fn other_record(says: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("草稿写的是另一条失信信息（{says}），请从这条失信信息重新开始。"),
        Lang::En => format!("The draft is about another record ({says}): begin anew from this one."),
    }
}

/// What stands in a commitment, which is in Chinese, for the number of a decision that has none.
pub const NO_NUMBER_IN_LETTER: &str = "没有文号的处罚决定";

/// How many of those that were chosen cannot be applied for.
pub fn left_out(count: usize, lang: Lang) -> String {
    match (count, lang) {
        (n, Lang::Zh) => format!("勾选的记录中有 {n} 条现在不能申请修复，没有列在这里；原因见各条记录的页面。"),
        (1, Lang::En) => "One of the records you ticked cannot be applied for now and is not listed; its page says why.".into(),
        (n, Lang::En) => {
            format!("{n} of the records you ticked cannot be applied for now and are not listed; their pages say why.")
        }
    }
}

/// How many were submitted together.
pub fn filed(count: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已提交 {count} 份申请"),
        Lang::En => format!("{count} applications submitted"),
    }
}

/// What a record says of an item now.
pub fn says_now(says: Option<String>, lang: Lang) -> String {
    let says = says.unwrap_or_else(|| lang.say(WORDS.says_nothing).to_owned());
    match lang {
        Lang::Zh => format!("现在是：{says}"),
        Lang::En => format!("It says now: {says}"),
    }
}
