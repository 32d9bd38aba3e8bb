//! Commitments as they are kept beside their filings: their codes, requests to sign, and what everyone may see of them.

use std::ops::RangeInclusive;

use async_trait::async_trait;
use chrono::NaiveDate;
pub use credit::commitment::state::CommitmentState;
use credit::commitment::template::{Authority, PublicationTerm};
use credit::commitment::{CommitmentKind, Scope};
use credit::credit_code::CreditCode;
use credit::draft::Draft;
use credit::enterprise::Enterprise;
use credit::filing::{Instant, Performance, Standing};
use credit::log::listing::Listing;
use credit::registration::Content;

use super::Stored;
use super::receipt_rows::end_text;

/// What a filing is as a commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCommitment {
    /// The template it was made from: `id@version`.
    pub template: String,
    /// 承诺类型.
    pub kind: CommitmentKind,
    /// What it is called.
    pub title: String,
    /// 受理单位.
    pub authority: Authority,
    /// 公开类型.
    pub scope: Scope,
    /// 公开期限.
    pub publication_term: PublicationTerm,
    /// 承诺作出日期.
    pub made_on: NaiveDate,
    /// The last day on which it is valid, if it ends.
    pub valid_until: Option<NaiveDate>,
    /// The six digits of the division that its code begins with.
    pub division: String,
    /// Stands in the envelope where the store writes the code that it gives.
    pub code_place: String,
}

impl NewCommitment {
    /// What the code begins with: division and day. Codes of one beginning are numbered without a gap.
    pub(super) fn code_beginning(&self) -> String {
        format!("{}{}", self.division, self.made_on.format("%Y%m%d"))
    }
}

/// A request that a draft be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureRequest {
    /// The name of who asks.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// A draft that waits for a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToSign {
    /// The draft's id.
    pub id: String,
    /// Its answers.
    pub draft: Draft,
    /// Who asks, and when.
    pub request: SignatureRequest,
}

/// A commitment of one's own, in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitmentLine {
    /// The filing.
    pub filing_id: String,
    /// 承诺编码.
    pub code: String,
    /// 承诺类型.
    pub kind: CommitmentKind,
    /// What it is called.
    pub title: String,
    /// 受理单位.
    pub authority: String,
    /// 承诺作出日期.
    pub made_on: NaiveDate,
    /// The last day on which it is valid, if it ends.
    pub valid_until: Option<NaiveDate>,
    /// Where the filing stands.
    pub standing: Standing,
}

/// A commitment as everyone may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicCommitment {
    /// The filing; nobody else's business.
    pub filing_id: String,
    /// 承诺编码.
    pub code: String,
    /// 承诺人.
    pub enterprise: Enterprise,
    /// What was filed: only what is public of it may be shown.
    pub content: Content,
    /// Where it stands.
    pub standing: Standing,
    /// When its publication began.
    pub published_at: Instant,
    /// The last day on which it is shown, if there is one.
    pub shown_until: Option<NaiveDate>,
    /// When it was taken back, if it was.
    pub revoked_at: Option<Instant>,
    /// The place of its acceptance in the public log.
    pub log_number: i64,
    /// Whether it was signed electronically; otherwise the signatory proved anew who they are, and confirmed.
    pub signed: bool,
    /// Where the log says that it is on the list, once it does.
    pub listing: Option<Listing>,
}

/// Greater than every code.
pub(super) const AFTER_ALL: &str = "A";

/// The day in a code, as days are kept; for what is greater than every code, a day after all others.
pub(super) fn made_on(code: &str) -> String {
    match (code.get(6..10), code.get(10..12), code.get(12..14)) {
        (Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
        _ => "9999-12-31".to_owned(),
    }
}

/// What a search by days begins under: the place before which it goes on, or the end of the last day that is asked for, if that is
/// earlier. As one bound it lets both stores begin there; a condition of its own would have them go through every later day.
pub(super) fn under(before: &str, to: Option<NaiveDate>) -> (String, String) {
    let going_on = (made_on(before), before.to_owned());
    match to {
        Some(to) => going_on.min((end_text(Some(to)), AFTER_ALL.to_owned())),
        None => going_on,
    }
}

/// A finding's name in the stores.
pub(super) fn performance_name(performance: Performance) -> &'static str {
    CommitmentState::Found(performance).name()
}

