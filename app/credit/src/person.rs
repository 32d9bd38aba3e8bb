//! Who acts for an enterprise, and what that person may do.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::date::parse_date;
use crate::enterprise::Enterprise;

/// In what capacity a person acts for an enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 法定代表人 (or the owner of an individual business): may do everything.
    LegalRepresentative,
    /// 证照管理员: may do everything but sign in the representative's name.
    Administrator,
    /// 经办人: may draft; may file only within a mandate.
    Agent,
}

/// A kind of business that a mandate can cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// 自愿注册.
    Registration,
    /// 信用承诺.
    Commitment,
    /// 信用修复、异议.
    Repair,
}

/// What an enterprise has entrusted to an agent (授权), as the identity provider states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// The matters covered.
    pub matters: Vec<Matter>,
    /// The last day on which it holds, `YYYY-MM-DD`; none: no end was stated.
    pub until: Option<String>,
}

/// A person's standing towards one enterprise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capacity {
    /// The enterprise.
    pub enterprise: Enterprise,
    /// The role there.
    pub role: Role,
    /// What an agent may do; not needed by the other roles.
    pub mandate: Option<Mandate>,
}

/// Why a person may draft but not file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAuthorised {
    /// An agent without any mandate.
    NoMandate,
    /// The mandate does not cover this matter.
    OtherMatters,
    /// The mandate ended before today, or its end cannot be read.
    Ended,
}

impl Capacity {
    /// Whether this person may sign for the enterprise with a key of their own: the legal representative and the administrators
    /// that it appointed. An agent files within a mandate, but signs nothing.
    pub fn may_sign(&self) -> bool {
        self.role != Role::Agent
    }

    /// Whether this person may revoke the signing keys of others: the legal representative answers for who signs.
    pub fn may_revoke_for_others(&self) -> bool {
        self.role == Role::LegalRepresentative
    }

    /// Whether this person may file in this matter today. Drafting is open to everyone who acts for the enterprise.
    ///
    /// # Errors
    /// [`NotAuthorised`] with the reason; the legal representative can then file the same draft.
    pub fn may_file(&self, matter: Matter, today: NaiveDate) -> Result<(), NotAuthorised> {
        if self.role != Role::Agent {
            return Ok(());
        }
        let mandate = self.mandate.as_ref().ok_or(NotAuthorised::NoMandate)?;
        if !mandate.matters.contains(&matter) {
            return Err(NotAuthorised::OtherMatters);
        }
        match mandate.until.as_deref().map(parse_date) {
            None => Ok(()),
            Some(Ok(last)) if today <= last => Ok(()),
            Some(_) => Err(NotAuthorised::Ended),
        }
    }
}
