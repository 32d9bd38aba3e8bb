//! What happens when more is asked than can be answered: a no at once, in words, instead of a queue without end.

use std::sync::{Arc, LazyLock};

use app::wording::Lang;
use app::wording::overload::{Overload, say};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use tokio::sync::Semaphore;

/// After so many seconds it is worth trying again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");
/// What watches over the portal must see it as it is, above all now.
const PROBES: &str = "/health/";

/// How many requests may wait for their answers to begin. An event stream's answer begins at once, so open pages do not
/// count.
#[derive(Clone, Debug)]
pub struct Places(Arc<Semaphore>);

impl Places {
    /// So many.
    pub fn new(most: usize) -> Self {
        Self(Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS))))
    }

    /// Answers if there is a place; otherwise says no, before anything is read or looked up.
    pub async fn answer(self, request: Request, next: Next) -> Response {
        if request.uri().path().starts_with(PROBES) {
            return next.run(request).await;
        }
        match self.0.try_acquire() {
            Ok(_place) => next.run(request).await,
            Err(_) => {
                tracing::warn!("request.no_place");
                refused()
            }
        }
    }
}

fn refused() -> Response {
    static PAGE: LazyLock<String> = LazyLock::new(page);
    let headers = [(header::RETRY_AFTER, RETRY_AFTER), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::SERVICE_UNAVAILABLE, headers, Html(PAGE.as_str())).into_response()
}

/// Made once; it has no style and asks for nothing else.
fn page() -> String {
    let part = |tag: &str, lang: Lang| {
        let Overload { title, sentences: [what, now] } = say(lang);
        format!("<section lang=\"{tag}\"><h1>{title}</h1><p>{what}</p><p>{now}</p></section>")
    };
    format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head><body><main>{}{}</main></body></html>",
        say(Lang::Zh).title,
        part("zh-CN", Lang::Zh),
        part("en", Lang::En)
    )
}
