//! Talks to the platform. Every answer becomes one of four outcomes; the platform's moods never become errors elsewhere.

use std::time::Duration;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use credit::attachment::{Attachment, FileState};
use credit::filing::{Happening, Instant};
use reqwest::header::{self, HeaderMap};
use reqwest::{Method, Response, StatusCode};
use sha2::{Digest, Sha256};
use url::Url;

use super::answer::{self, beginning};
use super::wire_v1::{ProblemDetails, Receipt};
use crate::attachments::Attachments;
use crate::storage::{Cargo, Delivery, StorageError};

/// One call takes at most this long.
const CALL: Duration = Duration::from_secs(30);
/// A file, of 20 MB at most: 2 Mbit/s are enough. The files that arrived are there for the next try.
const FILE: Duration = Duration::from_secs(80);
/// After so long the platform is asked again what it is not through with, where it does not say when.
const NOT_THROUGH: Duration = Duration::from_secs(60);
/// A `Retry-After` is honoured up to this long.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// What a try came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The platform has it; what that means for the filing, if anything.
    Taken(Option<Happening>),
    /// The platform has taken it up and is not through with it (202 without a receipt): it is asked again after this long, which is
    /// no failed try.
    Waiting(Duration),
    /// It did not work and may work later; after this long, if the platform said so.
    Later {
        /// The platform's `Retry-After`, within bounds.
        after: Option<Duration>,
        /// What was met.
        problem: String,
        /// Whose fault it is.
        fault: Fault,
    },
    /// The platform will not take it as it is: sent back with reasons.
    Refused(Happening),
    /// It can never work as it is, and the enterprise can do nothing about it: a person must look.
    Stuck(String),
}

/// Whose fault a failed try is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The platform's, or that of the line or our token: any other delivery would have met it too.
    Platform,
    /// That of this delivery.
    Row,
}

/// Takes deliveries to where they belong.
#[async_trait]
pub trait Deliver: Send + Sync {
    /// Delivers; `now` is what a date in the answer is compared with.
    async fn deliver(&self, delivery: &Delivery, now: Instant) -> Outcome;
}

/// The platform.
#[derive(Clone, Debug)]
pub struct PlatformClient {
    base: Url,
    token: String,
    http: reqwest::Client,
    attachments: Attachments,
}

impl PlatformClient {
    /// A platform at this address.
    ///
    /// # Errors
    /// When the client cannot be set up.
    pub fn new(base: &Url, token: String, attachments: Attachments) -> Result<Self, String> {
        let mut base = base.clone();
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5))
            .timeout(CALL)
            .pool_max_idle_per_host(8)
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self { base, token, http, attachments })
    }

    pub(super) fn request(&self, method: Method, path: &str, query: &[(&str, &str)]) -> Result<reqwest::RequestBuilder, Outcome> {
        let mut url = self.base.join(path).map_err(|error| Outcome::Stuck(error.to_string()))?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(self.http.request(method, url).bearer_auth(&self.token))
    }

    async fn put_json(
        &self,
        path: &str,
        delivery: &Delivery,
        now: Instant,
        taken: impl FnOnce(Receipt) -> Option<Happening>,
    ) -> Outcome {
        let body = &delivery.body;
        let digest = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body.as_bytes())));
        let request = match self.request(Method::PUT, path, &[]) {
            Ok(request) => request,
            Err(outcome) => return outcome,
        };
        let sent = request
            .header(header::CONTENT_TYPE, "application/json")
            .header("content-digest", digest)
            .body(body.clone())
            .send()
            .await;
        let answer = match sent {
            Ok(answer) => answer,
            Err(error) => return network(&error),
        };
        if answer.status().is_success() {
            let is_under_way = answer.status() == StatusCode::ACCEPTED;
            let after = patience(answer.headers(), now).unwrap_or(NOT_THROUGH);
            return match answer::read::<Receipt>(answer).await {
                Some(receipt) if receipt.id == delivery.filing_id => Outcome::Taken(taken(receipt)),
                Some(_) => later("the platform's receipt is for another submission"),
                None if is_under_way => Outcome::Waiting(after),
                None => later("the platform's answer is not a receipt"),
            };
        }
        refusal(answer, delivery.cargo, now).await
    }

    /// Sends a file unless the platform has it.
    async fn attachment(&self, attachment: &Attachment, now: Instant) -> Result<(), Outcome> {
        let FileState::Kept { sha256, media_type, bytes } = &attachment.state else { return Ok(()) };
        let path = format!("v1/attachments/{sha256}");
        let known = self.request(Method::HEAD, &path, &[])?.send().await.map_err(|error| network(&error))?;
        if known.status().is_success() {
            return Ok(());
        }
        let content = self.attachments.content(sha256).await.map_err(|error| match error {
            StorageError::Full(why)
            | StorageError::Busy(why)
            | StorageError::Unavailable(why)
            | StorageError::Inconsistent(why) => {
                Outcome::Later { after: None, problem: format!("an attachment cannot be read here: {why}"), fault: Fault::Row }
            }
        })?;
        let answer = self
            .request(Method::PUT, &path, &[])?
            .timeout(FILE)
            .header(header::CONTENT_TYPE, media_type.as_str())
            .header(header::CONTENT_LENGTH, *bytes)
            .body(reqwest::Body::wrap_stream(content))
            .send()
            .await
            .map_err(|error| network(&error))?;
        if answer.status().is_success() { Ok(()) } else { Err(refusal(answer, Cargo::Submission, now).await) }
    }
}

