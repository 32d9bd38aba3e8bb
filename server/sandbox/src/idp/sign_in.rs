//! `/idp/sign-in`: somebody has chosen a button.

use axum::{
    extract::{Form, State},
    http::header,
    response::Response,
};
use serde::Deserialize;

use crate::{
    idp::{answer, pages, people, session_cookie},
    world::Shared,
};

/// The page's form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Choice {
    request: String,
    person: Option<String>,
    cancel: Option<String>,
}

/// Signs the person in and goes back to the client, or goes back without.
pub(crate) async fn sign_in(State(world): State<Shared>, Form(choice): Form<Choice>) -> Response {
    // A person who does not exist must not cost the request that is being answered.
    let person = choice.person.as_deref().and_then(people::find);
    if person.is_none() && choice.cancel.is_none() {
        return pages::trouble("没有这个人员，请返回上一页重新选择。");
    }
    let Some(asked) = world.provider.take_request(&choice.request) else {
        return pages::trouble("这次登录请求已使用或已过期，请回到原网站重新登录。");
    };
    let Some(person) = person.filter(|_| choice.cancel.is_none()) else {
        return answer::refusal(&world, &asked.back, "access_denied", "the person declined");
    };
    let (name, session) = world.provider.open_session(person);
    let mut response = answer::code(&world, asked, session);
    response.headers_mut().insert(header::SET_COOKIE, session_cookie::opening(&name));
    response
}
