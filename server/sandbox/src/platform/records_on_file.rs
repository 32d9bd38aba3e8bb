//! The made-up records that this world begins with. Their dates hang on the day it began, so that there is always
//! one that can be repaired today and one that cannot yet.

mod faulty;
mod more;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

use crate::enterprises::{ASSOCIATION, COSMETICS, LAW_FIRM, MACHINERY, ORCHARD, PASTRY};

pub(crate) use more::records as more_records;

/// One record.
#[derive(Debug, Serialize)]
pub(crate) struct Record {
    pub(crate) record_id: String,
    pub(crate) document_number: String,
    pub(crate) determining_authority: &'static str,
    pub(crate) determining_authority_code: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) facts: &'static str,
    pub(crate) basis: &'static str,
    pub(crate) content: &'static str,
    /// In 万元, six decimals.
    pub(crate) fine_wan: &'static str,
    pub(crate) severity: Option<Severity>,
    pub(crate) decided_on: String,
    pub(crate) published_on: Option<String>,
    pub(crate) publication_ends_on: Option<String>,
    pub(crate) earliest_repair_on: Option<String>,
    pub(crate) duties: Vec<Duty>,
    pub(crate) channel: Channel,
    pub(crate) disputed: bool,
    pub(crate) stopped_on: Option<String>,
}

/// How grave the wrong is.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Severity {
    Minor,
    Ordinary,
    Serious,
    /// One that the contract does not know.
    ParticularlySerious,
}

/// Something the decision demanded.
#[derive(Debug, Serialize)]
pub(crate) struct Duty {
    pub(crate) what: &'static str,
    pub(crate) fulfilled_on: Option<String>,
}

/// Where the record is shown, and so where it is repaired.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Channel {
    Creditchina,
    Gsxt,
    Court,
    Tax,
    Other,
}

/// The records of one enterprise in a world that began on this day.
pub(crate) fn of(credit_code: &str, began_on: NaiveDate) -> Vec<Record> {
    let samples: &[Sample] = match credit_code {
        MACHINERY => MACHINERY_RECORDS,
        COSMETICS => COSMETICS_RECORDS,
        PASTRY => PASTRY_RECORDS,
        ORCHARD => ORCHARD_RECORDS,
        ASSOCIATION => ASSOCIATION_RECORDS,
        LAW_FIRM => return faulty::of(began_on),
        _ => &[],
    };
    samples.iter().map(|sample| sample.on(began_on)).collect()
}

/// A record before its dates are known.
struct Sample {
    id: &'static str,
    /// The document number with `{year}` in it.
    number: &'static str,
    authority: (&'static str, &'static str),
    kind: &'static str,
    facts: &'static str,
    basis: &'static str,
    content: &'static str,
    fine_wan: &'static str,
    severity: Option<Severity>,
    decided_months_ago: u32,
    /// What was demanded, and how many days after the decision it was done.
    duties: &'static [(&'static str, Option<u64>)],
    channel: Channel,
    disputed: bool,
    stopped_days_ago: Option<u64>,
}

const MARKET: (&str, &str) = ("上海市奉贤区市场监督管理局（示例）", "11310120FXXY0006XF");
const ECOLOGY: (&str, &str) = ("上海市奉贤区生态环境局（示例）", "11310120FXXY0006XF");
const EMERGENCY: (&str, &str) = ("上海市奉贤区应急管理局（示例）", "11310120FXXY0006XF");
const COURT: (&str, &str) = ("上海市奉贤区人民法院（示例）", "11310120FXXY0006XF");
const TAX: (&str, &str) = ("国家税务总局上海市奉贤区税务局（示例）", "11310120FXXY0006XF");

