//! Language and size of type, chosen by the person and kept in cookies.

use std::sync::Arc;

use app::wording::Lang;
use axum::Form;
use axum::extract::State;
use axum::http::header;
use axum::response::Response;
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
    keep(&portal, &mut response, chosen.lang.as_deref(), chosen.type_size.as_deref());
    Ok(response)
}

/// Keeps what a button chose that sends a form along in which people type: `lang:TAG` or `type:SIZE`, and `:check` behind it where the
/// form was shown with its problems. Any other button chooses nothing.
pub(super) fn by_button(portal: &Portal, button: &str, response: &mut Response) {
    let chosen = button.strip_suffix(":check").unwrap_or(button);
    keep(portal, response, chosen.strip_prefix("lang:"), chosen.strip_prefix("type:"));
}

fn keep(portal: &Portal, response: &mut Response, lang: Option<&str>, type_size: Option<&str>) {
    let cookies = response.headers_mut();
    if let Some(lang) = lang.and_then(Lang::of_tag) {
        cookies.append(header::SET_COOKIE, portal.cookies.set("lang", lang.tag(), Some(YEAR)));
    }
    match type_size {
        Some("elder") => drop(cookies.append(header::SET_COOKIE, portal.cookies.set("type", "elder", Some(YEAR)))),
        Some("normal") => drop(cookies.append(header::SET_COOKIE, portal.cookies.clear("type"))),
        _ => {}
    }
}
