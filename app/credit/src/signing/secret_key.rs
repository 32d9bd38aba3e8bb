//! A secret key, held no longer than it is needed.

use core::hint::black_box;

use sm2::dsa::SigningKey;
use sm2::dsa::signature::RandomizedSigner;
use sm2::dsa::signature::rand_core::{TryCryptoRng, TryRng};

use super::{DISTID, PublicKey, Signature};

/// An SM2 secret key: a number from 1 to n − 2 (GB/T 32918.1-2016, 6.1). It is wiped from memory when it is dropped.
///
/// Its public key is derived once, when it is made: every signature needs it.
#[derive(Clone)]
pub struct SecretKey {
    key: SigningKey,
}

/// The number is 0 or larger than n − 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSecretKey;

impl SecretKey {
    /// From its 32 bytes, most significant first. Random bytes give a key with a probability of 1 − 2⁻³²; else take others.
    ///
    /// # Errors
    /// [`InvalidSecretKey`].
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, InvalidSecretKey> {
        let number = sm2::SecretKey::from_slice(bytes).map_err(|_| InvalidSecretKey)?;
        // With n − 1 there is no inverse of 1 + d, and nothing can be signed.
        let key = *number.to_nonzero_scalar() + sm2::Scalar::ONE;
        if bool::from(key.is_zero()) {
            return Err(InvalidSecretKey);
        }
        // The identity is short enough: only the number could be wrong.
        SigningKey::new(DISTID, &number).map(|key| Self { key }).map_err(|_| InvalidSecretKey)
    }

    /// The public key that belongs to it.
    pub fn public(&self) -> PublicKey {
        PublicKey::of_point(self.key.verifying_key().as_affine())
    }

    /// Signs a message as [`DISTID`].
    ///
    /// The nonce is made as in RFC 6979 with HMAC-SM3, from the key, the message and `fresh`, which should be 32 bytes of new
    /// randomness: bad randomness does not give the key away, and good randomness protects against faults in the machine.
    pub fn sign(&self, message: &[u8], fresh: &[u8; 32]) -> Signature {
        match self.key.try_sign_with_rng(&mut Given(fresh), message) {
            Ok(signed) => Signature::of_signed(signed.to_bytes().into()),
            Err(_) => panic!("only a nonce that nobody ever meets (2⁻²⁵⁶) cannot be signed with"),
        }
    }
}

/// The library does not wipe its keys: something harmless is written over this one.
impl Drop for SecretKey {
    fn drop(&mut self) {
        let mut one = [0; 32];
        one[31] = 1;
        if let Some(harmless) = sm2::SecretKey::from_slice(&one).ok().and_then(|one| SigningKey::new(DISTID, &one).ok()) {
            self.key = harmless;
        }
        black_box(&self.key);
    }
}

impl core::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// Gives the randomness that was brought, which is as much as is asked for.
struct Given<'a>(&'a [u8; 32]);

impl TryRng for Given<'_> {
    type Error = core::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(0)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(0)
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Self::Error> {
        for (to, from) in to.iter_mut().zip(self.0) {
            *to = *from;
        }
        Ok(())
    }
}

impl TryCryptoRng for Given<'_> {}