const MACHINERY_RECORDS: &[Sample] = &[
    Sample {
        id: "FXR-0001",
        number: "沪奉环罚〔{year}〕示例021号",
        authority: ECOLOGY,
        kind: "罚款",
        facts: "切削液废桶露天堆放，未按规定贮存危险废物。",
        basis: "《中华人民共和国固体废物污染环境防治法》第一百一十二条第一款第六项",
        content: "责令改正；罚款人民币一万五千元。",
        fine_wan: "1.500000",
        severity: Some(Severity::Ordinary),
        decided_months_ago: 5,
        duties: &[("责令改正：将危险废物移入贮存间并设置标志", Some(12)), ("缴纳罚款人民币15000元", Some(9))],
        channel: Channel::Creditchina,
        disputed: false,
        stopped_days_ago: None,
    },
    Sample {
        id: "FXR-0002",
        number: "（沪奉）应急罚〔{year}〕示例008号",
        authority: EMERGENCY,
        kind: "罚款",
        facts: "未如实记录安全生产教育和培训情况。",
        basis: "《中华人民共和国安全生产法》第九十七条第四项",
        content: "责令限期改正；罚款人民币五千元。",
        fine_wan: "0.500000",
        severity: Some(Severity::Ordinary),
        decided_months_ago: 1,
        duties: &[("补齐安全生产教育和培训记录", Some(10)), ("缴纳罚款人民币5000元", Some(6))],
        channel: Channel::Creditchina,
        disputed: false,
        stopped_days_ago: None,
    },
    Sample {
        id: "FXR-0003",
        number: "沪奉环罚〔{year}〕示例003号",
        authority: ECOLOGY,
        kind: "警告",
        facts: "未按规定保存环境管理台账，首次发现，情节轻微。",
        basis: "《排污许可管理条例》第三十七条第一项",
        content: "警告。",
        fine_wan: "0.000000",
        severity: Some(Severity::Minor),
        decided_months_ago: 2,
        duties: &[("补建环境管理台账", Some(15))],
        channel: Channel::Creditchina,
        disputed: false,
        stopped_days_ago: None,
    },
    Sample {
        id: "FXR-0004",
        number: "沪奉环罚〔{year}〕示例017号",
        authority: ECOLOGY,
        kind: "罚款",
        facts: "建设项目配套的环境保护设施未经验收即投入使用。",
        basis: "《建设项目环境保护管理条例》第二十三条第一款",
        content: "罚款人民币二十万元。",
        fine_wan: "20.000000",
        severity: Some(Severity::Ordinary),
        decided_months_ago: 10,
        duties: &[("完成环境保护设施验收", Some(60)), ("缴纳罚款人民币200000元", Some(14))],
        channel: Channel::Creditchina,
        disputed: false,
        stopped_days_ago: Some(20),
    },
];

const COSMETICS_RECORDS: &[Sample] = &[
    Sample {
        id: "FXR-0011",
        number: "沪市监奉处〔{year}〕示例260号",
        authority: MARKET,
        kind: "责令停产停业",
        facts: "在不符合化妆品生产质量管理规范的条件下组织生产。",
        basis: "《化妆品监督管理条例》第六十条第三项",
        content: "没收违法所得；罚款人民币三十万元；责令停产停业三十日。",
        fine_wan: "30.000000",
        severity: Some(Severity::Serious),
        decided_months_ago: 14,
        duties: &[("停产整改并通过复查", Some(45)), ("缴纳罚款人民币300000元（已分期，余款未缴）", None)],
        channel: Channel::Creditchina,
        disputed: false,
        stopped_days_ago: None,
    },
    Sample {
        id: "FXR-0012",
        number: "沪市监奉列异〔{year}〕示例112号",
        authority: MARKET,
        kind: "列入经营异常名录",
        facts: "未在规定期限内公示年度报告。",
        basis: "《企业信息公示暂行条例》第十八条",
        content: "列入经营异常名录。",
        fine_wan: "0.000000",
        severity: None,
        decided_months_ago: 4,
        duties: &[("补报并公示年度报告", Some(30))],
        channel: Channel::Gsxt,
        disputed: false,
        stopped_days_ago: None,
    },
    Sample {
        id: "FXR-0013",
        number: "（{year}）沪奉示例执55号",
        authority: COURT,
        kind: "纳入失信被执行人名单",
        facts: "有履行能力而拒不履行生效法律文书确定的义务。",
        basis: "《最高人民法院关于公布失信被执行人名单信息的若干规定》第一条",
        content: "纳入失信被执行人名单。",
        fine_wan: "0.000000",
        severity: Some(Severity::Serious),
        decided_months_ago: 8,
        duties: &[("履行生效法律文书确定的义务", None)],
        channel: Channel::Court,
        disputed: false,
        stopped_days_ago: None,
    },
];

const PASTRY_RECORDS: &[Sample] = &[Sample {
    id: "FXR-0021",
    number: "沪市监奉处〔{year}〕示例318号",
    authority: MARKET,
    kind: "罚款",
    facts: "经营的预包装糕点标签未标注生产日期。",
    basis: "《中华人民共和国食品安全法》第一百二十五条第一款第二项",
    content: "没收违法所得人民币八十元；罚款人民币三千元。",
    fine_wan: "0.300000",
    severity: Some(Severity::Ordinary),
    decided_months_ago: 6,
    duties: &[("缴纳罚款人民币3000元", Some(5)), ("下架并改正标签", Some(2))],
    channel: Channel::Gsxt,
    disputed: true,
    stopped_days_ago: None,
}];

