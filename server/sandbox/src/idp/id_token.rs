//! The ID token, true or spoilt on purpose.

use serde_json::json;

use crate::{clock, idp::provider::Grant, mood::Mood, world::World};

/// How sure the provider is: a certificate was shown.
pub(crate) const ACR: &str = "urn:sandbox:acr:certificate";

/// How long an ID token holds.
const SECONDS: i64 = 300;

/// The ID token for a grant, with the one fault that the mood asks for.
pub(crate) fn write(world: &World, grant: &Grant) -> String {
    let fault = world.mood.take(|setting| setting.mood.spoils_token()).map(|setting| setting.mood);
    let has = |mood| fault == Some(mood);
    let client = &world.config.client_id;
    let now = clock::seconds();
    let issued_at = if has(Mood::ExpiredToken) { now - 2 * SECONDS - 3600 } else { now };
    let mut claims = json!({
        "iss": if has(Mood::WrongIssuer) { "https://somebody-else.example/idp".to_owned() } else { world.issuer() },
        "sub": grant.session.person.subject(),
        "aud": if has(Mood::WrongAudience) { "somebody-else" } else { client },
        "azp": if has(Mood::WrongAudience) { "somebody-else" } else { client },
        "iat": issued_at,
        "exp": issued_at + SECONDS,
        "auth_time": grant.session.auth_time,
        "acr": ACR,
        "amr": ["hwk", "pin"],
        "name": grant.session.person.name,
        "enterprises": grant.session.person.enterprises(),
    });
    if has(Mood::WrongNonce) {
        claims["nonce"] = "not-the-nonce-you-sent".into();
    } else if let Some(nonce) = &grant.asked.nonce {
        claims["nonce"] = nonce.as_str().into();
    }
    world.provider.keys.sign(&claims, has(Mood::BadSignature))
}
