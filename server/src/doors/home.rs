//! Home, and the pages of text.

use std::sync::Arc;

use app::pages::about::{About, about};
use app::pages::{groups, home, start};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use credit::form::FormKind;

use super::answer::{Answer, Refusal, page};
use crate::cookies::cookie;
use crate::portal::Portal;
use crate::visitor::{Acting, Visitor};

/// The cookie that says, once, that somebody has just signed out.
pub const SIGNED_OUT_COOKIE: &str = "signed-out";

/// `GET /`
pub async fn show(State(portal): State<Arc<Portal>>, headers: HeaderMap, visitor: Visitor) -> Answer {
    let signed_out = cookie(&headers, &portal.cookies.name(SIGNED_OUT_COOKIE)).is_some();
    let telephone = portal.site.telephone.clone();
    let mut response = page(&visitor.frame, StatusCode::OK, |lang| home::home(lang, signed_out, telephone));
    if signed_out {
        response.headers_mut().append(header::SET_COOKIE, portal.cookies.clear(SIGNED_OUT_COOKIE));
    }
    Ok(response)
}

/// `GET /help`
pub async fn help(visitor: Visitor) -> Answer {
    Ok(page(&visitor.frame, StatusCode::OK, |lang| about(About::Help, lang)))
}

/// `GET /privacy`
pub async fn privacy(visitor: Visitor) -> Answer {
    Ok(page(&visitor.frame, StatusCode::OK, |lang| about(About::Privacy, lang)))
}

/// `GET /accessibility`
pub async fn accessibility(visitor: Visitor) -> Answer {
    Ok(page(&visitor.frame, StatusCode::OK, |lang| about(About::Accessibility, lang)))
}

/// `GET /registrations`: the four groups.
pub async fn groups(visitor: Visitor) -> Answer {
    Ok(page(&visitor.frame, StatusCode::OK, groups::groups))
}

/// `GET /registrations/{kind}`: what to have at hand before a registration is begun.
pub async fn start(acting: Acting, Path(kind): Path<String>) -> Answer {
    let kind = FormKind::registration(&kind).ok_or(Refusal::NotFound)?;
    Ok(page(&acting.frame, StatusCode::OK, |lang| start::start(kind, lang)))
}

/// Any other address.
pub async fn nowhere() -> Answer {
    Err(Refusal::NotFound)
}
