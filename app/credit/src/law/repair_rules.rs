//! The rules of credit repair as dated tables, each row with its source.
//!
//! Two orders are in force: that of the National Development and Reform Commission for what is shown on 信用中国, and that of
//! the State Administration for Market Regulation for what is shown on 国家企业信用信息公示系统. Their article numbers could not
//! be looked up; a row names the matter instead. What courts, tax authorities and the central bank show is repaired there.

use chrono::NaiveDate;

use super::months::first_day_after;
use crate::record::{Channel, DishonestyRecord, Severity, is_abnormal_list, is_spot_check};

/// Where a rule is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The document.
    pub document: &'static str,
    /// The matter in it.
    pub on: &'static str,
    /// How sure that is.
    pub mark: Mark,
}

/// How sure a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Read in a public source.
    Confirmed,
    /// 待确认: to be confirmed with the district.
    ToBeConfirmed,
}

/// Since when a repair may be applied for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earliest {
    /// As soon as the duties are fulfilled, with no waiting.
    OnceDutiesAreFulfilled,
    /// On the day after so many months.
    AfterMonths(u16),
    /// Never: it stops by itself.
    NoApplication,
    /// Never: it stops together with the record that followed from it.
    WithItsRecord,
}

/// From which day a period is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedFrom {
    /// The day of the document with the finding (司法、行政公务文书认定之日), not that of going online.
    Finding,
    /// Not settled in what could be read: the record's own days count, and nothing is compared.
    AsGiven,
}

/// The rule of one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassRule {
    /// Since when a repair may be applied for.
    pub earliest: Earliest,
    /// Months after which the publication stops by itself; none: it does not. Never a promise: whoever has not put the wrong
    /// right is subject to the rules of the sector's department.
    pub longest_months: Option<u16>,
    /// From the acceptance of an application to the decision.
    pub decide_within: Term,
    /// Source.
    pub source: Citation,
}

/// A condition of a repair. All are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The shortest period is reached.
    PeriodReached,
    /// The wrong is put right and every duty fulfilled.
    DutiesFulfilled,
    /// A public commitment that at least says that the materials are true and that liability for breach is accepted.
    PublicCommitment,
    /// What another law, regulation or rule demands besides.
    OtherRules,
}

/// A term that an authority has, in working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// So many.
    WorkingDays(u16, Citation),
    /// There is a term, but its length could not be confirmed: the operator's setting.
    AsSet(Citation),
    /// None was found.
    None,
}

/// One order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepairRules {
    /// Short name, frozen into what is decided by it.
    pub id: &'static str,
    /// The document.
    pub document: &'static str,
    /// The first day on which it is in force.
    pub in_force_from: NaiveDate,
    /// The records it is for.
    pub channel: Channel,
    /// From when its periods are counted.
    pub counted_from: CountedFrom,
    /// 轻微.
    pub minor: ClassRule,
    /// 一般.
    pub ordinary: ClassRule,
    /// 严重.
    pub serious: ClassRule,
    /// 经营异常名录, where it has a rule of its own.
    pub abnormal_list: Option<ClassRule>,
    /// Negative results of spot checks (抽查检查), where they have a rule of their own.
    pub spot_check: Option<ClassRule>,
    /// What is needed.
    pub conditions: &'static [Condition],
    /// From the application to its acceptance or refusal.
    pub accept_within: Term,
    /// From the application to telling the applicant, as a rule.
    pub tell_within: Term,
}

const ORDER_36: &str = "《信用修复管理办法》（国家发展和改革委员会令第36号）";
const ORDER_107: &str = "《市场监督管理信用修复管理办法》（国家市场监督管理总局令第107号）";
const NOTICE_22: &str = "《关于进一步完善信用修复制度的实施方案》（国办发〔2025〕22号）";

const fn confirmed(document: &'static str, on: &'static str) -> Citation {
    Citation { document, on, mark: Mark::Confirmed }
}

const fn to_be_confirmed(document: &'static str, on: &'static str) -> Citation {
    Citation { document, on, mark: Mark::ToBeConfirmed }
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => panic!("no such day"),
    }
}

const ORDER_36_DECISION: Term = Term::AsSet(to_be_confirmed(ORDER_36, "作出决定的期限"));
const ORDER_107_DECISION: Term = Term::WorkingDays(7, confirmed(ORDER_107, "行政处罚、严重违法失信名单的办理期限"));
/// By how much a term that is [`Term::AsSet`] may be extended for complex cases.
pub const EXTENSION: Term = Term::AsSet(to_be_confirmed(ORDER_36, "延长作出决定的期限"));
/// From taking over an objection to its answer.
pub const OBJECTION: Term = Term::AsSet(to_be_confirmed(ORDER_36, "核查异议的期限"));

const CONDITIONS: &[Condition] =
    &[Condition::PeriodReached, Condition::DutiesFulfilled, Condition::PublicCommitment, Condition::OtherRules];

