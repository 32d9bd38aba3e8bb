//! An authorization request, before and after it has been checked.

use serde::Deserialize;
use url::Url;

use crate::world::World;

/// The parameters as they came.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    client_id: Option<String>,
    redirect_uri: Option<String>,
    response_type: Option<String>,
    response_mode: Option<String>,
    scope: Option<String>,
    state: Option<String>,
    nonce: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    prompt: Option<String>,
    max_age: Option<String>,
    request: Option<String>,
    request_uri: Option<String>,
}

/// A request that holds.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Where the answer goes.
    pub(crate) back: Back,
    /// What the ID token must repeat.
    pub(crate) nonce: Option<String>,
    /// The S256 challenge that the verifier must meet.
    pub(crate) challenge: String,
    /// Whether the person must show again that it is them.
    pub(crate) prompt: Prompt,
    /// The oldest sign-in, in seconds, that still counts.
    pub(crate) max_age: Option<i64>,
}

/// Where an answer goes: an address that is registered, and the client's own note.
#[derive(Clone, Debug)]
pub(crate) struct Back {
    /// The registered address.
    pub(crate) redirect_uri: String,
    /// Passed through untouched.
    pub(crate) state: Option<String>,
}

/// How much the person may be bothered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// As much as needed.
    AsNeeded,
    /// In any case.
    Login,
    /// Not at all.
    None,
}

/// Why a request does not hold.
#[derive(Debug)]
pub(crate) enum Unfit {
    /// Nothing may be sent anywhere: a page says why.
    Unaddressed(&'static str),
    /// The client learns it at its registered address.
    Answered(Back, &'static str, &'static str),
}

impl Parameters {
    /// The request, or why it does not hold. The address comes first: nothing is sent to a place not registered.
    pub(crate) fn check(self, world: &World) -> Result<Asked, Unfit> {
        if self.client_id.as_deref() != Some(&world.config.client_id) {
            return Err(Unfit::Unaddressed("应用编号（client_id）未登记。"));
        }
        let registered = world.at_portal("sign-in/callback");
        let redirect_uri = match (self.redirect_uri, registered) {
            (Some(asked), Some(registered)) if asked == registered => asked,
            _ => {
                return Err(Unfit::Unaddressed("返回地址（redirect_uri）未登记，不会跳转。"));
            }
        };
        let back = Back { redirect_uri, state: self.state };
        let refuse = |error, description| Err(Unfit::Answered(back.clone(), error, description));
        if self.request.is_some() {
            return refuse("request_not_supported", "request objects are not supported");
        }
        if self.request_uri.is_some() {
            return refuse("request_uri_not_supported", "request_uri is not supported");
        }
        match self.response_type.as_deref() {
            Some("code") => {}
            Some(_) => {
                return refuse("unsupported_response_type", "only the code flow is supported");
            }
            None => return refuse("invalid_request", "response_type is missing"),
        }
        if self.response_mode.is_some_and(|mode| mode != "query") {
            return refuse("invalid_request", "only response_mode=query is supported");
        }
        if !self.scope.unwrap_or_default().split(' ').any(|scope| scope == "openid") {
            return refuse("invalid_scope", "the scope must contain openid");
        }
        let challenge = match (self.code_challenge, self.code_challenge_method.as_deref()) {
            (Some(challenge), Some("S256")) if is_digest(&challenge) => challenge,
            _ => return refuse("invalid_request", "PKCE with S256 is required"),
        };
        let prompt = match self.prompt.as_deref() {
            None | Some("" | "consent" | "select_account") => Prompt::AsNeeded,
            Some("none") => Prompt::None,
            Some(several) if several.split(' ').any(|one| one == "none") => {
                return refuse("invalid_request", "prompt=none stands alone");
            }
            Some(several) if several.split(' ').any(|one| one == "login") => Prompt::Login,
            Some(_) => return refuse("invalid_request", "this prompt is not known"),
        };
        let max_age = match self.max_age.map(|age| age.parse::<u32>()) {
            None => None,
            Some(Ok(age)) => Some(i64::from(age)),
            Some(Err(_)) => {
                return refuse("invalid_request", "max_age must be a number of seconds");
            }
        };
        Ok(Asked { back, nonce: self.nonce, challenge, prompt, max_age })
    }
}

impl Back {
    /// The registered address with the answer's parameters, and who gives it (RFC 9207).
    pub(crate) fn with(&self, issuer: &str, answer: &[(&str, &str)]) -> String {
        // The address was matched with one that was made from a URL, so it parses.
        let Ok(mut url) = Url::parse(&self.redirect_uri) else {
            return self.redirect_uri.clone();
        };
        {
            let mut query = url.query_pairs_mut();
            query.extend_pairs(answer);
            if let Some(state) = &self.state {
                query.append_pair("state", state);
            }
            query.append_pair("iss", issuer);
        }
        url.into()
    }
}

/// A SHA-256 digest in base64url has 43 characters.
fn is_digest(challenge: &str) -> bool {
    challenge.len() == 43 && challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}
