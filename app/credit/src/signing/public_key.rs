//! A public key, and the ways in which it is written.

use base64ct::{Base64, Encoding};
use sm2::AffinePoint;
use sm2::elliptic_curve::point::AffineCoordinates;

/// The DER of a SubjectPublicKeyInfo up to the point (GM/T 0010-2012; RFC 5480): `id-ecPublicKey` with the curve
/// `sm2p256v1` (1.2.156.10197.1.301), then a bit string of 65 bytes. Nothing in it depends on the key.
const SPKI_PREFIX: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01,
    0x82, 0x2d, 0x03, 0x42, 0x00,
];
const PEM_BEGIN: &str = "-----BEGIN PUBLIC KEY-----\n";
const PEM_END: &str = "-----END PUBLIC KEY-----\n";
/// The characters of a full line of PEM.
const PEM_LINE: usize = 64;

/// An SM2 public key: a point on the curve `sm2p256v1`, not the one at infinity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey {
    /// SEC 1, uncompressed: 4, x, y.
    point: [u8; 65],
}

/// It is no public key: not in the one form that is read, not on the curve, or the point at infinity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidPublicKey;

impl PublicKey {
    /// From a point as SEC 1 writes it uncompressed: 65 bytes that begin with 4.
    ///
    /// # Errors
    /// [`InvalidPublicKey`] for any other form, and for what is not on the curve.
    pub fn from_point(bytes: &[u8]) -> Result<Self, InvalidPublicKey> {
        let point: [u8; 65] = bytes.try_into().map_err(|_| InvalidPublicKey)?;
        if point[0] != 4 {
            return Err(InvalidPublicKey);
        }
        let key = Self { point };
        // Two coordinates cannot be those of the point at infinity.
        if key.on_curve().is_some() { Ok(key) } else { Err(InvalidPublicKey) }
    }

    /// The point, as the library knows it.
    pub(super) fn on_curve(&self) -> Option<AffinePoint> {
        let coordinate = |from: usize| sm2::FieldBytes::try_from(&self.point[from..from + 32]).ok();
        AffinePoint::from_coordinates(&coordinate(1)?, &coordinate(33)?).into()
    }

    /// Of a point that was computed, not read.
    pub(super) fn of_point(computed: &AffinePoint) -> Self {
        let mut point = [4; 65];
        point[1..33].copy_from_slice(&computed.x());
        point[33..].copy_from_slice(&computed.y());
        Self { point }
    }

    /// From the DER of a SubjectPublicKeyInfo with an uncompressed point: 91 bytes.
    ///
    /// # Errors
    /// [`InvalidPublicKey`] for any other form, and for what is not on the curve.
    pub fn from_spki(der: &[u8]) -> Result<Self, InvalidPublicKey> {
        Self::from_point(der.strip_prefix(SPKI_PREFIX.as_slice()).ok_or(InvalidPublicKey)?)
    }

    /// From PEM (RFC 7468, the strict form): nothing before or after, lines of 64 characters; `\r\n` is read too.
    ///
    /// # Errors
    /// [`InvalidPublicKey`] for any other form, and for what is not on the curve.
    pub fn from_pem(pem: &str) -> Result<Self, InvalidPublicKey> {
        let pem = pem.replace("\r\n", "\n");
        let body = pem.strip_prefix(PEM_BEGIN).and_then(|rest| rest.strip_suffix(PEM_END)).ok_or(InvalidPublicKey)?;
        let der = Base64::decode_vec(&body.replace('\n', "")).map_err(|_| InvalidPublicKey)?;
        let key = Self::from_spki(&der)?;
        if key.pem() == pem { Ok(key) } else { Err(InvalidPublicKey) }
    }

    /// The point: 65 bytes.
    pub fn point(&self) -> [u8; 65] {
        self.point
    }

    /// The DER of a SubjectPublicKeyInfo: 91 bytes.
    pub fn spki(&self) -> Vec<u8> {
        [SPKI_PREFIX.as_slice(), &self.point].concat()
    }

    /// PEM.
    pub fn pem(&self) -> String {
        let body = Base64::encode_string(&self.spki());
        let mut pem = PEM_BEGIN.to_owned();
        for at in (0..body.len()).step_by(PEM_LINE) {
            pem.push_str(&body[at..body.len().min(at + PEM_LINE)]);
            pem.push('\n');
        }
        pem + PEM_END
    }
}

impl core::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "PublicKey({})", crate::hexadecimal::write(&self.point))
    }
}