/// Both orders. An older one is not here: what was determined before has its days from the platform.
pub static TABLE: &[RepairRules] = &[
    RepairRules {
        id: "ndrc-36",
        document: ORDER_36,
        in_force_from: day(2026, 4, 1),
        channel: Channel::Creditchina,
        counted_from: CountedFrom::Finding,
        minor: ClassRule {
            earliest: Earliest::OnceDutiesAreFulfilled,
            longest_months: Some(3),
            decide_within: ORDER_36_DECISION,
            source: confirmed(ORDER_36, "轻微失信信息的公示期限"),
        },
        ordinary: ClassRule {
            earliest: Earliest::AfterMonths(3),
            longest_months: Some(12),
            decide_within: ORDER_36_DECISION,
            source: confirmed(ORDER_36, "一般失信信息的公示期限"),
        },
        serious: ClassRule {
            earliest: Earliest::AfterMonths(12),
            longest_months: Some(36),
            decide_within: ORDER_36_DECISION,
            source: confirmed(ORDER_36, "严重失信信息的公示期限"),
        },
        abnormal_list: None,
        spot_check: None,
        conditions: CONDITIONS,
        accept_within: Term::WorkingDays(3, confirmed(NOTICE_22, "受理期限")),
        tell_within: Term::WorkingDays(10, confirmed(NOTICE_22, "反馈结果的期限")),
    },
    RepairRules {
        id: "samr-107",
        document: ORDER_107,
        in_force_from: day(2025, 12, 25),
        channel: Channel::Gsxt,
        counted_from: CountedFrom::AsGiven,
        minor: ClassRule {
            earliest: Earliest::NoApplication,
            longest_months: Some(3),
            decide_within: Term::None,
            source: confirmed(ORDER_107, "轻微失信信息自动停止公示"),
        },
        ordinary: ClassRule {
            earliest: Earliest::AfterMonths(3),
            longest_months: Some(12),
            decide_within: ORDER_107_DECISION,
            source: confirmed(ORDER_107, "一般失信信息的公示期限"),
        },
        serious: ClassRule {
            earliest: Earliest::AfterMonths(12),
            longest_months: Some(36),
            decide_within: ORDER_107_DECISION,
            source: confirmed(ORDER_107, "严重失信信息的公示期限"),
        },
        abnormal_list: Some(ClassRule {
            earliest: Earliest::OnceDutiesAreFulfilled,
            longest_months: None,
            // Five working days in 2021; not found in the text of this order.
            decide_within: Term::None,
            // The conditions were read in the text of 2021 that this order replaces.
            source: to_be_confirmed(ORDER_107, "移出经营异常名录的条件"),
        }),
        spot_check: Some(ClassRule {
            earliest: Earliest::WithItsRecord,
            longest_months: None,
            decide_within: Term::None,
            source: to_be_confirmed(ORDER_107, "抽查检查结果信息随相关失信信息一并停止公示"),
        }),
        conditions: CONDITIONS,
        accept_within: Term::None,
        tell_within: Term::None,
    },
];

/// The rules in force on that day for what is shown there; none: it is not repaired by either order, or neither was in force.
pub fn rules_for(channel: Channel, day: NaiveDate) -> Option<&'static RepairRules> {
    TABLE.iter().filter(|rules| rules.channel == channel && rules.in_force_from <= day).max_by_key(|rules| rules.in_force_from)
}

impl RepairRules {
    /// The rule of the record's class; none where its severity is not known.
    pub fn class_of(&self, record: &DishonestyRecord) -> Option<&ClassRule> {
        self.class(&record.kind, record.severity)
    }

    /// The rule of a record of this kind (处罚类别, or the list) and severity.
    pub fn class(&self, kind: &str, severity: Option<Severity>) -> Option<&ClassRule> {
        if is_abnormal_list(kind)
            && let Some(rule) = &self.abnormal_list
        {
            return Some(rule);
        }
        if is_spot_check(kind)
            && let Some(rule) = &self.spot_check
        {
            return Some(rule);
        }
        Some(match severity? {
            Severity::Minor => &self.minor,
            Severity::Ordinary => &self.ordinary,
            Severity::Serious => &self.serious,
        })
    }
}

/// The first day on which a repair may be applied for as the rules give it, to compare with the record's own day, which is the
/// one that counts. None where the record is older than the rules or a figure for it is missing.
pub fn earliest_by_rules(record: &DishonestyRecord) -> Option<NaiveDate> {
    let decided_on = record.decided_on?;
    let rules = rules_for(record.channel, decided_on).filter(|rules| rules.counted_from == CountedFrom::Finding)?;
    match rules.class_of(record)?.earliest {
        Earliest::AfterMonths(months) => Some(first_day_after(decided_on, months)),
        Earliest::OnceDutiesAreFulfilled | Earliest::NoApplication | Earliest::WithItsRecord => None,
    }
}