#[async_trait]
impl Deliver for PlatformClient {
    /// First the files, then the submission; or a withdrawal; or which authorisations hold.
    async fn deliver(&self, delivery: &Delivery, now: Instant) -> Outcome {
        match delivery.cargo {
            Cargo::Submission => {
                for attachment in &delivery.attachments {
                    if let Err(outcome) = self.attachment(attachment, now).await {
                        return outcome;
                    }
                }
                let path = format!("v1/submissions/{}", delivery.filing_id);
                self.put_json(&path, delivery, now, |receipt| {
                    Some(Happening::Forwarded { receipt: beginning(&receipt.receipt_number) })
                })
                .await
            }
            Cargo::Withdrawal => {
                let path = format!("v1/submissions/{}/withdrawal", delivery.filing_id);
                self.put_json(&path, delivery, now, |_| Some(Happening::WithdrawalConfirmed)).await
            }
            Cargo::Consents => {
                let path = format!("v1/submissions/{}/consents", delivery.filing_id);
                self.put_json(&path, delivery, now, |_| None).await
            }
        }
    }
}

fn later(problem: impl Into<String>) -> Outcome {
    Outcome::Later { after: None, problem: problem.into(), fault: Fault::Platform }
}

fn network(error: &reqwest::Error) -> Outcome {
    let kind = if error.is_timeout() {
        "the platform did not answer in time"
    } else if error.is_connect() {
        "the platform cannot be reached"
    } else {
        "the line to the platform broke"
    };
    later(kind)
}

/// What a status other than 2xx means.
async fn refusal(answer: Response, cargo: Cargo, now: Instant) -> Outcome {
    let status = answer.status();
    let after = patience(answer.headers(), now);
    let problem: ProblemDetails = answer::read(answer).await.unwrap_or_default();
    // The platform's own words may speak of people: they go to the filing's page, not to the log.
    let words = format!("the platform answered {} {}", status.as_u16(), beginning(&problem.kind));
    match status {
        // A gateway in between refuses in words of its own, whatever is asked: time mends that, and it says nothing of the filing.
        status if status.is_client_error() && problem.kind.is_empty() => {
            Outcome::Later { after, problem: words, fault: Fault::Platform }
        }
        StatusCode::UNPROCESSABLE_ENTITY if problem.is("digest-mismatch") => Outcome::Stuck(words),
        StatusCode::UNPROCESSABLE_ENTITY => Outcome::Refused(problem.returned()),
        StatusCode::CONFLICT if problem.is("already-decided") => Outcome::Taken(Some(Happening::WithdrawalTooLate)),
        // What the platform never took (it refused it, or it was never sent) need not be taken back there.
        StatusCode::NOT_FOUND if cargo == Cargo::Withdrawal && problem.is("unknown-submission") => {
            Outcome::Taken(Some(Happening::WithdrawalConfirmed))
        }
        StatusCode::NOT_FOUND if cargo == Cargo::Consents && problem.is("unknown-submission") => Outcome::Taken(None),
        // A wrong token is ours to mend, and time mends a request that came too early or too often.
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
            Outcome::Later { after, problem: words, fault: Fault::Platform }
        }
        StatusCode::FAILED_DEPENDENCY | StatusCode::TOO_EARLY => Outcome::Later { after, problem: words, fault: Fault::Row },
        status if status.is_server_error() || status.is_redirection() => {
            Outcome::Later { after, problem: words, fault: Fault::Platform }
        }
        _ => Outcome::Stuck(words),
    }
}

