//! What the pages of dishonesty records say beside what is made from a record (`records`): the list, one record, the way to go.
#![allow(missing_docs, reason = "each name says where the word stands; the words themselves are their documentation")]

use credit::form::{Phrase, phrase};
use credit::law::appeals::{Remedy, SetOffBy, Within};
use credit::law::triage::Grievance;
use credit::objection::ObjectionFault;
use credit::repair::choice::ChoiceFault;

use super::{Lang, records};

/// The words that do not depend on data.
pub struct RecordPageWords {
    pub title: Phrase,
    pub door: Phrase,
    pub door_text: Phrase,
    pub lead: Phrase,
    pub free: Phrase,
    pub none: Phrase,
    pub none_text: Phrase,
    pub repairable: Phrase,
    pub repairable_text: Phrase,
    pub choose: Phrase,
    pub apply_together: Phrase,
    pub waiting: Phrase,
    pub waiting_text: Phrase,
    pub bars: Phrase,
    pub bar_what: Phrase,
    pub bar_since: Phrase,
    pub bar_until: Phrase,
    pub bar_no_end: Phrase,
    pub what_it_is: Phrase,
    pub what_it_is_texts: [Phrase; 4],
    pub can_apply: Phrase,
    pub no_number: Phrase,
    pub no_fine: Phrase,
    pub disputed: Phrase,
    pub repair: Phrase,
    pub repair_now: Phrase,
    pub repair_now_without_waiting: Phrase,
    pub why_not: Phrase,
    pub rule: Phrase,
    pub calendar: Phrase,
    pub stops_by_itself: Phrase,
    pub stops_by_itself_text: Phrase,
    pub triage: Phrase,
    pub triage_of_chosen: Phrase,
    pub triage_hint: Phrase,
    pub one_by_one: Phrase,
    pub go_on: Phrase,
    pub way_repair: Phrase,
    pub way_objection: Phrase,
    pub way_appeal: Phrase,
    pub apply: Phrase,
    pub apply_text: Phrase,
    pub go_on_draft: Phrase,
    pub object: Phrase,
    pub object_text: Phrase,
    pub appeal_lead: Phrase,
    pub appeal_review_first: Phrase,
    pub appeal_not_suspended: Phrase,
    pub appeal_revoked: Phrase,
    pub appeal_not_so: Phrase,
    pub faults: Phrase,
    pub says: Phrase,
    pub record_id: Phrase,
    pub document: Phrase,
    pub authority: Phrase,
    pub authority_code: Phrase,
    pub kind: Phrase,
    pub severity: Phrase,
    pub decided_on: Phrase,
    pub fine: Phrase,
    pub facts: Phrase,
    pub basis: Phrase,
    pub content: Phrase,
    pub channel: Phrase,
    pub published_on: Phrase,
    pub not_published: Phrase,
    pub ends_on: Phrase,
    pub earliest: Phrase,
    pub duties: Phrase,
    pub duties_none: Phrase,
    pub done: Phrase,
    pub owed: Phrase,
    pub undertaken: Phrase,
    pub undertaken_none: Phrase,
    pub over: Phrase,
    pub over_text: Phrase,
    pub over_wrong: Phrase,
    pub over_wrong_text: Phrase,
    pub back: Phrase,
    pub all: Phrase,
}

