//! Whether a repair may be applied for today and, if not, every reason and the day it ends.

use chrono::NaiveDate;

use super::months::next;
use super::repair_rules::{self, ClassRule, Earliest, RepairRules};
use crate::record::{Channel, DishonestyRecord};

/// What bears on an application beside the record itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// A ban on applying, as the platform tells it; the portal computes none.
    pub bar: Option<Bar>,
    /// Whether an application about this record is open already.
    pub is_applied_for: bool,
    /// Whether a repair of this record was granted in full; the platform may not have stopped the publication yet.
    pub is_granted: bool,
}

/// A ban on applying, for false materials or as a repeat offender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Its last day; none: the platform named none.
    pub last_day: Option<NaiveDate>,
}

/// That a repair of a record may be applied for on a day. Only [`eligibility`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eligible {
    record_id: String,
    rules: &'static RepairRules,
    rule: ClassRule,
    since: NaiveDate,
    on: NaiveDate,
}

impl Eligible {
    /// 记录编号.
    pub fn record_id(&self) -> &str {
        &self.record_id
    }

    /// The rules it was checked by.
    pub fn rules(&self) -> &'static RepairRules {
        self.rules
    }

    /// The rule of the record's class.
    pub fn rule(&self) -> &ClassRule {
        &self.rule
    }

    /// Since when, as far as the record tells.
    pub fn since(&self) -> NaiveDate {
        self.since
    }

    /// The day on which it was checked.
    pub fn on(&self) -> NaiveDate {
        self.on
    }
}

/// Where a record is repaired that is not repaired here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// 失信被执行人: the court that enforces.
    Court,
    /// 纳税信用, 重大税收违法: the tax authority.
    TaxAuthority,
    /// 征信: the bank that reported it, or the central bank's credit reference centre. A different system.
    CreditReporting,
    /// Anything else: the authority that determined it.
    DeterminingAuthority,
}

/// A reason why a repair cannot be applied for today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ineligible {
    /// A repair of it was granted: there is nothing left to apply for.
    AlreadyGranted,
    /// Its publication was stopped: there is nothing left to repair.
    AlreadyStopped {
        /// When.
        on: NaiveDate,
    },
    /// The longest period is over and everything was fulfilled within it: the publication has stopped by itself. If it is still
    /// shown, that is a matter of objection.
    PeriodEnded {
        /// The last day.
        on: NaiveDate,
    },
    /// It is repaired elsewhere.
    OtherChannel(Elsewhere),
    /// No rules that are known here are in force for it.
    NoRules,
    /// Nobody applies: the publication stops by itself.
    StopsByItself {
        /// The last day, where the record names it.
        on: Option<NaiveDate>,
    },
    /// Nobody applies for the result of a spot check: it stops together with the penalty or the list that followed from it.
    StopsWithItsRecord,
    /// The shortest period is not reached.
    NotYet {
        /// The first day on which it may be applied for.
        from: NaiveDate,
    },
    /// The record does not name the first day, and it is not guessed.
    EarliestDayMissing {
        /// What the rules would give, for information.
        by_rules: Option<NaiveDate>,
    },
    /// The authority gave no severity, or one that is not known, and it is not guessed.
    SeverityUnknown,
    /// The record's dates contradict each other or cannot be read, so nothing can be told from them.
    DatesUnclear,
    /// Something is still owed.
    DutiesOpen {
        /// What.
        duties: Vec<String>,
    },
    /// The record does not say what was demanded, and it is not taken for fulfilled.
    DutiesUnknown,
    /// Nobody applies: records of this class that are not published have nothing to stop.
    NotPublished,
    /// An objection to the record is open; whether there is anything to repair depends on it.
    Disputed,
    /// An application about this record is open already.
    AlreadyAppliedFor,
    /// The platform bars the enterprise from applying.
    Barred {
        /// The last day; none: the platform named none.
        last_day: Option<NaiveDate>,
    },
}

impl Ineligible {
    /// The first day on which this reason is gone by the mere passing of time; none: time alone does not end it, or when is not
    /// known.
    pub fn gone_on(&self) -> Option<NaiveDate> {
        match self {
            Self::NotYet { from } => Some(*from),
            Self::Barred { last_day } => last_day.map(next),
            _ => None,
        }
    }
}

