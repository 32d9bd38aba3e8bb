//! Reading and setting cookies.

use axum::http::{HeaderMap, HeaderValue, header};

/// The value of a cookie in a request.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// How cookies are set: over HTTPS with the `__Host-` prefix and `Secure`; on a loopback address without, where browsers
/// older than 2021 would refuse them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookieJar {
    /// Whether the site is reached over HTTPS.
    pub secure: bool,
}

impl CookieJar {
    /// The full name of a cookie.
    pub fn name(self, plain: &str) -> String {
        if self.secure { format!("__Host-{plain}") } else { plain.to_owned() }
    }

    /// The header that sets it, for this many seconds; none: until the browser is closed.
    pub fn set(self, plain: &str, value: &str, seconds: Option<i64>) -> HeaderValue {
        let name = self.name(plain);
        let secure = if self.secure { "; Secure" } else { "" };
        let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}"))
            .expect("names and values are plain ASCII of our own making")
    }

    /// The header that takes it away.
    pub fn clear(self, plain: &str) -> HeaderValue {
        self.set(plain, "", Some(0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_cookies_are_read_and_none_is_taken_for_another(bytes in proptest::collection::vec(0x20_u8..0x7f, 0..60)) {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_bytes(&bytes).expect("nothing in it is a control character"));
            let found = cookie(&headers, "session").map(str::to_owned);
            prop_assert!(found.is_none() || String::from_utf8_lossy(&bytes).contains("session="));
            headers.append(header::COOKIE, HeaderValue::from_static("xsession=other; session=ours"));
            prop_assert!(found.is_some() || cookie(&headers, "session") == Some("ours"));
        }
    }
}