/// Them.
pub static WORDS: RecordPageWords = RecordPageWords {
    title: phrase("失信信息与信用修复", "Dishonesty records and credit repair"),
    door: phrase("失信信息与信用修复", "Dishonesty records and credit repair"),
    door_text: phrase(
        "查看本企业的失信信息，哪些现在可以申请修复，哪些要等到哪一天；记录有错的，提出异议。",
        "See the enterprise’s dishonesty records: what can be repaired now, what from when; object to what is wrong.",
    ),
    lead: phrase(
        "这里列出本企业没有停止公示的失信信息。每一条都写明现在能不能申请修复、从哪一天起、为什么。",
        "The enterprise’s dishonesty records that have not been stopped. Each says whether a repair can be applied for now, from when, and why not before.",
    ),
    free: phrase(
        "信用修复不收费，不需要委托中介。任何人收费“代办”“加急”“包过”，都不要相信。",
        "Credit repair is free of charge and needs no agency. Do not believe anyone who takes money to arrange, speed up or guarantee it.",
    ),
    none: phrase("没有失信信息", "No dishonesty records"),
    none_text: phrase(
        "平台上没有本企业需要修复的失信信息，不用办理任何手续。请继续保持。",
        "The platform has no dishonesty record of this enterprise that could be repaired. There is nothing to do.",
    ),
    repairable: phrase("现在可以申请修复", "Can be repaired now"),
    repairable_text: phrase(
        "勾选一条或者几条。每一条各有一份申请和一份承诺书，可以一次办完。",
        "Tick one or more. Each gets an application and a commitment of its own; you can do them in one sitting.",
    ),
    choose: phrase("选择", "Choose"),
    apply_together: phrase("继续", "Continue"),
    waiting: phrase("现在还不能申请，或者不用申请", "Not yet, or nothing to apply for"),
    waiting_text: phrase(
        "点开每一条，看原因、要做什么、哪一天起可以申请。",
        "Open each for the reasons, what to do, and from which day.",
    ),
    bars: phrase("不能申请信用修复的限制", "Bans on applying for repairs"),
    bar_what: phrase("原因", "What happened"),
    bar_since: phrase("起始日期", "Since"),
    bar_until: phrase("截止日期", "Until"),
    bar_no_end: phrase("没有写明，请向作出决定的单位询问", "Not named; ask the authority that decided so"),
    what_it_is: phrase("信用修复是什么", "What credit repair is"),
    what_it_is_texts: [
        phrase(
            "信用修复，是改正了违法失信行为、履行了全部义务以后，申请停止公示、停止共享使用、解除相应的限制。这是法律给企业的权利。",
            "When the wrong has been put right and every duty fulfilled, repair stops the publication, the sharing and use of the record, and what restrictions followed. It is a right.",
        ),
        phrase(
            "交了罚款不等于已经修复：还要过最短公示期，并且提出申请。",
            "Having paid a fine is not repair: the shortest period must be over, and it must be applied for.",
        ),
        phrase(
            "信用修复不是“征信修复”。银行贷款记录由征信系统管理，没有“征信修复”这回事。",
            "It has nothing to do with bank credit reports: those cannot be “repaired” by anyone.",
        ),
        phrase(
            "修复以后，记录不再公示，但是作出决定的单位仍然保留档案。",
            "After a repair the record is no longer published; the authority keeps its own file.",
        ),
    ],
    can_apply: phrase("可以申请修复", "Can be applied for"),
    no_number: phrase("没有文号的记录", "Record without a document number"),
    no_fine: phrase("没有罚款", "None"),
    disputed: phrase("异议处理中", "Objection under way"),
    repair: phrase("信用修复", "Credit repair"),
    repair_now: phrase(
        "现在可以申请修复：已过最短公示期，义务已经履行。",
        "A repair can be applied for now: the shortest period is over and the duties are fulfilled.",
    ),
    repair_now_without_waiting: phrase(
        "现在可以申请修复：这类记录没有最短公示期，义务已经履行。",
        "A repair can be applied for now: records of this class have no shortest period, and the duties are fulfilled.",
    ),
    why_not: phrase("现在不能申请修复，原因：", "A repair cannot be applied for now, because:"),
    rule: phrase("依据", "Basis"),
    calendar: phrase("把这一天加入日历（.ics）", "Put that day into your calendar (.ics)"),
    stops_by_itself: phrase("公示期满的日子", "End of the longest period"),
    stops_by_itself_text: phrase(
        "期满后一般自动停止公示；没有改正或者没有履行义务的，按有关部门的规定办理。是否停止以认定单位为准。",
        "As a rule the publication then stops by itself; where the wrong is not put right, the sector’s own rules apply. Whether it stops is for the authority that determined it.",
    ),
    triage: phrase("您遇到的是哪一种情况？", "Which of these is it?"),
    triage_hint: phrase(
        "三种情况由不同的办法解决，先选对，少走弯路。",
        "Each is solved in another way; choosing the right one saves time.",
    ),
    triage_of_chosen: phrase("勾选的记录是哪一种情况？", "Which of these are the records you ticked?"),
    one_by_one: phrase(
        "这要一条一条办理，请分别打开勾选的记录：",
        "This is done for each record by itself. Open the ones that you ticked:",
    ),
    go_on: phrase("继续", "Continue"),
    way_repair: phrase("办法：申请信用修复", "The way: apply for repair"),
    way_objection: phrase("办法：提出异议", "The way: object"),
    way_appeal: phrase("办法：行政复议或者行政诉讼", "The way: administrative review or litigation"),
    apply: phrase("申请修复", "Apply for repair"),
    apply_text: phrase(
        "下一步填写整改和履行情况，签署信用修复承诺书。需要的只有履行义务的证明和承诺书，不需要信用报告，也不需要培训证明。",
        "Next you say how it was put right and sign the commitment. Only proof of that and the commitment are needed: no credit report and no certificate of training.",
    ),
    go_on_draft: phrase("继续填写草稿", "Go on with the draft"),
    object: phrase("提出异议", "Object to this record"),
    object_text: phrase(
        "下一步写明哪一项有错、应当是什么、为什么，并附上证明。记录与决定书不一致、不是本企业的、公示期已满仍在公示、决定已被撤销的，都属于异议。",
        "Next you say which item is wrong, what it should say and why, with proof. It is for records that differ from the decision, are not the enterprise’s, are shown past their period, or whose decision was revoked.",
    ),
    appeal_lead: phrase(
        "处罚决定本身有错，不能用信用修复或者异议来解决，也不在本网站办理。以决定书上写明的途径、机关和期限为准；没有其他规定的，期限如下。",
        "A penalty that is itself wrong is neither repaired nor objected to, and not contested on this site. The way, the organ and the term that the decision’s own notice names count; where no other rule applies, these are the terms.",
    ),
    appeal_review_first: phrase(
        "当场作出的处罚决定，应当先申请行政复议；对复议决定不服的，再提起行政诉讼，不能直接起诉。",
        "A penalty made on the spot must be reviewed first; only the decision on the review can be taken to court.",
    ),
    appeal_not_suspended: phrase("行政复议和行政诉讼期间，公示不停止。", "Neither review nor litigation suspends the publication."),
    appeal_revoked: phrase(
        "决定被撤销或者变更以后，请在这里提出异议，附上复议决定书或者判决书，由认定单位撤下或者更正记录。",
        "Once the decision is revoked or changed, object here with the decision on the review or the judgment: the authority then takes the record down or corrects it.",
    ),
    appeal_not_so: phrase(
        "这不是行政处罚决定，不适用行政复议和行政诉讼的期限。请向作出决定的单位询问怎样提出，以决定书上写明的为准。",
        "This is not an administrative penalty, so the terms of review and litigation do not apply. Ask the authority that decided it how to contest it; what its decision says counts.",
    ),
    faults: phrase("记录中的问题", "What is wrong with this record"),
    says: phrase("记录的内容", "What the record says"),
    record_id: phrase("记录编号", "Number of the record"),
    document: phrase("处罚决定书文号", "Number of the decision"),
    authority: phrase("认定单位", "Determining authority"),
    authority_code: phrase("认定单位统一社会信用代码", "Credit code of the authority"),
    kind: phrase("处罚类别", "Kind of penalty"),
    severity: phrase("失信程度", "Severity"),
    decided_on: phrase("处罚决定日期", "Date of the decision"),
    fine: phrase("罚款", "Fine"),
    facts: phrase("违法事实", "Facts"),
    basis: phrase("处罚依据", "Basis"),
    content: phrase("处罚内容", "Content of the penalty"),
    channel: phrase("公示渠道", "Where it is published"),
    published_on: phrase("公示开始日期", "Published since"),
    not_published: phrase("没有公示，或者没有给出", "Not published, or not given"),
    ends_on: phrase("公示截止日期", "Publication ends on"),
    earliest: phrase("最早可以申请修复的日期", "First day for a repair"),
    duties: phrase("决定要求履行的义务", "What the decision demanded"),
    duties_none: phrase("记录中没有列出义务。", "The record lists no duties."),
    done: phrase("已履行", "Done"),
    owed: phrase("尚未履行", "Still owed"),
    undertaken: phrase("在本网站办理过的", "What was undertaken here"),
    undertaken_none: phrase("还没有在本网站为这条记录办理过什么。", "Nothing has been undertaken here about this record."),
    over: phrase("这条记录已经停止公示", "This record is no longer published"),
    over_text: phrase(
        "本网站不再显示它的内容。如果别的网站还在显示，可以请对方以信用中国为准更新。",
        "This site no longer shows what it said. If another site still does, ask it to update: Credit China prevails.",
    ),
    over_wrong: phrase("仍在公示，或者处理结果有错", "It is still published, or the result is wrong"),
    over_wrong_text: phrase(
        "在信用中国等官方网站仍能查到它，或者认为修复的结果与事实不符的，可以提出异议，由认定单位核查。",
        "If an official site such as Credit China still shows it, or the result of its repair is wrong, you can object; the authority looks into it.",
    ),
    back: phrase("回到失信信息", "Back to the records"),
    all: phrase("查看全部失信信息，申请修复", "All dishonesty records, and repair"),
};

