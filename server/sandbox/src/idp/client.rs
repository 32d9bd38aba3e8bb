//! Whether it is the portal that calls the token endpoint.

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};

use crate::world::World;

/// How the call fails.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NotTheClient {
    /// It names nobody, or somebody with the wrong secret.
    Unknown,
    /// It names itself in two ways at once, which the standard forbids.
    Twice,
}

/// Checks `client_secret_basic` or `client_secret_post`.
pub(crate) fn check(
    world: &World,
    headers: &HeaderMap,
    posted_id: Option<&str>,
    posted_secret: Option<&str>,
) -> Result<(), NotTheClient> {
    let (id, secret) = match (basic(headers), posted_secret) {
        (Some(_), Some(_)) => return Err(NotTheClient::Twice),
        (Some((id, _)), None) if posted_id.is_some_and(|posted| posted != id) => {
            return Err(NotTheClient::Twice);
        }
        (Some(pair), None) => pair,
        (None, Some(secret)) => (posted_id.unwrap_or_default().to_owned(), secret.to_owned()),
        (None, None) => return Err(NotTheClient::Unknown),
    };
    if id == world.config.client_id && secret == world.config.client_secret { Ok(()) } else { Err(NotTheClient::Unknown) }
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let credentials = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
    let (id, secret) = credentials.split_once(':')?;
    Some((form_decoded(id), form_decoded(secret)))
}

/// RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
fn form_decoded(text: &str) -> String {
    url::form_urlencoded::parse(format!("x={}", text.replace('&', "%26")).as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_with_special_characters_survive_the_form_encoding() {
        assert_eq!(form_decoded("a%2Bb%26c+d"), "a+b&c d");
    }
}
