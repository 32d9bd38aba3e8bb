//! Language and size of type, chosen by the person and kept in cookies.

use std::sync::Arc;

use app::wording::Lang;
use axum::Form;
use axum::extract::State;
use axum::http::header;
use serde::Deserialize;

use super::answer::{Answer, safe_path, see_other};
use crate::portal::Portal;

/// A year, in seconds.
const YEAR: i64 = 365 * 24 * 60 * 60;

/// What was chosen.
#[derive(Deserialize)]
pub struct Preferences {
    lang: Option<String>,
    #[serde(rename = "type")]
    type_size: Option<String>,
    return_to: Option<String>,
}

/// `POST /preferences`
pub async fn choose(State(portal): State<Arc<Portal>>, Form(chosen): Form<Preferences>) -> Answer {
    let mut response = see_other(&safe_path(chosen.return_to.as_deref()));
    let cookies = response.headers_mut();
    if let Some(lang) = chosen.lang.as_deref().and_then(Lang::of_tag) {
        cookies.append(header::SET_COOKIE, portal.cookies.set("lang", lang.tag(), Some(YEAR)));
    }
    match chosen.type_size.as_deref() {
        Some("elder") => drop(cookies.append(header::SET_COOKIE, portal.cookies.set("type", "elder", Some(YEAR)))),
        Some("normal") => drop(cookies.append(header::SET_COOKIE, portal.cookies.clear("type"))),
        _ => {}
    }
    Ok(response)
}
