//! A signature, and the ways in which it is written.

use crate::hexadecimal;

/// An SM2 signature: two numbers r and s, each from 1 to n − 1.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// r and s, 32 bytes each, most significant first.
    bytes: [u8; 64],
}

/// It is no signature: not in the one form that is read, or a number is 0 or not below n.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSignature;

impl Signature {
    /// From r and s, 32 bytes each.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn from_bytes(bytes: &[u8; 64]) -> Result<Self, InvalidSignature> {
        sm2::dsa::Signature::from_slice(bytes).map_err(|_| InvalidSignature)?;
        Ok(Self { bytes: *bytes })
    }

    /// From what was just made by signing.
    pub(super) fn of_signed(bytes: [u8; 64]) -> Self {
        Self { bytes }
    }

    /// From 128 lower-case hexadecimal digits, r before s.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn from_hexadecimal(digits: &str) -> Result<Self, InvalidSignature> {
        Self::from_bytes(&hexadecimal::read(digits).ok_or(InvalidSignature)?)
    }

    /// From DER: a sequence of two integers (GM/T 0009-2012, 7.3), in its one strict form.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn from_der(der: &[u8]) -> Result<Self, InvalidSignature> {
        Self::read_der(der).ok_or(InvalidSignature)
    }

    fn read_der(der: &[u8]) -> Option<Self> {
        let (content, rest) = element(der, 0x30)?;
        let (r, after_r) = element(content, 0x02)?;
        let (s, after_s) = element(after_r, 0x02)?;
        if !rest.is_empty() || !after_s.is_empty() {
            return None;
        }
        let mut bytes = [0; 64];
        place(r, &mut bytes[..32])?;
        place(s, &mut bytes[32..])?;
        Self::from_bytes(&bytes).ok()
    }

    /// r and s, 32 bytes each.
    pub fn bytes(&self) -> [u8; 64] {
        self.bytes
    }

    /// 128 lower-case hexadecimal digits.
    pub fn hexadecimal(&self) -> String {
        hexadecimal::write(&self.bytes)
    }

    /// DER.
    pub fn der(&self) -> Vec<u8> {
        let mut content = integer(&self.bytes[..32]);
        content.extend(integer(&self.bytes[32..]));
        with_header(0x30, &content)
    }
}

impl core::fmt::Debug for Signature {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Signature({})", self.hexadecimal())
    }
}

/// Content and what follows, of an element with this tag and a length of one byte: a signature has at most 70.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let [first, length, rest @ ..] = der else { return None };
    if *first != tag || *length >= 0x80 {
        return None;
    }
    rest.split_at_checked(usize::from(*length))
}

/// Writes a positive integer in its shortest form to the end of 32 bytes.
fn place(integer: &[u8], to: &mut [u8]) -> Option<()> {
    let number = match integer {
        // A leading zero stands only where the number would else be negative.
        [0, next, ..] if *next >= 0x80 => &integer[1..],
        [0, ..] | [] => return None,
        [first, ..] if *first >= 0x80 => return None,
        number => number,
    };
    let from = to.len().checked_sub(number.len())?;
    to[from..].copy_from_slice(number);
    Some(())
}

fn integer(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let mut number = bytes[zeros..].to_vec();
    if number.first().is_none_or(|first| *first >= 0x80) {
        number.insert(0, 0);
    }
    with_header(0x02, &number)
}

fn with_header(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).expect("two numbers of 33 bytes at most");
    [&[tag, length], content].concat()
}
