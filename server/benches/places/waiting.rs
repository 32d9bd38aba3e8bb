//! Filings that are accepted and wait to be delivered.

use std::sync::Arc;

use credit::credit_code::CreditCode;
use credit::draft::Draft;
use credit::enterprise::Enterprise;
use credit::form::FormKind;
use credit::person::Role;
use credit::pledge::{Pledge, Purpose};
use server::clock::Clock;
use server::storage::receipts::{NewReceipt, Signing};
use server::storage::{Acceptance, FiledBy, NewFiling, Storage, StoredDraft};

/// Accepts so many, of so many enterprises in turn.
pub async fn seed(storage: &Arc<dyn Storage>, jobs: usize, enterprises: usize) {
    let now = Clock::default().now();
    let enterprises: Vec<Enterprise> = (0..enterprises).map(enterprise).collect();
    // Eight at once fill the store faster, and what is accepted is the same.
    let eighths: Vec<_> = (0..8)
        .map(|eighth| {
            let (storage, enterprises) = (storage.clone(), enterprises.clone());
            tokio::spawn(async move {
                for job in (eighth..jobs).step_by(8) {
                    accept(&*storage, &enterprises[job % enterprises.len()], now).await;
                }
            })
        })
        .collect();
    for eighth in eighths {
        eighth.await.expect("everything is accepted");
    }
}

/// Accepts one; gives its id.
pub async fn accept(storage: &dyn Storage, enterprise: &Enterprise, now: i64) -> String {
    let draft = StoredDraft {
        id: uuid::Uuid::now_v7().to_string(),
        enterprise: enterprise.clone(),
        kind: FormKind::Licence,
        version: 1,
        draft: Draft::typed(FormKind::Licence.form(), [("title", "食品经营许可证")]),
        attachments: Vec::new(),
        corrects: None,
        begun_at: now,
        changed_at: now,
        changed_by: "王芳".into(),
    };
    storage.begin_draft(&draft).await.expect("the store takes it");
    let filing = NewFiling {
        id: draft.id.clone(),
        reference: uuid::Uuid::now_v7().to_string(),
        enterprise: enterprise.clone(),
        kind: draft.kind,
        form_version: 1,
        content: [("title".to_owned(), "食品经营许可证".to_owned())].into(),
        pledge: Pledge { version: "1".into(), text: "以上信息真实。".into(), purposes: vec![Purpose::Publish] },
        filed_by: FiledBy { subject: "subject".into(), name: "王芳".into(), role: Role::LegalRepresentative },
        filed_at: now,
        revises: None,
        envelope: envelope(&draft.id),
        receipt: NewReceipt {
            document: "文书：资质证照登记\n".into(),
            matter: "资质证照登记".into(),
            signing: Signing::Filed,
            salt: [5; 32],
            commitment: None,
        },
    };
    assert_eq!(storage.accept(&filing, 1, &[]).await.expect("the store answers"), Acceptance::Accepted);
    draft.id
}

/// As large as that of a licence; `queue.mjs` sends one like it.
fn envelope(id: &str) -> String {
    serde_json::json!({ "id": id, "content": "许".repeat(600) }).to_string()
}

/// One of as many as there are numbers.
pub fn enterprise(number: usize) -> Enterprise {
    let begin = format!("91310120{number:09}");
    let code = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().find_map(|check| CreditCode::parse(&format!("{begin}{check}")).ok());
    Enterprise { code: code.expect("one of the check characters holds"), name: "上海奉贤示例食品有限公司".into() }
}