/// The first day on which a repair may be applied for if nothing but time passes; none: something has to be done, or it will
/// never be possible.
pub fn possible_from(reasons: &[Ineligible]) -> Option<NaiveDate> {
    reasons.iter().map(Ineligible::gone_on).collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// The day to wait for where time ends every reason but duties that are still owed, which can be fulfilled until then; none:
/// there is no such day, or something else stands against it.
pub fn day_to_come(reasons: &[Ineligible]) -> Option<NaiveDate> {
    let waits = |reason: &Ineligible| reason.gone_on().is_some() || matches!(reason, Ineligible::DutiesOpen { .. });
    if !reasons.iter().all(waits) {
        return None;
    }
    reasons.iter().filter_map(Ineligible::gone_on).max()
}

/// Whether a repair of the record may be applied for today.
///
/// The first day is the record's own, given by the authority; the rules say which classes need one. Two conditions are no
/// question of eligibility but of the application: the public commitment, and the proof.
///
/// # Errors
/// Every reason, in the order in which they are explained; a record that has stopped, whose repair was granted or that is repaired
/// elsewhere has just that one.
pub fn eligibility(
    record: &DishonestyRecord,
    circumstances: &Circumstances,
    today: NaiveDate,
) -> Result<Eligible, Vec<Ineligible>> {
    if let Some(on) = record.stopped_on.filter(|on| *on <= today) {
        return Err(vec![Ineligible::AlreadyStopped { on }]);
    }
    if circumstances.is_granted {
        return Err(vec![Ineligible::AlreadyGranted]);
    }
    if let Some(elsewhere) = elsewhere(record) {
        return Err(vec![Ineligible::OtherChannel(elsewhere)]);
    }
    let rules = repair_rules::rules_for(record.channel, today).ok_or_else(|| vec![Ineligible::NoRules])?;
    if let Some(on) = ended(record, today) {
        return Err(vec![Ineligible::PeriodEnded { on }]);
    }
    let class = rules.class_of(record);
    let mut reasons = Vec::new();
    if record.has_unclear_dates() {
        reasons.push(Ineligible::DatesUnclear);
    }
    reasons.extend(not_in_this_class(record, class));
    reasons.extend(too_early(record, class, today));
    let duties: Vec<String> = record.still_owed(today).map(|duty| duty.what.clone()).collect();
    if !duties.is_empty() {
        reasons.push(Ineligible::DutiesOpen { duties });
    }
    if record.has_unknown_duties() {
        reasons.push(Ineligible::DutiesUnknown);
    }
    if record.disputed {
        reasons.push(Ineligible::Disputed);
    }
    if circumstances.is_applied_for {
        reasons.push(Ineligible::AlreadyAppliedFor);
    }
    if let Some(bar) = circumstances.bar.filter(|bar| bar.last_day.is_none_or(|last| today <= last)) {
        reasons.push(Ineligible::Barred { last_day: bar.last_day });
    }
    match class {
        Some(rule) if reasons.is_empty() => Ok(Eligible {
            record_id: record.record_id.clone(),
            rules,
            rule: *rule,
            since: since(record, circumstances).unwrap_or(today),
            on: today,
        }),
        _ => Err(reasons),
    }
}

/// Where it is repaired, if not through either order.
pub(crate) fn elsewhere(record: &DishonestyRecord) -> Option<Elsewhere> {
    match record.channel {
        Channel::Creditchina | Channel::Gsxt => None,
        Channel::Court => Some(Elsewhere::Court),
        Channel::Tax => Some(Elsewhere::TaxAuthority),
        Channel::Other if record.kind.contains("征信") => Some(Elsewhere::CreditReporting),
        Channel::Other => Some(Elsewhere::DeterminingAuthority),
    }
}

/// The last day of a publication that has stopped by itself. It does not where a duty was still open on that day: then the
/// sector's department decides, and whoever fulfils it later may apply.
fn ended(record: &DishonestyRecord, today: NaiveDate) -> Option<NaiveDate> {
    let last = record.publication_ends_on.filter(|last| *last < today)?;
    let within = record.still_owed(last).next().is_none() && !record.has_unknown_duties();
    (within && !record.has_unclear_dates()).then_some(last)
}

/// Why its class is not applied for at all, or is not known.
fn not_in_this_class(record: &DishonestyRecord, class: Option<&ClassRule>) -> Option<Ineligible> {
    match class {
        None => Some(Ineligible::SeverityUnknown),
        Some(class) if class.earliest == Earliest::NoApplication && record.published_on.is_none() => Some(Ineligible::NotPublished),
        Some(class) if class.earliest == Earliest::NoApplication => {
            Some(Ineligible::StopsByItself { on: record.publication_ends_on })
        }
        Some(class) if class.earliest == Earliest::WithItsRecord => Some(Ineligible::StopsWithItsRecord),
        // Also where it is not published: a repair ends its being shared and used, and the restrictions too (Order 36).
        Some(_) => None,
    }
}

/// Whether the first day is to come, or missing where there must be one.
fn too_early(record: &DishonestyRecord, class: Option<&ClassRule>, today: NaiveDate) -> Option<Ineligible> {
    let needs_waiting = match class.map(|class| class.earliest) {
        Some(Earliest::NoApplication | Earliest::WithItsRecord) => return None,
        Some(Earliest::OnceDutiesAreFulfilled) => false,
        // Without a class nobody knows, so the record has to say.
        Some(Earliest::AfterMonths(_)) | None => true,
    };
    match record.earliest_repair_on {
        Some(from) => (today < from).then_some(Ineligible::NotYet { from }),
        None if needs_waiting => Some(Ineligible::EarliestDayMissing { by_rules: repair_rules::earliest_by_rules(record) }),
        // Nothing is repaired before it was found.
        None => record.decided_on.filter(|decided| today < *decided).map(|from| Ineligible::NotYet { from }),
    }
}

/// The last of the days that had to come.
fn since(record: &DishonestyRecord, circumstances: &Circumstances) -> Option<NaiveDate> {
    let fulfilled = record.duties.iter().filter_map(|duty| duty.fulfilled_on);
    let unbarred = circumstances.bar.and_then(|bar| bar.last_day).map(next);
    record.earliest_repair_on.or(record.decided_on).into_iter().chain(fulfilled).chain(unbarred).max()
}
