//! A provider that answers whatever it likes: a corpus of ID tokens, answers and callbacks, of which none opens a session.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use hmac::{Hmac, Mac};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use server::clock::Clock;
use server::config::Config;
use server::serving::{Running, start};
use sha2::Sha256;

use crate::browser::{Answer, Browser};
use crate::panics;
use crate::place::Folder;
use crate::world::{CLIENT_SECRET, free_port, sandbox_for, settings};

/// What is different from a sound sign-in. `@absent` takes a member away; other words with `@` stand for what is only known
/// then.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Case {
    why: String,
    /// Members of the token's head.
    header: Map<String, Value>,
    /// Its claims.
    claims: Map<String, Value>,
    /// All of its claims, letter by letter.
    text: Option<String>,
    /// How it is signed.
    signature: Option<String>,
    /// The whole token, letter by letter.
    token: Option<String>,
    /// What the token endpoint says.
    answer: Option<TokenAnswer>,
    /// What the browser comes back with.
    back: Map<String, Value>,
    /// What it says once more.
    twice: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenAnswer {
    #[serde(default = "ok")]
    status: u16,
    #[serde(default = "json_kind")]
    kind: String,
    #[serde(default)]
    location: Option<String>,
    body: String,
}

fn ok() -> u16 {
    200
}

fn json_kind() -> String {
    "application/json".to_owned()
}

/// The provider.
struct Hostile {
    issuer: String,
    key: SigningKey,
    another: SigningKey,
    answer: Mutex<TokenAnswer>,
}

type Shared = Arc<Hostile>;

async fn open() -> Shared {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let provider = Arc::new(Hostile {
        issuer: format!("http://{}/idp", listener.local_addr().unwrap()),
        key: SigningKey::from_bytes(&[7; 32]),
        another: SigningKey::from_bytes(&[8; 32]),
        answer: Mutex::new(TokenAnswer { status: 500, kind: json_kind(), location: None, body: String::new() }),
    });
    let router = Router::new()
        .route("/idp/.well-known/openid-configuration", get(metadata))
        .route("/idp/jwks", get(keys))
        .route("/idp/token", post(token))
        .with_state(provider.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    provider
}

async fn metadata(State(provider): State<Shared>) -> Response {
    let issuer = &provider.issuer;
    let said = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
        "authorization_response_iss_parameter_supported": true,
    });
    axum::Json(said).into_response()
}