/// What is wrong with what was chosen to be repaired together.
pub fn choice_fault(fault: ChoiceFault, lang: Lang) -> String {
    match (fault, lang) {
        (ChoiceFault::Nothing, Lang::Zh) => "请至少勾选一条要申请修复的记录。".into(),
        (ChoiceFault::Nothing, Lang::En) => "Tick at least one record to be repaired.".into(),
        (ChoiceFault::TooMany { chosen, most }, Lang::Zh) => format!("您勾选了 {chosen} 条，一次最多 {most} 条。请分几次申请。"),
        (ChoiceFault::TooMany { chosen, most }, Lang::En) => {
            format!("You ticked {chosen} records; one sitting takes {most} at most. Apply in several.")
        }
        (ChoiceFault::NotSaid, Lang::Zh) => "请选择勾选的记录是哪一种情况。".into(),
        (ChoiceFault::NotSaid, Lang::En) => "Say which case the records are that you ticked.".into(),
    }
}

/// How many records have not been stopped.
pub fn count(count: usize, lang: Lang) -> String {
    match (count, lang) {
        (n, Lang::Zh) => format!("共 {n} 条没有停止公示的失信信息。"),
        (1, Lang::En) => "One record has not been stopped.".into(),
        (n, Lang::En) => format!("{n} records have not been stopped."),
    }
}

