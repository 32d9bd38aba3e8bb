//! What stands around every door: headers that tell browsers what not to do, and no posts from other sites.

use app::wording::notices::Notice;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::Url;

use crate::doors::answer::Refusal;
use crate::kept_form;

/// The headers of every answer, made once.
#[derive(Clone)]
pub struct SafetyHeaders {
    policy: HeaderValue,
    /// The policy for browsers that do not know `'wasm-unsafe-eval'` and never load the module: stricter, and without a
    /// word they would complain about in their console.
    older_policy: HeaderValue,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// The first Chromium that knows `'wasm-unsafe-eval'`.
const KNOWS_WASM_KEYWORD: u32 = 97;

impl SafetyHeaders {
    /// For a portal whose sign-out form ends at this identity provider, reached over HTTPS or not.
    pub fn new(issuer: &Url, secure: bool) -> Self {
        let provider = issuer.origin().ascii_serialization();
        let policy = |script: &str| {
            let policy = format!(
                "default-src 'none'; script-src {script}; style-src 'self'; img-src 'self'; connect-src 'self'; \
                 font-src 'self'; form-action 'self' {provider}; frame-ancestors 'none'; base-uri 'none'"
            );
            HeaderValue::from_str(&policy).expect("an origin is plain ASCII")
        };
        let mut headers: Vec<(HeaderName, HeaderValue)> = vec![
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
            (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
            (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
            (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
            (
                HeaderName::from_static("permissions-policy"),
                HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
            ),
        ];
        if secure {
            headers.push((header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains")));
        }
        Self { policy: policy("'self' 'wasm-unsafe-eval'"), older_policy: policy("'self'"), headers }
    }

    /// Sets them, where a door has not set its own.
    pub async fn set(self, request: Request, next: Next) -> Response {
        let older = request.headers().get(header::USER_AGENT).is_some_and(is_older);
        let mut response = next.run(request).await;
        let policy = if older { self.older_policy } else { self.policy };
        response.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
        for (name, value) in self.headers {
            response.headers_mut().entry(name).or_insert(value);
        }
        response
    }
}

/// Whether a browser says that it is a Chromium before [`KNOWS_WASM_KEYWORD`]. One that lies only gets the stricter policy.
fn is_older(agent: &HeaderValue) -> bool {
    let version = agent.to_str().ok().and_then(|agent| {
        let (_, after) = agent.split_once("Chrome/")?;
        after.split('.').next()?.parse::<u32>().ok()
    });
    version.is_some_and(|version| version < KNOWS_WASM_KEYWORD)
}

/// The longest path and query together, in bytes: RFC 9110 asks for 8000 at least, and an authorization code can be long.
const LONGEST_ADDRESS: usize = 8192;

/// An address that is too long is answered in words, before anybody looks at it.
pub async fn address_length(request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if length <= LONGEST_ADDRESS {
        return next.run(request).await;
    }
    tracing::info!(http.address_bytes = length, "request.address_too_long");
    let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::URI_TOO_LONG, headers, kept_form::notice(&Notice::AddressTooLong)).into_response()
}

/// What a post from another site gets.
pub fn cross_site() -> Response {
    Refusal::Notice(Notice::CrossSite, StatusCode::FORBIDDEN).into_response()
}

/// What is left when a door panics: a page, and a server that goes on.
pub fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("door.panicked");
    Refusal::Notice(Notice::Fault, StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_https_it_is_said_that_it_stays_so() {
        let issuer = "https://idp.example/".parse().expect("an address");
        let said = |secure| {
            let headers = SafetyHeaders::new(&issuer, secure).headers;
            headers.into_iter().find(|(name, _)| *name == header::STRICT_TRANSPORT_SECURITY).map(|(_, value)| value)
        };
        let value = said(true).expect("it is said");
        let text = value.to_str().expect("it is plain");
        let seconds: i64 = text.trim_start_matches("max-age=").split(';').next().and_then(|s| s.parse().ok()).expect("seconds");
        assert!(seconds >= 365 * 24 * 60 * 60 && text.contains("includeSubDomains"), "{text}");
        assert_eq!(said(false), None, "a loopback address has no certificate");
    }

    #[test]
    fn only_a_chromium_before_97_gets_the_policy_without_the_word_it_does_not_know() {
        let agents = [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/86.0.4240.0 Safari/537.36",
                true,
            ),
            ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.4664.45 Safari/537.36", true),
            ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/97.0.4692.71 Safari/537.36", false),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0", false),
            ("Chrome/", false),
        ];
        for (agent, older) in agents {
            assert_eq!(is_older(&HeaderValue::from_static(agent)), older, "{agent}");
        }
    }
}
