//! A secret key at rest, wrapped twice: inside by the PIN (PBKDF2-SHA-256, then AES-256-GCM), outside by an AES-256-GCM key of
//! this browser that no script can read (`extractable: false`).
//!
//! So a copy of what is stored is worth nothing without the browser that stored it, and the browser is worth nothing without
//! the PIN. Somebody who has both can try PINs at the pace of PBKDF2 only.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;
use web_sys::js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use zeroize::Zeroizing;

use super::{Outcome, Trouble, random, subtle};

/// OWASP's number for PBKDF2 with HMAC-SHA-256 (2023): about 0.1 s on an office machine.
const ROUNDS: f64 = 600_000.0;

/// The number of a secret key, wiped when it is dropped.
pub(super) type Number = Zeroizing<[u8; 32]>;

/// A number, wrapped by something that a person knows.
pub(super) struct Wrapped {
    pub(super) salt: [u8; 16],
    pub(super) iv: [u8; 12],
    pub(super) content: Vec<u8>,
}

/// A number, wrapped twice.
pub(super) struct Sealed {
    /// The browser's own key: it can be kept and used, not read.
    pub(super) outer: CryptoKey,
    pub(super) outer_iv: [u8; 12],
    /// The wrapping by the PIN; its content is wrapped by the outer key.
    pub(super) inner: Wrapped,
}

/// Wraps a number. It can be unwrapped only as the key of the same id.
pub(super) async fn wrap(number: &Number, known: &str, id: &str) -> Outcome<Wrapped> {
    let (salt, iv) = (random()?, random()?);
    let key = derived(known, &salt).await?;
    // Copied within the browser: it is wiped there too.
    let bytes = Uint8Array::from(number.as_slice());
    let wrapped = encrypt(&key, &iv, id, &bytes).await;
    bytes.fill(0, 0, bytes.length());
    Ok(Wrapped { salt, iv, content: wrapped? })
}

/// Unwraps a number; none: what was typed is not what it was wrapped with.
pub(super) async fn unwrap(wrapped: &Wrapped, known: &str, id: &str) -> Outcome<Option<Number>> {
    let key = derived(known, &wrapped.salt).await?;
    let Ok(bytes) = decrypt(&key, &wrapped.iv, id, &wrapped.content).await else { return Ok(None) };
    if bytes.length() != 32 {
        return Err(Trouble::Unable);
    }
    let mut number = Number::default();
    bytes.copy_to(number.as_mut_slice());
    bytes.fill(0, 0, 32);
    Ok(Some(number))
}

/// Seals a number with a PIN, for this browser.
pub(super) async fn seal(number: &Number, pin: &str, id: &str) -> Outcome<Sealed> {
    let mut inner = wrap(number, pin, id).await?;
    let algorithm = object(&[("name", &"AES-GCM".into()), ("length", &256.into())])?;
    let outer = done(subtle()?.generate_key_with_object(&algorithm, false, &usages(&["encrypt", "decrypt"]))?).await?;
    let (outer, outer_iv): (CryptoKey, _) = (outer.unchecked_into(), random()?);
    inner.content = encrypt(&outer, &outer_iv, id, &Uint8Array::from(inner.content.as_slice())).await?;
    Ok(Sealed { outer, outer_iv, inner })
}

/// Opens it; none: the PIN is wrong.
pub(super) async fn open(sealed: &Sealed, pin: &str, id: &str) -> Outcome<Option<Number>> {
    let content = decrypt(&sealed.outer, &sealed.outer_iv, id, &sealed.inner.content).await?.to_vec();
    unwrap(&Wrapped { content, ..sealed.inner }, pin, id).await
}

async fn derived(known: &str, salt: &[u8]) -> Outcome<CryptoKey> {
    let subtle = subtle()?;
    let bytes = Uint8Array::from(known.as_bytes());
    let base = done(subtle.import_key_with_str("raw", &bytes, "PBKDF2", false, &usages(&["deriveKey"]))?).await;
    bytes.fill(0, 0, bytes.length());
    let how = object(&[
        ("name", &"PBKDF2".into()),
        ("hash", &"SHA-256".into()),
        ("salt", &Uint8Array::from(salt)),
        ("iterations", &ROUNDS.into()),
    ])?;
    let wanted = object(&[("name", &"AES-GCM".into()), ("length", &256.into())])?;
    let base = base?.unchecked_into();
    let deriving = subtle.derive_key_with_object_and_object(&how, &base, &wanted, false, &usages(&["encrypt", "decrypt"]))?;
    Ok(done(deriving).await?.unchecked_into())
}

async fn encrypt(key: &CryptoKey, iv: &[u8], id: &str, bytes: &Uint8Array) -> Outcome<Vec<u8>> {
    let encrypting = subtle()?.encrypt_with_object_and_js_u8_array(&gcm(iv, id)?, key, bytes)?;
    Ok(Uint8Array::new(&done(encrypting).await?).to_vec())
}

async fn decrypt(key: &CryptoKey, iv: &[u8], id: &str, bytes: &[u8]) -> Outcome<Uint8Array> {
    let decrypting = subtle()?.decrypt_with_object_and_js_u8_array(&gcm(iv, id)?, key, &Uint8Array::from(bytes))?;
    Ok(Uint8Array::new(&done(decrypting).await?))
}

fn gcm(iv: &[u8], id: &str) -> Outcome<Object> {
    object(&[("name", &"AES-GCM".into()), ("iv", &Uint8Array::from(iv)), ("additionalData", &Uint8Array::from(id.as_bytes()))])
}

async fn done(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

fn usages(names: &[&str]) -> Array {
    names.iter().map(|name| JsValue::from_str(name)).collect()
}

/// A plain object with these properties.
pub(super) fn object(properties: &[(&str, &JsValue)]) -> Outcome<Object> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &JsValue::from_str(name), value)?;
    }
    Ok(object)
}
