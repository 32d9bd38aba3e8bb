//! The platform's JSON, version 1. Nothing else in the portal knows it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use credit::attachment::FileState;
use credit::filing::{Comment, Decision, Happening, Instant, Verification};
use credit::form::FormKind;
use credit::on_file::{BarOnFile, Breach, OnFile};
use credit::person::Role;
use credit::pledge::Purpose;
use credit::record::{DutyAsGiven, RecordAsGiven};
use credit::signing::DISTID;
use serde::{Deserialize, Serialize};

use crate::storage::commitments::NewCommitment;
use crate::storage::receipts::Signing;
use crate::storage::{NewFiling, PlatformEvent, StoredDraft};

/// The version that every message names.
const WIRE: &str = "1";

#[derive(Serialize)]
struct Envelope<'a> {
    wire: &'static str,
    id: &'a str,
    kind: String,
    filed_at: String,
    reference: &'a str,
    revises: Option<&'a str>,
    enterprise: Party<'a>,
    filed_by: Filer<'a>,
    form: FormName,
    content: &'a credit::registration::Content,
    attachments: Vec<File<'a>>,
    pledge: PledgeText<'a>,
    consents: Vec<Consent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commitment: Option<SignedCommitment<'a>>,
}

/// A commitment, as it was signed.
#[derive(Serialize)]
struct SignedCommitment<'a> {
    code: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    statement: &'a str,
    statement_sha256: String,
    signature: SignatureOnWire,
    scope: &'static str,
}

#[derive(Serialize)]
#[serde(tag = "level", rename_all = "snake_case")]
enum SignatureOnWire {
    Signature { algorithm: &'static str, distid: &'static str, public_key: String, value: String },
    Confirmation { authenticated_at: String },
}

#[derive(Serialize)]
struct Party<'a> {
    credit_code: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Filer<'a> {
    name: &'a str,
    role: Role,
}

#[derive(Serialize)]
struct FormName {
    name: &'static str,
    version: u32,
}

#[derive(Serialize)]
struct File<'a> {
    sha256: &'a str,
    name: &'a str,
    media_type: &'static str,
    bytes: u64,
    field: &'static str,
}

#[derive(Serialize)]
struct PledgeText<'a> {
    version: &'a str,
    sha256: String,
    text: &'a str,
}

#[derive(Serialize)]
struct Consent {
    purpose: Purpose,
    given: bool,
}

/// The body of a submission: what was filed, frozen. `draft` gives the files; `revises` is the submission that this one
/// replaces at the platform, none if the platform never took that one.
pub fn submission(filing: &NewFiling, draft: &StoredDraft, revises: Option<&str>) -> String {
    let attachments = draft
        .attachments
        .iter()
        .filter_map(|attachment| match &attachment.state {
            FileState::Kept { sha256, media_type, bytes } => {
                Some(File { sha256, name: &attachment.name, media_type: media_type.as_str(), bytes: *bytes, field: "files" })
            }
            FileState::Refused(_) => None,
        })
        .collect();
    let envelope = Envelope {
        wire: WIRE,
        id: &filing.id,
        kind: match filing.kind {
            FormKind::Commitment | FormKind::Repair | FormKind::Objection | FormKind::Fulfilment => filing.kind.name().to_owned(),
            kind => format!("registration.{}", kind.name()),
        },
        filed_at: rfc3339(filing.filed_at),
        reference: &filing.reference,
        revises,
        enterprise: Party { credit_code: filing.enterprise.code.as_str(), name: &filing.enterprise.name },
        filed_by: Filer { name: &filing.filed_by.name, role: filing.filed_by.role },
        form: FormName { name: filing.kind.name(), version: filing.form_version },
        content: &filing.content,
        attachments,
        pledge: PledgeText {
            version: &filing.pledge.version,
            sha256: crate::token::token_hash(&filing.pledge.text),
            text: &filing.pledge.text,
        },
        consents: consents_of(&filing.pledge.purposes),
        commitment: filing.receipt.commitment.as_ref().map(|commitment| signed_commitment(filing, commitment)),
    };
    json(&envelope)
}

fn signed_commitment<'a>(filing: &'a NewFiling, commitment: &'a NewCommitment) -> SignedCommitment<'a> {
    let statement = &filing.receipt.document;
    SignedCommitment {
        // The store writes the code there.
        code: &commitment.code_place,
        kind: commitment.kind.name(),
        statement,
        statement_sha256: crate::token::token_hash(statement),
        signature: match &filing.receipt.signing {
            Signing::Signed { public, signature, .. } => SignatureOnWire::Signature {
                algorithm: "SM2-SM3",
                distid: DISTID,
                public_key: STANDARD.encode(public.spki()),
                value: STANDARD.encode(signature.der()),
            },
            // Whoever confirmed had proved who they are minutes before.
            Signing::Confirmed | Signing::Filed => SignatureOnWire::Confirmation { authenticated_at: rfc3339(filing.filed_at) },
        },
        scope: commitment.scope.name(),
    }
}

