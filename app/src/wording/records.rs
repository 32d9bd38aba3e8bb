//! What is said of a dishonesty record: its class and place, why it cannot be repaired today, what is wrong with how it was given.
//!
//! A date is never a promise: whether a publication stops is for the authority that determined the record.

mod fault;

use chrono::NaiveDate;
use credit::law::eligibility::{Bar, Elsewhere, Ineligible, possible_from};
use credit::law::months::next;
use credit::law::repair_rules::{Citation, Mark};
use credit::record::{Channel, DateOf, DishonestyRecord, RecordFault, Severity};

use super::Lang;

pub use fault::{date_of, record_fault};

/// 失信程度; none: it was not given, or cannot be read.
pub fn severity(severity: Option<Severity>, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Some(Severity::Minor), Lang::Zh) => "轻微",
        (Some(Severity::Minor), Lang::En) => "Minor",
        (Some(Severity::Ordinary), Lang::Zh) => "一般",
        (Some(Severity::Ordinary), Lang::En) => "Ordinary",
        (Some(Severity::Serious), Lang::Zh) => "严重",
        (Some(Severity::Serious), Lang::En) => "Serious",
        (None, Lang::Zh) => "认定单位没有给出",
        (None, Lang::En) => "Not given by the authority",
    }
}

/// 失信程度 of a record, in words where there is none to show.
pub fn severity_of(record: &DishonestyRecord, lang: Lang) -> &'static str {
    let unread = record.faults.iter().any(|fault| matches!(fault, RecordFault::SeverityUnknown { .. }));
    if unread { unreadable(lang) } else { severity(record.severity, lang) }
}

/// A day of a record, in words where there is none to show.
pub fn day_of(record: &DishonestyRecord, of: DateOf, day: Option<NaiveDate>, lang: Lang) -> String {
    let is_unread = |fault: &RecordFault| matches!(fault, RecordFault::DateUnreadable { of: which, given } if *which == of && !given.trim().is_empty());
    match day {
        Some(day) => day.to_string(),
        None if record.faults.iter().any(is_unread) => unreadable(lang).to_owned(),
        None => not_given(lang).to_owned(),
    }
}

/// Something is there and cannot be read.
pub fn unreadable(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "无法识别",
        Lang::En => "Cannot be read",
    }
}

/// Nothing is there.
pub fn not_given(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "没有给出",
        Lang::En => "Not given",
    }
}

/// Where a record is shown.
pub fn channel(channel: Channel, lang: Lang) -> &'static str {
    match (channel, lang) {
        (Channel::Creditchina, Lang::Zh) => "信用中国",
        (Channel::Creditchina, Lang::En) => "Credit China",
        (Channel::Gsxt, Lang::Zh) => "国家企业信用信息公示系统",
        (Channel::Gsxt, Lang::En) => "National Enterprise Credit Information Publicity System",
        (Channel::Court, Lang::Zh) => "人民法院",
        (Channel::Court, Lang::En) => "People’s courts",
        (Channel::Tax, Lang::Zh) => "税务机关",
        (Channel::Tax, Lang::En) => "Tax authorities",
        (Channel::Other, Lang::Zh) => "其他渠道",
        (Channel::Other, Lang::En) => "Elsewhere",
    }
}

/// Whose records these are that are not repaired here: the heading of their group.
pub fn elsewhere_name(place: Elsewhere, lang: Lang) -> &'static str {
    match (place, lang) {
        (Elsewhere::Court, Lang::Zh) => "人民法院的失信被执行人信息",
        (Elsewhere::Court, Lang::En) => "People’s courts: judgment debtors",
        (Elsewhere::TaxAuthority, Lang::Zh) => "税务机关的信息",
        (Elsewhere::TaxAuthority, Lang::En) => "Tax authorities",
        (Elsewhere::CreditReporting, Lang::Zh) => "征信系统的信息",
        (Elsewhere::CreditReporting, Lang::En) => "Bank credit reports",
        (Elsewhere::DeterminingAuthority, Lang::Zh) => "由认定单位直接办理的信息",
        (Elsewhere::DeterminingAuthority, Lang::En) => "Dealt with by the authority itself",
    }
}

