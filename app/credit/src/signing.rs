//! Electronic signatures with SM2 over SM3 (GB/T 32918.2-2016, GB/T 32905-2016), the same code on the server and in the
//! browser. It makes no randomness and reads no clock: whoever calls brings both.
//!
//! - [`PublicKey`], [`SecretKey`], [`Signature`]: the values, each valid once it is there.
//! - [`Enrolment`], [`Trial`]: texts that are signed. Each is lines `名称：值` ([`lines`]) that a person can read, begins with
//!   what kind of document it is, and holds no character that cannot be seen ([`hidden_character`]).

mod enrolment;
pub mod lines;
mod plain_text;
mod public_key;
mod revocation;
mod secret_key;
mod signature;
mod trial;

pub use enrolment::Enrolment;
pub(crate) use enrolment::{of_wall, wall};
pub use plain_text::hidden_character;
pub use public_key::{InvalidPublicKey, PublicKey};
pub use revocation::RevocationReason;
pub use secret_key::{InvalidSecretKey, SecretKey};
pub use signature::{InvalidSignature, Signature};
pub use trial::Trial;

use sm2::dsa::VerifyingKey;
use sm2::dsa::signature::Verifier;
use sm3::{Digest, Sm3};

/// The signer's identity that goes into every signature (GM/T 0009-2012, 10): the one for when none was agreed.
/// OpenSSL wants to be told (`-pkeyopt distid:1234567812345678`), its default is empty.
pub const DISTID: &str = "1234567812345678";

/// The SM3 of bytes.
pub fn sm3(bytes: &[u8]) -> [u8; 32] {
    Sm3::digest(bytes).into()
}

/// Whether this key's owner signed exactly this message, as [`DISTID`].
pub fn verify(public: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    verify_as(DISTID, public, message, signature)
}

/// As [`verify`], with another identity: for examples of the standards and for signatures made elsewhere.
pub fn verify_as(distid: &str, public: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    let key = public.on_curve().and_then(|point| VerifyingKey::from_affine(distid, point).ok());
    let signature = sm2::dsa::Signature::from_slice(&signature.bytes()).ok();
    key.zip(signature).is_some_and(|(key, signature)| key.verify(message, &signature).is_ok())
}

/// What names a key for people and machines: the SM3 of its SPKI DER, 64 lower-case hexadecimal digits.
pub fn fingerprint(public: &PublicKey) -> String {
    crate::hexadecimal::write(&sm3(&public.spki()))
}
