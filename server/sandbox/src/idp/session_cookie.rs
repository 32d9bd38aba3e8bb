//! The provider's own cookie. It knows nothing of the portal's.

use axum::http::{HeaderMap, HeaderValue, header};

const NAME: &str = "sandbox_idp";

/// The session's name that the browser sent.
pub(crate) fn name(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(name, value)| (name == NAME).then(|| value.to_owned()))
}

/// The header that opens a session in the browser.
pub(crate) fn opening(session: &str) -> HeaderValue {
    written(session, "")
}

/// The header that ends it.
pub(crate) fn closing() -> HeaderValue {
    written("", "; Max-Age=0")
}

fn written(value: &str, more: &str) -> HeaderValue {
    let cookie = format!("{NAME}={value}; HttpOnly; SameSite=Lax; Path=/idp{more}");
    HeaderValue::from_str(&cookie).expect("session names are base64url")
}
