//! `/idp/end-session`: sign-out that starts at the client.

use axum::{
    extract::{Form, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    idp::{pages, session_cookie},
    world::{Shared, World},
};

/// The request's parameters.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Farewell {
    id_token_hint: Option<String>,
    post_logout_redirect_uri: Option<String>,
    state: Option<String>,
}

/// The request as a link.
pub(crate) async fn by_query(State(world): State<Shared>, headers: HeaderMap, Query(farewell): Query<Farewell>) -> Response {
    end(&world, &headers, &farewell)
}

/// The request as a form.
pub(crate) async fn by_form(State(world): State<Shared>, headers: HeaderMap, Form(farewell): Form<Farewell>) -> Response {
    end(&world, &headers, &farewell)
}

fn end(world: &World, headers: &HeaderMap, farewell: &Farewell) -> Response {
    if let Some(name) = session_cookie::name(headers) {
        world.provider.close_session(&name);
    }
    let mut response = match farewell.destination(world) {
        Ok(Some(place)) => Redirect::to(&place).into_response(),
        Ok(None) => pages::signed_out(),
        Err(why) => pages::trouble(why),
    };
    response.headers_mut().insert(header::SET_COOKIE, session_cookie::closing());
    response
}

impl Farewell {
    /// Where to go next. Only a client that shows one of our tokens is sent anywhere, and only home.
    fn destination(&self, world: &World) -> Result<Option<String>, &'static str> {
        let Some(asked) = &self.post_logout_redirect_uri else {
            return Ok(None);
        };
        let Some(registered) = world.portal().filter(|portal| portal.as_str() == asked) else {
            return Err("已退出登录；但返回地址（post_logout_redirect_uri）未登记，不会跳转。");
        };
        let hint = self.id_token_hint.as_deref().unwrap_or_default();
        let client = world.provider.keys.read(hint).map(|claims| claims["aud"].clone());
        if client.is_none_or(|client| client != world.config.client_id.as_str()) {
            return Err("已退出登录；但登录凭证（id_token_hint）无法核实，不会跳转。");
        }
        let mut place = registered;
        if let Some(state) = &self.state {
            place.query_pairs_mut().append_pair("state", state);
        }
        Ok(Some(place.into()))
    }
}
