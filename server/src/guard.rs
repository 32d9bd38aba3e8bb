//! What stands around every door: headers that tell browsers what not to do, and no posts from other sites.

use app::wording::notices::Notice;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::Url;

use crate::doors::answer::Refusal;

/// The headers of every answer, made once.
#[derive(Clone)]
pub struct SafetyHeaders {
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl SafetyHeaders {
    /// For a portal whose sign-out form ends at this identity provider, reached over HTTPS or not.
    pub fn new(issuer: &Url, secure: bool) -> Self {
        let provider = issuer.origin().ascii_serialization();
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; \
             font-src 'self'; form-action 'self' {provider}; frame-ancestors 'none'; base-uri 'none'"
        );
        let mut headers: Vec<(HeaderName, HeaderValue)> = vec![
            (header::CONTENT_SECURITY_POLICY, HeaderValue::from_str(&policy).expect("an origin is plain ASCII")),
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
        Self { headers }
    }

    /// Sets them, where a door has not set its own.
    pub async fn set(self, request: Request, next: Next) -> Response {
        let mut response = next.run(request).await;
        for (name, value) in self.headers {
            response.headers_mut().entry(name).or_insert(value);
        }
        response
    }
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
