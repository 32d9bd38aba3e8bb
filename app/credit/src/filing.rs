//! The life of a filing (申报件): anything the portal has accepted.
//!
//! Each state carries exactly the data that exists in it. Each transition takes the old filing and says no with a
//! reason; nothing here does any deed. Instants are milliseconds since 1970-01-01 UTC.

mod own_word;

use serde::{Deserialize, Serialize};

use crate::pledge::Purpose;

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Instant = i64;

/// A remark of the platform at one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The field's name; a name the form does not know concerns the whole.
    pub field: String,
    /// What is to be mended.
    pub comment: String,
}

/// How far the platform found the declaration to be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// 已核验.
    Verified,
    /// 部分核验.
    PartlyVerified,
}

/// What the platform decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Granted.
    Granted {
        /// How far it was verified.
        verification: Verification,
        /// A remark, if the platform made one.
        note: Option<String>,
    },
    /// Refused, always with reasons.
    Refused {
        /// Why.
        reasons: Vec<String>,
        /// Which reason concerns which field, as far as the platform says.
        #[serde(default)]
        comments: Vec<Comment>,
    },
    /// Granted once, and found untrue since (失实).
    FoundUntrue {
        /// What was found.
        reason: String,
    },
}

/// Where a filing stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Durable with us; the platform has not confirmed it yet.
    Accepted,
    /// The platform has it.
    Forwarded {
        /// The platform's receipt number.
        receipt: String,
    },
    /// The platform is checking it.
    UnderReview {
        /// The platform's receipt number, if it reached us.
        receipt: Option<String>,
        /// Who handles it there.
        handler: String,
    },
    /// Sent back to be mended; a corrected filing takes its place.
    Returned {
        /// Remarks at fields.
        comments: Vec<Comment>,
        /// A remark on the whole.
        note: String,
    },
    /// Decided.
    Decided(Decision),
    /// Taken back by the enterprise.
    Withdrawn {
        /// Whether the platform has confirmed it.
        confirmed: bool,
    },
    /// A corrected filing has taken its place.
    Superseded {
        /// That filing's id.
        by: String,
    },
}

/// The life of its publication, apart from that of the filing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publication {
    /// Not published.
    #[default]
    None,
    /// Published by the platform.
    Published {
        /// The last day, `YYYY-MM-DD`, if it has one.
        until: Option<String>,
    },
    /// Stopped by the platform.
    Stopped {
        /// Why.
        reason: String,
    },
    /// Ended by the enterprise: it withdrew its authorisation, or corrected what was published.
    Ended,
}

/// How far a commitment was kept (承诺履行状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Performance {
    /// 全部履行.
    Fulfilled,
    /// 部分履行.
    Partly,
    /// 全部未履行.
    Not,
}

/// What an authority found of the performance of a commitment; the enterprise itself never finds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerformanceFound {
    /// How far it was kept.
    pub performance: Performance,
    /// 履行状态认定单位.
    pub found_by: String,
    /// That unit's credit code.
    pub found_by_code: String,
    /// 履行状态认定日期, `YYYY-MM-DD`.
    pub found_on: String,
    /// 未履行的承诺内容; always there unless it was kept wholly.
    #[serde(default)]
    pub unfulfilled: Option<String>,
    /// 违诺责任追究内容.
    #[serde(default)]
    pub pursued: Option<String>,
}

/// What moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Where the filing stands.
    pub state: State,
    /// Where its publication stands.
    pub publication: Publication,
    /// The authorisations that were withdrawn since it was filed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<Purpose>,
    /// Of a commitment: how far it was kept, once an authority has found that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub performance: Option<PerformanceFound>,
    /// Of a commitment: the enterprise has taken it back with effect from then on, and it stays in the history.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub revoked: bool,
    /// The decision is known only from the enterprise itself, which handed the filing over by its own hand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_own_word: bool,
}

