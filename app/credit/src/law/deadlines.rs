//! Until when an authority has to answer. A day that cannot be told is an answer in words, never a wrong day.

use chrono::NaiveDate;

use super::repair_rules::{Citation, ClassRule, EXTENSION, OBJECTION, RepairRules, Term};
use super::settings::RepairSettings;
use super::working_days::WorkingDays;

/// The last day of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// On that day at the latest.
    On(NaiveDate, Source),
    /// There is no calendar of working days for that year yet.
    NotCertain {
        /// The year.
        year: i32,
    },
    /// No length is known.
    NoTerm,
}

/// Where the length of a term comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// It is written there.
    Law(Citation),
    /// The law has a term, the operator set its length; to be confirmed (待确认).
    Setting(Citation),
}

/// The last days of one application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// To accept it or say why not.
    pub acceptance: Due,
    /// To decide.
    pub decision: Due,
    /// To decide, where it is extended.
    pub extended_decision: Due,
    /// To tell the applicant, as a rule.
    pub result: Due,
}

/// The last days of an application for repair that was handed over on `applied_on`. Until it is accepted, the term of the
/// decision is counted from the last day on which it can be.
pub fn repair_deadlines(
    rules: &RepairRules,
    class: &ClassRule,
    settings: &RepairSettings,
    calendars: &WorkingDays,
    applied_on: NaiveDate,
    accepted_on: Option<NaiveDate>,
) -> Deadlines {
    let acceptance = due(rules.accept_within, None, calendars, applied_on);
    let accepted_by = accepted_on.or(acceptance.day());
    let counted = |from: Option<NaiveDate>, otherwise: Due, term: Term, set: Option<u8>| match from {
        Some(day) => due(term, set, calendars, day),
        // What is counted from an uncertain day is no surer.
        None => otherwise,
    };
    let decision = counted(accepted_by, acceptance, class.decide_within, settings.decide_working_days);
    let extended_decision = match class.decide_within {
        Term::AsSet(_) => counted(decision.day(), decision, EXTENSION, settings.extend_working_days),
        Term::WorkingDays(..) | Term::None => Due::NoTerm,
    };
    Deadlines { acceptance, decision, extended_decision, result: due(rules.tell_within, None, calendars, applied_on) }
}

/// The last day to answer an objection that was handed over on that day.
pub fn objection_deadline(settings: &RepairSettings, calendars: &WorkingDays, handed_over_on: NaiveDate) -> Due {
    due(OBJECTION, settings.objection_working_days, calendars, handed_over_on)
}

impl Due {
    /// The day, where it is known.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::On(day, _) => Some(day),
            Self::NotCertain { .. } | Self::NoTerm => None,
        }
    }
}

/// How long a term is, in working days, and where that comes from; what the law leaves open is as the operator set it.
pub(crate) fn length(term: Term, set: Option<u8>) -> Option<(u16, Source)> {
    match (term, set) {
        (Term::WorkingDays(count, citation), _) => Some((count, Source::Law(citation))),
        (Term::AsSet(citation), Some(count)) => Some((u16::from(count), Source::Setting(citation))),
        (Term::AsSet(_), None) | (Term::None, _) => None,
    }
}

/// The last day of a term.
fn due(term: Term, set: Option<u8>, calendars: &WorkingDays, from: NaiveDate) -> Due {
    let Some((count, source)) = length(term, set) else { return Due::NoTerm };
    match calendars.after(from, count) {
        Ok(day) => Due::On(day, source),
        Err(not_certain) => Due::NotCertain { year: not_certain.year },
    }
}
