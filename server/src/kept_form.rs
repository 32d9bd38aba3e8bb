//! A form that is not taken just now: the answer has everything that was typed, and a button that posts it again.
//!
//! It is made without asking the store anything, because what it is for is that there is not enough of everything.

use std::time::Duration;

use app::pages::store_down::PostAgain;
use app::wording::Lang;
use app::wording::notices::{Notice, say};
use app::wording::overload::{Again, Overload, again};
use axum::body::to_bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{HeaderMap, HeaderName, Method, Uri, header};
use axum::response::Html;
use tokio::sync::Semaphore;
use url::Url;

use crate::parts::Parts;

/// So many forms are read at once; whoever comes when all are taken is asked to go back with the browser. With
/// [`MOST_TYPED`] this bounds the memory.
static READING: Semaphore = Semaphore::const_new(16);
/// The most bytes of what was typed that are kept: as many as an ordinary post may bring.
const MOST_TYPED: usize = 512 * 1024;
/// The most fields that are kept; no form of ours has half as many, and each makes the page longer.
const MOST_FIELDS: usize = 1_000;
/// The most bytes that are read, files and all, to get at what was typed. Files are dropped as they come.
const MOST_READ: usize = 16 * 1024 * 1024;
/// And for no longer than this.
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest address that a form is posted to again.
const LONGEST_PLACE: usize = 2048;

/// A form as it was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptForm {
    /// Where it goes.
    place: String,
    /// Whether it is one that takes files.
    takes_files: bool,
    /// Whether files were chosen: browsers let nobody but the person choose them again.
    had_files: bool,
    /// What was typed, in its order, the pressed button too.
    fields: Vec<(String, String)>,
}

impl KeptForm {
    /// Reads the form of a request. None where it is no form, not from a page of ours, or more than can be kept: a part of
    /// what was typed is not offered as the whole.
    pub async fn of(request: Request, own: &Url) -> Option<Self> {
        if !Self::could_be(request.method(), request.uri(), request.headers(), own) {
            return None;
        }
        let place = request.uri().path_and_query()?.as_str().to_owned();
        let kind = kind(request.headers())?;
        let _reading = READING.try_acquire().ok()?;
        let read = async {
            match kind {
                Kind::Plain => plain(place, request).await,
                Kind::WithFiles => with_files(place, request).await,
            }
        };
        tokio::time::timeout(PATIENCE, read).await.ok()?
    }

    /// Whether a request can have a form that is to be kept: one that a page of ours, at this address, sent.
    pub fn could_be(method: &Method, uri: &Uri, headers: &HeaderMap, own: &Url) -> bool {
        let place = uri.path_and_query().map_or("", |place| place.as_str());
        // An address that begins with two slashes would be one of another host.
        let is_ours = place.starts_with('/') && !place.starts_with("//") && place.len() <= LONGEST_PLACE;
        *method == Method::POST && is_ours && from_own_page(headers, own) && kind(headers).is_some()
    }

    /// How much was typed, in bytes.
    pub fn bytes_of_text(&self) -> usize {
        self.fields.iter().map(|(_, value)| value.len()).sum()
    }

    /// The form, for a page that offers to send it again.
    pub fn again(self) -> PostAgain {
        let Self { place, takes_files, had_files, fields } = self;
        PostAgain { place, takes_files, had_files, fields }
    }

    fn html(&self) -> String {
        let kind = if self.takes_files { " enctype=\"multipart/form-data\"" } else { "" };
        let mut html = format!("<form method=\"post\" action=\"{}\"{kind}>", escaped(&self.place));
        for (name, value) in &self.fields {
            html.push_str(&format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escaped(name), escaped(value)));
        }
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| again(lang).button);
        html.push_str(&format!("<p><button>{zh}<br><span lang=\"en\">{en}</span></button></p></form>"));
        html
    }
}

/// How a form is sent.
enum Kind {
    Plain,
    WithFiles,
}

fn kind(headers: &HeaderMap) -> Option<Kind> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?.to_ascii_lowercase();
    match kind.split(';').next()?.trim() {
        "application/x-www-form-urlencoded" => Some(Kind::Plain),
        "multipart/form-data" => Some(Kind::WithFiles),
        _ => None,
    }
}

/// Whether a page of ours posted it. What another site posted is not offered to be posted again, which would make it ours.
fn from_own_page(headers: &HeaderMap, own: &Url) -> bool {
    let named = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match named(HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "same-origin",
        None => named(header::ORIGIN).is_some_and(|origin| origin == own.origin().ascii_serialization()),
    }
}

async fn plain(place: String, request: Request) -> Option<KeptForm> {
    let body = to_bytes(request.into_body(), MOST_TYPED).await.ok()?;
    let fields: Vec<_> = url::form_urlencoded::parse(&body).into_owned().take(MOST_FIELDS + 1).collect();
    (fields.len() <= MOST_FIELDS).then_some(KeptForm { place, takes_files: false, had_files: false, fields })
}