/// The end of a ban that is given as no day.
pub fn bar_end_unreadable(given: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("“{given}”，无法识别，请向作出决定的单位询问"),
        Lang::En => format!("“{given}”, which is no date; ask the authority that decided so"),
    }
}

/// Since when a record is stopped.
pub fn stopped_on(day: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("停止公示日期：{day}。"),
        Lang::En => format!("It was stopped on {day}."),
    }
}

/// It was granted here, and the platform has not said since when it is stopped.
pub fn granted(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "在本网站提出的修复申请已经准予。",
        Lang::En => "The repair that was applied for here has been granted.",
    }
}

/// What stands in a calendar on the first day on which a repair of this record can be applied for: the line, and what it says.
pub fn calendar(document: &str, authority: &str, owed: &[&str], lang: Lang) -> (String, String) {
    match lang {
        Lang::Zh => {
            let owed =
                if owed.is_empty() { String::new() } else { format!("在此之前还要履行：{}。\n", owed.join("；")) };
            (
                format!("今天起可以申请信用修复：{document}"),
                format!("认定单位：{authority}\n{owed}请打开下面的网址，以当天显示的为准。信用修复不收费，不需要委托中介。"),
            )
        }
        Lang::En => {
            let owed = if owed.is_empty() { String::new() } else { format!("To be fulfilled before: {}.\n", owed.join("; ")) };
            (
                format!("Credit repair can be applied for from today: {document}"),
                format!(
                    "Determined by: {authority}\n{owed}Open the address below; what it says on that day counts. Repair is free of charge and needs no agency."
                ),
            )
        }
    }
}

