//! Dishonesty records (失信信息) as the platform gives them, and what is wrong with how they were given.
//!
//! Severity and dates come from the authority that determined the record; the portal infers none. What is missing or
//! contradicts itself is a [`RecordFault`]: the enterprise is told that the portal cannot say, the operator is told which record.

mod document_key;
mod fault;
mod reading;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::amount::{InvalidAmount, MoneyUnit, parse_money};

pub use document_key::document_key;
pub use fault::{DateOf, RecordFault, twice};

/// 失信程度, as the authority determined it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 轻微.
    Minor,
    /// 一般.
    Ordinary,
    /// 严重.
    Serious,
}

impl Severity {
    /// Every severity, the lightest first.
    pub const ALL: [Self; 3] = [Self::Minor, Self::Ordinary, Self::Serious];

    /// Its name in stores and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::Ordinary => "ordinary",
            Self::Serious => "serious",
        }
    }

    /// The severity of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }
}

/// Where a record is shown, and so where its repair is applied for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 信用中国.
    Creditchina,
    /// 国家企业信用信息公示系统, of the market regulators.
    Gsxt,
    /// 人民法院: 失信被执行人.
    Court,
    /// 税务机关.
    Tax,
    /// 其他.
    Other,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 5] = [Self::Creditchina, Self::Gsxt, Self::Court, Self::Tax, Self::Other];

    /// Its name in stores and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Creditchina => "creditchina",
            Self::Gsxt => "gsxt",
            Self::Court => "court",
            Self::Tax => "tax",
            Self::Other => "other",
        }
    }

    /// The channel of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

/// A record word for word as it was given, before anyone judges it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordAsGiven {
    /// 记录编号.
    pub record_id: String,
    /// 处罚决定书文号.
    pub document_number: String,
    /// 认定单位.
    // Readings that were kept before records were read in full have the other name.
    #[serde(alias = "authority")]
    pub determining_authority: String,
    /// 认定单位统一社会信用代码.
    pub determining_authority_code: String,
    /// 处罚类别, several joined; or the list.
    pub kind: String,
    /// 违法事实.
    pub facts: String,
    /// 依据.
    pub basis: String,
    /// 处罚内容.
    pub content: String,
    /// 罚款金额, in **万元**, decimal(18,6) (双公示 CF_NR_FK).
    pub fine_wan: String,
    /// The name of a [`Severity`]; none where the authority gave none.
    pub severity: Option<String>,
    /// 处罚决定日期, the day of the finding.
    pub decided_on: String,
    /// 公示开始.
    pub published_on: Option<String>,
    /// 公示截止期.
    pub publication_ends_on: Option<String>,
    /// The first day on which a repair may be applied for.
    pub earliest_repair_on: Option<String>,
    /// What the decision demanded.
    pub duties: Vec<DutyAsGiven>,
    /// That no list of duties was given at all: an empty one says that there are none.
    pub duties_missing: bool,
    /// The name of a [`Channel`].
    pub channel: String,
    /// 异议处理中.
    pub disputed: bool,
    /// The day its publication was stopped.
    pub stopped_on: Option<String>,
}

/// A duty word for word as it was given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DutyAsGiven {
    /// What was demanded.
    pub what: String,
    /// When it was done; none: still owed.
    pub fulfilled_on: Option<String>,
}

/// A record with its dates and classes read. What could not be read is absent, and a [`RecordFault`] says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DishonestyRecord {
    /// 记录编号.
    pub record_id: String,
    /// 处罚决定书文号, shown as given; compared by [`document_key`].
    pub document_number: String,
    /// 认定单位.
    pub authority: String,
    /// 认定单位统一社会信用代码, as given.
    pub authority_code: String,
    /// 处罚类别, several joined; or the list.
    pub kind: String,
    /// 违法事实.
    pub facts: String,
    /// 依据.
    pub basis: String,
    /// 处罚内容.
    pub content: String,
    /// 罚款金额 in yuan, to the fen, in normal form; none where there is no fine.
    pub fine_yuan: Option<String>,
    /// 失信程度.
    pub severity: Option<Severity>,
    /// 处罚决定日期.
    pub decided_on: Option<NaiveDate>,
    /// 公示开始; none: it is not published.
    pub published_on: Option<NaiveDate>,
    /// 公示截止期, the last day of the longest period.
    pub publication_ends_on: Option<NaiveDate>,
    /// The first day on which a repair may be applied for.
    pub earliest_repair_on: Option<NaiveDate>,
    /// What the decision demanded.
    pub duties: Vec<Duty>,
    /// Where it is shown.
    pub channel: Channel,
    /// 异议处理中.
    pub disputed: bool,
    /// The day its publication was stopped.
    pub stopped_on: Option<NaiveDate>,
    /// What is wrong with how it was given, in the order of its items.
    pub faults: Vec<RecordFault>,
}

