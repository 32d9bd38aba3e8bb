//! The stylesheets, and the icon that browsers ask for unbidden.

use axum::{
    http::{StatusCode, header},
    response::IntoResponse,
};

/// The identity provider's stylesheet.
pub(crate) async fn idp_style() -> impl IntoResponse {
    css(include_str!("../assets/idp.css"))
}

/// The platform's stylesheet, and the root page's.
pub(crate) async fn platform_style() -> impl IntoResponse {
    css(include_str!("../assets/platform.css"))
}

/// No icon, but no error in the browser's console either.
pub(crate) async fn icon() -> StatusCode {
    StatusCode::NO_CONTENT
}

fn css(text: &'static str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, text)
}
