//! The answer to an authorization request, as a redirect to the registered address.

use axum::{
    http::header,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    idp::{
        provider::Session,
        request::{Asked, Back},
    },
    world::World,
};

/// Back to the client with a code.
pub(crate) fn code(world: &World, asked: Asked, session: Session) -> Response {
    let back = asked.back.clone();
    let code = world.provider.issue_code(asked, session);
    redirect(world, &back, &[("code", &code)])
}

/// Back to the client with an error.
pub(crate) fn refusal(world: &World, back: &Back, error: &str, description: &str) -> Response {
    redirect(world, back, &[("error", error), ("error_description", description)])
}

fn redirect(world: &World, back: &Back, answer: &[(&str, &str)]) -> Response {
    let place = back.with(&world.issuer(), answer);
    ([(header::CACHE_CONTROL, "no-store")], Redirect::to(&place)).into_response()
}
