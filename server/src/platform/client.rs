//! Talks to the platform. Every answer becomes one of four outcomes; the platform's moods never become errors elsewhere.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use credit::attachment::{Attachment, FileState};
use credit::filing::Happening;
use reqwest::{Method, Response, StatusCode, header};
use sha2::{Digest, Sha256};
use url::Url;

use super::wire_v1::{ProblemDetails, Receipt};
use crate::attachments::Attachments;
use crate::storage::{Cargo, Delivery, StorageError};

/// One call takes at most this long.
const CALL: Duration = Duration::from_secs(30);
/// A `Retry-After` is honoured up to this long.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// What a try came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The platform has it; what that means for the filing, if anything.
    Taken(Option<Happening>),
    /// It did not work and may work later; after this long, if the platform said so.
    Later {
        /// The platform's `Retry-After`, within bounds.
        after: Option<Duration>,
        /// What was met.
        problem: String,
    },
    /// The platform will not take it as it is: sent back with reasons.
    Refused(Happening),
    /// It can never work as it is, and the enterprise can do nothing about it: a person must look.
    Stuck(String),
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

    /// Delivers: first the files, then the submission; or a withdrawal; or which authorisations hold.
    pub async fn deliver(&self, delivery: &Delivery) -> Outcome {
        match delivery.cargo {
            Cargo::Submission => {
                for attachment in &delivery.attachments {
                    if let Err(outcome) = self.attachment(attachment).await {
                        return outcome;
                    }
                }
                let path = format!("v1/submissions/{}", delivery.filing_id);
                self.put_json(&path, delivery, |receipt| Some(Happening::Forwarded { receipt: receipt.receipt_number })).await
            }
            Cargo::Withdrawal => {
                let path = format!("v1/submissions/{}/withdrawal", delivery.filing_id);
                self.put_json(&path, delivery, |_| Some(Happening::WithdrawalConfirmed)).await
            }
            Cargo::Consents => {
                let path = format!("v1/submissions/{}/consents", delivery.filing_id);
                self.put_json(&path, delivery, |_| None).await
            }
        }
    }

    pub(super) fn request(&self, method: Method, path: &str) -> Result<reqwest::RequestBuilder, Outcome> {
        let url = self.base.join(path).map_err(|error| Outcome::Stuck(error.to_string()))?;
        Ok(self.http.request(method, url).bearer_auth(&self.token))
    }

    async fn put_json(&self, path: &str, delivery: &Delivery, taken: impl FnOnce(Receipt) -> Option<Happening>) -> Outcome {
        let body = &delivery.body;
        let digest = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body.as_bytes())));
        let request = match self.request(Method::PUT, path) {
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
            return match answer.json::<Receipt>().await {
                Ok(receipt) if receipt.id == delivery.filing_id => Outcome::Taken(taken(receipt)),
                Ok(_) => later("the platform's receipt is for another submission"),
                Err(_) => later("the platform's answer is not a receipt"),
            };
        }
        refusal(answer, delivery.cargo).await
    }

    /// Sends a file unless the platform has it.
    async fn attachment(&self, attachment: &Attachment) -> Result<(), Outcome> {
        let FileState::Kept { sha256, media_type, bytes } = &attachment.state else { return Ok(()) };
        let path = format!("v1/attachments/{sha256}");
        let known = self.request(Method::HEAD, &path)?.send().await.map_err(|error| network(&error))?;
        if known.status().is_success() {
            return Ok(());
        }
        let content = self.attachments.content(sha256).await.map_err(|error| match error {
            StorageError::Full(why)
            | StorageError::Busy(why)
            | StorageError::Unavailable(why)
            | StorageError::Inconsistent(why) => later(format!("an attachment cannot be read here: {why}")),
        })?;
        let answer = self
            .request(Method::PUT, &path)?
            .header(header::CONTENT_TYPE, media_type.as_str())
            .header(header::CONTENT_LENGTH, *bytes)
            .body(reqwest::Body::wrap_stream(content))
            .send()
            .await
            .map_err(|error| network(&error))?;
        if answer.status().is_success() { Ok(()) } else { Err(refusal(answer, Cargo::Submission).await) }
    }
}

fn later(problem: impl Into<String>) -> Outcome {
    Outcome::Later { after: None, problem: problem.into() }
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
async fn refusal(answer: Response, cargo: Cargo) -> Outcome {
    let status = answer.status();
    let after = answer
        .headers()
        .get(header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .map(|seconds| Duration::from_secs(seconds).min(LONGEST_WAIT));
    let problem: ProblemDetails = answer.json().await.unwrap_or_default();
    // The platform's own words may speak of people: they go to the filing's page, not to the log.
    let words = format!("the platform answered {} {}", status.as_u16(), problem.kind);
    match status {
        StatusCode::UNPROCESSABLE_ENTITY if problem.is("digest-mismatch") => Outcome::Stuck(words),
        StatusCode::UNPROCESSABLE_ENTITY => Outcome::Refused(problem.returned()),
        StatusCode::CONFLICT if problem.is("already-decided") => Outcome::Taken(Some(Happening::WithdrawalTooLate)),
        // What the platform never took (it refused it, or it was never sent) need not be taken back there.
        StatusCode::NOT_FOUND if cargo == Cargo::Withdrawal && problem.is("unknown-submission") => {
            Outcome::Taken(Some(Happening::WithdrawalConfirmed))
        }
        StatusCode::NOT_FOUND if cargo == Cargo::Consents && problem.is("unknown-submission") => Outcome::Taken(None),
        // A wrong token is ours to mend, and time mends a request that came too early or too often.
        StatusCode::UNAUTHORIZED
        | StatusCode::FORBIDDEN
        | StatusCode::REQUEST_TIMEOUT
        | StatusCode::FAILED_DEPENDENCY
        | StatusCode::TOO_EARLY
        | StatusCode::TOO_MANY_REQUESTS => Outcome::Later { after, problem: words },
        status if status.is_server_error() || status.is_redirection() => Outcome::Later { after, problem: words },
        _ => Outcome::Stuck(words),
    }
}