/// What an answer to the question means, for who is not sure.
pub fn grievance_hint(grievance: Grievance, lang: Lang) -> &'static str {
    match (grievance, lang) {
        (Grievance::PutRight, Lang::Zh) => "处罚是对的，记录也是对的；已经改正、缴清罚款，希望停止公示。",
        (Grievance::PutRight, Lang::En) => "Penalty and record are right; all is mended and paid, and the publication should stop.",
        (Grievance::DataWrong, Lang::Zh) => "公示的文号、金额、日期等与决定书不一致，不是本企业的，或者早该停止公示。",
        (Grievance::DataWrong, Lang::En) => {
            "Number, amount or dates differ from the decision, it is not about this enterprise, or it should be gone by now."
        }
        (Grievance::PenaltyWrong, Lang::Zh) => "不认可处罚决定：事实不清、依据不对、处罚过重等。",
        (Grievance::PenaltyWrong, Lang::En) => "You contest the decision: its facts, its basis, or how heavy it is.",
    }
}

/// Why no objection can be made here.
pub fn hindrance(fault: &ObjectionFault, lang: Lang) -> Option<String> {
    match (fault, lang) {
        (ObjectionFault::Elsewhere(place), lang) => Some(records::elsewhere(*place, lang).into()),
        (ObjectionFault::AlreadyDisputed, Lang::Zh) => Some("这条记录已有一件异议在处理。办结前不需要也不能再次提出。".into()),
        (ObjectionFault::AlreadyDisputed, Lang::En) => Some(
            "An objection to this record is under way. Until it is decided, another one is neither needed nor possible.".into(),
        ),
        _ => None,
    }
}

/// What a way to contest is called.
pub fn remedy(remedy: Remedy) -> Phrase {
    match remedy {
        Remedy::Review => phrase("行政复议", "Administrative review"),
        Remedy::Litigation => phrase("直接提起行政诉讼", "Litigation, without a review before"),
        Remedy::LitigationAfterReview => phrase("复议以后提起行政诉讼", "Litigation after a review"),
    }
}

/// Where that is.
pub fn remedy_place(remedy: Remedy) -> Phrase {
    match remedy {
        Remedy::Review => phrase(
            "决定书写明的复议机关；决定由区政府部门作出的，是奉贤区人民政府的行政复议机构。",
            "The organ that the decision names; for departments of the district, the review office of the Fengxian District People’s Government.",
        ),
        Remedy::Litigation | Remedy::LitigationAfterReview => {
            phrase("决定书写明的人民法院。", "The people’s court that the decision names.")
        }
    }
}

/// How long there is: `自知道或者应当知道处罚决定之日起 60 日内`.
pub fn term(within: Within, set_off_by: SetOffBy, lang: Lang) -> String {
    let length = match (within, lang) {
        (Within::Days(days), Lang::Zh) => format!("{days} 日内"),
        (Within::Days(days), Lang::En) => format!("{days} days"),
        (Within::Months(months), Lang::Zh) => format!("{months} 个月内"),
        (Within::Months(months), Lang::En) => format!("{months} months"),
    };
    match (set_off_by, lang) {
        (SetOffBy::KnowingOfTheDecision, Lang::Zh) => format!("自知道或者应当知道处罚决定之日起 {length}"),
        (SetOffBy::KnowingOfTheDecision, Lang::En) => {
            format!("Within {length} from when you knew or should have known of the decision")
        }
        (SetOffBy::ReceivingTheReview, Lang::Zh) => format!("自收到复议决定书之日起 {length}"),
        (SetOffBy::ReceivingTheReview, Lang::En) => format!("Within {length} from receiving the decision on the review"),
    }
}

/// The earliest day on which that term can end.
pub fn term_ends(day: chrono::NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("从处罚决定日期算，最早到 {day} 届满；收到决定书晚于处罚决定日期的，从收到的次日起算。"),
        Lang::En => format!(
            "Counted from the date of the decision it ends on {day} at the earliest; if you received it after the date of the decision, it is counted from the day after that."
        ),
    }
}
