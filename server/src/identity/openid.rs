//! OpenID Connect: authorization code flow with PKCE, against discovery.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use async_trait::async_trait;
use credit::filing::Instant;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClaimName, CoreClaimType, CoreClientAuthMethod,
    CoreErrorResponseType, CoreGenderClaim, CoreGrantType, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm, CoreResponseMode, CoreResponseType, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreSubjectIdentifierType, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AdditionalProviderMetadata, AsyncHttpClient, AuthenticationContextClass, AuthorizationCode, Client, ClientId,
    ClientSecret, CsrfToken, EmptyExtraTokenFields, HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, ProviderMetadata, RedirectUrl, StandardErrorResponse, StandardTokenResponse, TokenResponse,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use url::Url;

use super::{Begun, Identified, IdentityError, IdentityProvider, Returned, claims};
use crate::config::ClaimNames;

/// The provider's own words about itself are read again after this long.
const METADATA_MS: i64 = 10 * 60 * 1000;
/// The most bytes of an answer of the provider: metadata, keys and tokens have some thousands.
const LONGEST_ANSWER: usize = 1024 * 1024;
/// The longest ID token. It comes back in an address when somebody signs out, and proxies take no longer ones.
const LONGEST_ID_TOKEN: usize = 16 * 1024;
/// How far the provider's clock may be ahead of ours.
const CLOCK_SKEW_MS: i64 = 5 * 60 * 1000;

/// Claims beyond the standard's.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct EnterpriseClaims {
    #[serde(flatten)]
    all: serde_json::Map<String, serde_json::Value>,
}
impl AdditionalClaims for EnterpriseClaims {}

/// Metadata beyond the standard's first part.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct FurtherMetadata {
    /// RP-initiated logout.
    end_session_endpoint: Option<Url>,
    /// Whether every answer names its issuer (RFC 9207).
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}
impl AdditionalProviderMetadata for FurtherMetadata {}

type Fields = IdTokenFields<
    EnterpriseClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Tokens = StandardTokenResponse<Fields, CoreTokenType>;
type Relying = Client<
    EnterpriseClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointMaybeSet,
    openidconnect::EndpointMaybeSet,
>;
type Metadata = ProviderMetadata<
    FurtherMetadata,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// An OpenID Connect provider.
pub struct OpenIdProvider {
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: ClientSecret,
    redirect: RedirectUrl,
    home: Url,
    names: ClaimNames,
    acr: Vec<String>,
    http: Http,
    metadata: Mutex<Option<(Metadata, Instant)>>,
    clock: crate::clock::Clock,
}

/// A fault while talking to the provider.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct HttpFault(String);

/// Our HTTP client, as `openidconnect` wants one.
struct Http(reqwest::Client);

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpFault;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpFault>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            // The address may carry a code: it is not for the log.
            let fault = |error: reqwest::Error| HttpFault(error.without_url().to_string());
            let mut answer = self.0.execute(reqwest::Request::try_from(request).map_err(fault)?).await.map_err(fault)?;
            let mut response = openidconnect::http::Response::builder().status(answer.status());
            if let Some(headers) = response.headers_mut() {
                headers.extend(answer.headers().iter().map(|(name, value)| (name.clone(), value.clone())));
            }
            let mut body = Vec::new();
            while let Some(chunk) = answer.chunk().await.map_err(fault)? {
                if body.len() + chunk.len() > LONGEST_ANSWER {
                    return Err(HttpFault("the answer is longer than any that is right".into()));
                }
                body.extend_from_slice(&chunk);
            }
            response.body(body).map_err(|error| HttpFault(error.to_string()))
        })
    }
}

