//! Records that were given badly, each in a way that the portal must say in words.

use chrono::{Days, Months, NaiveDate};

use super::{Channel, ECOLOGY, MARKET, Record, Sample, Severity};

const SOUND: Sample = Sample {
    id: "FXR-0041",
    number: "沪奉环罚〔{year}〕示例104号",
    authority: ECOLOGY,
    kind: "罚款",
    facts: "未按规定设置危险废物识别标志。",
    basis: "《中华人民共和国固体废物污染环境防治法》第一百一十二条第一款第一项",
    content: "罚款人民币一万元。",
    fine_wan: "1.000000",
    severity: Some(Severity::Ordinary),
    decided_months_ago: 4,
    duties: &[("设置危险废物识别标志", Some(4)), ("缴纳罚款人民币10000元", Some(8))],
    channel: Channel::Creditchina,
    disputed: false,
    stopped_days_ago: None,
};

/// The records of an enterprise whose records nobody has read over.
pub(super) fn of(began_on: NaiveDate) -> Vec<Record> {
    let like = |id: &'static str, number: &'static str, authority| Sample { id, number, authority, ..SOUND }.on(began_on);
    let mut severity_unknown = like("FXR-0041", "沪奉环罚〔{year}〕示例104号", ECOLOGY);
    severity_unknown.severity = Some(Severity::ParticularlySerious);
    let mut no_severity = like("FXR-0042", "沪奉环罚〔{year}〕示例105号", ECOLOGY);
    (no_severity.severity, no_severity.earliest_repair_on) = (None, None);
    let mut end_before_start = like("FXR-0043", "沪市监奉处〔{year}〕示例106号", MARKET);
    end_before_start.publication_ends_on = Some((began_on - Months::new(4) - Days::new(30)).to_string());
    end_before_start.earliest_repair_on = None;
    let mut unreadable = like("FXR-0044", "沪奉环罚〔{year}〕示例107号", ECOLOGY);
    unreadable.decided_on = "今年春天".to_owned();
    unreadable.fine_wan = "一万元";
    let once = like("FXR-0045", "沪奉环罚〔{year}〕示例108号", ECOLOGY);
    // The same decision again, written otherwise and under another number.
    let mut again = like("FXR-0046", "沪奉环罚〔{year}〕示例108号", ECOLOGY);
    again.document_number = again.document_number.replace('〔', "[").replace('〕', "]");
    let mut no_first_day = like("FXR-0047", "沪奉环罚〔{year}〕示例109号", ECOLOGY);
    no_first_day.earliest_repair_on = None;
    vec![severity_unknown, no_severity, end_before_start, unreadable, once, again, no_first_day]
}