/// The body of a withdrawal.
pub fn withdrawal(at: Instant) -> String {
    json(&serde_json::json!({ "wire": WIRE, "withdrawn_at": rfc3339(at), "reason": "withdrawn by the enterprise" }))
}

/// The body that says which authorisations hold from now on.
pub fn consents(still_given: &[Purpose], at: Instant) -> String {
    let consents = consents_of(still_given);
    json(&serde_json::json!({ "wire": WIRE, "changed_at": rfc3339(at), "consents": consents }))
}

fn consents_of(given: &[Purpose]) -> Vec<Consent> {
    Purpose::ALL.into_iter().map(|purpose| Consent { purpose, given: given.contains(&purpose) }).collect()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts, numbers and lists always become JSON")
}

fn rfc3339(at: Instant) -> String {
    let time = chrono::DateTime::from_timestamp_millis(at).unwrap_or_default();
    time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// The platform's confirmation that it has something.
#[derive(Debug, Deserialize)]
pub struct Receipt {
    /// What it has.
    pub id: String,
    /// Its number there.
    pub receipt_number: String,
}

/// A problem (RFC 9457), as far as we use it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ProblemDetails {
    /// Which kind: the last part of the address counts.
    #[serde(rename = "type")]
    pub kind: String,
    /// In words.
    pub detail: Option<String>,
    /// Reasons at fields.
    pub errors: Vec<FieldError>,
}

/// A reason at a field.
#[derive(Debug, Deserialize)]
pub struct FieldError {
    /// The field.
    pub field: String,
    /// In words.
    #[serde(default)]
    pub detail: String,
}

impl ProblemDetails {
    /// Whether it is of this kind.
    pub fn is(&self, kind: &str) -> bool {
        self.kind.rsplit(['/', ':', '#']).next() == Some(kind)
    }

    /// What it means for the filing: it is sent back, with the reasons at their fields.
    pub fn returned(self) -> Happening {
        let comments = self.errors.into_iter().map(|error| Comment { field: error.field, comment: error.detail }).collect();
        Happening::Returned { comments, note: self.detail.unwrap_or_default() }
    }
}

/// An event, before it is known to be of a type that we know.
#[derive(Debug, Deserialize)]
pub struct Event {
    /// The version of the wire.
    pub wire: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened.
    pub occurred_at: String,
    /// The submission it speaks of.
    #[serde(default)]
    pub submission: Option<String>,
    /// What it says.
    #[serde(default)]
    pub data: serde_json::Value,
}

#[derive(Deserialize)]
struct UnderReview {
    handler: String,
}

#[derive(Deserialize)]
struct ReturnedData {
    #[serde(default)]
    comments: Vec<Comment>,
    #[serde(default)]
    note: Option<String>,
}

#[derive(Deserialize)]
struct GrantedData {
    verification: Verification,
    #[serde(default)]
    note: Option<String>,
}

#[derive(Deserialize)]
struct RefusedData {
    reasons: Vec<String>,
    #[serde(default)]
    comments: Vec<Comment>,
}

#[derive(Deserialize)]
struct FoundUntrueData {
    reason: String,
}

#[derive(Deserialize)]
struct PublishedData {
    #[serde(default)]
    until: Option<String>,
}

#[derive(Deserialize)]
struct StoppedData {
    #[serde(default)]
    reason: Option<String>,
}

impl Event {
    /// What the portal makes of it, under the id of its message.
    ///
    /// # Errors
    /// Why it cannot be read, for the operator.
    pub fn read(self, id: &str, now: Instant) -> Result<PlatformEvent, String> {
        if self.wire != WIRE {
            return Err("an unknown version of the wire".into());
        }
        Ok(PlatformEvent {
            id: id.to_owned(),
            happening: self.happening().map_err(|error| format!("{}: {error}", self.kind))?,
            // A time that cannot be read, or that lies ahead of our clock, would put the history out of order.
            occurred_at: self.instant().unwrap_or(now).min(now),
            kind: self.kind,
            filing_id: self.submission,
            received_at: now,
        })
    }

    /// When it happened; none if that cannot be read.
    pub fn instant(&self) -> Option<Instant> {
        chrono::DateTime::parse_from_rfc3339(&self.occurred_at).ok().map(|time| time.timestamp_millis())
    }

