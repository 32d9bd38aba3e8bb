//! What doors answer with: pages, redirects, refusals.

use app::pages::notice::notice;
use app::pages::store_down::{self as pages, Asked};
use app::shell::{Frame, Page, render};
use app::wording::Lang;
use app::wording::notices::Notice;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::storage::StorageError;
use crate::token::fresh_token;
use crate::visitor::Visitor;

/// After so many seconds it is worth trying again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("30");

/// What a door gives.
pub type Answer = Result<Response, Refusal>;

/// Why a door did not do it. The frame around the doors turns it into a page.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// No such thing, or not this enterprise's: the two look alike.
    NotFound,
    /// It is somewhere else now: at this address.
    Onward(String),
    /// Sign in first, then come back here.
    SignIn(String),
    /// The session ended; something that is not a draft was posted.
    SignedOut(String),
    /// The session ended while a draft was typed; it is parked, and the address leads on.
    Parked(String),
    /// Choose an enterprise first, then come back here.
    ChooseEnterprise(String),
    /// The store did not do it.
    Storage(std::sync::Arc<StorageError>),
    /// A notice with its status.
    Notice(Notice, StatusCode),
}

impl From<StorageError> for Refusal {
    fn from(error: StorageError) -> Self {
        Self::Storage(std::sync::Arc::new(error))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// A page. It is never stored by a cache: it may hold what only this person may see.
pub fn page(frame: &Frame, status: StatusCode, make: impl FnOnce(Lang) -> Page) -> Response {
    let html = render(frame, || make(frame.lang));
    let mut response = (status, Html(html)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Sends the browser on after a post.
pub fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// The page for a refusal.
pub fn show_refusal(refusal: &Refusal, visitor: &Visitor) -> Response {
    let lang = visitor.frame.lang;
    let words = &lang.words().frame;
    let home = ("/".to_owned(), words.home);
    let desk = ("/filings".to_owned(), words.my_filings);
    let (what, status, onward) = match refusal {
        Refusal::Storage(error) => return store_down(error, visitor, Asked::Deed(None)),
        Refusal::Onward(path) => return see_other(path),
        Refusal::SignIn(return_to) => return see_other(&sign_in_path(return_to)),
        Refusal::ChooseEnterprise(return_to) => return see_other(&format!("/enterprise?return_to={}", encode(return_to))),
        Refusal::NotFound => (Notice::NotFound, StatusCode::NOT_FOUND, if visitor.session.is_some() { desk } else { home }),
        Refusal::SignedOut(return_to) => (Notice::SignInNeeded, StatusCode::UNAUTHORIZED, (sign_in_path(return_to), words.sign_in)),
        Refusal::Parked(onward) => (Notice::SignedOutTyping, StatusCode::UNAUTHORIZED, (onward.clone(), words.sign_in)),
        Refusal::Notice(notice, status) => {
            if *status == StatusCode::FORBIDDEN {
                tracing::info!("door.forbidden");
            }
            let onward = match notice {
                Notice::StepUpCancelled(path) => (path.clone(), words.back),
                Notice::AnswersWait { sign_in, .. } => (sign_in.clone(), words.sign_in),
                Notice::SignInCancelled | Notice::SignInFailed | Notice::ProviderDown => ("/sign-in".to_owned(), words.sign_in),
                Notice::NotPossible(_) | Notice::NotAuthorised(_) | Notice::MayNot(_) | Notice::BeingScanned | Notice::Infected => {
                    desk
                }
                _ => home,
            };
            (notice.clone(), *status, onward)
        }
    };
    let mut response = page(&visitor.frame, status, |lang| notice(&what, onward, lang));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    if status == StatusCode::TOO_MANY_REQUESTS {
        // As the page says: a minute.
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    response
}

/// The page for what the store did not do, with a reference that finds the case in the log. The form that asked for it, if there was
/// one, can be sent again from it.
pub fn store_down(error: &StorageError, visitor: &Visitor, asked: Asked) -> Response {
    let (reference, is_signed_in) = (log_fault(error), visitor.session.is_some());
    let mut response =
        page(&visitor.frame, StatusCode::SERVICE_UNAVAILABLE, |lang| pages::store_down(asked, is_signed_in, reference, lang));
    response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    response
}

/// Writes the fault to the log under a short reference, which the page shows.
fn log_fault(error: &StorageError) -> String {
    let reference: String = fresh_token().chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    tracing::error!(fault.reference = %reference, error.message = %error, "door.store_trouble");
    reference
}

/// Where signing in begins, to come back to a path afterwards.
pub fn sign_in_path(return_to: &str) -> String {
    format!("/sign-in?return_to={}", encode(return_to))
}

/// Percent-encodes a path for use in a query.
pub fn encode(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// A path on this site to come back to: anything else leads home, so that no link of ours can send people elsewhere.
pub fn safe_path(path: Option<&str>) -> String {
    match path {
        Some(path)
            if path.starts_with('/')
                && !path.starts_with("//")
                && !path.contains(['\\', '\r', '\n', '\t'])
                && !path.chars().any(char::is_control) =>
        {
            path.to_owned()
        }
        _ => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_text_at_all_leads_to_another_site(path in "[/\\\\\\x00-\\x20a-z.:@?#]{0,12}|\\PC{0,12}") {
            let here: url::Url = "https://portal.example/sign-in".parse().expect("an address");
            let led = here.join(&safe_path(Some(&path))).expect("it is an address");
            prop_assert_eq!(led.origin(), here.origin());
        }
    }

    #[test]
    fn only_a_path_of_this_site_is_come_back_to() {
        for path in ["/filings", "/drafts/1?check=1", "/"] {
            assert_eq!(safe_path(Some(path)), path);
        }
        let elsewhere = [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "\\\\evil",
            "javascript:alert(1)",
            "",
            "/a\r\nSet-Cookie: x",
            "/\t/evil.example",
            "evil",
        ];
        for path in elsewhere {
            assert_eq!(safe_path(Some(path)), "/", "{path:?}");
        }
        assert_eq!(safe_path(None), "/");
    }
}
