//! The portal's part in the OpenID Connect dance, step by step.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};
use reqwest::{Response, header};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::{Url, form_urlencoded};

use crate::world::World;

pub const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-0123456789";

/// The request that the tests begin with, with some of its parameters changed; an empty one is left out.
pub fn request(world: &World, changed: &[(&str, &str)]) -> String {
    let callback = format!("{}sign-in/callback", world.portal.url);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let mut parameters = vec![
        ("client_id", "chengxin"),
        ("redirect_uri", &callback),
        ("response_type", "code"),
        ("scope", "openid"),
        ("state", "the state"),
        ("nonce", "the-nonce"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    parameters.retain(|(name, _)| !changed.iter().any(|(other, _)| name == other));
    parameters.extend(changed.iter().filter(|(_, value)| !value.is_empty()));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    format!("{}/authorize?{query}", world.sandbox.issuer())
}

pub async fn ask(world: &World, cookie: &str, changed: &[(&str, &str)]) -> Response {
    let request = world.client.get(request(world, changed)).header(header::COOKIE, cookie);
    request.send().await.unwrap()
}

/// The hidden field of the page.
pub async fn handle(page: Response) -> String {
    assert_eq!(page.status(), 200);
    let page = page.text().await.unwrap();
    let (_, rest) = page.split_once("name=\"request\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

pub async fn choose(world: &World, person: &str) -> Response {
    let request = handle(ask(world, "", &[]).await).await;
    world.post_form("/idp/sign-in", &[("request", &request), ("person", person)]).await
}

pub fn answer(response: &Response) -> Vec<(String, String)> {
    assert_eq!(response.status(), 303);
    let place = Url::parse(response.headers()[header::LOCATION].to_str().unwrap()).unwrap();
    assert_eq!(place.path(), "/sign-in/callback");
    place.query_pairs().into_owned().collect()
}

pub fn value(answer: &[(String, String)], name: &str) -> String {
    let found = answer.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

pub fn cookie(response: &Response) -> String {
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/idp"), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

pub async fn exchange(world: &World, code: &str, changed: &[(&str, &str)]) -> (u16, Value) {
    let callback = format!("{}sign-in/callback", world.portal.url);
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &callback),
        ("code_verifier", VERIFIER),
        ("client_id", "chengxin"),
        ("client_secret", "s3cret+/ä"),
    ];
    fields.retain(|(name, _)| !changed.iter().any(|(other, _)| name == other));
    fields.extend(changed.iter().filter(|(_, value)| !value.is_empty()));
    let response = world.post_form("/idp/token", &fields).await;
    (response.status().as_u16(), response.json().await.unwrap())
}

/// The claims of an ID token and whether the published key signed them.
pub async fn read(world: &World, token: &str) -> (Value, bool) {
    let keys: Value = world.client.get(world.at("/idp/jwks")).send().await.unwrap().json().await.unwrap();
    let key = &keys["keys"][0];
    let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let coordinate = |name: &str| decoded(key[name].as_str().unwrap());
    let point = [vec![4], coordinate("x"), coordinate("y")].concat();
    let (text, signature) = token.rsplit_once('.').unwrap();
    let (head, claims) = text.split_once('.').unwrap();
    let head: Value = serde_json::from_slice(&decoded(head)).unwrap();
    assert_eq!((&head["alg"], &head["kid"]), (&json!("ES256"), &key["kid"]));
    let signature = Signature::from_slice(&decoded(signature)).unwrap();
    let holds = VerifyingKey::from_sec1_bytes(&point).unwrap().verify(text.as_bytes(), &signature).is_ok();
    (serde_json::from_slice(&decoded(claims)).unwrap(), holds)
}

pub async fn id_token(world: &World, person: &str) -> (Value, bool) {
    let code = value(&answer(&choose(world, person).await), "code");
    let (status, tokens) = exchange(world, &code, &[]).await;
    assert_eq!(status, 200);
    read(world, tokens["id_token"].as_str().unwrap()).await
}