impl OpenIdProvider {
    /// A provider that sends browsers back to `{home}sign-in/callback`.
    ///
    /// # Errors
    /// When an address cannot be used.
    pub fn new(
        issuer: &Url,
        client_id: &str,
        client_secret: String,
        home: &Url,
        names: ClaimNames,
        clock: crate::clock::Clock,
    ) -> Result<Self, String> {
        let http = reqwest::Client::builder()
            // A redirect from these endpoints is never right, and following one could leak the secret.
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(8))
            .build()
            .map_err(|error| error.to_string())?;
        let callback = home.join("sign-in/callback").map_err(|error| error.to_string())?;
        Ok(Self {
            // Issuers are compared letter by letter, so the one that was configured must not gain a slash at its end.
            issuer: IssuerUrl::new(issuer.as_str().trim_end_matches('/').to_owned()).map_err(|error| error.to_string())?,
            client_id: ClientId::new(client_id.to_owned()),
            client_secret: ClientSecret::new(client_secret),
            redirect: RedirectUrl::from_url(callback),
            home: home.clone(),
            names,
            acr: Vec::new(),
            http: Http(http),
            metadata: Mutex::new(None),
            clock,
        })
    }

    /// The same, for which only these values of `acr` are enough; none: any are.
    #[must_use]
    pub fn as_sure_as(mut self, acr: Vec<String>) -> Self {
        self.acr = acr;
        self
    }

    /// The provider's metadata and keys, as last read. `anew`: read them now, because a key is unknown.
    async fn metadata(&self, anew: bool) -> Result<Metadata, IdentityError> {
        let mut held = self.metadata.lock().await;
        let now = self.clock.now();
        if let Some((metadata, read_at)) = held.as_ref()
            && !anew
            && now - read_at < METADATA_MS
        {
            return Ok(metadata.clone());
        }
        let metadata = Metadata::discover_async(self.issuer.clone(), &self.http)
            .await
            .map_err(|error| IdentityError::Unreachable(chain(&error)))?;
        if let Some(named) = self.downgraded(&metadata) {
            return Err(IdentityError::Refused(format!("its {named} is not reached over HTTPS, as the issuer is")));
        }
        *held = Some((metadata.clone(), now));
        Ok(metadata)
    }

    /// The address in the provider's metadata, if there is one, to which our secret or a person would go unencrypted although the
    /// provider itself is reached over HTTPS.
    fn downgraded(&self, metadata: &Metadata) -> Option<&'static str> {
        let named = [
            ("authorization endpoint", Some(metadata.authorization_endpoint().url())),
            ("token endpoint", metadata.token_endpoint().map(|endpoint| endpoint.url())),
            ("list of keys", Some(metadata.jwks_uri().url())),
            ("end of sessions", metadata.additional_metadata().end_session_endpoint.as_ref()),
        ];
        let secure = self.issuer.url().scheme() == "https";
        named.into_iter().find(|(_, url)| secure && url.is_some_and(|url| url.scheme() != "https")).map(|(name, _)| name)
    }

    async fn relying(&self, anew: bool) -> Result<Relying, IdentityError> {
        let metadata = self.metadata(anew).await?;
        let client = Client::from_provider_metadata(metadata, self.client_id.clone(), Some(self.client_secret.clone()));
        Ok(client.set_redirect_uri(self.redirect.clone()))
    }

    fn read(&self, relying: &Relying, tokens: &Tokens, nonce: &Nonce, now: Instant) -> Result<Identified, ReadFault> {
        let id_token = tokens.id_token().ok_or_else(|| ReadFault::Other("no ID token".into()))?;
        if id_token.to_string().len() > LONGEST_ID_TOKEN {
            return Err(ReadFault::Other("the ID token is longer than any that is right".into()));
        }
        let verifier = relying
            .id_token_verifier()
            // Signatures that only the provider can make: a shared secret or no signature at all is never accepted.
            .set_allowed_algs([
                CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
                CoreJwsSigningAlgorithm::RsaSsaPssSha256,
                CoreJwsSigningAlgorithm::EcdsaP256Sha256,
                CoreJwsSigningAlgorithm::EcdsaP384Sha384,
                CoreJwsSigningAlgorithm::EdDsa,
            ])
            .set_time_fn(move || chrono::DateTime::from_timestamp_millis(now).unwrap_or_default())
            .set_issue_time_verifier_fn(move |issued| {
                let ahead = issued.timestamp_millis() - now > CLOCK_SKEW_MS;
                if ahead { Err("it was issued in the future".into()) } else { Ok(()) }
            });
        let claims = id_token.claims(&verifier, nonce).map_err(|error| match error {
            openidconnect::ClaimsVerificationError::SignatureVerification(_) => ReadFault::Signature,
            other => ReadFault::Other(chain(&other)),
        })?;
        let mut all = claims.additional_claims().all.clone();
        let begins = all.get("nbf").map(|begins| begins.as_f64().unwrap_or(f64::INFINITY));
        if begins.is_some_and(|begins| begins * 1000.0 > (now + CLOCK_SKEW_MS) as f64) {
            return Err(ReadFault::Other("it does not hold yet".into()));
        }
        if let Some(name) = claims.name().and_then(|name| name.get(None)) {
            all.entry("name").or_insert_with(|| name.as_str().into());
        }
        // The library leaves this to whoever uses it: a token that was made for another client's use is not ours.
        if claims.authorized_party().is_some_and(|party| *party != self.client_id) {
            return Err(ReadFault::Other("another client is authorised to use it".into()));
        }
        let sure = claims.auth_context_ref().map(|acr| acr.as_str());
        if !self.acr.is_empty() && !self.acr.iter().any(|enough| Some(enough.as_str()) == sure) {
            return Err(ReadFault::Other("the provider was not as sure of the person as identity.acr asks".into()));
        }
        let person = claims::person(claims.subject().as_str(), &all, &self.names).map_err(ReadFault::Other)?;
        // A provider that does not say when counts as one that asked long ago; it must say when it was told to ask anew.
        let authenticated_at = claims.auth_time().map_or(0, |time| time.timestamp_millis().min(now));
        Ok(Identified { person, authenticated_at, id_token: id_token.to_string() })
    }
}