/// Something that happened to a filing: by the enterprise, by our courier, or told by the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// The portal took it.
    Accepted,
    /// The platform confirmed that it has it.
    Forwarded {
        /// The platform's receipt number.
        receipt: String,
    },
    /// The platform began to check.
    ReviewBegan {
        /// Who handles it.
        handler: String,
    },
    /// The platform sent it back.
    Returned {
        /// Remarks at fields.
        comments: Vec<Comment>,
        /// A remark on the whole.
        note: String,
    },
    /// The platform decided.
    Decided(Decision),
    /// The enterprise took it back.
    Withdrawn,
    /// The platform confirmed the withdrawal.
    WithdrawalConfirmed,
    /// The platform had decided before the withdrawal reached it.
    WithdrawalTooLate,
    /// A corrected filing took its place.
    Superseded {
        /// That filing's id.
        by: String,
    },
    /// The enterprise withdrew an authorisation, with effect from now on.
    AuthorisationWithdrawn {
        /// For what.
        purpose: Purpose,
    },
    /// The enterprise took a commitment back that held, with effect from now on.
    Revoked,
    /// An authority found how far a commitment was kept.
    PerformanceFound(Box<PerformanceFound>),
    /// Published.
    Published {
        /// The last day, if it has one.
        until: Option<String>,
    },
    /// No longer published.
    PublicationStopped {
        /// Why.
        reason: String,
    },
}

/// Why a happening makes no sense for a filing where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// Already so: it changes nothing (a repetition, or a message that arrived late).
    Already,
    /// A decision has been made; it stands.
    AlreadyDecided,
    /// It was withdrawn or replaced.
    Ended,
    /// Only something granted can be published.
    NotGranted,
    /// It is not published.
    NotPublished,
    /// Only something that was sent back or decided can be replaced.
    NotReturned,
    /// The enterprise has withdrawn its authorisation.
    NotAuthorised,
}

impl Standing {
    /// Where every filing begins.
    pub fn accepted() -> Self {
        Self {
            state: State::Accepted,
            publication: Publication::None,
            withdrawn: Vec::new(),
            performance: None,
            revoked: false,
            by_own_word: false,
        }
    }

    /// The platform's receipt number, where one is known in this state.
    pub fn receipt(&self) -> Option<&str> {
        match &self.state {
            State::Forwarded { receipt } => Some(receipt),
            State::UnderReview { receipt, .. } => receipt.as_deref(),
            _ => None,
        }
    }

    /// Whether the enterprise may still take it back: any time before the decision.
    pub fn may_be_withdrawn(&self) -> bool {
        matches!(self.state, State::Accepted | State::Forwarded { .. } | State::UnderReview { .. } | State::Returned { .. })
    }

    /// Whether the enterprise may file a corrected revision: of what was sent back, and of what was decided.
    pub fn may_be_corrected(&self) -> bool {
        matches!(self.state, State::Returned { .. } | State::Decided(_))
    }

    /// Whether the enterprise has withdrawn it.
    pub fn is_withdrawn(&self) -> bool {
        matches!(self.state, State::Withdrawn { .. })
    }

    /// Whether an authorisation can still be withdrawn: as long as the platform may use what was filed.
    pub fn may_withdraw(&self, purpose: Purpose) -> bool {
        let usable = matches!(
            self.state,
            State::Accepted | State::Forwarded { .. } | State::UnderReview { .. } | State::Decided(Decision::Granted { .. })
        );
        usable && !self.withdrawn.contains(&purpose)
    }

    /// Whether a commitment can be taken back with effect from now on: while it holds and nobody has found how far it was
    /// kept. Which kinds of commitment may be is another question.
    pub fn may_be_revoked(&self) -> bool {
        self.holds() && !self.revoked && self.performance.is_none()
    }

    /// Whether the enterprise may report how a commitment is kept: while it holds and nobody has found that.
    pub fn may_be_reported_on(&self) -> bool {
        self.holds() && !self.revoked && self.performance.is_none()
    }

