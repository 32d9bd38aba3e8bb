//! Reads the platform's own list of what it has, for reconciliation.

use async_trait::async_trait;
use reqwest::{Method, StatusCode};

use super::answer;
use super::client::PlatformClient;
use super::wire_v1::{SubmissionPage, SubmissionWithEvents};
use crate::storage::reconciliations::ListPlace;

/// How many submissions are asked for at once: the most that the contract allows.
const PAGE: u32 = 200;

/// Why the list could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotListed {
    /// The platform does not know this place in its list.
    NoSuchPlace,
    /// Anything else, in words for the operator.
    Trouble(String),
}

/// The platform's list.
#[async_trait]
pub trait PlatformList: Send + Sync {
    /// What changed since a place.
    ///
    /// # Errors
    /// [`NotListed`].
    async fn page(&self, since: &ListPlace) -> Result<SubmissionPage, NotListed>;

    /// One submission with its events; none: the platform says that it does not have it.
    ///
    /// # Errors
    /// [`NotListed::Trouble`].
    async fn submission(&self, id: &str) -> Result<Option<SubmissionWithEvents>, NotListed>;
}

#[async_trait]
impl PlatformList for PlatformClient {
    async fn page(&self, since: &ListPlace) -> Result<SubmissionPage, NotListed> {
        let limit = PAGE.to_string();
        let mut query = vec![("limit", limit.as_str())];
        query.extend(since.0.as_deref().map(|since| ("since", since)));
        let answer = self.get("v1/submissions", &query).await?;
        match answer.status() {
            status if status.is_success() => answer::read(answer).await.ok_or_else(unlike_the_contract),
            StatusCode::BAD_REQUEST => Err(NotListed::NoSuchPlace),
            status => Err(NotListed::Trouble(format!("the platform answered {}", status.as_u16()))),
        }
    }

    async fn submission(&self, id: &str) -> Result<Option<SubmissionWithEvents>, NotListed> {
        let answer = self.get(&format!("v1/submissions/{id}"), &[]).await?;
        match answer.status() {
            status if status.is_success() => answer::read(answer).await.map(Some).ok_or_else(unlike_the_contract),
            StatusCode::NOT_FOUND => Ok(None),
            status => Err(NotListed::Trouble(format!("the platform answered {}", status.as_u16()))),
        }
    }
}

impl PlatformClient {
    async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<reqwest::Response, NotListed> {
        let request =
            self.request(Method::GET, path, query).map_err(|_| NotListed::Trouble("the platform's address is wrong".to_owned()))?;
        request.send().await.map_err(|error| NotListed::Trouble(error.without_url().to_string()))
    }
}

fn unlike_the_contract() -> NotListed {
    NotListed::Trouble("the platform's answer is not as the contract says".to_owned())
}
