//! The bucket for attachments.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig};
use serde::Deserialize;
use url::Url;

use super::secret;

/// The line to the store must stand within this.
const CONNECT: Duration = Duration::from_secs(5);
/// One call takes at most this long.
const CALL: Duration = Duration::from_secs(30);

/// A bucket of an S3-compatible store.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectSettings {
    /// Where the store answers, such as `https://s3.example.cn`.
    pub endpoint: Url,
    /// The bucket; it must be there already.
    pub bucket: String,
    /// The region that requests are signed for; many stores take any.
    #[serde(default = "any_region")]
    pub region: String,
    /// Our name there.
    pub access_key_id: String,
    /// The file with the key that belongs to it.
    pub secret_key_file: PathBuf,
}

fn any_region() -> String {
    "us-east-1".into()
}

impl ObjectSettings {
    /// The bucket. Nothing is asked of the store yet.
    ///
    /// # Errors
    /// A sentence that names the setting that is wrong.
    pub fn bucket(&self) -> Result<Arc<dyn ObjectStore>, String> {
        let key = secret("objects.secret_key_file", &self.secret_key_file).map_err(|wrong| wrong.to_string())?;
        // Somebody waits: what does not go at once, or at the second try, is said.
        let retry = RetryConfig { backoff: BackoffConfig::default(), max_retries: 1, retry_timeout: CALL };
        let bucket = AmazonS3Builder::new()
            .with_client_options(ClientOptions::new().with_connect_timeout(CONNECT).with_timeout(CALL))
            .with_retry(retry)
            .with_endpoint(self.endpoint.as_str().trim_end_matches('/'))
            .with_bucket_name(&self.bucket)
            .with_region(&self.region)
            .with_access_key_id(&self.access_key_id)
            .with_secret_access_key(key)
            // The settings allow it only on this machine.
            .with_allow_http(self.endpoint.scheme() == "http")
            .build();
        bucket.map(|bucket| Arc::new(bucket) as Arc<dyn ObjectStore>).map_err(|why| format!("objects: {why}"))
    }
}