/// Where to go with such a record.
pub fn elsewhere(place: Elsewhere, lang: Lang) -> &'static str {
    match (place, lang) {
        (Elsewhere::Court, Lang::Zh) => {
            "失信被执行人信息由人民法院管理，不在这里修复。请先履行生效法律文书确定的义务，再向执行法院申请删除。"
        }
        (Elsewhere::Court, Lang::En) => {
            "Records of judgment debtors are the court’s and are not repaired here. Fulfil the judgment, then ask the court that enforces it to delete the record."
        }
        (Elsewhere::TaxAuthority, Lang::Zh) => "纳税信用和税收违法信息由税务机关管理，不在这里修复。请向主管税务机关申请。",
        (Elsewhere::TaxAuthority, Lang::En) => {
            "Tax credit and tax offences are the tax authority’s and are not repaired here. Apply to the tax authority in charge of you."
        }
        (Elsewhere::CreditReporting, Lang::Zh) => {
            "征信是另一个系统，不在这里修复。信息有错的，请向报送信息的金融机构或者中国人民银行征信中心提出异议。"
        }
        (Elsewhere::CreditReporting, Lang::En) => {
            "Bank credit reports are another system and are not repaired here. If something in them is wrong, object to the bank that reported it or to the Credit Reference Centre of the People’s Bank of China."
        }
        (Elsewhere::DeterminingAuthority, Lang::Zh) => "这类信息不通过信用中国或者公示系统修复。请向作出认定的单位询问怎样办理。",
        (Elsewhere::DeterminingAuthority, Lang::En) => {
            "This is not repaired through Credit China or the publicity system. Ask the authority that determined it what to do."
        }
    }
}

/// A reason why a repair cannot be applied for, what to do about it, and the day it ends where that is known.
pub fn ineligible(reason: &Ineligible, lang: Lang) -> String {
    match lang {
        Lang::Zh => ineligible_zh(reason),
        Lang::En => ineligible_en(reason),
    }
}

fn ineligible_zh(reason: &Ineligible) -> String {
    match reason {
        Ineligible::AlreadyGranted => "这条记录的修复申请已经准予，正在停止公示，不需要再申请修复。".into(),
        Ineligible::AlreadyStopped { on } => format!("这条记录已于 {on} 停止公示，不需要再申请修复。"),
        Ineligible::PeriodEnded { on } => format!(
            "最长公示期已于 {on} 届满，义务也已在期内履行，按规定自动停止公示，不需要申请修复。如果仍能查到，请提出异议。是否停止以认定单位为准。"
        ),
        Ineligible::OtherChannel(place) => elsewhere(*place, Lang::Zh).into(),
        Ineligible::NoRules => "没有找到今天对这条记录有效的信用修复规定，本网站不能判断。请向认定单位询问。".into(),
        Ineligible::StopsByItself { on: Some(on) } => {
            format!("这类记录不用申请：公示到 {on}，期满自动停止。是否停止以认定单位为准。")
        }
        Ineligible::StopsByItself { on: None } => {
            "这类记录不用申请，期满自动停止公示；记录没有写明哪一天期满，请向认定单位询问。是否停止以认定单位为准。".into()
        }
        Ineligible::StopsWithItsRecord => {
            "抽查检查结果不单独申请修复：由它引起的处罚或者名录信息停止公示时，一并停止。请查看那条记录能不能申请。".into()
        }
        Ineligible::NotYet { from } => format!("最短公示期还没有届满。自 {from} 起可以申请，请到时再来；可以先准备证明材料。"),
        Ineligible::EarliestDayMissing { by_rules } => {
            let hint = by_rules.map(|day| format!("按规定计算是 {day}，仅供参考，不作为受理的依据。")).unwrap_or_default();
            format!("记录没有写明最早可以申请修复的日期，本网站不作推断。请向认定单位询问，请其补上。{hint}")
        }
        Ineligible::SeverityUnknown => {
            "没有可以识别的失信程度，不知道适用哪一档公示期限，本网站不作推断。请向认定单位询问，请其补上。".into()
        }
        Ineligible::DatesUnclear => {
            "记录中的日期互相矛盾或者无法识别，不能据此判断。请向认定单位核对；日期有错的，可以提出异议。".into()
        }
        Ineligible::DutiesOpen { duties } => format!(
            "还有没有履行的义务：{}。请先履行；已经履行的，请带上凭证，请认定单位更新记录。更新后即可申请。",
            duties.join("；")
        ),
        Ineligible::DutiesUnknown => "记录没有给出决定要求履行的义务，本网站不推断已经履行。请向认定单位询问，请其补正。".into(),
        Ineligible::NotPublished => {
            "这类记录不用申请：记录没有公示开始日期，轻微的失信信息不公示或者期满自动停止公示。以认定单位为准。".into()
        }
        Ineligible::Disputed => "这条记录正在处理异议。异议办结后，再看是否需要修复。".into(),
        Ineligible::AlreadyAppliedFor => "这条记录已有一件修复申请在办理，办结前不需要也不能再次申请。".into(),
        Ineligible::Barred { last_day } => bar(&Bar { last_day: *last_day }, Lang::Zh),
    }
}

