//! Reads what the platform has on file of an enterprise, while somebody waits for the page.

use std::time::Duration;

use credit::credit_code::CreditCode;
use credit::filing::Instant;
use credit::on_file::OnFile;
use reqwest::{Method, StatusCode};

use super::answer;
use super::client::PlatformClient;
use super::wire_v1::{Records, StandingOnFile, on_file};

/// Nobody waits longer for a page than this.
const PATIENCE: Duration = Duration::from_secs(2);

/// What came of a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It was read.
    Read(OnFile),
    /// The platform knows no such enterprise.
    Unknown,
    /// It did not answer, or not as the contract says; why, for the log.
    NotRead(String),
}

impl PlatformClient {
    /// Standing and records at once, within two seconds.
    pub async fn on_file(&self, enterprise: &CreditCode, now: Instant) -> Reading {
        let both = async {
            tokio::try_join!(
                self.read::<StandingOnFile>(format!("v1/enterprises/{}/standing", enterprise.as_str())),
                self.read::<Records>(format!("v1/enterprises/{}/records", enterprise.as_str())),
            )
        };
        match tokio::time::timeout(PATIENCE, both).await {
            Ok(Ok((Some(standing), Some(records)))) => Reading::Read(on_file(standing, records, now)),
            Ok(Ok((None, None))) => Reading::Unknown,
            // What one half of it says must not be lost for the other half.
            Ok(Ok(_)) => {
                Reading::NotRead("the platform knows the enterprise's standing and not its records, or the reverse".into())
            }
            Ok(Err(why)) => Reading::NotRead(why),
            Err(_) => Reading::NotRead("no answer within two seconds".into()),
        }
    }

    /// None: there is no such enterprise.
    async fn read<T: serde::de::DeserializeOwned>(&self, path: String) -> Result<Option<T>, String> {
        let request = self.request(Method::GET, &path, &[]).map_err(|_| "the platform's address is wrong".to_owned())?;
        let answer = request.send().await.map_err(|error| {
            // Without the address: it names the enterprise.
            error.without_url().to_string()
        })?;
        match answer.status() {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => {
                answer::read(answer).await.map(Some).ok_or_else(|| "the platform's answer is not as the contract says".to_owned())
            }
            status => Err(format!("the platform answered {}", status.as_u16())),
        }
    }
}
