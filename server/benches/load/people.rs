//! Windows in which somebody files one licence after another, and how long the answers took.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION};
use reqwest::{Client, RequestBuilder, Response};

use crate::arguments::Arguments;
use crate::multipart::{self, ChosenFile};
use crate::page::Page;

/// What all windows came to.
#[derive(Default)]
pub struct Windows {
    /// The filings whose acceptance was answered, by id.
    pub filed: Vec<String>,
    /// How long each acceptance took to be answered.
    pub accepting: Vec<Duration>,
    /// How long each form with its file took to be kept.
    pub keeping: Vec<Duration>,
    /// How long each page took.
    pub reading: Vec<Duration>,
}

impl Windows {
    /// Opens them, spread over these nodes, and has somebody file in each until the time is over.
    pub async fn file(nodes: &[String], session: &str, arguments: Arguments) -> Self {
        let until = Instant::now() + arguments.lasting;
        let numbers = Arc::new(AtomicUsize::new(1));
        let windows: Vec<_> = (0..arguments.windows)
            .map(|number| {
                let window = Window {
                    http: Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().expect("a client"),
                    node: nodes[number % nodes.len()].clone(),
                    session: session.to_owned(),
                    numbers: numbers.clone(),
                    noted: Self::default(),
                };
                tokio::spawn(window.file_until(until))
            })
            .collect();
        let mut all = Self::default();
        for window in windows {
            let noted = window.await.expect("every request was answered as it should");
            all.filed.extend(noted.filed);
            all.accepting.extend(noted.accepting);
            all.keeping.extend(noted.keeping);
            all.reading.extend(noted.reading);
        }
        all
    }
}

struct Window {
    http: Client,
    node: String,
    session: String,
    numbers: Arc<AtomicUsize>,
    noted: Windows,
}

impl Window {
    async fn file_until(mut self, until: Instant) -> Windows {
        while Instant::now() < until {
            self.file_one().await;
        }
        self.noted
    }

    async fn file_one(&mut self) {
        let number = format!("JY1310{:08}", self.numbers.fetch_add(1, Ordering::Relaxed));
        let begun = self.send(self.form("/drafts", &[("kind", "licence")])).await;
        let draft = led(&begun);
        let fields = [
            ("version", "1"),
            ("category", "permit"),
            ("title", "食品经营许可证"),
            ("number", &number),
            ("issuer", "上海市奉贤区市场监督管理局"),
            ("issued_on", "2025-03-05"),
            ("valid_until", "2030-03-04"),
            ("action", "continue"),
        ];
        let body = multipart::body(&fields, &[ChosenFile::pdf("许可证.pdf")]);
        let began = Instant::now();
        let kept = self.send(self.http.post(self.url(&draft)).header(CONTENT_TYPE, multipart::media_type()).body(body)).await;
        self.noted.keeping.push(began.elapsed());
        let began = Instant::now();
        let review = self.send(self.http.get(self.url(&led(&kept)))).await;
        assert_eq!(review.status(), 200);
        let page = Page::read(&review.text().await.expect("the page arrives"));
        self.noted.reading.push(began.elapsed());
        let (version, files) = (page.version(), page.hidden("files"));
        let pledge = [("version", &*version), ("files", &files), ("pledge", "yes"), ("action", "submit")];
        let began = Instant::now();
        let accepted = self.send(self.form(&format!("{draft}/filing"), &pledge)).await;
        self.noted.accepting.push(began.elapsed());
        let filing = led(&accepted);
        assert!(filing.contains("filed=1"), "{filing}");
        self.noted.filed.push(draft.rsplit('/').next().unwrap_or_default().to_owned());
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.node)
    }

    fn form(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.http.post(self.url(path)).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)
    }

    async fn send(&self, request: RequestBuilder) -> Response {
        request.header(COOKIE, &self.session).header("sec-fetch-site", "same-origin").send().await.expect("it answers")
    }
}

/// Where an answer leads.
fn led(answer: &Response) -> String {
    assert_eq!(answer.status(), 303, "{}", answer.url());
    let location = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    location.expect("it leads on").to_owned()
}
