//! The signing key, made at the start and never kept.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::{
    ecdsa::{
        Signature, SigningKey, VerifyingKey,
        signature::{Signer, Verifier},
    },
    elliptic_curve::rand_core::OsRng,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A key pair on P-256 and the name it goes by.
pub(crate) struct Keys {
    secret: SigningKey,
    name: String,
}

impl Keys {
    /// A fresh key pair.
    pub(crate) fn generate() -> Self {
        let secret = SigningKey::random(&mut OsRng);
        let point = VerifyingKey::from(&secret).to_encoded_point(false);
        let name = URL_SAFE_NO_PAD.encode(&Sha256::digest(point.as_bytes())[..9]);
        Self { secret, name }
    }

    /// The public half, as the key set publishes it.
    pub(crate) fn public(&self) -> Value {
        let point = VerifyingKey::from(&self.secret).to_encoded_point(false);
        let coordinate = |bytes: Option<&p256::FieldBytes>| bytes.map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.name,
            "x": coordinate(point.x()), "y": coordinate(point.y()),
        })
    }

    /// The claims as a compact JWS. `spoilt` gives it a signature over something else.
    pub(crate) fn sign(&self, claims: &Value, spoilt: bool) -> String {
        let header = json!({ "alg": "ES256", "typ": "JWT", "kid": self.name });
        let text = format!("{}.{}", encoded(&header), encoded(claims));
        let signed = if spoilt { format!("{text}?") } else { text.clone() };
        let signature: Signature = self.secret.sign(signed.as_bytes());
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }

    /// The claims of a token that this key has signed, expired or not.
    pub(crate) fn read(&self, token: &str) -> Option<Value> {
        let (text, signature) = token.rsplit_once('.')?;
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        VerifyingKey::from(&self.secret).verify(text.as_bytes(), &signature).ok()?;
        let (_, claims) = text.split_once('.')?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_token_reads_back_and_a_spoilt_one_does_not() {
        let keys = Keys::generate();
        let claims = json!({ "sub": "somebody" });
        assert_eq!(keys.read(&keys.sign(&claims, false)), Some(claims.clone()));
        assert_eq!(keys.read(&keys.sign(&claims, true)), None);
        assert_eq!(Keys::generate().read(&keys.sign(&claims, false)), None);
    }
}