async fn keys(State(provider): State<Shared>) -> Response {
    let x = public(&provider.key);
    axum::Json(json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": "k1", "x": x }] }))
        .into_response()
}

async fn token(State(provider): State<Shared>) -> Response {
    let TokenAnswer { status, kind, location, body } = provider.answer.lock().unwrap().clone();
    let mut response = (StatusCode::from_u16(status).unwrap(), [(header::CONTENT_TYPE, kind)], body).into_response();
    if let Some(location) = location {
        response.headers_mut().insert(header::LOCATION, location.parse().unwrap());
    }
    response
}

fn public(key: &SigningKey) -> String {
    encoded(key.verifying_key().as_bytes())
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What the words of the corpus stand for.
struct Meaning<'a> {
    provider: &'a Hostile,
    nonce: &'a str,
    now: i64,
}

impl Meaning<'_> {
    fn of_text(&self, text: &str) -> String {
        let mut said = text
            .replace("@issuer", &self.provider.issuer)
            .replace("@client", "chengxin")
            .replace("@nonce", self.nonce)
            .replace("@another", &public(&self.provider.another))
            .replace("@long", &"长".repeat(20_000))
            .replace("@ten-thousand", &"x".repeat(10_000))
            .replace("@two-megabytes", &format!("{{\"x\":\"{}\"}}", "x".repeat(2 * 1024 * 1024)))
            .replace("@deep", &"[".repeat(10_000));
        // `@now`, `@now+300`, `@now-9`.
        while let Some((before, after)) = said.split_once("@now") {
            let digits = after.char_indices().take_while(|(at, c)| c.is_ascii_digit() || *at == 0 && matches!(*c, '+' | '-'));
            let (offset, rest) = after.split_at(digits.count());
            let at = self.now + if offset.is_empty() { 0 } else { offset.parse::<i64>().unwrap() };
            said = format!("{before}{at}{rest}");
        }
        said
    }

    fn of(&self, value: &Value) -> Value {
        match value {
            Value::String(text) if text.starts_with("@now") => self.of_text(text).parse::<i64>().unwrap().into(),
            Value::String(text) => self.of_text(text).into(),
            Value::Array(values) => values.iter().map(|value| self.of(value)).collect(),
            Value::Object(members) => {
                members.iter().map(|(name, value)| (name.clone(), self.of(value))).collect::<Map<_, _>>().into()
            }
            other => other.clone(),
        }
    }

    fn change(&self, members: &mut Value, changes: &Map<String, Value>) {
        let members = members.as_object_mut().unwrap();
        for (name, value) in changes {
            if value == "@absent" {
                members.remove(name);
            } else {
                members.insert(name.clone(), self.of(value));
            }
        }
    }

    fn token(&self, case: &Case) -> String {
        if let Some(token) = &case.token {
            return token.clone();
        }
        let mut head = json!({ "alg": "EdDSA", "typ": "JWT", "kid": "k1" });
        self.change(&mut head, &case.header);
        let mut claims = json!({
            "iss": self.provider.issuer, "sub": "s-1", "aud": "chengxin", "azp": "chengxin", "nonce": self.nonce,
            "iat": self.now, "exp": self.now + 300, "auth_time": self.now, "name": "江大海",
            "enterprises": [{ "credit_code": "91310120FXXY000194", "name": "示例公司", "role": "legal_representative" }],
        });
        self.change(&mut claims, &case.claims);
        let claims = case.text.as_ref().map_or_else(|| claims.to_string(), |text| self.of_text(text));
        let text = format!("{}.{}", encoded(head.to_string()), encoded(claims));
        let signature = |key: &SigningKey, text: &str| encoded(key.sign(text.as_bytes()).to_bytes());
        let right = signature(&self.provider.key, &text);
        let signature = match case.signature.as_deref().unwrap_or("right") {
            "right" => right,
            "none" | "empty" => String::new(),
            "another" => signature(&self.provider.another, &text),
            "hmac_secret" => hmac(CLIENT_SECRET.as_bytes(), &text),
            "hmac_public" => hmac(self.provider.key.verifying_key().as_bytes(), &text),
            "spoilt" => format!("A{}", &right[1..]).replace("AA", "BB"),
            "short" => right[..40].to_owned(),
            "of_other_claims" => signature(&self.provider.key, &format!("{text}x")),
            "two_parts" => return text,
            "five_parts" => return format!("{text}.{right}.{right}.{right}"),
            other => panic!("{}: there is no way to sign called {other}", case.why),
        };
        format!("{text}.{signature}")
    }
}

fn hmac(key: &[u8], text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    encoded(mac.finalize().into_bytes())
}

/// Begins a sign-in, lets the provider answer as the case wants, and comes back.
async fn sign_in(provider: &Hostile, browser: &Browser, case: &Case, clock: &Clock) -> Answer {
    let asked: url::Url = browser.get("/sign-in").await.location().parse().unwrap();
    let sent = |wanted: &str| asked.query_pairs().find(|(name, _)| name == wanted).unwrap().1.into_owned();
    let (state, nonce) = (sent("state"), sent("nonce"));
    let meaning = Meaning { provider, nonce: &nonce, now: clock.now() / 1000 };
    let answer = case.answer.clone().unwrap_or_else(|| TokenAnswer {
        status: 200,
        kind: json_kind(),
        location: None,
        body: json!({ "access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": meaning.token(case) }).to_string(),
    });
    let body = meaning.of_text(&answer.body);
    *provider.answer.lock().unwrap() = TokenAnswer { body, ..answer };
    let mut back = json!({ "code": "a-code", "state": state, "iss": provider.issuer });
    meaning.change(&mut back, &case.back);
    let pairs = back.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap()));
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let twice = case.twice.as_deref().map(|again| format!("&{again}")).unwrap_or_default();
    browser.get(&format!("/sign-in/callback?{query}{twice}")).await
}

