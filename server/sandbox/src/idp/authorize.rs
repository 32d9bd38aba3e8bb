//! `/idp/authorize`: asks who is there, or knows already.

use axum::{
    extract::{
        Form, Query, State,
        rejection::{FormRejection, QueryRejection},
    },
    http::HeaderMap,
    response::Response,
};

use crate::{
    clock,
    idp::{
        answer, pages,
        provider::Session,
        request::{Asked, Parameters, Prompt, Unfit},
        session_cookie,
    },
    world::{Shared, World},
};

/// The request as a link.
pub(crate) async fn by_query(
    State(world): State<Shared>,
    headers: HeaderMap,
    parameters: Result<Query<Parameters>, QueryRejection>,
) -> Response {
    match parameters {
        Ok(Query(parameters)) => authorize(&world, &headers, parameters),
        Err(_) => pages::trouble("请求参数无法读取，或有重复。"),
    }
}

/// The request as a form.
pub(crate) async fn by_form(
    State(world): State<Shared>,
    headers: HeaderMap,
    parameters: Result<Form<Parameters>, FormRejection>,
) -> Response {
    match parameters {
        Ok(Form(parameters)) => authorize(&world, &headers, parameters),
        Err(_) => pages::trouble("请求参数无法读取，或有重复。"),
    }
}

fn authorize(world: &World, headers: &HeaderMap, parameters: Parameters) -> Response {
    let asked = match parameters.check(world) {
        Ok(asked) => asked,
        Err(Unfit::Unaddressed(why)) => return pages::trouble(why),
        Err(Unfit::Answered(back, error, why)) => return answer::refusal(world, &back, error, why),
    };
    let session = session_cookie::name(headers).and_then(|name| world.provider.session(&name));
    let enough = session.filter(|session| is_enough(&asked, session));
    match (enough, asked.prompt) {
        (Some(session), _) => answer::code(world, asked, session),
        (None, Prompt::None) => answer::refusal(world, &asked.back, "login_required", "nobody is signed in"),
        (None, _) => {
            let again = session.map(|session| session.person);
            let request = world.provider.keep_request(asked);
            pages::choice(world, &request, again)
        }
    }
}

fn is_enough(asked: &Asked, session: &Session) -> bool {
    let age = clock::seconds() - session.auth_time;
    // `max_age=0` means now, as `prompt=login` does.
    asked.prompt != Prompt::Login && asked.max_age.is_none_or(|oldest| age < oldest)
}
