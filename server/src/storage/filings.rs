//! Filings: how they are accepted, where they stand, what happened to them.

use chrono::NaiveDate;
use credit::attachment::Attachment;
use credit::draft::Draft;
use credit::enterprise::Enterprise;
use credit::filing::{Happening, Impossible, Instant, Standing};
use credit::form::FormKind;
use credit::person::Role;
use credit::pledge::Pledge;
use credit::registration::Content;
use serde::{Deserialize, Serialize};

use super::receipts::NewReceipt;
use super::record_matters::TakenBack;

/// Who filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiledBy {
    /// The provider's name for the person.
    pub subject: String,
    /// The person's name.
    pub name: String,
    /// In what capacity.
    pub role: Role,
}

/// A filing to be accepted. Its id is that of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFiling {
    /// The draft's id: filing, outbox row and submission on the wire all have it.
    pub id: String,
    /// The number people use, without look-alike characters.
    pub reference: String,
    /// For whom.
    pub enterprise: Enterprise,
    /// Which form.
    pub kind: FormKind,
    /// The form's version.
    pub form_version: u32,
    /// What was filed, in normal form.
    pub content: Content,
    /// The pledge, as shown.
    pub pledge: Pledge,
    /// By whom.
    pub filed_by: FiledBy,
    /// When.
    pub filed_at: Instant,
    /// The returned filing it replaces.
    pub revises: Option<String>,
    /// The submission's body exactly as it will be sent, but for the code of a commitment.
    pub envelope: String,
    /// What its acceptance is proven by.
    pub receipt: NewReceipt,
}

/// What became of an acceptance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// Accepted now: filing, history and outbox row are durable, the draft is gone.
    Accepted,
    /// It had been accepted before (the same post twice): nothing changed.
    Before,
    /// The draft's answers or files changed since they were reviewed; its version now.
    Changed(i64),
    /// The filing that it corrects is not returned any more.
    CannotRevise(Impossible),
    /// Another filing of this kind about the same record is open: this one.
    AlreadyOpen(String),
    /// The key that signed it was revoked meanwhile.
    KeyGone,
    /// There is no such draft for this enterprise.
    Gone,
}

/// Who made a history entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A person of the enterprise, by name.
    Enterprise(String),
    /// The portal itself.
    Portal,
    /// The platform.
    Platform,
}

/// One line of a filing's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When it happened; of what somebody entered by hand, when that was entered.
    pub at: Instant,
    /// On which day it happened, where somebody named that.
    pub on: Option<NaiveDate>,
    /// What.
    pub happening: Happening,
    /// Who made it.
    pub source: Source,
    /// It was entered by hand and taken back since: it counts no more.
    pub taken_back: Option<TakenBack>,
}

impl HistoryEntry {
    /// Whether it counts.
    pub fn stands(&self) -> bool {
        self.taken_back.is_none()
    }
}

/// How the delivery of a filing stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryProgress {
    /// How many tries so far.
    pub attempts: i64,
    /// When the next is due; none: it is parked and needs attention.
    pub next_at: Option<Instant>,
    /// What the last try met, in words for the operator.
    pub last_problem: Option<String>,
    /// Whether it waits for something of the filing that it corrects, which is parked.
    pub is_held_up: bool,
}

/// A filing as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFiling {
    /// Its id.
    pub id: String,
    /// The number people use.
    pub reference: String,
    /// For whom.
    pub enterprise: Enterprise,
    /// Which form.
    pub kind: FormKind,
    /// The form's version.
    pub form_version: u32,
    /// What was filed.
    pub content: Content,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// The pledge, as shown.
    pub pledge: Pledge,
    /// By whom.
    pub filed_by: FiledBy,
    /// When.
    pub filed_at: Instant,
    /// Where it stands.
    pub standing: Standing,
    /// Raised with every history entry, from 1, and with each that is taken back.
    pub changes: i64,
    /// The filing that it replaced.
    pub revises: Option<String>,
    /// Everything that happened, oldest first.
    pub history: Vec<HistoryEntry>,
    /// Deliveries not yet settled.
    pub undelivered: Option<DeliveryProgress>,
}

/// A draft in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLine {
    /// Its id.
    pub id: String,
    /// Which form.
    pub kind: FormKind,
    /// What was typed (for a title).
    pub draft: Draft,
    /// When it last changed.
    pub changed_at: Instant,
    /// By whom.
    pub changed_by: String,
    /// The filing that it corrects.
    pub corrects: Option<String>,
}

/// A filing in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilingLine {
    /// Its id.
    pub id: String,
    /// The number people use.
    pub reference: String,
    /// Which form.
    pub kind: FormKind,
    /// What was filed (for a title).
    pub content: Content,
    /// Where it stands.
    pub standing: Standing,
    /// When it was filed.
    pub filed_at: Instant,
}

/// A place in the list of filings, newest first: everything before (older than) this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// When that filing was filed.
    pub filed_at: Instant,
    /// Its id.
    pub id: String,
}
