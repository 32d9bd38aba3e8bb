//! Who may call the platform.

use axum::{
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{platform::problem::Problem, world::Shared};

/// Lets a request through if it carries the portal's token.
pub(crate) async fn require_token(State(world): State<Shared>, request: Request, next: Next) -> Response {
    let token = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim());
    if token == Some(&world.config.platform_token) { next.run(request).await } else { Problem::unauthorized().into_response() }
}
