//! What filing one draft and filing a row of an import have in common: the filing as it will be kept.

use app::document::filed_document;
use app::wording::pledge;
use credit::commitment::Scope;
use credit::commitment::statement::Statement;
use credit::commitment::template::Template;
use credit::enterprise::Enterprise;
use credit::filing::Instant;
use credit::form::FormKind;
use credit::normal_text::normal_line;
use credit::pledge::{Pledge, Purpose};
use credit::registration::Content;

use crate::reference::fresh_reference;
use crate::storage::commitments::NewCommitment;
use crate::storage::receipts::{NewReceipt, Signing};
use crate::storage::{FiledBy, NewFiling, StoredDraft};
use crate::token::{fresh_bytes, fresh_token};
use crate::visitor::Acting;

/// The pledge exactly as it is shown and binds, with the purposes that were agreed to.
pub fn frozen_pledge(kind: FormKind, enterprise: &Enterprise, purposes: Vec<Purpose>) -> Pledge {
    Pledge { version: pledge::version(kind).to_owned(), text: pledge::text(kind, enterprise).join("\n"), purposes }
}

/// 奉贤区 (GB/T 2260): where commitments are accepted.
const DIVISION: &str = "310120";

/// Who files.
pub fn filed_by(acting: &Acting) -> FiledBy {
    FiledBy { subject: acting.session.person.subject.clone(), name: acting.name().to_owned(), role: acting.capacity.role }
}

/// The filing that a draft becomes, under the draft's id; its envelope is not written yet.
pub fn filing_of(draft: &StoredDraft, content: Content, pledge: Pledge, filed_by: FiledBy, at: Instant) -> NewFiling {
    let form = draft.kind.form();
    let receipt = NewReceipt {
        document: filed_document(&draft.enterprise, draft.kind, &content, &draft.attachments, &pledge),
        matter: form.title.zh.to_owned(),
        signing: Signing::Filed,
        salt: fresh_bytes(),
        commitment: None,
    };
    NewFiling {
        id: draft.id.clone(),
        reference: fresh_reference(),
        enterprise: draft.enterprise.clone(),
        kind: draft.kind,
        form_version: draft.kind.form().version,
        content,
        pledge,
        filed_by,
        filed_at: at,
        revises: draft.corrects.clone(),
        envelope: String::new(),
        receipt,
    }
}

/// The commitment that a draft becomes, as it was signed; its envelope is not written yet.
pub fn commitment_of(
    draft: &StoredDraft,
    template: &Template,
    answers: &Content,
    statement: &Statement,
    signing: Signing,
    filed_by: FiledBy,
    at: Instant,
) -> NewFiling {
    let made_on = statement.signed_at.date();
    let purposes = if template.scope == Scope::Public { vec![Purpose::Publish] } else { Vec::new() };
    let text = statement.text();
    let commitment = NewCommitment {
        template: template.reference(),
        kind: template.kind,
        title: template.title.zh.clone(),
        authority: template.authority.clone(),
        scope: template.scope,
        publication_term: template.publication_term,
        made_on,
        valid_until: statement.valid_until,
        division: DIVISION.to_owned(),
        code_place: fresh_token(),
    };
    NewFiling {
        id: draft.id.clone(),
        reference: fresh_reference(),
        enterprise: draft.enterprise.clone(),
        kind: draft.kind,
        form_version: draft.kind.form().version,
        content: template.commitment_content(answers, &draft.enterprise.code, made_on),
        pledge: Pledge { version: template.reference(), text: text.clone(), purposes },
        filed_by,
        filed_at: at,
        revises: draft.corrects.clone(),
        envelope: String::new(),
        receipt: NewReceipt {
            document: text,
            matter: normal_line(&template.title.zh),
            signing,
            salt: fresh_bytes(),
            commitment: Some(commitment),
        },
    }
}