/// A portal whose provider this is.
async fn portal(provider: &Hostile, folder: &Folder, clock: &Clock) -> (Running, Browser) {
    portal_with(provider, folder, clock, "").await
}

/// As [`portal`], with further settings about the provider.
async fn portal_with(provider: &Hostile, folder: &Folder, clock: &Clock, further: &str) -> (Running, Browser) {
    let port = free_port();
    let sandbox = sandbox_for(port).await;
    let text = settings(folder, port, &sandbox, None);
    let sound = format!("issuer = {:?}", sandbox.issuer());
    assert!(text.contains(&sound), "{text}");
    let text =
        text.replace(&sound, &format!("issuer = {:?}\n{further}", provider.issuer)) + "[pace]\nperson_sign_ins_burst = 1000\n";
    let running = start(Config::parse(&text, std::iter::empty()).unwrap(), clock.clone()).await.unwrap();
    (running, Browser::new(&format!("http://127.0.0.1:{port}"), &sandbox.url()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_hundred_hostile_answers_none_opens_a_session() {
    panics::count();
    let cases: Vec<Case> = serde_json::from_str(include_str!("../corpus/hostile_sign_ins.json")).unwrap();
    assert!(cases.len() >= 90, "{}", cases.len());
    let (provider, folder, clock) = (open().await, Folder::new(), Clock::default());
    let (running, fresh) = portal(&provider, &folder, &clock).await;
    let mut opened = Vec::new();
    for case in &cases {
        // What differs in nothing else is a sound sign-in: the case fails for what it says, and nothing was learnt from the last.
        let sound = fresh.copy();
        let answer = sign_in(&provider, &sound, &Case::default(), &clock).await;
        assert_eq!(answer.status, 303, "before {}: {}", case.why, answer.text());
        assert!(sound.cookie("session").is_some());
        let browser = fresh.copy();
        let answer = sign_in(&provider, &browser, case, &clock).await;
        let is_refused = matches!(answer.status, 200 | 400 | 414 | 503) && browser.cookie("session").is_none();
        if !is_refused || browser.get("/filings").await.status != 303 {
            opened.push(format!("{} ({})", case.why, answer.status));
        }
        assert!(!answer.text().contains("<script>alert"), "{}", case.why);
    }
    assert!(opened.is_empty(), "these opened a session, or were not refused in words: {opened:#?}");
    assert_eq!(panics::so_far(), 0, "the portal panicked");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_callback_that_says_something_twice_opens_no_session() {
    let (provider, folder, clock) = (open().await, Folder::new(), Clock::default());
    let (running, fresh) = portal(&provider, &folder, &clock).await;
    for again in ["code=other", "state=x", "iss=https%3A%2F%2Fsomebody-else.example"] {
        let browser = fresh.copy();
        let case = Case { twice: Some(again.to_owned()), ..Case::default() };
        let answer = sign_in(&provider, &browser, &case, &clock).await;
        assert_eq!(answer.status, 400, "{again}");
        assert_eq!(browser.cookie("session"), None, "{again}");
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_was_not_sure_enough_opens_no_session() {
    let (provider, folder, clock) = (open().await, Folder::new(), Clock::default());
    let (running, fresh) = portal_with(&provider, &folder, &clock, "acr = [\"certificate\", \"face\"]").await;
    let asked = fresh.copy().get("/sign-in").await.location();
    assert!(asked.contains("acr_values=certificate+face"), "{asked}");
    for (acr, opens) in
        [(json!("@absent"), false), (json!("password"), false), (json!("CERTIFICATE"), false), (json!("face"), true)]
    {
        let browser = fresh.copy();
        let claims = json!({ "acr": acr }).as_object().unwrap().clone();
        let answer = sign_in(&provider, &browser, &Case { claims, ..Case::default() }, &clock).await;
        assert_eq!((answer.status, browser.cookie("session").is_some()), (if opens { 303 } else { 400 }, opens), "{acr}");
    }
    running.stop().await;
}
