//! Receipts made of what is kept: with the proofs of now, under the newest checkpoint.

use app::components::receipt_links::PublicReceipt;
use credit::bundle::{Bundle, Inclusion, Proven, Signed};
use credit::commitment::statement::Statement;
use credit::commitment::template::BlankAudience;
use credit::commitment::{LIABILITY, MATTER, PUBLIC_TEXT, TEMPLATE};
use credit::filing::Instant;
use credit::log::checkpoint::Checkpoint;
use credit::masking::masked;
use credit::person::Role;

use crate::portal::Portal;
use crate::public_log::Unsigned;
use crate::storage::commitments::PublicCommitment;
use crate::storage::receipts::StoredReceipt;
use crate::storage::{StorageError, Stored};

/// The receipt of a filing, and what it proves; none of what was accepted before there were receipts. What does not hold is
/// not handed out.
///
/// # Errors
/// [`Unsigned`].
pub async fn receipt(portal: &Portal, filing_id: &str) -> Result<Option<(Bundle, Proven)>, Unsigned> {
    match portal.storage.receipt(filing_id).await? {
        Some(stored) => bundle(portal, stored, portal.log.checkpoint().await?).await.map(Some),
        None => Ok(None),
    }
}

/// As [`receipt`], under the checkpoint of the log when it had `size` entries: always the same.
///
/// # Errors
/// [`Unsigned`].
pub async fn receipt_as_of(portal: &Portal, filing_id: &str, size: u64) -> Result<Option<(Bundle, Proven)>, Unsigned> {
    match (portal.storage.receipt(filing_id).await?, portal.log.checkpoint_of(size).await?) {
        (Some(stored), Some(checkpoint)) => bundle(portal, stored, checkpoint).await.map(Some),
        _ => Ok(None),
    }
}

async fn bundle(portal: &Portal, stored: StoredReceipt, checkpoint: String) -> Result<(Bundle, Proven), Unsigned> {
    let verifier = portal.log.verifier();
    let opened = Checkpoint::open(&checkpoint, verifier).map_err(|why| inconsistent(&format!("own checkpoint: {why:?}")))?;
    let size = opened.size;
    let accepted = inclusion(portal, stored.accepted_at, stored.salt, stored.log_number, size).await?;
    let signed = match stored.signed {
        Some((key, place, signature)) => Some(Signed {
            enrolled: inclusion(portal, key.enrolled_at, key.salt, place, size).await?,
            key: key.public,
            signature,
            enrolment: key.enrolment,
            enrolment_signature: key.signature,
        }),
        None => None,
    };
    let bundle = Bundle { document: stored.document, acceptance: stored.acceptance, signed, accepted, checkpoint };
    // Two curves and a few hashes: less than a millisecond, so that nobody is given what a stranger would then doubt.
    let proven = bundle.prove(verifier).map_err(|doubt| inconsistent(&format!("own receipt does not hold: {doubt:?}")))?;
    Ok((bundle, proven))
}

async fn inclusion(portal: &Portal, at: Instant, salt: [u8; 32], place: i64, size: u64) -> Stored<Inclusion> {
    let index = u64::try_from(place).map_err(|_| inconsistent("a place in the log is below zero"))?;
    let proof = portal.storage.inclusion_proof(index, size).await?;
    let proof = proof.ok_or_else(|| inconsistent("the log is shorter than its entry's place"))?;
    Ok(Inclusion { at, salt, index, proof })
}

fn inconsistent(what: &str) -> StorageError {
    StorageError::Inconsistent(format!("receipts: {what}"))
}

/// Whether everyone can have the receipt of this commitment, which everyone may see today.
///
/// The document in a receipt is whole: nothing can be left out of it. So it is offered only where all of it is public: no blank
/// of its template is for the platform alone, nothing in it is masked on the public page, and it names no person but the
/// legal representative, whom the register of enterprises (国家企业信用信息公示系统) names to everyone. Whether the district wants
/// that name published here too is to be confirmed (docs/law.md).
pub async fn public_receipt(portal: &Portal, commitment: &PublicCommitment) -> Stored<PublicReceipt> {
    let Some(stored) = portal.storage.receipt(&commitment.filing_id).await? else { return Ok(PublicReceipt::None) };
    let held = |name: &str| commitment.content.get(name).map(String::as_str).unwrap_or_default();
    let template = portal.templates.referred(held(TEMPLATE.name));
    let all_public = template.is_some_and(|template| template.blanks.iter().all(|blank| blank.audience != BlankAudience::Platform));
    let unmasked = [PUBLIC_TEXT.name, MATTER.name, LIABILITY.name].into_iter().map(held).all(|text| masked(text) == text);
    if !all_public || !unmasked {
        return Ok(PublicReceipt::PlatformOnly);
    }
    let of_representative = Statement::read(&stored.document)
        .is_some_and(|said| said.agent == said.signer && said.signer_role == Role::LegalRepresentative);
    Ok(if of_representative { PublicReceipt::Offered } else { PublicReceipt::NamesPersons })
}