    /// Whether the platform has granted it and it was not found untrue since.
    pub fn holds(&self) -> bool {
        matches!(self.state, State::Decided(Decision::Granted { .. }))
    }

    /// Applies a happening.
    ///
    /// # Errors
    /// [`Impossible`] with the reason; the standing is then unchanged, and the caller records the happening as odd.
    pub fn apply(&self, happening: &Happening) -> Result<Self, Impossible> {
        match happening {
            Happening::Published { .. } | Happening::PublicationStopped { .. } => self.apply_publication(happening),
            Happening::AuthorisationWithdrawn { purpose } => self.without(*purpose),
            Happening::Revoked if self.revoked => Err(Impossible::Already),
            Happening::Revoked if self.performance.is_some() => Err(Impossible::AlreadyDecided),
            Happening::Revoked if self.holds() => Ok(Self { revoked: true, ..self.clone() }),
            // The same again, or an older finding that arrives after a newer one.
            Happening::PerformanceFound(found)
                if self.performance.as_ref().is_some_and(|known| *known == **found || known.found_on > found.found_on) =>
            {
                Err(Impossible::Already)
            }
            Happening::PerformanceFound(found) if self.holds() => {
                Ok(Self { performance: Some(found.as_ref().clone()), ..self.clone() })
            }
            Happening::Revoked | Happening::PerformanceFound(_) => Err(Impossible::NotGranted),
            _ => {
                let state = self.next_state(happening)?;
                let publication = match (&state, &self.publication) {
                    (State::Superseded { .. }, Publication::Published { .. }) => Publication::Ended,
                    (State::Decided(Decision::FoundUntrue { reason }), Publication::Published { .. }) => {
                        Publication::Stopped { reason: reason.clone() }
                    }
                    (_, publication) => publication.clone(),
                };
                let by_own_word = self.by_own_word && !matches!(happening, Happening::Decided(_));
                Ok(Self { state, publication, by_own_word, ..self.clone() })
            }
        }
    }

    fn without(&self, purpose: Purpose) -> Result<Self, Impossible> {
        if self.withdrawn.contains(&purpose) {
            return Err(Impossible::Already);
        }
        if !self.may_withdraw(purpose) {
            return Err(Impossible::Ended);
        }
        let mut standing = self.clone();
        standing.withdrawn.push(purpose);
        if purpose == Purpose::Publish && matches!(standing.publication, Publication::Published { .. }) {
            standing.publication = Publication::Ended;
        }
        Ok(standing)
    }

