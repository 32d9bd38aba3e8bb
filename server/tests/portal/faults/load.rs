//! People who draft and file, and note what they were told. Here a request that fails is no failure of the test.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{Method, RequestBuilder};

use crate::browser::Browser;
use crate::licence::{filing_of, ticked, with};
use crate::multipart::{self, ChosenFile};
use crate::page::Page;

/// What people were told by an answer.
#[derive(Debug, Default)]
pub struct Noted {
    /// The drafts that were kept, with the number that was typed into each.
    pub kept: Mutex<BTreeMap<String, String>>,
    /// The drafts that were filed.
    pub filed: Mutex<Vec<String>>,
    numbers: AtomicU32,
}

/// Four windows file without pause until this is dropped. What they are told is noted when they are told.
pub async fn people_file(browser: &Browser, noted: &Noted) {
    join_all((0..4).map(|_| window(browser.copy(), noted))).await;
}

async fn window(browser: Browser, noted: &Noted) {
    loop {
        if one(&browser, noted).await.is_none() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

async fn one(browser: &Browser, noted: &Noted) -> Option<()> {
    let number = format!("N-{}", noted.numbers.fetch_add(1, Ordering::Relaxed));
    let form = "application/x-www-form-urlencoded";
    let begun = browser.request(Method::POST, "/drafts").header(CONTENT_TYPE, form).body("kind=licence");
    let draft = led(begun).await?;
    let mut fields = vec![("version", "1")];
    fields.extend(with(&[("number", &number)]));
    fields.push(("action", "continue"));
    let body = multipart::body(&fields, &[ChosenFile::pdf("a.pdf")]);
    led(browser.request(Method::POST, &draft).header(CONTENT_TYPE, multipart::media_type()).body(body)).await?;
    noted.kept.lock().unwrap().insert(draft.clone(), number);
    let review = browser.request(Method::GET, &format!("{draft}/review")).send().await.ok()?;
    if review.status() != 200 {
        return None;
    }
    let page = Page::read(&review.text().await.ok()?);
    let (version, files) = (page.version(), page.hidden("files"));
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(ticked(&version, &files, &[])).finish();
    let onward = led(browser.request(Method::POST, &format!("{draft}/filing")).header(CONTENT_TYPE, form).body(body)).await?;
    if onward.starts_with(&filing_of(&draft)) {
        noted.filed.lock().unwrap().push(draft);
    }
    Some(())
}

/// Where an answer leads, if there was one and it leads on.
async fn led(request: RequestBuilder) -> Option<String> {
    let answer = request.header("sec-fetch-site", "same-origin").send().await.ok()?;
    let location = answer.headers().get(LOCATION)?.to_str().ok()?.to_owned();
    (answer.status() == 303).then_some(location)
}
