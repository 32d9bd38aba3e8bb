//! Enterprises, drafts and filings to try things on.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use credit::attachment::{Attachment, FileRefusal, FileState, MediaType};
use credit::credit_code::CreditCode;
use credit::draft::Draft;
use credit::enterprise::Enterprise;
use credit::filing::{Comment, Decision, Happening, Instant, Standing, Verification};
use credit::form::FormKind;
use credit::person::Role;
use credit::pledge::{Pledge, Purpose};
use server::clock::Clock;
use server::live::Live;
use server::platform::list::PlatformList;
use server::reconciliation::Reconciler;
use server::storage::receipts::{NewReceipt, Signing};
use server::storage::{Acceptance, Applied, Cargo, Change, FiledBy, NewFiling, PlatformEvent, StoredDraft, TakingBack};
use tokio::sync::Notify;

use crate::places::Store;

/// Some day, at noon.
pub const NOON: Instant = 1_790_000_000_000;

/// A minute.
pub const MINUTE: Instant = 60_000;

pub fn id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// An enterprise that no other has been.
pub fn enterprise() -> Enterprise {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let begin = format!("91310120{:09}", COUNT.fetch_add(1, Ordering::Relaxed));
    let code = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        .chars()
        .find_map(|check| CreditCode::parse(&format!("{begin}{check}")).ok())
        .expect("one of the check characters holds");
    Enterprise { code, name: "上海奉贤某某食品有限公司".to_owned() }
}

pub fn answers(title: &str) -> Draft {
    Draft::typed(FormKind::Licence.form(), [("title", title), ("number", "JY13101200000001")])
}

pub fn kept_file() -> Attachment {
    let state = FileState::Kept { sha256: "ab".repeat(32), media_type: MediaType::Pdf, bytes: 20_971_520 };
    Attachment { id: id(), name: "食品经营许可证.pdf".to_owned(), state }
}

pub fn refused_file() -> Attachment {
    Attachment { id: id(), name: "notes.txt".to_owned(), state: FileState::Refused(FileRefusal::WrongKind) }
}

pub fn draft_of(enterprise: &Enterprise) -> StoredDraft {
    StoredDraft {
        id: id(),
        enterprise: enterprise.clone(),
        kind: FormKind::Licence,
        version: 1,
        draft: answers("食品经营许可证"),
        attachments: vec![kept_file()],
        corrects: None,
        begun_at: NOON,
        changed_at: NOON,
        changed_by: "王芳".to_owned(),
    }
}

pub fn change(version: i64, title: &str) -> Change {
    Change { version, window: format!("window of {title}"), draft: answers(title), by: "李强".to_owned(), at: NOON + MINUTE }
}

/// A body that does not hang on how the filing stands.
pub fn always(body: &str) -> Arc<dyn Fn(&Standing) -> String + Send + Sync> {
    let body = body.to_owned();
    Arc::new(move |_| body.clone())
}

/// The withdrawal of a filing.
pub fn withdrawal(at: i64, body: &str) -> TakingBack {
    let (happening, cargo) = (Happening::Withdrawn, Cargo::Withdrawal);
    TakingBack { happening, cargo, body: always(body), by: "李强".to_owned(), at }
}

pub fn file_ids(draft: &StoredDraft) -> Vec<String> {
    draft.attachments.iter().map(|attachment| attachment.id.clone()).collect()
}

/// The filing that would be made of a draft.
pub fn filing_of(draft: &StoredDraft) -> NewFiling {
    NewFiling {
        id: draft.id.clone(),
        reference: id(),
        enterprise: draft.enterprise.clone(),
        kind: draft.kind,
        form_version: 1,
        content: [("title".to_owned(), "食品经营许可证".to_owned())].into(),
        pledge: Pledge { version: "1".to_owned(), text: "以上信息真实。".to_owned(), purposes: vec![Purpose::Publish] },
        filed_by: FiledBy { subject: "subject-1".to_owned(), name: "王芳".to_owned(), role: Role::LegalRepresentative },
        filed_at: NOON + 10 * MINUTE,
        revises: draft.corrects.clone(),
        envelope: format!("{{\"id\":\"{}\"}}", draft.id),
        receipt: receipt(),
    }
}

/// What proves the acceptance of something that is no commitment.
pub fn receipt() -> NewReceipt {
    NewReceipt {
        document: "文书：资质证照登记\n证照名称：食品经营许可证\n".to_owned(),
        matter: "资质证照登记".to_owned(),
        signing: Signing::Filed,
        salt: [5; 32],
        commitment: None,
    }
}

/// A draft that is begun.
pub async fn begun(store: &Store, enterprise: &Enterprise) -> StoredDraft {
    let draft = draft_of(enterprise);
    store.begin_draft(&draft).await.unwrap();
    draft
}

/// A filing that is accepted.
pub async fn filed(store: &Store, enterprise: &Enterprise) -> NewFiling {
    filed_at(store, enterprise, NOON + 10 * MINUTE).await
}

/// A filing that is accepted at this time.
pub async fn filed_at(store: &Store, enterprise: &Enterprise, at: Instant) -> NewFiling {
    let draft = begun(store, enterprise).await;
    let filing = NewFiling { filed_at: at, ..filing_of(&draft) };
    assert_eq!(store.accept(&filing, 1, &file_ids(&draft)).await.unwrap(), Acceptance::Accepted);
    filing
}

/// A filing that was sent back.
pub async fn returned(store: &Store, enterprise: &Enterprise) -> NewFiling {
    let filing = filed(store, enterprise).await;
    assert_eq!(store.apply_event(&event(&filing.id, sent_back())).await.unwrap(), Applied::Applied);
    filing
}

pub fn event(filing_id: &str, happening: Happening) -> PlatformEvent {
    PlatformEvent {
        id: id(),
        kind: "filing.changed".to_owned(),
        filing_id: Some(filing_id.to_owned()),
        occurred_at: NOON + 20 * MINUTE,
        received_at: NOON + 21 * MINUTE,
        happening: Some(happening),
    }
}

pub fn forwarded() -> Happening {
    Happening::Forwarded { receipt: "FX-2026-000001".to_owned() }
}

pub fn review_began() -> Happening {
    Happening::ReviewBegan { handler: "窗口三".to_owned() }
}

pub fn sent_back() -> Happening {
    let comment = Comment { field: "number".to_owned(), comment: "编号与附件不一致".to_owned() };
    Happening::Returned { comments: vec![comment], note: "请更正后重新提交".to_owned() }
}

pub fn published() -> Happening {
    Happening::Published { until: None }
}

pub fn granted() -> Happening {
    Happening::Decided(Decision::Granted { verification: Verification::Verified, note: None })
}

pub fn not_granted() -> Happening {
    Happening::Decided(Decision::Refused { reasons: vec!["查无此号".to_owned()], comments: Vec::new() })
}

/// Different values, in order.
pub fn sorted<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    values.into_iter().collect::<BTreeSet<T>>().into_iter().collect()
}

/// What compares a store with the platform's list, at the time of this clock.
pub fn reconciler(store: &Store, list: impl PlatformList + 'static, clock: &Clock) -> Reconciler {
    Reconciler {
        storage: store.clone(),
        list: Arc::new(list),
        clock: clock.clone(),
        live: Live::default(),
        mailer: Arc::new(Notify::new()),
        chance: || 0,
    }
}