async fn with_files(place: String, mut request: Request) -> Option<KeptForm> {
    DefaultBodyLimit::max(MOST_READ).apply(&mut request);
    let mut parts = Parts::from_request(request, &()).await.ok()?;
    let mut form = KeptForm { place, takes_files: true, had_files: false, fields: Vec::new() };
    let mut typed = 0;
    while let Some(mut part) = parts.next().await.ok()? {
        let name = part.name().to_owned();
        let file = part.file_name().map(|file| !file.is_empty());
        typed += name.len();
        if typed > MOST_TYPED || form.fields.len() >= MOST_FIELDS {
            return None;
        }
        let mut value = Vec::new();
        while let Some(chunk) = part.chunk().await.ok()? {
            if file.is_none() {
                typed += chunk.len();
                if typed > MOST_TYPED {
                    return None;
                }
                value.extend_from_slice(&chunk);
            }
        }
        match file {
            Some(chosen) => form.had_files |= chosen,
            None => form.fields.push((name, String::from_utf8(value).ok()?)),
        }
    }
    Some(form)
}

/// A text as the value of an attribute. Line breaks are spelled out, so that no reader of HTML makes others of them.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The page in both languages, with the form where there is one to keep. It has no style and asks for nothing else.
pub fn page(words: fn(Lang) -> Overload, kept: Option<&KeptForm>) -> Html<String> {
    let part = |tag: &str, lang: Lang| {
        let Overload { title, sentences: [what, go_back] } = words(lang);
        let Again { here, files, .. } = again(lang);
        let now = if kept.is_some() { here } else { go_back };
        let files = kept.filter(|form| form.had_files).map(|_| format!("<p>{files}</p>")).unwrap_or_default();
        format!("<section lang=\"{tag}\"><h1>{title}</h1><p>{what}</p><p>{now}</p>{files}</section>")
    };
    let form = kept.map(KeptForm::html).unwrap_or_default();
    both(words(Lang::Zh).title, &[part("zh-CN", Lang::Zh), form, part("en", Lang::En)].concat())
}

/// A notice in both languages, for where nobody knows yet who asks.
pub fn notice(notice: &Notice) -> Html<String> {
    let part = |tag: &str, lang: Lang| {
        let (title, sentences) = say(notice, lang);
        let sentences: String = sentences.iter().map(|sentence| format!("<p>{sentence}</p>")).collect();
        format!("<section lang=\"{tag}\"><h1>{title}</h1>{sentences}</section>")
    };
    both(say(notice, Lang::Zh).0, &[part("zh-CN", Lang::Zh), part("en", Lang::En)].concat())
}

fn both(title: &str, main: &str) -> Html<String> {
    Html(format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head><body><main>{main}</main></body></html>"
    ))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request as Sent;

    use super::*;

    const FORM: &str = "application/x-www-form-urlencoded";

    fn own() -> Url {
        "https://portal.example/".parse().expect("an address")
    }

    fn post(place: &str, kind: &str, body: impl Into<Body>) -> Request {
        let request = Sent::post(place).header("content-type", kind).header("sec-fetch-site", "same-origin");
        request.body(body.into()).expect("a request")
    }

    async fn kept(request: Request) -> Option<KeptForm> {
        KeptForm::of(request, &own()).await
    }

    #[tokio::test]
    async fn a_form_is_kept_as_it_was_posted() {
        let form = kept(post("/drafts?x=1&y=2", FORM, "a=1&b=%22%3E%3Cscript%3E%0D%0A%27&a=2")).await.expect("it is one");
        let fields = [("a", "1"), ("b", "\"><script>\r\n'"), ("a", "2")];
        assert_eq!(form.fields, fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let html = form.html();
        assert!(html.contains("action=\"/drafts?x=1&amp;y=2\""), "{html}");
        assert!(html.contains("value=\"&quot;&gt;&lt;script&gt;&#13;&#10;&#39;\""), "{html}");
    }

    #[tokio::test]
    async fn what_another_site_posted_is_not_offered_again() {
        let foreign: [&[(&str, &str)]; 5] = [
            &[],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://portal.example")],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
        ];
        for headers in foreign {
            let mut request = Sent::post("/drafts").header("content-type", FORM);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            assert_eq!(kept(request.body("a=1".into()).expect("a request")).await, None, "{headers:?}");
        }
        let older = Sent::post("/drafts").header("content-type", FORM).header("origin", "https://portal.example");
        assert!(kept(older.body("a=1".into()).expect("a request")).await.is_some(), "an older browser says only its origin");
        assert_eq!(kept(post("//evil.example/x", FORM, "a=1")).await, None, "nor would it go elsewhere");
    }

    #[tokio::test]
    async fn what_is_no_form_or_too_much_is_not_kept() {
        assert_eq!(kept(post("/drafts", "application/json", "{}")).await, None);
        assert_eq!(kept(post("/drafts", "multipart/form-data", "x")).await, None);
        assert_eq!(kept(post("/drafts", FORM, "a".repeat(MOST_TYPED + 1))).await, None);
        let mut look = post("/drafts", FORM, "a=1");
        *look.method_mut() = Method::GET;
        assert_eq!(kept(look).await, None);
    }
}
