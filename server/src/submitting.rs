//! What filing one draft and filing a row of an import have in common: the filing as it will be kept.

use app::wording::pledge;
use credit::enterprise::Enterprise;
use credit::filing::Instant;
use credit::pledge::{Pledge, Purpose};
use credit::registration::Content;

use crate::reference::fresh_reference;
use crate::storage::{FiledBy, NewFiling, StoredDraft};
use crate::visitor::Acting;

/// The pledge exactly as it is shown and binds, with the purposes that were agreed to.
pub fn frozen_pledge(enterprise: &Enterprise, purposes: Vec<Purpose>) -> Pledge {
    Pledge { version: pledge::VERSION.to_owned(), text: pledge::text(enterprise).join("\n"), purposes }
}

/// Who files.
pub fn filed_by(acting: &Acting) -> FiledBy {
    FiledBy { subject: acting.session.person.subject.clone(), name: acting.name().to_owned(), role: acting.capacity.role }
}

/// The filing that a draft becomes, under the draft's id; its envelope is not written yet.
pub fn filing_of(draft: &StoredDraft, content: Content, pledge: Pledge, filed_by: FiledBy, at: Instant) -> NewFiling {
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
    }
}