fn ineligible_en(reason: &Ineligible) -> String {
    match reason {
        Ineligible::AlreadyGranted => {
            "A repair of this record has been granted; its publication is being stopped. There is nothing more to apply for.".into()
        }
        Ineligible::AlreadyStopped { on } => {
            format!("Its publication was stopped on {on}: there is nothing left to repair.")
        }
        Ineligible::PeriodEnded { on } => format!(
            "The longest period ended on {on} and every duty was fulfilled within it, so by the rules the publication has stopped by itself and nothing needs to be applied for. If it is still shown, object to it. Whether it stops is for the authority that determined it."
        ),
        Ineligible::OtherChannel(place) => elsewhere(*place, Lang::En).into(),
        Ineligible::NoRules => {
            "No rules of credit repair were found that are in force for this record today, so this site cannot tell. Ask the authority that determined it.".into()
        }
        Ineligible::StopsByItself { on: Some(on) } => format!(
            "Nobody applies for records of this class: it is published until {on} and then stops by itself. Whether it stops is for the authority that determined it."
        ),
        Ineligible::StopsByItself { on: None } => {
            "Nobody applies for records of this class: the publication stops by itself. The record does not say when; ask the authority that determined it, which also decides whether it stops.".into()
        }
        Ineligible::StopsWithItsRecord => {
            "The result of a spot check is not applied for by itself: it stops together with the penalty or the list that followed from it. See whether that one can be applied for.".into()
        }
        Ineligible::NotYet { from } => format!(
            "The shortest period of publication is not over. You may apply from {from}: come back then, and get the proof ready meanwhile."
        ),
        Ineligible::EarliestDayMissing { by_rules } => {
            let hint = by_rules
                .map(|day| format!(" By the rules it would be {day}; that is for information only and settles nothing."))
                .unwrap_or_default();
            format!(
                "The record does not say from which day a repair may be applied for, and this site does not guess. Ask the authority that determined it to add the day.{hint}"
            )
        }
        Ineligible::SeverityUnknown => {
            "There is no severity that could be read, so it is not known which periods apply, and this site does not guess. Ask the authority that determined it to add it.".into()
        }
        Ineligible::DatesUnclear => {
            "The record’s dates contradict each other or cannot be read, so nothing can be told from them. Check them with the authority that determined it; if one is wrong, object to it.".into()
        }
        Ineligible::DutiesOpen { duties } => format!(
            "Still owed: {}. Fulfil it first. If that has been done, take the proof to the authority and ask it to update the record; then you may apply.",
            duties.join("; ")
        ),
        Ineligible::DutiesUnknown => {
            "The record does not say what the decision demanded, and this site does not take it for fulfilled. Ask the authority that determined the record to mend it.".into()
        }
        Ineligible::NotPublished => {
            "Nobody applies for records of this class: the record gives no start of publication, and minor ones are not published or stop by themselves. The authority that determined it decides.".into()
        }
        Ineligible::Disputed => "An objection to this record is open. Once it is decided, see whether there is anything to repair.".into(),
        Ineligible::AlreadyAppliedFor => {
            "An application about this record is under way. Until it is decided, another one is neither needed nor possible.".into()
        }
        Ineligible::Barred { last_day } => bar(&Bar { last_day: *last_day }, Lang::En),
    }
}

/// A ban on applying, with the day from which it is over.
pub fn bar(bar: &Bar, lang: Lang) -> String {
    match (bar.last_day, lang) {
        (Some(last), Lang::Zh) => {
            format!("平台记载：本企业在 {last} 之前（含当日）不能申请信用修复，自 {} 起可以申请。有疑问请向作出决定的单位询问。", next(last))
        }
        (Some(last), Lang::En) => format!(
            "The platform says that the enterprise may not apply for repairs until {last}; it may again from {}. Ask the authority that decided so if you doubt it.",
            next(last)
        ),
        (None, Lang::Zh) => {
            "平台记载：本企业现在不能申请信用修复，没有写明到哪一天为止。请向作出决定的单位询问。".into()
        }
        (None, Lang::En) => {
            "The platform says that the enterprise may not apply for repairs now, and does not say until when. Ask the authority that decided so.".into()
        }
    }
}

/// In one line, for lists: from when, or the first reason why not.
pub fn why_not(reasons: &[Ineligible], lang: Lang) -> String {
    if let Some(from) = possible_from(reasons).filter(|_| !reasons.is_empty()) {
        return may_from(from, lang);
    }
    // What passes with time says least about what has to be done.
    let first = reasons.iter().find(|reason| reason.gone_on().is_none()).or(reasons.first());
    first.map_or_else(String::new, |reason| short(reason, lang).to_owned())
}

/// From when it may be applied for.
pub fn may_from(from: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("自 {from} 起可以申请"),
        Lang::En => format!("May be applied for from {from}"),
    }
}

