//! The identity provider: OpenID Connect, authorization code flow with PKCE, and a few ready-made people.

pub(crate) mod answer;
pub(crate) mod authorize;
pub(crate) mod client;
pub(crate) mod discovery;
pub(crate) mod end_session;
pub(crate) mod id_token;
pub(crate) mod keys;
pub(crate) mod outage;
pub(crate) mod pages;
pub(crate) mod people;
pub(crate) mod provider;
pub(crate) mod request;
pub(crate) mod session_cookie;
pub(crate) mod sign_in;
pub(crate) mod token;
pub(crate) mod userinfo;
