//! A browser without JavaScript: cookies, forms, and redirects that are followed one by one.

use std::sync::{Mutex, MutexGuard};

use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Client, Method, RequestBuilder};

use crate::multipart::{self, ChosenFile};
use crate::page::Page;

/// A browser.
pub struct Browser {
    http: Client,
    portal: String,
    sandbox: String,
    memory: Mutex<Memory>,
}

#[derive(Clone, Default)]
struct Memory {
    cookies: Vec<Cookie>,
    at: String,
    trail: Vec<String>,
}

#[derive(Clone)]
struct Cookie {
    name: String,
    value: String,
    path: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub url: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Where it sends the browser: after a post with 303, as a page may be reloaded.
    pub fn location(&self) -> String {
        assert_eq!(self.status, 303, "{} does not lead on: {}", self.url, self.page().text());
        self.header("location").to_owned()
    }

    /// The page, whatever its status.
    pub fn page(&self) -> Page {
        Page::read(&self.text())
    }

    /// The page of this status.
    pub fn page_of(&self, status: u16) -> Page {
        assert_eq!(self.status, status, "{}: {}", self.url, self.page().text());
        self.page()
    }
}

impl Browser {
    pub fn new(portal: &str, sandbox: &str) -> Self {
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        Self { http, portal: portal.into(), sandbox: sandbox.into(), memory: Mutex::default() }
    }

    /// Another window of the same browser, with the cookies as they are now.
    pub fn copy(&self) -> Self {
        let memory = Mutex::new(self.memory().clone());
        Self { http: self.http.clone(), portal: self.portal.clone(), sandbox: self.sandbox.clone(), memory }
    }

    /// As [`copy`](Self::copy), at another address of the same portal.
    pub fn at(&self, portal: &str) -> Self {
        Self { portal: portal.into(), ..self.copy() }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap()
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.memory().cookies.iter().find(|cookie| cookie.name == name).map(|cookie| cookie.value.clone())
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        keep(&mut self.memory().cookies, &format!("{name}={value}; Path=/"));
    }

    pub fn forget_cookie(&self, name: &str) {
        self.memory().cookies.retain(|cookie| cookie.name != name);
    }

    /// Every address that this browser was sent to.
    pub fn trail(&self) -> Vec<String> {
        self.memory().trail.clone()
    }

    /// The cookies for a path, as a request carries them.
    pub fn cookies_for(&self, path: &str) -> String {
        let memory = self.memory();
        let fitting = memory.cookies.iter().filter(|cookie| path.starts_with(&cookie.path));
        fitting.map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect::<Vec<_>>().join("; ")
    }

    /// A post to the sandbox, without cookies.
    pub fn at_sandbox(&self, place: &str) -> RequestBuilder {
        self.http.post(format!("{}{place}", self.sandbox))
    }

    /// A request to the portal or, with a whole address, anywhere.
    pub fn request(&self, method: Method, place: &str) -> RequestBuilder {
        let url = if place.starts_with("http") { place.to_owned() } else { format!("{}{place}", self.portal) };
        let path = url.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap_or_default();
        let request = self.http.request(method, url).header(header::ACCEPT, "text/html");
        match self.cookies_for(&path) {
            none if none.is_empty() => request,
            cookies => request.header(header::COOKIE, cookies),
        }
    }

