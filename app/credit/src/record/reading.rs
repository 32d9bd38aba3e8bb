//! Reads a record as it was given, and notes every fault.

use chrono::NaiveDate;

use super::{Channel, DateOf, DishonestyRecord, Duty, RecordAsGiven, RecordFault, Severity, fine_in_yuan};
use crate::date::parse_date;
use crate::law::repair_rules;

impl RecordAsGiven {
    /// Reads it. Nothing is refused: a record with faults is still the enterprise's, and is shown with what could be read.
    pub fn read(&self) -> DishonestyRecord {
        let mut faults = Vec::new();
        if self.record_id.trim().is_empty() {
            faults.push(RecordFault::NoRecordId);
        }
        if self.document_number.trim().is_empty() {
            faults.push(RecordFault::NoDocumentNumber);
        }
        let fine_yuan = self.fine(&mut faults);
        let severity = self.severity(&mut faults);
        let channel = Channel::named(&self.channel).unwrap_or_else(|| {
            faults.push(RecordFault::ChannelUnknown { given: self.channel.clone() });
            Channel::Other
        });
        let decided_on = date(Some(&self.decided_on), DateOf::Decision, &mut faults);
        let published_on = date(self.published_on.as_deref(), DateOf::PublicationStart, &mut faults);
        let publication_ends_on = date(self.publication_ends_on.as_deref(), DateOf::PublicationEnd, &mut faults);
        let earliest_repair_on = date(self.earliest_repair_on.as_deref(), DateOf::EarliestRepair, &mut faults);
        let stopped_on = date(self.stopped_on.as_deref(), DateOf::Stop, &mut faults);
        let duties = self
            .duties
            .iter()
            .map(|duty| Duty {
                what: duty.what.clone(),
                fulfilled_on: date(duty.fulfilled_on.as_deref(), DateOf::Fulfilment, &mut faults),
            })
            .collect();
        let mut record = DishonestyRecord {
            record_id: self.record_id.clone(),
            document_number: self.document_number.clone(),
            authority: self.determining_authority.clone(),
            authority_code: self.determining_authority_code.clone(),
            kind: self.kind.clone(),
            facts: self.facts.clone(),
            basis: self.basis.clone(),
            content: self.content.clone(),
            fine_yuan,
            severity,
            decided_on,
            published_on,
            publication_ends_on,
            earliest_repair_on,
            duties,
            channel,
            disputed: self.disputed,
            stopped_on,
            faults,
        };
        record.note_missing_severity();
        record.note_missing_duties(self.duties_missing);
        record.compare_dates();
        record
    }

    fn fine(&self, faults: &mut Vec<RecordFault>) -> Option<String> {
        match fine_in_yuan(&self.fine_wan) {
            Ok(yuan) => Some(yuan).filter(|yuan| yuan != "0"),
            Err(_) => {
                faults.push(RecordFault::FineUnreadable { given: self.fine_wan.clone() });
                None
            }
        }
    }

    fn severity(&self, faults: &mut Vec<RecordFault>) -> Option<Severity> {
        let given = self.severity.as_deref()?;
        let severity = Severity::named(given);
        if severity.is_none() {
            faults.push(RecordFault::SeverityUnknown { given: given.to_owned() });
        }
        severity
    }
}

impl DishonestyRecord {
    /// Courts and tax authorities class by rules of their own, and neither a list of abnormal operations nor a spot check has classes.
    fn note_missing_severity(&mut self) {
        let unknown = self.faults.iter().any(|fault| matches!(fault, RecordFault::SeverityUnknown { .. }));
        let needed = match self.channel {
            Channel::Creditchina => true,
            Channel::Gsxt => !self.is_of_abnormal_list() && !self.is_spot_check(),
            Channel::Court | Channel::Tax | Channel::Other => false,
        };
        if needed && self.severity.is_none() && !unknown {
            self.faults.push(RecordFault::SeverityMissing);
        }
    }

    /// What nobody listed is not taken for fulfilled; a fine is at least to be paid.
    fn note_missing_duties(&mut self, missing: bool) {
        let is_repaired_so = matches!(self.channel, Channel::Creditchina | Channel::Gsxt);
        if is_repaired_so && (missing || self.fine_yuan.is_some() && self.duties.is_empty()) {
            self.faults.push(RecordFault::DutiesMissing);
        }
    }

    fn compare_dates(&mut self) {
        let mut found = Vec::new();
        if let (Some(decided), Some(end)) = (self.decided_on, self.publication_ends_on)
            && end < decided
        {
            found.push(RecordFault::EndBeforeDecision { decided, end });
        }
        let began = self.decided_on.into_iter().chain(self.published_on).max();
        if let (Some(began), Some(stopped)) = (began, self.stopped_on)
            && stopped < began
        {
            found.push(RecordFault::StoppedBefore { began, stopped });
            self.stopped_on = None;
        }
        if let (Some(start), Some(end)) = (self.published_on, self.publication_ends_on)
            && end < start
        {
            found.push(RecordFault::EndBeforeStart { start, end });
        }
        if let (Some(decided), Some(start)) = (self.decided_on, self.published_on)
            && start < decided
        {
            found.push(RecordFault::PublishedBeforeDecision { decided, start });
        }
        if let (Some(decided), Some(earliest)) = (self.decided_on, self.earliest_repair_on)
            && earliest < decided
        {
            found.push(RecordFault::RepairBeforeDecision { decided, earliest });
        }
        if let (Some(end), Some(earliest)) = (self.publication_ends_on, self.earliest_repair_on)
            && end < earliest
        {
            found.push(RecordFault::RepairAfterEnd { end, earliest });
        }
        if let (Some(given), Some(by_rules)) = (self.earliest_repair_on, repair_rules::earliest_by_rules(self))
            && given != by_rules
        {
            found.push(RecordFault::NotByTheRules { given, by_rules });
        }
        self.faults.append(&mut found);
    }
}

/// A day that may be absent; one that is there and cannot be read is a fault.
fn date(given: Option<&str>, of: DateOf, faults: &mut Vec<RecordFault>) -> Option<NaiveDate> {
    let given = given?;
    parse_date(given).map_err(|_| faults.push(RecordFault::DateUnreadable { of, given: given.to_owned() })).ok()
}
