//! A secret key, held no longer than it is needed.

use core::hint::black_box;

use sm2::dsa::SigningKey;
use sm2::dsa::signature::RandomizedSigner;
use sm2::dsa::signature::rand_core::{TryCryptoRng, TryRng};
use sm2::elliptic_curve::sec1::ToSec1Point;

use super::{DISTID, PublicKey, Signature};

/// An SM2 secret key: a number from 1 to n − 2 (GB/T 32918.1-2016, 6.1). It is wiped from memory when it is dropped.
#[derive(Clone)]
pub struct SecretKey {
    number: sm2::SecretKey,
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
        Ok(Self { number })
    }

    /// The public key that belongs to it.
    pub fn public(&self) -> PublicKey {
        let point = self.number.public_key().as_affine().to_sec1_point(false);
        let (x, y) = (point.x(), point.y());
        PublicKey::of_coordinates(x.zip(y).expect("a number that is not zero gives no point at infinity"))
    }

    /// Signs a message as [`DISTID`].
    ///
    /// The nonce is made as in RFC 6979 with HMAC-SM3, from the key, the message and `fresh`, which should be 32 bytes of new
    /// randomness: bad randomness does not give the key away, and good randomness protects against faults in the machine.
    pub fn sign(&self, message: &[u8], fresh: &[u8; 32]) -> Signature {
        let mut key = signing_key(&self.number);
        let signed = key.try_sign_with_rng(&mut Given(fresh), message);
        // The library does not wipe its copy: something harmless is written over it.
        key = signing_key(&one());
        black_box(&key);
        let signed = signed.expect("only a nonce that nobody ever meets (2⁻²⁵⁶) cannot be signed with");
        Signature::of_signed(signed.to_bytes().into())
    }
}

impl core::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

fn signing_key(number: &sm2::SecretKey) -> SigningKey {
    SigningKey::new(DISTID, number).expect("the identity is short enough")
}

fn one() -> sm2::SecretKey {
    let mut bytes = [0; 32];
    bytes[31] = 1;
    sm2::SecretKey::from_slice(&bytes).expect("one is a secret key")
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
