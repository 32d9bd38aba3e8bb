//! The steps of an application for repair, or of an objection, after it was filed: which one it is in, and until when that has
//! to end. Nothing here says what an authority did: only what the law gives it time for.

use chrono::NaiveDate;

use crate::filing::{Happening, State};
use crate::form::FormKind;
use crate::law::deadlines::{Due, Source, length, objection_deadline, repair_deadlines};
use crate::law::repair_rules::{EXTENSION, OBJECTION, rules_for};
use crate::law::settings::RepairSettings;
use crate::law::working_days::WorkingDays;
use crate::record::{Channel, Severity};
use crate::registration::Content;
use crate::repair::{CHANNEL, PENALTY_KIND, SEVERITY};

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It has not reached whoever decides.
    HandOver,
    /// To be accepted, or not.
    Acceptance,
    /// To be decided.
    Decision,
    /// To be mended by the enterprise.
    Correction,
    /// Decided, withdrawn or replaced.
    Ended,
}

/// The days from which terms are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountedDays {
    /// When it was handed over.
    pub handed_over_on: Option<NaiveDate>,
    /// When it was accepted for handling.
    pub accepted_on: Option<NaiveDate>,
}

/// A term of an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// How many working days it has, and where that is written; none: no length is known.
    pub length: Option<(u16, Source)>,
    /// The last of them.
    pub due: Due,
}

/// Where it is, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The step.
    pub step: Step,
    /// From which days it is counted.
    pub counted: CountedDays,
    /// The term of the step, where an authority has to act.
    pub due: Option<Deadline>,
    /// The same, where the decision is put off for a complex case: the term by which it is put off.
    pub extended: Option<Deadline>,
    /// To tell the enterprise the result.
    pub result: Option<Deadline>,
}

impl CountedDays {
    /// Those of a history, oldest first. What was accepted had been handed over, even if nobody told.
    pub fn of<'a>(history: impl IntoIterator<Item = (NaiveDate, &'a Happening)>) -> Self {
        let mut days = Self::default();
        for (day, happening) in history {
            match happening {
                // It may be told late, with an earlier day: then the terms ran from that one.
                Happening::Forwarded { .. } => days.handed_over_on = days.handed_over_on.map(|on| on.min(day)).or(Some(day)),
                Happening::ReviewBegan { .. } => {
                    days.handed_over_on = days.handed_over_on.or(Some(day));
                    days.accepted_on = days.accepted_on.or(Some(day));
                }
                _ => {}
            }
        }
        days
    }
}

impl Progress {
    /// Of a filing of this kind; `content` is what was filed.
    pub fn of(
        kind: FormKind,
        content: &Content,
        state: &State,
        counted: CountedDays,
        settings: &RepairSettings,
        calendars: &WorkingDays,
    ) -> Self {
        let step = match state {
            State::Accepted => Step::HandOver,
            State::Forwarded { .. } => Step::Acceptance,
            State::UnderReview { .. } => Step::Decision,
            State::Returned { .. } => Step::Correction,
            State::Decided(_) | State::Withdrawn { .. } | State::Superseded { .. } => Step::Ended,
        };
        let nothing = Self { step, counted, due: None, extended: None, result: None };
        let (Some(handed_over_on), Step::Acceptance | Step::Decision) = (counted.handed_over_on, step) else { return nothing };
        let held = |name: &str| content.get(name).map(String::as_str).unwrap_or_default();
        // The term to check an objection is Order 36's: of other channels none is known.
        if kind == FormKind::Objection && held(CHANNEL.name) == Channel::Creditchina.name() {
            let length = length(OBJECTION, settings.objection_working_days);
            let due = objection_deadline(settings, calendars, handed_over_on);
            return Self { due: Some(Deadline { length, due }), ..nothing };
        }
        if kind == FormKind::Objection {
            return Self { due: Some(Deadline { length: None, due: Due::NoTerm }), ..nothing };
        }
        let rules = Channel::named(held(CHANNEL.name)).and_then(|channel| rules_for(channel, handed_over_on));
        let class = rules.and_then(|rules| rules.class(held(PENALTY_KIND.name), Severity::named(held(SEVERITY.name))));
        let (Some(rules), Some(class)) = (rules, class) else {
            return Self { due: Some(Deadline { length: None, due: Due::NoTerm }), ..nothing };
        };
        let deadlines = repair_deadlines(rules, class, settings, calendars, handed_over_on, counted.accepted_on);
        let (due, extended) = match step {
            Step::Decision => {
                let decision = length(class.decide_within, settings.decide_working_days);
                let extension = length(EXTENSION, settings.extend_working_days);
                let extended = Deadline { length: extension, due: deadlines.extended_decision };
                (Deadline { length: decision, due: deadlines.decision }, Some(extended))
            }
            _ => (Deadline { length: length(rules.accept_within, None), due: deadlines.acceptance }, None),
        };
        let result = Deadline { length: length(rules.tell_within, None), due: deadlines.result };
        Self { due: Some(due), extended, result: Some(result), ..nothing }
    }
}