/// What is looked for; what is none does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitmentSearch {
    /// Of one of these enterprises.
    pub enterprises: Option<Vec<CreditCode>>,
    /// With this code.
    pub code: Option<String>,
    /// Of this kind.
    pub kind: Option<CommitmentKind>,
    /// To this authority.
    pub authority: Option<CreditCode>,
    /// Made on this day or later.
    pub from: Option<NaiveDate>,
    /// Made on this day or earlier.
    pub to: Option<NaiveDate>,
    /// Which stands so. Expired ones are found once their end was entered into the log, within minutes after midnight.
    pub state: Option<CommitmentState>,
}

/// Commitments.
#[async_trait]
pub trait Commitments: Send + Sync {
    /// Asks that a draft of this enterprise be signed; asking again renews it. False: there is no such draft.
    async fn request_signature(&self, draft_id: &str, enterprise: &CreditCode, request: &SignatureRequest) -> Stored<bool>;
    /// Who asked that this draft be signed.
    async fn signature_request(&self, draft_id: &str) -> Stored<Option<SignatureRequest>>;
    /// The drafts of an enterprise that wait for a signature, latest request first, at most `most`.
    async fn drafts_to_sign(&self, enterprise: &CreditCode, most: i64) -> Stored<Vec<ToSign>>;
    /// The enterprise's commitments, newest first, at most `most`, those with a smaller code.
    async fn commitments_of(&self, enterprise: &CreditCode, before: Option<&str>, most: i64) -> Stored<Vec<CommitmentLine>>;
    /// Those of the enterprise's commitments whose last day is one of these, the first to end first, at most `most`.
    async fn commitments_ending(
        &self,
        enterprise: &CreditCode,
        days: RangeInclusive<NaiveDate>,
        most: i64,
    ) -> Stored<Vec<CommitmentLine>>;
    /// The code of the commitment that a filing is.
    async fn commitment_code(&self, filing_id: &str) -> Stored<Option<String>>;
    /// The filing of the commitment with this code, if this enterprise has it.
    async fn filing_of_commitment(&self, code: &str, enterprise: &CreditCode) -> Stored<Option<String>>;
    /// The commitment of this code, if everyone may see it today.
    async fn public_commitment(&self, code: &str, today: NaiveDate) -> Stored<Option<PublicCommitment>>;
    /// Whether there is a commitment of this code that everyone could see once, and cannot any more.
    async fn was_public(&self, code: &str) -> Stored<bool>;
    /// What everyone may see today, newest first, at most `most`, those with a smaller code.
    async fn find_commitments(
        &self,
        search: &CommitmentSearch,
        before: Option<&str>,
        today: NaiveDate,
        most: i64,
    ) -> Stored<Vec<PublicCommitment>>;
    /// How many of an enterprise's commitments everyone may see today.
    async fn count_public_commitments(&self, enterprise: &CreditCode, today: NaiveDate) -> Stored<i64>;
    /// Enters into the log those commitments that ended before today, at most `most`; gives how many.
    async fn enter_ends(&self, today: NaiveDate, at: Instant, most: i64) -> Stored<u64>;

    /// Enters into the public log which commitments came onto the list of those that everyone can see, and which left it, of
    /// each at most so many; gives how many that were. Doing it twice enters nothing twice.
    async fn keep_listed(&self, today: NaiveDate, at: Instant, most: i64) -> Stored<u64>;

    /// Those that everyone can see, latest publication first.
    async fn newest_commitments(&self, today: NaiveDate, most: i64) -> Stored<Vec<PublicCommitment>>;
}
