//! The provider out of order, when told so.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::{idp::pages, mood::Mood, world::Shared};

/// Answers 503 while the mood says so.
pub(crate) async fn refuse_when_down(State(world): State<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let down = world.mood.take(|setting| setting.mood == Mood::IdpDown && setting.covers(path));
    let Some(setting) = down else {
        return next.run(request).await;
    };
    let mut response = pages::down();
    let wait = HeaderValue::from(setting.seconds.unwrap_or(1));
    response.headers_mut().insert(header::RETRY_AFTER, wait);
    response
}
