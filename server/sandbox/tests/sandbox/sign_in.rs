//! The OpenID Connect dance, and the steps that must fail.

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::header;
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::{
    dance::{VERIFIER, answer, ask, choose, cookie, exchange, handle, id_token, read, value},
    world::World,
};

#[tokio::test]
async fn a_person_signs_in_and_the_id_token_says_for_whom_they_act() {
    let world = World::start().await;
    let back = answer(&choose(&world, "agent").await);
    assert_eq!(value(&back, "state"), "the state");
    assert_eq!(value(&back, "iss"), world.sandbox.issuer());
    let (status, tokens) = exchange(&world, &value(&back, "code"), &[]).await;
    assert_eq!((status, &tokens["token_type"]), (200, &json!("Bearer")));
    let (claims, holds) = read(&world, tokens["id_token"].as_str().unwrap()).await;
    assert!(holds);
    assert_eq!(claims["iss"], world.sandbox.issuer());
    assert_eq!(claims["aud"], "chengxin");
    assert_eq!(claims["nonce"], "the-nonce");
    assert_eq!(claims["name"], "白小云");
    let enterprise = &claims["enterprises"][0];
    assert_eq!(enterprise["credit_code"], "91310120FXXY000194");
    assert_eq!(enterprise["role"], "agent");
    assert_eq!(enterprise["mandate"]["matters"], json!(["registration", "commitment", "repair"]));
    let access = tokens["access_token"].as_str().unwrap();
    let person = world.client.get(world.at("/idp/userinfo")).bearer_auth(access).send().await.unwrap();
    assert_eq!(person.json::<Value>().await.unwrap()["sub"], claims["sub"]);
}

#[tokio::test]
async fn the_configuration_names_this_issuer_and_endpoints_that_answer() {
    let world = World::start().await;
    let place = format!("{}/.well-known/openid-configuration", world.sandbox.issuer());
    let found: Value = world.client.get(place).send().await.unwrap().json().await.unwrap();
    assert_eq!(found["issuer"], world.sandbox.issuer());
    assert_eq!(found["authorization_response_iss_parameter_supported"], true);
    for endpoint in ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"] {
        let place = found[endpoint].as_str().unwrap();
        assert_ne!(world.client.get(place).send().await.unwrap().status(), 404, "{endpoint}");
    }
}

#[tokio::test]
async fn a_code_serves_once_and_its_second_use_ends_the_first_ones_tokens() {
    let world = World::start().await;
    let code = value(&answer(&choose(&world, "shopkeeper").await), "code");
    let (_, tokens) = exchange(&world, &code, &[]).await;
    let (status, refused) = exchange(&world, &code, &[]).await;
    assert_eq!((status, &refused["error"]), (400, &json!("invalid_grant")));
    let access = tokens["access_token"].as_str().unwrap();
    let person = world.client.get(world.at("/idp/userinfo")).bearer_auth(access).send().await.unwrap();
    assert_eq!(person.status(), 401);
}

#[tokio::test]
async fn a_wrong_verifier_address_secret_or_grant_type_gets_no_token() {
    let world = World::start().await;
    let other = "another-verifier-that-is-long-enough-0123456789abc";
    for (changed, status, error) in [
        (("code_verifier", other), 400, "invalid_grant"),
        (("code_verifier", ""), 400, "invalid_grant"),
        (("redirect_uri", "http://127.0.0.1:1/sign-in/callback"), 400, "invalid_grant"),
        (("client_secret", "wrong"), 401, "invalid_client"),
        (("client_secret", ""), 401, "invalid_client"),
        (("grant_type", "password"), 400, "unsupported_grant_type"),
        (("code", "made-up"), 400, "invalid_grant"),
    ] {
        let code = value(&answer(&choose(&world, "agent").await), "code");
        let (got, body) = exchange(&world, &code, &[changed]).await;
        assert_eq!((got, &body["error"]), (status, &json!(error)), "{changed:?}");
    }
}

#[tokio::test]
async fn the_client_may_show_its_secret_in_a_header_instead() {
    let world = World::start().await;
    let code = value(&answer(&choose(&world, "agent").await), "code");
    let credentials = STANDARD.encode("chengxin:s3cret%2B%2F%C3%A4");
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", &format!("{}sign-in/callback", world.portal.url)),
        ("code_verifier", VERIFIER),
    ];
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = world
        .client
        .post(world.at("/idp/token"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::AUTHORIZATION, format!("Basic {credentials}"));
    assert_eq!(request.body(body).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_is_not_registered() {
    let world = World::start().await;
    let longer = format!("{}sign-in/callback/", world.portal.url);
    for changed in [
        ("redirect_uri", "http://evil.example/sign-in/callback"),
        ("redirect_uri", longer.as_str()),
        ("redirect_uri", ""),
        ("client_id", "somebody-else"),
    ] {
        let page = ask(&world, "", &[changed]).await;
        assert_eq!(page.status(), 400, "{changed:?}");
        assert!(page.headers().get(header::LOCATION).is_none());
        assert!(page.text().await.unwrap().contains("<h1>"));
    }
}

#[tokio::test]
async fn a_request_that_does_not_hold_is_answered_at_the_registered_address() {
    let world = World::start().await;
    for (changed, error) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("scope", "profile"), "invalid_scope"),
        (("code_challenge", ""), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("request", "x"), "request_not_supported"),
        (("max_age", "soon"), "invalid_request"),
        (("prompt", "none"), "login_required"),
        (("prompt", "none login"), "invalid_request"),
    ] {
        let back = answer(&ask(&world, "", &[changed]).await);
        assert_eq!(value(&back, "error"), error, "{changed:?}");
        assert_eq!(value(&back, "state"), "the state");
        assert_eq!(value(&back, "iss"), world.sandbox.issuer());
    }
}

