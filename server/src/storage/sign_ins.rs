//! Who is signed in, and who is about to be.

use credit::credit_code::CreditCode;
use credit::draft::Draft;
use credit::filing::Instant;
use credit::person::Capacity;
use serde::{Deserialize, Serialize};

/// So many sign-ins are under way in one browser; the oldest goes when another begins.
pub(super) const MOST_OF_A_BROWSER: i64 = 50;

/// A person as the identity provider described them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The provider's stable name for the person.
    pub subject: String,
    /// The person's name.
    pub name: String,
    /// The enterprises they act for.
    pub capacities: Vec<Capacity>,
}

/// A signed-in browser. The store knows a hash of its token, never the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie's token, hexadecimal.
    pub token_hash: String,
    /// Who it is.
    pub person: Person,
    /// For which enterprise they act now; none until chosen.
    pub enterprise: Option<CreditCode>,
    /// The ID token, handed back at sign-out at the provider.
    pub id_token: String,
    /// When the provider authenticated the person.
    pub authenticated_at: Instant,
    /// When the session began.
    pub opened_at: Instant,
    /// When it was last used (to the minute).
    pub seen_at: Instant,
}

/// Answers that arrived when nobody was signed in any more; put into the draft after signing in again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    /// The draft they were meant for.
    pub draft_id: String,
    /// The version of the draft that was being edited.
    pub version: i64,
    /// A name for the window in which it was typed.
    #[serde(default)]
    pub window: String,
    /// What was typed.
    pub draft: Draft,
}

/// A sign-in under way at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// SHA-256 of the `state` parameter, hexadecimal.
    pub state_hash: String,
    /// SHA-256 of the browser's own sign-in cookie: only the browser that began may end it.
    pub browser_hash: String,
    /// The OpenID Connect nonce.
    pub nonce: String,
    /// The PKCE verifier.
    pub verifier: String,
    /// The path to come back to.
    pub return_to: String,
    /// Answers waiting for the sign-in.
    pub parked: Option<Parked>,
    /// When it began.
    pub begun_at: Instant,
}
