//! Many people at once, for a short while.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use crate::browser::Browser;
use crate::licence::{SOUND, begin, file, filing_of, page_of, press, with};
use crate::multipart::ChosenFile;
use crate::panics;
use crate::world::{World, eventually};

const PEOPLE: [&str; 8] = [
    "legal-representative",
    "agent",
    "breached",
    "shopkeeper",
    "legal-representative",
    "agent-without-mandate",
    "breached",
    "shopkeeper",
];

pub async fn eight_people_at_once_meet_no_fault(world: World) {
    let browsers = join_all(PEOPLE.map(|person| world.browser_of(person))).await;
    let until = Instant::now() + Duration::from_secs(2);
    let work = browsers.iter().zip(PEOPLE).map(|(browser, person)| async move {
        let (mut requests, mut filings) = (0, Vec::new());
        while Instant::now() < until {
            let (made, filing) = one_round(browser, person != "agent-without-mandate").await;
            requests += made;
            filings.extend(filing);
        }
        (requests, filings)
    });
    let done = join_all(work).await;
    let requests: usize = done.iter().map(|(requests, _)| requests).sum();
    assert!(requests > 100, "{requests} requests");
    let filings: usize = done.iter().map(|(_, filings)| filings.len()).sum();
    assert!(filings >= 7, "{filings} filings");
    eventually("every filing has arrived", async || (world.submissions().await == filings).then_some(())).await;
    for (browser, (_, filings)) in browsers.iter().zip(&done) {
        for filing in filings {
            page_of(browser, filing).await;
        }
    }
    assert_eq!(panics::so_far(), 0);
}

/// Reads, types and files as a person would; gives how many requests that took, and the filing.
async fn one_round(browser: &Browser, may_file: bool) -> (usize, Option<String>) {
    let pages = ["/", "/help", "/filings", "/registrations/licence", "/assets/main-0000.css"];
    for page in pages {
        assert_eq!(browser.get(page).await.status, 200, "{page}");
    }
    assert_eq!(browser.get("/nowhere").await.status, 404);
    let draft = begin(browser).await;
    let saved = browser.autosave(&draft, 1, &[("title", "边写边存")]).await;
    assert_eq!(saved.status, 200);
    press(browser, &draft, &with(&[("issued_on", "never")]), "continue", &[]).await.location();
    press(browser, &draft, SOUND, "continue", &[ChosenFile::pdf("a.pdf")]).await.location();
    assert_eq!(browser.get(&format!("{draft}/review")).await.status, 200);
    if !may_file {
        browser.post(&format!("{draft}/deletion"), &[]).await.location();
        return (14, None);
    }
    file(browser, &draft, &["publish"]).await;
    assert_eq!(browser.get(&filing_of(&draft)).await.status, 200);
    (16, Some(filing_of(&draft)))
}
