//! Any number of records more, for measuring pages that list many.

use chrono::NaiveDate;

use super::{Channel, ECOLOGY, Record, Sample, Severity};

/// So many records more: some to be repaired today, some that must wait, some that are repaired elsewhere.
pub(crate) fn records(count: u32, began_on: NaiveDate) -> Vec<Record> {
    (1..=count)
        .map(|at| {
            let (decided_months_ago, channel) = match at % 4 {
                0 => (2, Channel::Creditchina),
                1 => (20, Channel::Court),
                // What is applied for there may be handed over in another way.
                3 if at > 40 => (6, Channel::Gsxt),
                _ => (6, Channel::Creditchina),
            };
            let mut record = Sample { decided_months_ago, channel, ..SAMPLE }.on(began_on);
            record.record_id = format!("FXR-M{at:04}");
            record.document_number = format!("{}{at}号", record.document_number);
            record
        })
        .collect()
}

const SAMPLE: Sample = Sample {
    id: "FXR-M",
    number: "沪奉环罚〔{year}〕示例批",
    authority: ECOLOGY,
    kind: "罚款",
    facts: "未按规定保存环境管理台账。",
    basis: "《排污许可管理条例》第三十七条第一项",
    content: "罚款人民币二千元。",
    fine_wan: "0.200000",
    severity: Some(Severity::Ordinary),
    decided_months_ago: 6,
    duties: &[("补建环境管理台账", Some(15)), ("缴纳罚款人民币2000元", Some(7))],
    channel: Channel::Creditchina,
    disputed: false,
    stopped_days_ago: None,
};