    /// What it means; none for a type that we do not know.
    ///
    /// # Errors
    /// When the type is known and its data cannot be read.
    pub fn happening(&self) -> Result<Option<Happening>, serde_json::Error> {
        let data = self.data.clone();
        Ok(Some(match self.kind.as_str() {
            "submission.under_review" => {
                let UnderReview { handler } = serde_json::from_value(data)?;
                Happening::ReviewBegan { handler }
            }
            "submission.returned" => {
                let ReturnedData { comments, note } = serde_json::from_value(data)?;
                Happening::Returned { comments, note: note.unwrap_or_default() }
            }
            "submission.granted" => {
                let GrantedData { verification, note } = serde_json::from_value(data)?;
                Happening::Decided(Decision::Granted { verification, note })
            }
            "submission.refused" => {
                let RefusedData { reasons, comments } = serde_json::from_value(data)?;
                Happening::Decided(Decision::Refused { reasons, comments })
            }
            "submission.found_untrue" => {
                let FoundUntrueData { reason } = serde_json::from_value(data)?;
                Happening::Decided(Decision::FoundUntrue { reason })
            }
            "submission.withdrawn" => Happening::WithdrawalConfirmed,
            "commitment.performance" => Happening::PerformanceFound(serde_json::from_value(data)?),
            "publication.published" => {
                let PublishedData { until } = serde_json::from_value(data)?;
                Happening::Published { until }
            }
            "publication.stopped" => {
                let StoppedData { reason } = serde_json::from_value(data)?;
                Happening::PublicationStopped { reason: reason.unwrap_or_default() }
            }
            _ => return Ok(None),
        }))
    }
}

/// A page of the platform's list of submissions.
#[derive(Debug, Deserialize)]
pub struct SubmissionPage {
    /// What changed, in the order of the changes.
    pub items: Vec<SubmissionListed>,
    /// The place behind it.
    pub next: String,
    /// Whether there is more behind it now.
    pub more: bool,
}

/// A submission in that list.
#[derive(Debug, Deserialize)]
pub struct SubmissionListed {
    /// Its id.
    pub id: String,
    /// The platform's number for it.
    pub receipt_number: String,
}

/// A submission with everything that was told of it.
#[derive(Debug, Deserialize)]
pub struct SubmissionWithEvents {
    /// In the order in which they occurred.
    pub events: Vec<ToldEvent>,
}

/// An event in that list: it has the id of the message that told it.
#[derive(Debug, Deserialize)]
pub struct ToldEvent {
    /// That id.
    pub id: String,
    #[serde(rename = "type")]
    kind: String,
    occurred_at: String,
    #[serde(default)]
    data: serde_json::Value,
}

impl ToldEvent {
    /// As the message of that id told it, or should have.
    pub fn event(self, submission: &str) -> Event {
        let Self { kind, occurred_at, data, .. } = self;
        Event { wire: WIRE.to_owned(), kind, occurred_at, submission: Some(submission.to_owned()), data }
    }
}

/// Whether an enterprise keeps its commitments, as the platform says it.
#[derive(Debug, Deserialize)]
pub struct StandingOnFile {
    in_good_standing: bool,
    #[serde(default)]
    breaches: Vec<Breach>,
    #[serde(default)]
    bars: Vec<BarOnFile>,
}

/// An enterprise's dishonesty records, as the platform says them.
#[derive(Debug, Deserialize)]
pub struct Records {
    records: Vec<RecordOnFile>,
}

/// A record. A member that is missing is a fault of that record, which the enterprise and the operator are told; it does not
/// make the whole answer unreadable.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RecordOnFile {
    record_id: String,
    document_number: String,
    determining_authority: String,
    determining_authority_code: String,
    kind: String,
    facts: String,
    basis: String,
    content: String,
    fine_wan: String,
    severity: Option<String>,
    decided_on: String,
    published_on: Option<String>,
    publication_ends_on: Option<String>,
    earliest_repair_on: Option<String>,
    duties: Option<Vec<DutyOnFile>>,
    channel: String,
    disputed: bool,
    stopped_on: Option<String>,
}

#[derive(Debug, Deserialize)]
struct DutyOnFile {
    what: String,
    #[serde(default)]
    fulfilled_on: Option<String>,
}

impl From<RecordOnFile> for RecordAsGiven {
    fn from(record: RecordOnFile) -> Self {
        let duties_missing = record.duties.is_none();
        let duties = record
            .duties
            .unwrap_or_default()
            .into_iter()
            .map(|duty| DutyAsGiven { what: duty.what, fulfilled_on: duty.fulfilled_on });
        Self {
            record_id: record.record_id,
            document_number: record.document_number,
            determining_authority: record.determining_authority,
            determining_authority_code: record.determining_authority_code,
            kind: record.kind,
            facts: record.facts,
            basis: record.basis,
            content: record.content,
            fine_wan: record.fine_wan,
            severity: record.severity,
            decided_on: record.decided_on,
            published_on: record.published_on,
            publication_ends_on: record.publication_ends_on,
            earliest_repair_on: record.earliest_repair_on,
            duties: duties.collect(),
            duties_missing,
            channel: record.channel,
            disputed: record.disputed,
            stopped_on: record.stopped_on,
        }
    }
}

/// What was read at one moment, in our own terms.
pub fn on_file(standing: StandingOnFile, records: Records, read_at: Instant) -> OnFile {
    OnFile {
        read_at,
        in_good_standing: standing.in_good_standing,
        breaches: standing.breaches,
        records: records.records.into_iter().map(RecordAsGiven::from).collect(),
        bars: standing.bars,
    }
}