#[tokio::test]
async fn whoever_is_signed_in_passes_unless_a_step_up_is_asked_for() {
    let world = World::start().await;
    let cookie = cookie(&choose(&world, "agent").await);
    for changed in [("prompt", ""), ("prompt", "none"), ("max_age", "3600")] {
        assert!(!value(&answer(&ask(&world, &cookie, &[changed]).await), "code").is_empty());
    }
    for changed in [("prompt", "login"), ("max_age", "0")] {
        let page = ask(&world, &cookie, &[changed]).await;
        assert_eq!(page.status(), 200);
        assert!(page.text().await.unwrap().contains("再次核验身份"));
    }
    let unasked = ask(&world, &cookie, &[("prompt", "none"), ("max_age", "0")]).await;
    assert_eq!(value(&answer(&unasked), "error"), "login_required");
}

#[tokio::test]
async fn a_step_up_gives_a_later_auth_time() {
    let world = World::start().await;
    let first = choose(&world, "agent").await;
    let cookie = cookie(&first);
    let (_, tokens) = exchange(&world, &value(&answer(&first), "code"), &[]).await;
    let (before, _) = read(&world, tokens["id_token"].as_str().unwrap()).await;
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    let request = handle(ask(&world, &cookie, &[("prompt", "login")]).await).await;
    let again = world.post_form("/idp/sign-in", &[("request", &request), ("person", "agent")]).await;
    let (_, tokens) = exchange(&world, &value(&answer(&again), "code"), &[]).await;
    let (after, _) = read(&world, tokens["id_token"].as_str().unwrap()).await;
    assert_eq!(before["sub"], after["sub"]);
    assert!(after["auth_time"].as_i64() > before["auth_time"].as_i64());
}

#[tokio::test]
async fn whoever_cancels_goes_back_without_a_code() {
    let world = World::start().await;
    let request = handle(ask(&world, "", &[]).await).await;
    let back = world.post_form("/idp/sign-in", &[("request", &request), ("cancel", "1")]).await;
    assert_eq!(value(&answer(&back), "error"), "access_denied");
    let again = world.post_form("/idp/sign-in", &[("request", &request), ("person", "agent")]).await;
    assert_eq!(again.status(), 400);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_leads_home_only() {
    let world = World::start().await;
    let signed_in = choose(&world, "agent").await;
    let cookie = cookie(&signed_in);
    let (_, tokens) = exchange(&world, &value(&answer(&signed_in), "code"), &[]).await;
    let hint = tokens["id_token"].as_str().unwrap();
    let end = async |place: &str, hint: &str| {
        let query = [("id_token_hint", hint), ("post_logout_redirect_uri", place), ("state", "bye")];
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        let request = world.client.get(world.at(&format!("/idp/end-session?{query}")));
        request.header(header::COOKIE, &cookie).send().await.unwrap()
    };
    assert_eq!(end("http://evil.example/", hint).await.status(), 400);
    assert_eq!(end(world.portal.url.as_str(), "made.up.token").await.status(), 400);
    let home = end(world.portal.url.as_str(), hint).await;
    assert_eq!(home.headers()[header::LOCATION].to_str().unwrap(), format!("{}?state=bye", world.portal.url));
    let unasked = ask(&world, &cookie, &[("prompt", "none")]).await;
    assert_eq!(value(&answer(&unasked), "error"), "login_required");
}

#[tokio::test]
async fn the_sign_in_page_can_be_used_by_everybody() {
    let world = World::start().await;
    let page = ask(&world, "", &[]).await.text().await.unwrap();
    for part in ["lang=\"zh-CN\"", "<main>", "<h1>", "name=\"viewport\"", "name=\"cancel\""] {
        assert!(page.contains(part), "{part}");
    }
    let people = [
        "legal-representative",
        "agent",
        "agent-without-mandate",
        "two-enterprises",
        "breached",
        "shopkeeper",
        "barred",
        "faulty-records",
    ];
    for key in people {
        assert!(page.contains(&format!("name=\"person\" value=\"{key}\"")), "{key}");
    }
    assert!(world.page("/idp/style.css").await.contains("main"));
}

#[tokio::test]
async fn each_fault_spoils_the_one_thing_it_names_and_only_as_often_as_told() {
    let world = World::start().await;
    let now = || id_token(&world, "agent");
    for (mood, claim) in [
        ("wrong_nonce", "nonce"),
        ("wrong_audience", "aud"),
        ("wrong_issuer", "iss"),
        ("expired_token", "exp"),
        ("bad_signature", ""),
    ] {
        world.mood(json!({ "mood": mood, "times": 1 })).await;
        let (spoilt, spoilt_holds) = now().await;
        let (good, good_holds) = now().await;
        assert!(good_holds);
        assert_eq!(spoilt_holds, mood != "bad_signature", "{mood}");
        assert_eq!(good["nonce"], "the-nonce");
        for name in ["iss", "aud", "nonce"] {
            assert_eq!(spoilt[name] == good[name], name != claim, "{mood} {name}");
        }
        let expired = spoilt["exp"].as_i64().unwrap() < good["iat"].as_i64().unwrap();
        assert_eq!(expired, mood == "expired_token", "{mood}");
    }
    world.mood(json!({ "mood": "idp_down", "times": 1 })).await;
    assert_eq!(world.client.get(world.at("/idp/jwks")).send().await.unwrap().status(), 503);
    assert_eq!(world.client.get(world.at("/idp/jwks")).send().await.unwrap().status(), 200);
}