const ORCHARD_RECORDS: &[Sample] = &[
    Sample {
        id: "FXR-0031",
        number: "沪奉税简罚〔{year}〕示例77号",
        authority: TAX,
        kind: "罚款",
        facts: "未按照规定的期限办理纳税申报。",
        basis: "《中华人民共和国税收征收管理法》第六十二条",
        content: "罚款人民币二百元。",
        fine_wan: "0.020000",
        severity: Some(Severity::Minor),
        decided_months_ago: 3,
        duties: &[("补办纳税申报", Some(1)), ("缴纳罚款人民币200元", Some(1))],
        channel: Channel::Tax,
        disputed: false,
        stopped_days_ago: None,
    },
    Sample {
        id: "FXR-0032",
        number: "沪奉水执法〔{year}〕示例9号",
        authority: MARKET,
        kind: "通报批评",
        facts: "取水台账记录不完整。",
        basis: "《取水许可和水资源费征收管理条例》",
        content: "通报批评。",
        fine_wan: "0.000000",
        severity: Some(Severity::Minor),
        decided_months_ago: 1,
        duties: &[("补齐取水台账", None)],
        channel: Channel::Other,
        disputed: false,
        stopped_days_ago: None,
    },
];

/// Nothing is wrong with it but that its enterprise may not apply for anything at present.
const ASSOCIATION_RECORDS: &[Sample] = &[Sample {
    id: "FXR-0051",
    number: "沪奉民罚〔{year}〕示例6号",
    authority: MARKET,
    kind: "罚款",
    facts: "向会员单位违规收取评比表彰费用。",
    basis: "《社会团体登记管理条例》第三十条第一款第七项",
    content: "罚款人民币六千元。",
    fine_wan: "0.600000",
    severity: Some(Severity::Ordinary),
    decided_months_ago: 7,
    duties: &[("退还违规收取的费用", Some(20)), ("缴纳罚款人民币6000元", Some(10))],
    channel: Channel::Creditchina,
    disputed: false,
    stopped_days_ago: None,
}];

impl Sample {
    fn on(&self, began_on: NaiveDate) -> Record {
        let decided_on = began_on - Months::new(self.decided_months_ago);
        // The classes and periods of NDRC Order 36; minor wrongs are in principle not published.
        let (shortest, longest) = match self.severity {
            Some(Severity::Minor) => (Some(0), None),
            Some(Severity::Ordinary) => (Some(3), Some(12)),
            Some(Severity::Serious) => (Some(12), Some(36)),
            Some(Severity::ParticularlySerious) | None => (None, None),
        };
        let duties = self
            .duties
            .iter()
            .map(|(what, after)| Duty { what, fulfilled_on: after.map(|days| (decided_on + Days::new(days)).to_string()) });
        Record {
            record_id: self.id.to_owned(),
            document_number: self.number.replace("{year}", &decided_on.year().to_string()),
            determining_authority: self.authority.0,
            determining_authority_code: self.authority.1,
            kind: self.kind,
            facts: self.facts,
            basis: self.basis,
            content: self.content,
            fine_wan: self.fine_wan,
            severity: self.severity,
            decided_on: decided_on.to_string(),
            published_on: (shortest != Some(0)).then(|| (decided_on + Days::new(5)).to_string()),
            publication_ends_on: longest.map(|months| (decided_on + Months::new(months)).to_string()),
            earliest_repair_on: shortest.map(|months| match months {
                0 => decided_on.to_string(),
                // The last day of the period is the same day of the month; the day after it is free.
                months => (decided_on + Months::new(months) + Days::new(1)).to_string(),
            }),
            duties: duties.collect(),
            channel: self.channel,
            disputed: self.disputed,
            stopped_on: self.stopped_days_ago.map(|days| (began_on - Days::new(days)).to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_of_three_months_ends_with_the_month_and_the_next_day_is_free() {
        // Decided on 2026-11-30, five months before.
        let records = of(MACHINERY, day("2027-04-30"));
        assert_eq!(records[0].decided_on, "2026-11-30");
        assert_eq!(records[0].earliest_repair_on.as_deref(), Some("2027-03-01"));
        assert_eq!(records[0].publication_ends_on.as_deref(), Some("2027-11-30"));
        assert!(records[0].document_number.contains("〔2026〕"));
    }

    #[test]
    fn there_is_a_record_to_repair_today_and_one_that_must_wait() {
        let today = day("2026-11-23");
        let records = of(MACHINERY, today);
        let earliest = |record: &Record| day(record.earliest_repair_on.as_deref().unwrap());
        assert!(earliest(&records[0]) <= today);
        assert!(earliest(&records[1]) > today);
    }
}