    /// Sends it as it is, and notes cookies and the way.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (url, status, headers) = (response.url().to_string(), response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.unwrap().to_vec();
        let mut memory = self.memory();
        for cookie in headers.get_all(header::SET_COOKIE) {
            keep(&mut memory.cookies, cookie.to_str().unwrap());
        }
        if let Some(location) = headers.get(header::LOCATION) {
            memory.trail.push(location.to_str().unwrap().to_owned());
        } else {
            memory.at = url.clone();
        }
        Answer { url, status, headers, body }
    }

    /// One hop.
    pub async fn get(&self, place: &str) -> Answer {
        self.send(self.request(Method::GET, place)).await
    }

    /// The page at the end of the way.
    pub async fn visit(&self, place: &str) -> Answer {
        let answer = self.get(place).await;
        self.follow(answer).await
    }

    /// Goes on wherever it is sent.
    pub async fn follow(&self, mut answer: Answer) -> Answer {
        for _ in 0..10 {
            if !(300..400).contains(&answer.status) {
                return answer;
            }
            answer = self.get(answer.header("location")).await;
        }
        panic!("sent around in circles: {:?}", self.trail())
    }

    /// What a browser adds to a post from a page of the same site.
    fn same_site(&self, request: RequestBuilder) -> RequestBuilder {
        let request = request.header(header::ORIGIN, &self.portal).header("sec-fetch-site", "same-origin");
        match self.memory().at.clone() {
            nowhere if nowhere.is_empty() => request,
            at => request.header(header::REFERER, at),
        }
    }

    /// Posts a plain form; one hop.
    pub async fn post(&self, place: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        let request = self.request(Method::POST, place).header(header::CONTENT_TYPE, form).body(body);
        let request = if place.starts_with("http") { request } else { self.same_site(request) };
        self.send(request).await
    }

    /// Posts a plain form and goes on.
    pub async fn submit(&self, place: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(place, fields).await;
        self.follow(answer).await
    }

    /// Posts a form with files; one hop.
    pub async fn post_with_files(&self, place: &str, fields: &[(&str, &str)], files: &[ChosenFile]) -> Answer {
        let request = self.request(Method::POST, place);
        let request = request.header(header::CONTENT_TYPE, multipart::media_type()).body(multipart::body(fields, files));
        self.send(self.same_site(request)).await
    }

    /// What the module in the browser does while somebody types.
    pub async fn autosave(&self, draft: &str, version: i64, answers: &[(&str, &str)]) -> Answer {
        let version = version.to_string();
        let form =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("version", &version).extend_pairs(answers).finish();
        let request = self.request(Method::PUT, draft).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        self.send(self.same_site(request)).await
    }

    /// Signs in from the home page's link, as this person of the sandbox.
    pub async fn sign_in(&self, person: &str) -> Answer {
        self.sign_in_through("/sign-in", person).await
    }

    /// Signs in through any link that leads to the provider.
    pub async fn sign_in_through(&self, link: &str, person: &str) -> Answer {
        let back = self.choose_at_provider(link, person).await;
        self.visit(&back).await
    }

    /// Goes to the provider and chooses a person there; gives the address that leads back.
    pub async fn choose_at_provider(&self, link: &str, person: &str) -> String {
        // The provider may know this browser already: then nobody is asked. Here somebody always is.
        self.forget_provider();
        let asked = self.visit(link).await;
        assert!(asked.url.starts_with(&self.sandbox), "{link} does not lead to the provider but to {}", asked.url);
        let request = asked.page_of(200).hidden("request");
        let chosen = self.post(&format!("{}/idp/sign-in", self.sandbox), &[("request", &request), ("person", person)]).await;
        chosen.location()
    }

    /// The provider no longer knows who sits here.
    pub fn forget_provider(&self) {
        self.memory().cookies.retain(|cookie| cookie.path != "/idp");
    }
}

fn keep(cookies: &mut Vec<Cookie>, line: &str) {
    let mut parts = line.split(';').map(str::trim);
    let (name, value) = parts.next().unwrap().split_once('=').unwrap();
    let mut path = "/".to_owned();
    let mut ended = false;
    for part in parts {
        match part.split_once('=') {
            Some(("Path", value)) => path = value.to_owned(),
            Some(("Max-Age", seconds)) => ended = seconds.parse::<i64>().unwrap() <= 0,
            _ => {}
        }
    }
    cookies.retain(|cookie| cookie.name != name || cookie.path != path);
    if !ended {
        cookies.push(Cookie { name: name.into(), value: value.into(), path });
    }
}
