//! What is wrong with how a record was given, for the enterprise: what is missing, that nothing is guessed, whom to ask.

use credit::record::{DateOf, RecordFault};

use crate::wording::Lang;

/// The sentence for a fault.
pub fn record_fault(fault: &RecordFault, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            let (what, then) = fault_zh(fault);
            format!("{what}{then}")
        }
        Lang::En => {
            let (what, then) = fault_en(fault);
            format!("{what} {then}")
        }
    }
}

const ASK_ZH: &str = "本网站不作推断，请向认定单位询问，请其补正。";
const ASK_EN: &str = "This site does not guess: ask the authority that determined the record to mend it.";

fn fault_zh(fault: &RecordFault) -> (String, &'static str) {
    let what = match fault {
        RecordFault::NoRecordId => {
            return ("平台没有给出这条记录的编号，所以不能从这里申请修复或者提出异议。".into(), "请向认定单位询问，请其补正。");
        }
        RecordFault::NoDocumentNumber => "平台没有给出决定书文号。".into(),
        RecordFault::FineUnreadable { given } => format!("罚款金额写的是“{given}”，无法识别，所以没有显示金额。"),
        RecordFault::DutiesMissing => "没有给出决定要求履行的义务，不知道是否已经履行。".into(),
        RecordFault::EndBeforeDecision { decided, end } => format!("公示截止日期（{end}）早于处罚决定日期（{decided}）。"),
        RecordFault::StoppedBefore { began, stopped } => {
            format!("停止公示日期（{stopped}）早于开始公示或者作出决定的日期（{began}），所以仍按没有停止公示显示。")
        }
        RecordFault::SeverityMissing => "没有给出失信程度，不知道适用哪一档公示期限。".into(),
        RecordFault::SeverityUnknown { given } => format!("失信程度写的是“{given}”，无法识别，不知道适用哪一档公示期限。"),
        RecordFault::ChannelUnknown { given } => format!("公示渠道写的是“{given}”，无法识别，不知道向哪里申请。"),
        RecordFault::DateUnreadable { of, given } if given.trim().is_empty() => format!("没有给出{}。", date_of(*of, Lang::Zh)),
        RecordFault::DateUnreadable { of, given } => format!("{}写的是“{given}”，不是日期。", date_of(*of, Lang::Zh)),
        RecordFault::EndBeforeStart { start, end } => format!("公示截止日期（{end}）早于公示开始日期（{start}）。"),
        RecordFault::PublishedBeforeDecision { decided, start } => {
            format!("公示开始日期（{start}）早于处罚决定日期（{decided}）。")
        }
        RecordFault::RepairBeforeDecision { decided, earliest } => {
            format!("最早可以申请修复的日期（{earliest}）早于处罚决定日期（{decided}）。")
        }
        RecordFault::RepairAfterEnd { end, earliest } => {
            format!("最早可以申请修复的日期（{earliest}）晚于公示截止日期（{end}）。")
        }
        RecordFault::NotByTheRules { given, by_rules } => {
            return (
                format!("记录给出的最早申请日期是 {given}，按规定计算是 {by_rules}。"),
                "本网站以记录给出的日期为准；有疑问请向认定单位询问。",
            );
        }
        RecordFault::Twice { other } if other.is_empty() => {
            return ("这条记录和另一条记录看来是同一个处罚。".into(), "本网站不作合并，请向认定单位核对；重复的，可以提出异议。");
        }
        RecordFault::Twice { other } => {
            return (
                format!("这条记录和编号为 {other} 的记录看来是同一个处罚。"),
                "本网站不作合并，请向认定单位核对；重复的，可以提出异议。",
            );
        }
    };
    (what, ASK_ZH)
}

fn fault_en(fault: &RecordFault) -> (String, &'static str) {
    let what = match fault {
        RecordFault::NoRecordId => {
            return (
                "The platform gave no number for this record, so neither a repair nor an objection can be begun from here.".into(),
                "Ask the authority that determined the record to mend it.",
            );
        }
        RecordFault::NoDocumentNumber => "The platform gave no number of the decision.".into(),
        RecordFault::FineUnreadable { given } => format!("The fine reads “{given}”, which is no amount, so none is shown."),
        RecordFault::DutiesMissing => {
            "It does not say what the decision demanded, so it is not known whether that is fulfilled.".into()
        }
        RecordFault::EndBeforeDecision { decided, end } => {
            format!("The publication ends on {end}, before the decision of {decided}.")
        }
        RecordFault::StoppedBefore { began, stopped } => format!(
            "The publication was stopped on {stopped}, before it began or was decided on {began}; so it is shown as not stopped."
        ),
        RecordFault::SeverityMissing => "No severity was given, so it is not known which periods apply.".into(),
        RecordFault::SeverityUnknown { given } => {
            format!("The severity reads “{given}”, which is none, so it is not known which periods apply.")
        }
        RecordFault::ChannelUnknown { given } => {
            format!("Where it is published reads “{given}”, which is not known, and so is where to apply.")
        }
        RecordFault::DateUnreadable { of, given } if given.trim().is_empty() => {
            format!("The {} was not given.", date_of(*of, Lang::En))
        }
        RecordFault::DateUnreadable { of, given } => format!("The {} reads “{given}”, which is no date.", date_of(*of, Lang::En)),
        RecordFault::EndBeforeStart { start, end } => format!("The publication ends on {end}, before it starts on {start}."),
        RecordFault::PublishedBeforeDecision { decided, start } => {
            format!("The publication starts on {start}, before the decision of {decided}.")
        }
        RecordFault::RepairBeforeDecision { decided, earliest } => {
            format!("A repair may be applied for from {earliest}, before the decision of {decided}.")
        }
        RecordFault::RepairAfterEnd { end, earliest } => {
            format!("A repair may only be applied for from {earliest}, after the publication has ended on {end}.")
        }
        RecordFault::NotByTheRules { given, by_rules } => {
            return (
                format!("The record says that a repair may be applied for from {given}; by the rules it would be {by_rules}."),
                "The record’s own day counts; ask the authority that determined it if you doubt it.",
            );
        }
        RecordFault::Twice { other } if other.is_empty() => {
            return (
                "This record and another one seem to be the same penalty.".into(),
                "This site does not merge them: check with the authority that determined them, and object if one is a duplicate.",
            );
        }
        RecordFault::Twice { other } => {
            return (
                format!("This record and record {other} seem to be the same penalty."),
                "This site does not merge them: check with the authority that determined them, and object if one is a duplicate.",
            );
        }
    };
    (what, ASK_EN)
}

/// Which date, in the middle of a sentence.
pub fn date_of(of: DateOf, lang: Lang) -> &'static str {
    match (of, lang) {
        (DateOf::Decision, Lang::Zh) => "处罚决定日期",
        (DateOf::Decision, Lang::En) => "date of the decision",
        (DateOf::PublicationStart, Lang::Zh) => "公示开始日期",
        (DateOf::PublicationStart, Lang::En) => "start of publication",
        (DateOf::PublicationEnd, Lang::Zh) => "公示截止日期",
        (DateOf::PublicationEnd, Lang::En) => "end of publication",
        (DateOf::EarliestRepair, Lang::Zh) => "最早可以申请修复的日期",
        (DateOf::EarliestRepair, Lang::En) => "first day for a repair",
        (DateOf::Fulfilment, Lang::Zh) => "义务履行日期",
        (DateOf::Fulfilment, Lang::En) => "day a duty was fulfilled",
        (DateOf::Stop, Lang::Zh) => "停止公示日期",
        (DateOf::Stop, Lang::En) => "day the publication was stopped",
    }
}
