//! Who says who is here: an identity provider, behind one small interface, so that a district login that is only like OAuth
//! can be added beside OpenID Connect.

pub mod claims;
pub mod openid;

use async_trait::async_trait;
use credit::filing::Instant;

use crate::storage::Person;

/// A sign-in to be begun at the provider.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Where the browser is sent.
    pub url: String,
    /// Comes back with the browser.
    pub state: String,
    /// Comes back in the ID token.
    pub nonce: String,
    /// Proves at the token endpoint that we began it (PKCE).
    pub verifier: String,
}

/// What the browser brought back.
#[derive(Clone, Debug)]
pub struct Returned {
    /// The authorization code.
    pub code: String,
    /// The issuer, if it named itself (RFC 9207).
    pub issuer: Option<String>,
}

/// Someone, identified.
#[derive(Clone, Debug)]
pub struct Identified {
    /// Who.
    pub person: Person,
    /// When the provider authenticated them.
    pub authenticated_at: Instant,
    /// Handed back when they sign out.
    pub id_token: String,
}

/// Why signing in did not work.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The provider cannot be reached, or answers that it is out of order.
    #[error("the identity provider is out of reach: {0}")]
    Unreachable(String),
    /// What it answered does not hold.
    #[error("the identity provider's answer was refused: {0}")]
    Refused(String),
}

/// An identity provider.
#[async_trait]
pub trait IdentityProvider: Send + Sync + 'static {
    /// Begins a sign-in. `fresh`: the person must prove anew who they are, even if signed in there (step-up).
    async fn begin(&self, fresh: bool) -> Result<Begun, IdentityError>;
    /// Completes it with what the browser brought back and what was noted at its beginning.
    async fn complete(&self, returned: &Returned, nonce: &str, verifier: &str, now: Instant) -> Result<Identified, IdentityError>;
    /// Where the browser signs out at the provider, if it can.
    async fn end_session_url(&self, id_token: &str) -> Option<String>;
    /// Proves that the provider answers.
    async fn check(&self) -> Result<(), IdentityError>;
}