enum ReadFault {
    /// The signature does not hold, or is by a key that we do not know yet.
    Signature,
    Other(String),
}

#[async_trait]
impl IdentityProvider for OpenIdProvider {
    async fn begin(&self, fresh: bool) -> Result<Begun, IdentityError> {
        let relying = self.relying(false).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = relying
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .set_pkce_challenge(challenge);
        for acr in &self.acr {
            request = request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
        }
        if fresh {
            request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO);
        }
        let (url, state, nonce) = request.url();
        Ok(Begun { url: url.into(), state: state.into_secret(), nonce: nonce.secret().clone(), verifier: verifier.into_secret() })
    }

    async fn complete(&self, returned: &Returned, nonce: &str, verifier: &str, now: Instant) -> Result<Identified, IdentityError> {
        if returned.issuer.as_deref().is_some_and(|issuer| issuer != self.issuer.as_str()) {
            return Err(IdentityError::Refused("the answer names another issuer".into()));
        }
        let names_itself = self.metadata(false).await?.additional_metadata().authorization_response_iss_parameter_supported;
        if names_itself && returned.issuer.is_none() {
            return Err(IdentityError::Refused("the answer names no issuer, which this provider always does".into()));
        }
        let relying = self.relying(false).await?;
        let tokens = relying
            .exchange_code(AuthorizationCode::new(returned.code.clone()))
            .map_err(|error| IdentityError::Refused(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                openidconnect::RequestTokenError::ServerResponse(_) => IdentityError::Refused(chain(&error)),
                _ => IdentityError::Unreachable(chain(&error)),
            })?;
        let nonce = Nonce::new(nonce.to_owned());
        match self.read(&relying, &tokens, &nonce, now) {
            Ok(identified) => Ok(identified),
            Err(ReadFault::Other(why)) => Err(IdentityError::Refused(why)),
            // The provider may have changed its keys since they were read.
            Err(ReadFault::Signature) => {
                let relying = self.relying(true).await?;
                self.read(&relying, &tokens, &nonce, now).map_err(|fault| match fault {
                    ReadFault::Signature => IdentityError::Refused("the ID token's signature does not hold".into()),
                    ReadFault::Other(why) => IdentityError::Refused(why),
                })
            }
        }
    }

    async fn end_session_url(&self, id_token: &str) -> Option<String> {
        let mut url = self.metadata(false).await.ok()?.additional_metadata().end_session_endpoint.clone()?;
        url.query_pairs_mut()
            .append_pair("id_token_hint", id_token)
            .append_pair("client_id", &self.client_id)
            .append_pair("post_logout_redirect_uri", self.home.as_str());
        Some(url.into())
    }

    async fn check(&self) -> Result<(), IdentityError> {
        self.metadata(true).await.map(|_| ())
    }
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