/// Something that the decision demanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// What.
    pub what: String,
    /// When it was done; none: still owed.
    pub fulfilled_on: Option<NaiveDate>,
}

impl Duty {
    /// Whether it was done by the end of that day.
    pub fn is_fulfilled(&self, day: NaiveDate) -> bool {
        self.fulfilled_on.is_some_and(|done| done <= day)
    }
}

impl DishonestyRecord {
    /// What is still owed on that day.
    pub fn still_owed(&self, day: NaiveDate) -> impl Iterator<Item = &Duty> {
        self.duties.iter().filter(move |duty| !duty.is_fulfilled(day))
    }

    /// What was demanded, each in a line of its own with the day it was fulfilled, in no language: `缴纳罚款人民币15000元 · 2026-06-30`,
    /// or `… · —` while it is owed.
    pub fn duties_in_lines(&self) -> String {
        let lines = self.duties.iter().map(|duty| match duty.fulfilled_on {
            Some(day) => format!("{} · {day}", duty.what),
            None => format!("{} · —", duty.what),
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The day on which the last duty was fulfilled, where each has its day.
    pub fn fulfilled_on(&self) -> Option<NaiveDate> {
        self.duties.iter().map(|duty| duty.fulfilled_on).collect::<Option<Vec<_>>>()?.into_iter().max()
    }

    /// Whether it is an entry in a list of abnormal operations (经营异常名录), which has no severity and no period: it ends
    /// when it is put right.
    pub fn is_of_abnormal_list(&self) -> bool {
        is_abnormal_list(&self.kind)
    }

    /// Whether it is the result of a spot check (抽查检查结果), which has no severity and is not applied for by itself.
    pub fn is_spot_check(&self) -> bool {
        is_spot_check(&self.kind)
    }

    /// Whether its dates contradict each other or cannot be read, so that nothing can be told from them.
    pub fn has_unclear_dates(&self) -> bool {
        self.faults.iter().any(RecordFault::makes_dates_unclear)
    }

    /// Whether it is not known what was demanded.
    pub fn has_unknown_duties(&self) -> bool {
        self.faults.contains(&RecordFault::DutiesMissing)
    }

    /// Whether a document number, in whatever brackets and width, is this record's.
    pub fn is_of_document(&self, number: &str) -> bool {
        document_key(&self.document_number) == document_key(number)
    }
}

/// Whether 处罚类别 is an entry in a list of abnormal operations.
pub fn is_abnormal_list(kind: &str) -> bool {
    kind.contains("异常名录")
}

/// Whether 处罚类别 is the result of a spot check.
pub fn is_spot_check(kind: &str) -> bool {
    kind.contains("抽查")
}

/// A fine as the platform gives it, in 万元 with six places, in yuan: `1.500000` is 15000 yuan.
///
/// # Errors
/// Why it is no amount. A fine is never guessed.
///
/// ```
/// use credit::record::fine_in_yuan;
/// assert_eq!(fine_in_yuan("1.500000").as_deref(), Ok("15000"));
/// assert_eq!(fine_in_yuan("0.000001").as_deref(), Ok("0.01"));
/// ```
pub fn fine_in_yuan(fine_wan: &str) -> Result<String, InvalidAmount> {
    // A unit that somebody wrote after it would be taken for the unit of the number.
    if fine_wan.contains(['元', '亿', '万']) {
        return Err(InvalidAmount::Unreadable);
    }
    parse_money(&format!("{fine_wan}万元"), MoneyUnit::Yuan)
}