/// How long the platform asks to be left alone (RFC 9110, 10.2.3): seconds, or a date. A date is compared with the platform's
/// own clock if the answer tells it.
fn patience(headers: &HeaderMap, now: Instant) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let date = |text| chrono::DateTime::parse_from_rfc2822(text).ok().map(|date| date.timestamp_millis());
    let asked = text(header::RETRY_AFTER)?;
    let wait = match asked.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let theirs = text(header::DATE).and_then(date).unwrap_or(now);
            Duration::from_millis(u64::try_from(date(asked)?.saturating_sub(theirs)).unwrap_or(0))
        }
    };
    Some(wait.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = 784_111_777_000;

    fn asked(retry_after: &str, date: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, retry_after.parse().expect("a header's value"));
        if let Some(date) = date {
            headers.insert(header::DATE, date.parse().expect("a header's value"));
        }
        patience(&headers, NOW).map(|wait| wait.as_secs())
    }

    /// What follows from an answer of this status; the platform's own have a kind, a gateway's have none.
    async fn after(status: u16, kind: &str, cargo: Cargo) -> String {
        let body = if kind.is_empty() { "<html>".to_owned() } else { format!("{{\"type\":\"https://platform/{kind}\"}}") };
        let answer = axum::http::Response::builder().status(status).body(body).expect("an answer");
        match refusal(Response::from(answer), cargo, NOW).await {
            Outcome::Later { fault: Fault::Platform, .. } => "later".to_owned(),
            Outcome::Later { fault: Fault::Row, .. } => "later, the others go on".to_owned(),
            Outcome::Stuck(_) => "a person".to_owned(),
            Outcome::Refused(_) => "sent back".to_owned(),
            Outcome::Taken(happening) => format!("taken: {happening:?}"),
            Outcome::Waiting(_) => "waited for".to_owned(),
        }
    }

    #[tokio::test]
    async fn what_the_platform_has_taken_up_and_is_not_through_with_is_waited_for() {
        use axum::Router;
        use axum::routing::put;
        // Twice it is not through: once it says until when.
        let asked = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let answer = move || {
            let time = asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let answer = axum::http::Response::builder();
            let answer = match time {
                0 => answer.status(202).header("retry-after", "7"),
                1 => answer.status(202),
                _ => answer.status(200),
            };
            let body = if time < 2 { "" } else { "{\"id\":\"f1\",\"receipt_number\":\"FX-1\"}" };
            std::future::ready(answer.body(axum::body::Body::from(body)).expect("an answer"))
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}/", listener.local_addr().expect("it is bound"));
        tokio::spawn(async { axum::serve(listener, Router::new().route("/v1/submissions/f1", put(answer))).await });
        let _ = rustls::crypto::ring::default_provider().install_default();
        let attachments = Attachments::in_folder(&std::env::temp_dir()).expect("it can be written");
        let client = PlatformClient::new(&base.parse().expect("an address"), "t".into(), attachments).expect("a client");
        let delivery = Delivery {
            id: "f1".into(),
            filing_id: "f1".into(),
            cargo: Cargo::Submission,
            body: "{}".into(),
            attachments: Vec::new(),
            attempts: 0,
            born_at: 0,
            lease: "lease".into(),
        };
        assert_eq!(client.deliver(&delivery, NOW).await, Outcome::Waiting(Duration::from_secs(7)));
        assert_eq!(client.deliver(&delivery, NOW).await, Outcome::Waiting(NOT_THROUGH));
        let taken = Outcome::Taken(Some(Happening::Forwarded { receipt: "FX-1".into() }));
        assert_eq!(client.deliver(&delivery, NOW).await, taken);
    }

    #[tokio::test]
    async fn every_status_leads_to_a_retry_to_the_filer_or_to_a_person() {
        let submission = [
            (&[302, 401, 403, 408, 429, 500, 501, 502, 503, 504, 599][..], "later"),
            (&[424, 425], "later, the others go on"),
            (&[400, 402, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 417, 428, 431, 451], "a person"),
            (&[422], "sent back"),
        ];
        for (statuses, what) in submission {
            for status in statuses {
                assert_eq!(after(*status, "some-kind", Cargo::Submission).await, what, "{status}");
                // A gateway speaks for itself: whatever it says, time mends it.
                assert!(after(*status, "", Cargo::Submission).await.starts_with("later"), "{status} of a gateway");
            }
        }
        assert_eq!(after(422, "digest-mismatch", Cargo::Submission).await, "a person");
        assert_eq!(after(404, "unknown-submission", Cargo::Submission).await, "a person");
        assert_eq!(after(404, "unknown-submission", Cargo::Withdrawal).await, "taken: Some(WithdrawalConfirmed)");
        assert_eq!(after(404, "unknown-submission", Cargo::Consents).await, "taken: None");
        assert_eq!(after(409, "already-decided", Cargo::Withdrawal).await, "taken: Some(WithdrawalTooLate)");
    }

    #[test]
    fn patience_is_asked_for_in_seconds_or_until_a_date() {
        assert_eq!(asked("120", None), Some(120));
        assert_eq!(asked("Sun, 06 Nov 1994 08:51:37 GMT", None), Some(120));
        assert_eq!(asked("Sun, 06 Nov 1994 09:51:37 GMT", Some("Sun, 06 Nov 1994 09:50:37 GMT")), Some(60), "by their clock");
        assert_eq!(asked("Sun, 06 Nov 1994 08:00:00 GMT", None), Some(0), "a date that is past");
    }

    #[test]
    fn no_more_than_an_hour_of_patience_is_given_and_none_for_rubbish() {
        assert_eq!(asked("999999999", None), Some(3600));
        assert_eq!(asked("Sat, 06 Nov 2094 08:51:37 GMT", None), Some(3600));
        for rubbish in ["soon", "-5", "1.5", "Someday, 06 Nov 1994", "99999999999999999999999"] {
            assert_eq!(asked(rubbish, None), None, "{rubbish}");
        }
    }
}