    fn next_state(&self, happening: &Happening) -> Result<State, Impossible> {
        use State::{Accepted, Decided, Forwarded, Returned, Superseded, UnderReview, Withdrawn};
        match (&self.state, happening) {
            (_, Happening::Accepted) => Err(Impossible::Already),
            (Superseded { .. }, _) => Err(Impossible::Ended),
            // A withdrawal that the platform has not confirmed can still be overtaken by its decision.
            (Withdrawn { confirmed: false }, Happening::Decided(Decision::FoundUntrue { .. })) => Err(Impossible::NotGranted),
            (Withdrawn { confirmed: false }, Happening::Decided(decision)) => Ok(Decided(decision.clone())),
            (Withdrawn { confirmed: false }, Happening::WithdrawalConfirmed) => Ok(Withdrawn { confirmed: true }),
            (Withdrawn { confirmed: false }, Happening::WithdrawalTooLate) => Ok(Withdrawn { confirmed: false }),
            (Withdrawn { .. }, Happening::Withdrawn | Happening::WithdrawalConfirmed) => Err(Impossible::Already),
            (Withdrawn { .. }, _) => Err(Impossible::Ended),
            // Whoever decides is believed before whoever was told of it.
            (Decided(_), Happening::Decided(new)) if self.by_own_word && !matches!(new, Decision::FoundUntrue { .. }) => {
                Ok(Decided(new.clone()))
            }
            (Decided(old), Happening::Decided(new)) if old == new => Err(Impossible::Already),
            (Decided(Decision::Granted { .. }), Happening::Decided(Decision::FoundUntrue { reason })) => {
                Ok(Decided(Decision::FoundUntrue { reason: reason.clone() }))
            }
            (Decided(_), Happening::Superseded { by }) => Ok(Superseded { by: by.clone() }),
            (Decided(_), _) => Err(Impossible::AlreadyDecided),
            (_, Happening::Decided(Decision::FoundUntrue { .. })) => Err(Impossible::NotGranted),
            (Accepted, Happening::Forwarded { receipt }) => Ok(Forwarded { receipt: receipt.clone() }),
            (UnderReview { receipt: None, handler }, Happening::Forwarded { receipt }) => {
                Ok(UnderReview { receipt: Some(receipt.clone()), handler: handler.clone() })
            }
            // The platform's events may overtake the answer to our own delivery.
            (_, Happening::Forwarded { .. }) => Err(Impossible::Already),
            (Accepted | Forwarded { .. }, Happening::ReviewBegan { handler }) => {
                Ok(UnderReview { receipt: self.receipt().map(str::to_owned), handler: handler.clone() })
            }
            (UnderReview { handler: old, .. }, Happening::ReviewBegan { handler: new }) if old == new => Err(Impossible::Already),
            (UnderReview { receipt, .. }, Happening::ReviewBegan { handler }) => {
                Ok(UnderReview { receipt: receipt.clone(), handler: handler.clone() })
            }
            (Returned { .. }, Happening::ReviewBegan { .. }) => Err(Impossible::Already),
            (Accepted | Forwarded { .. } | UnderReview { .. }, Happening::Returned { comments, note }) => {
                Ok(Returned { comments: comments.clone(), note: note.clone() })
            }
            (Returned { .. }, Happening::Returned { .. }) => Err(Impossible::Already),
            (_, Happening::Decided(decision)) => Ok(Decided(decision.clone())),
            (_, Happening::Withdrawn) => Ok(Withdrawn { confirmed: false }),
            (_, Happening::WithdrawalConfirmed) => Ok(Withdrawn { confirmed: true }),
            (_, Happening::WithdrawalTooLate) => Err(Impossible::Already),
            (Returned { .. }, Happening::Superseded { by }) => Ok(Superseded { by: by.clone() }),
            (_, Happening::Superseded { .. }) => Err(Impossible::NotReturned),
            (
                _,
                Happening::Published { .. }
                | Happening::PublicationStopped { .. }
                | Happening::AuthorisationWithdrawn { .. }
                | Happening::Revoked
                | Happening::PerformanceFound(_),
            ) => Err(Impossible::Already),
        }
    }

    fn apply_publication(&self, happening: &Happening) -> Result<Self, Impossible> {
        let granted = self.holds();
        let publication = match (happening, &self.publication) {
            (Happening::Published { .. }, _) if !granted => return Err(Impossible::NotGranted),
            (Happening::Published { .. }, _) if self.withdrawn.contains(&Purpose::Publish) => {
                return Err(Impossible::NotAuthorised);
            }
            (Happening::Published { until }, Publication::Published { until: old }) if until == old => {
                return Err(Impossible::Already);
            }
            (Happening::Published { until }, _) => Publication::Published { until: until.clone() },
            (Happening::PublicationStopped { reason }, Publication::Published { .. }) => {
                Publication::Stopped { reason: reason.clone() }
            }
            (Happening::PublicationStopped { .. }, Publication::Stopped { .. } | Publication::Ended) => {
                return Err(Impossible::Already);
            }
            _ => return Err(Impossible::NotPublished),
        };
        Ok(Self { publication, ..self.clone() })
    }
}
