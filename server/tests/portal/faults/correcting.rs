//! People who mend what the platform sends back: a filing that replaces another may only go out after it.

use std::sync::atomic::Ordering;
use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use super::load::{Noted, correct, people_file};
use crate::browser::Browser;
use crate::licence::{filing_of, id_of};

/// So often it is asked whether the portal has been told.
const PATIENCE: u32 = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// As [`people_file`], and in one window somebody has something sent back and mends it, without pause until this is dropped.
pub async fn people_file_and_correct(browser: &Browser, noted: &Noted) {
    tokio::join!(people_file(browser, noted), window(browser.copy(), noted));
}

async fn window(browser: Browser, noted: &Noted) {
    loop {
        let next = noted.sent_back.lock().unwrap().pop_front();
        let filing = match next {
            Some(filing) => Some(filing),
            None => sent_back(&browser, noted).await,
        };
        if let Some(filing) = filing {
            let mut held = Held { noted, filing, is_mended: false };
            held.is_mended = mended(&browser, noted, &held.filing).await;
        }
        tokio::time::sleep(PAUSE / 10).await;
    }
}

/// What is being mended, by one window at a time; a fault may end that anywhere, and then somebody goes on with it.
struct Held<'a> {
    noted: &'a Noted,
    filing: String,
    is_mended: bool,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if !self.is_mended {
            self.noted.sent_back.lock().unwrap().push_back(std::mem::take(&mut self.filing));
        }
    }
}

/// So many of the newest filings are left alone: they may just be taken back.
const NEWEST: usize = 12;

/// Has the platform send back something that was filed, of all in turn, since what fails at first may arrive hours later; gives the
/// filing, if the platform has it.
async fn sent_back(browser: &Browser, noted: &Noted) -> Option<String> {
    let draft = {
        let filed = noted.filed.lock().unwrap();
        let turn = noted.turns.fetch_add(1, Ordering::Relaxed).checked_rem(filed.len().saturating_sub(NEWEST))?;
        filed[turn].clone()
    };
    // Not a commitment, nor what was taken back, nor the same again.
    let is_licence = noted.kept.lock().unwrap().contains_key(&draft) && !noted.taken_back.lock().unwrap().contains(&draft);
    if !is_licence || noted.judged.lock().unwrap().contains(&draft) {
        return None;
    }
    let comments = json!([{ "field": "number", "comment": "编号与证照不符" }]);
    for (kind, data) in [
        ("submission.under_review", json!({ "handler": "审核一岗" })),
        ("submission.returned", json!({ "comments": comments, "note": "请补正" })),
    ] {
        let order = browser.at_sandbox(&format!("/control/submissions/{}/decision", id_of(&draft)));
        match order.json(&json!({ "type": kind, "data": data })).send().await.ok()?.status().as_u16() {
            200 => {}
            // The platform does not have it yet.
            404 => return None,
            _ => {
                noted.judged.lock().unwrap().insert(draft);
                return None;
            }
        }
    }
    noted.judged.lock().unwrap().insert(draft.clone());
    Some(filing_of(&draft))
}

/// Corrects it as soon as the portal has been told; whether that is done, now or before a fault.
async fn mended(browser: &Browser, noted: &Noted, filing: &str) -> bool {
    for _ in 0..PATIENCE {
        if correct(browser, noted, filing).await.is_some() || is_replaced(browser, filing).await == Some(true) {
            return true;
        }
        tokio::time::sleep(PAUSE).await;
    }
    false
}

async fn is_replaced(browser: &Browser, filing: &str) -> Option<bool> {
    let page = browser.request(Method::GET, filing).send().await.ok()?.text().await.ok()?;
    Some(page.contains("已由补正件代替"))
}
