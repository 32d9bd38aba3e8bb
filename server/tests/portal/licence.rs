//! A licence as a person fills it in, and the usual ways through the portal.

use crate::browser::{Answer, Browser};
use crate::multipart::ChosenFile;
use crate::page::Page;
use crate::world::eventually;

pub const TITLE: &str = "食品经营许可证";

/// Answers that hold.
pub const SOUND: &[(&str, &str)] = &[
    ("category", "permit"),
    ("title", TITLE),
    ("number", "JY13101200000001"),
    ("issuer", "上海市奉贤区市场监督管理局"),
    ("issued_on", "2025-03-05"),
    ("valid_until", "2030-03-04"),
];

/// The sound answers with some of them changed.
pub fn with<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut answers: Vec<(&str, &str)> =
        SOUND.iter().filter(|(name, _)| !changed.iter().any(|(other, _)| name == other)).copied().collect();
    answers.extend(changed);
    answers
}

/// Begins a draft; gives its address, `/drafts/…`.
pub async fn begin(browser: &Browser) -> String {
    let address = browser.post("/drafts", &[("kind", "licence")]).await.location();
    assert!(address.starts_with("/drafts/"), "{address}");
    address
}

/// The address of the filing that a draft becomes.
pub fn filing_of(draft: &str) -> String {
    draft.replace("/drafts/", "/filings/")
}

/// The id in an address.
pub fn id_of(address: &str) -> String {
    address.split(['/', '?', '#']).nth(2).unwrap().to_owned()
}

pub async fn page_of(browser: &Browser, address: &str) -> Page {
    browser.get(address).await.page_of(200)
}

/// Types answers into the draft's page and presses a button; one hop.
pub async fn press(browser: &Browser, draft: &str, answers: &[(&str, &str)], button: &str, files: &[ChosenFile]) -> Answer {
    let version = page_of(browser, draft).await.version();
    press_over(browser, draft, &version, answers, button, files).await
}

/// As [`press`], over any version.
pub async fn press_over(
    browser: &Browser,
    draft: &str,
    version: &str,
    answers: &[(&str, &str)],
    button: &str,
    files: &[ChosenFile],
) -> Answer {
    let mut fields = vec![("version", version)];
    fields.extend(answers);
    fields.push(("action", button));
    browser.post_with_files(draft, &fields, files).await
}

/// A draft that holds, with one file; its review page is next.
pub async fn sound_draft(browser: &Browser) -> String {
    let draft = begin(browser).await;
    let onward = press(browser, &draft, SOUND, "continue", &[ChosenFile::pdf("许可证.pdf")]).await.location();
    assert_eq!(onward, format!("{draft}/review"));
    draft
}

/// The fields of the review page's form as it is shown, with these purposes and the pledge ticked.
pub fn ticked<'a>(version: &'a str, files: &'a str, purposes: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("version", version), ("files", files)];
    fields.extend(purposes.iter().map(|purpose| ("purpose", *purpose)));
    fields.extend([("pledge", "yes"), ("action", "submit")]);
    fields
}

/// Ticks the pledge on the review page and files; gives the filing's address.
pub async fn file(browser: &Browser, draft: &str, purposes: &[&str]) -> String {
    let page = page_of(browser, &format!("{draft}/review")).await;
    let (version, files) = (page.version(), page.hidden("files"));
    let onward = browser.post(&format!("{draft}/filing"), &ticked(&version, &files, purposes)).await.location();
    assert_eq!(onward, format!("{}?filed=1", filing_of(draft)));
    filing_of(draft)
}

/// Fills in and files.
pub async fn filed(browser: &Browser) -> String {
    let draft = sound_draft(browser).await;
    file(browser, &draft, &[]).await
}

/// The filing's page, once it says where it stands.
pub async fn page_in_state(browser: &Browser, filing: &str, state: &str) -> Page {
    eventually(state, async || Some(page_of(browser, filing).await).filter(|page| page.state() == state)).await
}
