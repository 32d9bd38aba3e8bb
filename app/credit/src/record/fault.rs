//! What is wrong with how a record was given: by name for the code, in a sentence for the operator.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

use super::{DishonestyRecord, document_key};

/// A date of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOf {
    /// 处罚决定日期.
    Decision,
    /// 公示开始.
    PublicationStart,
    /// 公示截止期.
    PublicationEnd,
    /// The first day on which a repair may be applied for.
    EarliestRepair,
    /// The day a duty was fulfilled.
    Fulfilment,
    /// The day the publication was stopped.
    Stop,
}

/// What is wrong with how a record was given. Nothing is put right here: the authority has to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordFault {
    /// It has no number of its own.
    NoRecordId,
    /// It has no document number.
    NoDocumentNumber,
    /// The fine is no amount in 万元.
    FineUnreadable {
        /// As given.
        given: String,
    },
    /// Nothing is said of what was demanded, or a fine is and no duty to pay it.
    DutiesMissing,
    /// No severity, where the rules need one.
    SeverityMissing,
    /// A severity that nobody knows.
    SeverityUnknown {
        /// As given.
        given: String,
    },
    /// A channel that nobody knows; taken for [`super::Channel::Other`].
    ChannelUnknown {
        /// As given.
        given: String,
    },
    /// A date that is none.
    DateUnreadable {
        /// Which.
        of: DateOf,
        /// As given.
        given: String,
    },
    /// The publication ends before it starts.
    EndBeforeStart {
        /// The start.
        start: NaiveDate,
        /// The end.
        end: NaiveDate,
    },
    /// The publication starts before the decision.
    PublishedBeforeDecision {
        /// The day of the decision.
        decided: NaiveDate,
        /// The start.
        start: NaiveDate,
    },
    /// The publication ends before the decision.
    EndBeforeDecision {
        /// The day of the decision.
        decided: NaiveDate,
        /// The end.
        end: NaiveDate,
    },
    /// The publication was stopped before the decision or before it started; it is not taken for stopped.
    StoppedBefore {
        /// The day of the decision, or the start.
        began: NaiveDate,
        /// The stop.
        stopped: NaiveDate,
    },
    /// A repair could be applied for before the decision.
    RepairBeforeDecision {
        /// The day of the decision.
        decided: NaiveDate,
        /// The first day for a repair.
        earliest: NaiveDate,
    },
    /// A repair could only be applied for when the publication has ended.
    RepairAfterEnd {
        /// The end.
        end: NaiveDate,
        /// The first day for a repair.
        earliest: NaiveDate,
    },
    /// The first day for a repair is not the one that the rules give.
    NotByTheRules {
        /// As given; it is the one that counts.
        given: NaiveDate,
        /// By the rules.
        by_rules: NaiveDate,
    },
    /// The same record is there twice.
    Twice {
        /// The number of the other one.
        other: String,
    },
}

impl RecordFault {
    /// Whether nothing can be told from the record's dates: they contradict each other, or one is there and cannot be read. A
    /// duty whose day cannot be read just counts as owed.
    pub fn makes_dates_unclear(&self) -> bool {
        matches!(
            self,
            Self::DateUnreadable {
                of: DateOf::Decision | DateOf::PublicationStart | DateOf::PublicationEnd | DateOf::EarliestRepair | DateOf::Stop,
                ..
            } | Self::EndBeforeStart { .. }
                | Self::EndBeforeDecision { .. }
                | Self::StoppedBefore { .. }
                | Self::PublishedBeforeDecision { .. }
                | Self::RepairBeforeDecision { .. }
                | Self::RepairAfterEnd { .. }
        )
    }
}

impl fmt::Display for DateOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Decision => "decision",
            Self::PublicationStart => "start of publication",
            Self::PublicationEnd => "end of publication",
            Self::EarliestRepair => "first day for a repair",
            Self::Fulfilment => "fulfilment of a duty",
            Self::Stop => "stop of publication",
        })
    }
}

/// For the operator; what the enterprise reads is worded elsewhere.
impl fmt::Display for RecordFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRecordId => f.write_str("the record has no number of its own"),
            Self::NoDocumentNumber => f.write_str("the record has no document number"),
            Self::FineUnreadable { given } => write!(f, "the fine {given:?} is not an amount in 万元"),
            Self::DutiesMissing => f.write_str("the record does not say what was demanded"),
            Self::EndBeforeDecision { decided, end } => {
                write!(f, "the publication ends on {end}, before the decision of {decided}")
            }
            Self::StoppedBefore { began, stopped } => {
                write!(f, "the publication was stopped on {stopped}, before it began on {began}")
            }
            Self::SeverityMissing => f.write_str("the record has no severity"),
            Self::SeverityUnknown { given } => write!(f, "the severity {given:?} is not known"),
            Self::ChannelUnknown { given } => write!(f, "the channel {given:?} is not known"),
            Self::DateUnreadable { of, given } => write!(f, "the date {given:?} ({of}) is not a day"),
            Self::EndBeforeStart { start, end } => write!(f, "the publication ends on {end}, before it starts on {start}"),
            Self::PublishedBeforeDecision { decided, start } => {
                write!(f, "the publication starts on {start}, before the decision of {decided}")
            }
            Self::RepairBeforeDecision { decided, earliest } => {
                write!(f, "the first day for a repair is {earliest}, before the decision of {decided}")
            }
            Self::RepairAfterEnd { end, earliest } => {
                write!(f, "the first day for a repair is {earliest}, after the end of publication on {end}")
            }
            Self::NotByTheRules { given, by_rules } => {
                write!(f, "the first day for a repair is {given}; by the rules it would be {by_rules}")
            }
            Self::Twice { other } => write!(f, "the record is there twice: the other one is {other:?}"),
        }
    }
}

/// Which records of one enterprise are there twice, each with the fault: one number twice, or one kind of penalty of one
/// document of one authority. The first of them stays without.
pub fn twice(records: &[DishonestyRecord]) -> Vec<(usize, RecordFault)> {
    let mut by_number: BTreeMap<&str, &str> = BTreeMap::new();
    let mut by_document: BTreeMap<(String, &str, &str), &str> = BTreeMap::new();
    let mut found = Vec::new();
    for (at, record) in records.iter().enumerate() {
        let id = record.record_id.as_str();
        let document = (document_key(&record.document_number), record.authority_code.as_str(), record.kind.as_str());
        let same_number = (!id.is_empty()).then(|| by_number.insert(id, id)).flatten();
        let same_document = (!document.0.is_empty()).then(|| by_document.get(&document).copied()).flatten();
        match same_number.or(same_document) {
            Some(other) => found.push((at, RecordFault::Twice { other: other.to_owned() })),
            None => {
                by_document.insert(document, id);
            }
        }
    }
    found
}
