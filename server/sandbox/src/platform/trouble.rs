//! The platform misbehaving, when told so.

use std::time::Duration;

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{abortable::Line, mood::Mood, platform::problem::Problem, world::Shared};

/// Does what the mood says instead of, or besides, answering.
pub(crate) async fn misbehave(
    State(world): State<Shared>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
    next: Next,
) -> Response {
    let writes = request.method() == Method::PUT;
    let path = request.uri().path();
    let setting = world.mood.take(|setting| setting.mood.troubles_platform(writes) && setting.covers(path));
    let Some(setting) = setting else {
        return next.run(request).await;
    };
    let wait = setting.seconds.unwrap_or(1);
    match setting.mood {
        Mood::Slow => {
            tokio::time::sleep(Duration::from_secs(setting.seconds.unwrap_or(2))).await;
            next.run(request).await
        }
        Mood::TooMany => Problem::too_many(wait).into_response(),
        Mood::Broken => Problem::broken().into_response(),
        Mood::Down => Problem::down(wait).into_response(),
        Mood::Rubbish => {
            let page = "<html><body>It works!</body></html>";
            (StatusCode::OK, [(header::CONTENT_TYPE, "text/html")], page).into_response()
        }
        Mood::DropAnswer => {
            let answer = next.run(request).await;
            line.cut();
            answer
        }
        _ => next.run(request).await,
    }
}