fn short(reason: &Ineligible, lang: Lang) -> &'static str {
    let (zh, en) = match reason {
        Ineligible::AlreadyGranted => ("已准予修复", "Its repair was granted"),
        Ineligible::AlreadyStopped { .. } => ("已停止公示", "No longer published"),
        Ineligible::PeriodEnded { .. } => ("公示期已满，不用申请", "The period is over: nothing to apply for"),
        Ineligible::OtherChannel(_) => ("不在这里修复", "Not repaired here"),
        Ineligible::NoRules => ("没有找到适用的规定", "No rules found for it"),
        Ineligible::StopsByItself { .. } => ("不用申请，期满自动停止", "Stops by itself: nothing to apply for"),
        Ineligible::DutiesUnknown => ("没有给出义务", "The duties were not given"),
        Ineligible::NotPublished => ("没有公示，不用申请", "Not published: nothing to apply for"),
        Ineligible::StopsWithItsRecord => ("不单独申请，随相关记录停止", "Stops with the record that followed from it"),
        Ineligible::NotYet { .. } => ("最短公示期未满", "The shortest period is not over"),
        Ineligible::EarliestDayMissing { .. } => ("没有给出最早申请日期", "The first day was not given"),
        Ineligible::SeverityUnknown => ("没有给出失信程度", "The severity was not given"),
        Ineligible::DatesUnclear => ("日期有问题", "The dates are not clear"),
        Ineligible::DutiesOpen { .. } => ("还有义务没有履行", "Something is still owed"),
        Ineligible::Disputed => ("异议处理中", "Objection under way"),
        Ineligible::AlreadyAppliedFor => ("已在申请修复", "Already applied for"),
        Ineligible::Barred { .. } => ("本企业暂不能申请", "The enterprise is barred"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// How many things are wrong with how a record was given, in a list.
pub fn faults(count: usize, lang: Lang) -> String {
    match (count, lang) {
        (n, Lang::Zh) => format!("记录中有 {n} 处问题，见详情"),
        (1, Lang::En) => "One thing is wrong with this record; its page says what".into(),
        (n, Lang::En) => format!("{n} things are wrong with this record; its page says what"),
    }
}

/// Where a rule is written; one that could not be confirmed says so.
pub fn citation(citation: &Citation, lang: Lang) -> String {
    let mark = match (citation.mark, lang) {
        (Mark::Confirmed, _) => "",
        (Mark::ToBeConfirmed, Lang::Zh) => "（待确认）",
        (Mark::ToBeConfirmed, Lang::En) => " (to be confirmed)",
    };
    match lang {
        Lang::Zh => format!("{}：{}{mark}", citation.document, citation.on),
        Lang::En => format!("{}: {}{mark}", citation.document, citation.on),
    }
}

/// An amount in yuan with its thousands parted, from the normal form of a record's fine: `15,000 元`.
pub fn yuan(amount: &str, lang: Lang) -> String {
    let (whole, fen) = amount.split_once('.').map_or((amount, String::new()), |(whole, fen)| (whole, format!(".{fen}")));
    let mut parted = String::with_capacity(whole.len() + whole.len() / 3);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            parted.push(',');
        }
        parted.push(digit);
    }
    match lang {
        Lang::Zh => format!("{parted}{fen} 元"),
        Lang::En => format!("{parted}{fen} yuan"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_and_fen_are_kept() {
        let zh = |amount| yuan(amount, Lang::Zh);
        assert_eq!(zh("15000"), "15,000 元");
        assert_eq!(zh("0.01"), "0.01 元");
        assert_eq!(zh("200"), "200 元");
        assert_eq!(zh("1234567.5"), "1,234,567.5 元");
        assert_eq!(yuan("300000", Lang::En), "300,000 yuan");
    }

    #[test]
    fn the_line_in_a_list_says_what_has_to_be_done_before_what_passes_by_itself() {
        let day = |text: &str| text.parse().expect("a day");
        let not_yet = Ineligible::NotYet { from: day("2026-12-01") };
        let owed = Ineligible::DutiesOpen { duties: vec!["缴纳罚款".into()] };
        assert_eq!(why_not(std::slice::from_ref(&not_yet), Lang::Zh), "自 2026-12-01 起可以申请");
        assert_eq!(why_not(&[not_yet.clone(), owed], Lang::Zh), "还有义务没有履行");
        let barred = Ineligible::Barred { last_day: Some(day("2027-01-31")) };
        assert_eq!(why_not(&[not_yet, barred], Lang::En), "May be applied for from 2027-02-01");
    }

    #[test]
    fn a_ban_says_from_which_day_it_is_over() {
        let bar_until = Bar { last_day: "2027-01-31".parse().ok() };
        assert!(bar(&bar_until, Lang::Zh).contains("自 2027-02-01 起"));
        assert!(bar(&Bar { last_day: None }, Lang::Zh).contains("没有写明"));
    }
}
