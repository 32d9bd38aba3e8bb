//! People who draft and file, and note what they were told. Here a request that fails is no failure of the test.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{Method, RequestBuilder};

use crate::browser::Browser;
use crate::licence::{filing_of, id_of, ticked, with};
use crate::multipart::{self, ChosenFile};
use crate::page::Page;

/// What people were told by an answer.
#[derive(Debug, Default)]
pub struct Noted {
    /// The drafts that were kept, with the number that was typed into each.
    pub kept: Mutex<BTreeMap<String, String>>,
    /// The drafts that were filed.
    pub filed: Mutex<Vec<String>>,
    /// Those of them that were taken back.
    pub taken_back: Mutex<Vec<String>>,
    /// How often somebody looked for something that the platform could send back.
    pub turns: AtomicUsize,
    /// What it was to send back, whether it did or could not.
    pub judged: Mutex<BTreeSet<String>>,
    /// What the platform sent back and nobody has mended yet.
    pub sent_back: Mutex<VecDeque<String>>,
    /// What was mended: the filing that corrects, and the one that it corrects, by id.
    pub corrected: Mutex<BTreeMap<String, String>>,
    /// How many each window filed.
    pub by_window: [AtomicU32; WINDOWS],
    numbers: AtomicU32,
}

/// So many people file at once.
const WINDOWS: usize = 4;

/// All windows file without pause until this is dropped. What they are told is noted when they are told.
pub async fn people_file(browser: &Browser, noted: &Noted) {
    join_all(noted.by_window.iter().map(|count| window(browser.copy(), noted, count))).await;
}

async fn window(browser: Browser, noted: &Noted, count: &AtomicU32) {
    loop {
        match one(&browser, noted).await {
            Some(()) => _ = count.fetch_add(1, Ordering::Relaxed),
            None => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
}

async fn one(browser: &Browser, noted: &Noted) -> Option<()> {
    let draft = file_licence(browser, noted).await?;
    // Every third is taken back at once: so there is an order to keep.
    let (is_third, filing) = (noted.number().is_multiple_of(3), filing_of(&draft));
    if is_third && led(posted(browser, &format!("{filing}/withdrawal"), &[("action", "confirm")])).await? == filing {
        noted.taken_back.lock().unwrap().push(draft);
    }
    Some(())
}

impl Noted {
    /// How many were filed by all windows.
    pub fn filed_by_all(&self) -> u32 {
        self.by_window.iter().map(|count| count.load(Ordering::Relaxed)).sum()
    }

    /// Another each time.
    fn number(&self) -> u32 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }
}

/// Begins a draft, fills it in and files it; gives the draft.
async fn file_licence(browser: &Browser, noted: &Noted) -> Option<String> {
    let number = format!("N-{}", noted.number());
    let draft = led(posted(browser, "/drafts", &[("kind", "licence")])).await.filter(|draft| draft.starts_with("/drafts/"))?;
    // A file of its own, which its name is part of.
    fill_in(browser, noted, &draft, "1", &number, &[ChosenFile::pdf(&format!("{number}.pdf"))]).await?;
    file(browser, noted, &draft).await.map(|()| draft)
}

/// Fills a draft in, of which this is the version.
async fn fill_in(browser: &Browser, noted: &Noted, draft: &str, version: &str, number: &str, files: &[ChosenFile]) -> Option<()> {
    let mut fields = vec![("version", version)];
    fields.extend(with(&[("number", number)]));
    fields.push(("action", "continue"));
    let body = multipart::body(&fields, files);
    let kept = led(browser.request(Method::POST, draft).header(CONTENT_TYPE, multipart::media_type()).body(body)).await?;
    // Not to the sign-in, say.
    if !kept.starts_with(draft) {
        return None;
    }
    noted.kept.lock().unwrap().insert(draft.to_owned(), number.to_owned());
    Some(())
}

/// Files a draft. Whoever gets no answer files again.
async fn file(browser: &Browser, noted: &Noted, draft: &str) -> Option<()> {
    let filing = filing_of(draft);
    let mut tries = 0;
    while !filed(browser, draft).await.is_some_and(|onward| onward.starts_with(&filing)) {
        tries += 1;
        if tries == 3 {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    noted.filed.lock().unwrap().push(draft.to_owned());
    Some(())
}

/// Begins to correct a filing, with another number, and files that.
pub async fn correct(browser: &Browser, noted: &Noted, filing: &str) -> Option<()> {
    let begun = led(posted(browser, &format!("{filing}/correction"), &[("action", "correct")])).await;
    let draft = begun.filter(|draft| draft.starts_with("/drafts/"))?;
    // Somebody may have begun it before a fault.
    let page = browser.request(Method::GET, &draft).send().await.ok().filter(|page| page.status() == 200)?;
    let version = Page::read(&page.text().await.ok()?).version();
    fill_in(browser, noted, &draft, &version, &format!("N-{}", noted.number()), &[]).await?;
    file(browser, noted, &draft).await?;
    noted.corrected.lock().unwrap().insert(id_of(&draft), id_of(filing));
    Some(())
}

/// Reads the review and files; gives where the answer leads. One that was filed before leads there at once.
async fn filed(browser: &Browser, draft: &str) -> Option<String> {
    let review = browser.request(Method::GET, &format!("{draft}/review")).send().await.ok()?;
    if review.status() == 303 {
        return Some(review.headers().get(LOCATION)?.to_str().ok()?.to_owned());
    }
    if review.status() != 200 {
        return None;
    }
    let page = Page::read(&review.text().await.ok()?);
    let (version, files) = (page.version(), page.hidden("files"));
    led(posted(browser, &format!("{draft}/filing"), &ticked(&version, &files, &[]))).await
}

/// Two windows make commitments without pause until this is dropped; who signed in a moment ago need only confirm them.
pub async fn people_commit(browser: &Browser, noted: &Noted) {
    join_all((0..2).map(|_| async {
        let browser = browser.copy();
        loop {
            if commitment(&browser, noted).await.is_none() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }))
    .await;
}

async fn commitment(browser: &Browser, noted: &Noted) -> Option<()> {
    let draft = led(posted(browser, "/drafts", &[("kind", "commitment"), ("template", "prepaid-cards")])).await?;
    let fields = [("version", "1"), ("blank.refund_days", "7"), ("blank.notice_days", "30"), ("action", "continue")];
    let filled = browser.request(Method::POST, &draft).header(CONTENT_TYPE, multipart::media_type());
    led(filled.body(multipart::body(&fields, &[]))).await?;
    let review = browser.request(Method::GET, &format!("{draft}/review")).send().await.ok()?;
    let page = Page::read(&review.text().await.ok()?);
    if !page.html.contains("name=\"at\"") {
        return None;
    }
    let (version, at) = (page.version(), page.hidden("at"));
    let fields = [("version", version.as_str()), ("at", &at), ("chosen", "yes"), ("confirm", "yes")];
    let onward = led(posted(browser, &format!("{draft}/signature"), &fields)).await?;
    if onward.starts_with(&filing_of(&draft)) {
        noted.filed.lock().unwrap().push(draft);
    }
    Some(())
}

fn posted(browser: &Browser, place: &str, fields: &[(&str, &str)]) -> RequestBuilder {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    browser.request(Method::POST, place).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)
}

/// Where an answer leads, if there was one and it leads on.
async fn led(request: RequestBuilder) -> Option<String> {
    let answer = request.header("sec-fetch-site", "same-origin").send().await.ok()?;
    let location = answer.headers().get(LOCATION)?.to_str().ok()?.to_owned();
    (answer.status() == 303).then_some(location)
}
