//! Between the rows of signing keys and the model; both stores name their columns in this order.

use credit::credit_code::CreditCode;
use credit::enterprise::Enterprise;
use credit::filing::Instant;
use credit::person::Role;
use credit::signing::{PublicKey, RevocationReason, Signature};

use super::signing_keys::{EnrolmentBegun, Revocation, SigningKey};
use super::{FiledBy, StorageError, Stored};

/// id, enterprise_code, enterprise_name, subject, name, role, challenge, authenticated_at, begun_at
pub(super) type BegunRow = (String, String, String, String, String, String, String, Instant, Instant);

/// id, enterprise_code, enterprise_name, subject, name, role, label, public_key, enrolment, signature, salt, authenticated_at,
/// enrolled_at, revoked_at, revoked_by, reason
pub(super) type KeyRow = (
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    Vec<u8>,
    String,
    Vec<u8>,
    Vec<u8>,
    Instant,
    Instant,
    Option<Instant>,
    Option<String>,
    Option<String>,
);

/// The role's name in the stores.
pub(super) fn role_name(role: Role) -> &'static str {
    match role {
        Role::LegalRepresentative => "legal_representative",
        Role::Administrator => "administrator",
        Role::Agent => "agent",
    }
}

fn inconsistent(column: &str) -> StorageError {
    StorageError::Inconsistent(format!("signing_keys.{column}"))
}

fn role(name: &str) -> Stored<Role> {
    let all = [Role::LegalRepresentative, Role::Administrator, Role::Agent];
    all.into_iter().find(|role| role_name(*role) == name).ok_or_else(|| inconsistent("role"))
}

fn enterprise(code: String, name: String) -> Stored<Enterprise> {
    Ok(Enterprise { code: CreditCode::try_from(code).map_err(|_| inconsistent("enterprise_code"))?, name })
}

/// An enrolment under way from its row.
pub(super) fn begun(row: BegunRow) -> Stored<EnrolmentBegun> {
    let (id, code, enterprise_name, subject, name, role_of, challenge, authenticated_at, begun_at) = row;
    Ok(EnrolmentBegun {
        id,
        enterprise: enterprise(code, enterprise_name)?,
        person: FiledBy { subject, name, role: role(&role_of)? },
        challenge,
        authenticated_at,
        begun_at,
    })
}

/// A key from its row.
pub(super) fn key(row: KeyRow) -> Stored<SigningKey> {
    let (id, code, enterprise_name, subject, name, role_of, label, public, enrolment, signature, salt, authenticated, enrolled, ..) =
        &row;
    let (.., at, by, reason) = &row;
    let revoked = match (at, by, reason) {
        (Some(at), Some(by), Some(reason)) => Some(Revocation {
            at: *at,
            by: by.clone(),
            reason: RevocationReason::named(reason).ok_or_else(|| inconsistent("reason"))?,
        }),
        _ => None,
    };
    let signature = signature.as_slice().try_into().map_err(|_| inconsistent("signature"))?;
    Ok(SigningKey {
        id: id.clone(),
        enterprise: enterprise(code.clone(), enterprise_name.clone())?,
        person: FiledBy { subject: subject.clone(), name: name.clone(), role: role(role_of)? },
        label: label.clone(),
        public: PublicKey::from_spki(public).map_err(|_| inconsistent("public_key"))?,
        enrolment: enrolment.clone(),
        signature: Signature::from_bytes(signature).map_err(|_| inconsistent("signature"))?,
        salt: salt.as_slice().try_into().map_err(|_| inconsistent("salt"))?,
        authenticated_at: *authenticated,
        enrolled_at: *enrolled,
        revoked,
    })
}
