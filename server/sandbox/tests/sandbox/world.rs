//! A sandbox with a portal beside it, and short ways to call it.

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Client, Method, Response, header, redirect::Policy};
use sandbox::{Extras, Sandbox, SandboxConfig};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::portal::Portal;

pub const TOKEN: &str = "platform-token";
pub const SECRET: &str = "whsec_c2FuZGJveC1ldmVudC1zZWNyZXQtZm9yLXRlc3Rz";
pub const MACHINERY: &str = "91310120FXXY000194";

pub struct World {
    pub sandbox: Sandbox,
    pub portal: Portal,
    pub client: Client,
}

impl World {
    pub async fn start() -> Self {
        Self::with(Extras::default()).await
    }

    pub async fn with(extras: Extras) -> Self {
        let portal = Portal::start().await;
        let config = SandboxConfig {
            listen: "127.0.0.1:0".parse().unwrap(),
            portal: Some(portal.url.clone()),
            client_id: "chengxin".to_owned(),
            client_secret: "s3cret+/ä".to_owned(),
            platform_token: TOKEN.to_owned(),
            event_secret: SECRET.to_owned(),
        };
        let sandbox = sandbox::start_with(config, extras).await.unwrap();
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Self { sandbox, portal, client }
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.url())
    }

    /// A call of the platform's interface with the right token.
    pub fn wire(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}/v1{path}", self.sandbox.platform_url())).bearer_auth(TOKEN)
    }

    pub async fn put(&self, envelope: &Value) -> Response {
        self.try_put(envelope).await.unwrap()
    }

    pub async fn try_put(&self, envelope: &Value) -> reqwest::Result<Response> {
        let body = envelope.to_string();
        self.wire(Method::PUT, &format!("/submissions/{}", envelope["id"].as_str().unwrap()))
            .header(header::CONTENT_TYPE, "application/json")
            .header("content-digest", digest(body.as_bytes()))
            .body(body)
            .send()
            .await
    }

    /// A submission that has been taken.
    pub async fn taken(&self) -> String {
        self.taken_of(envelope()).await
    }

    pub async fn taken_commitment(&self) -> String {
        self.taken_of(commitment()).await
    }

    async fn taken_of(&self, envelope: Value) -> String {
        assert_eq!(self.put(&envelope).await.status(), 202);
        envelope["id"].as_str().unwrap().to_owned()
    }

    pub async fn withdraw(&self, id: &str) -> Response {
        let body = json!({ "wire": "1", "withdrawn_at": "2026-11-24T01:00:00.000Z", "reason": "填错" });
        self.wire(Method::PUT, &format!("/submissions/{id}/withdrawal")).json(&body).send().await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Value {
        let response = self.wire(Method::GET, path).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.unwrap()
    }

    pub async fn page(&self, path: &str) -> String {
        let response = self.client.get(self.at(path)).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.text().await.unwrap()
    }

    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.client
            .post(self.at(path))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
            .send()
            .await
            .unwrap()
    }

    pub async fn control(&self, path: &str, order: Value) -> Response {
        self.client.post(self.at(&format!("/control{path}"))).json(&order).send().await.unwrap()
    }

    pub async fn mood(&self, setting: Value) {
        assert_eq!(self.control("/mood", setting).await.status(), 200);
    }

    pub async fn decide(&self, id: &str, kind: &str, data: Value) -> u16 {
        let order = json!({ "type": kind, "data": data });
        self.control(&format!("/submissions/{id}/decision"), order).await.status().as_u16()
    }

    pub async fn look(&self, path: &str) -> Value {
        self.client.get(self.at(&format!("/control{path}"))).send().await.unwrap().json().await.unwrap()
    }
}

pub fn envelope() -> Value {
    let pledge = "本单位承诺所填报信息真实、准确、完整。";
    json!({
        "wire": "1",
        "id": Uuid::now_v7(),
        "kind": "registration.licence",
        "filed_at": "2026-11-23T02:18:31.123Z",
        "reference": "K7M4-9TQX-3R2D",
        "revises": null,
        "enterprise": { "credit_code": MACHINERY, "name": "上海奉贤示例精密机械有限公司" },
        "filed_by": { "name": "白小云", "role": "agent" },
        "form": { "name": "licence", "version": 1 },
        "content": { "name": "安全生产标准化三级企业", "number": "沪AQB-示例-0001", "scope": "" },
        "attachments": [],
        "pledge": { "version": "2026-11", "sha256": address(pledge.as_bytes()), "text": pledge },
        "consents": [{ "purpose": "publish", "given": true }, { "purpose": "report", "given": false }],
    })
}

/// A commitment that holds.
pub fn commitment() -> Value {
    let statement = "格式：chengxin-commitment/1\n承诺人：上海奉贤示例精密机械有限公司\n";
    let mut envelope = envelope();
    envelope["kind"] = "commitment".into();
    envelope["commitment"] = json!({
        "code": "31012020261124000001", "type": "voluntary", "scope": "public",
        "statement": statement, "statement_sha256": address(statement.as_bytes()),
        "signature": { "level": "confirmation", "authenticated_at": "2026-11-24T01:00:00.000Z" },
    });
    envelope
}

pub fn attachment(bytes: &[u8], name: &str) -> Value {
    json!({
        "sha256": address(bytes), "name": name, "media_type": "application/pdf", "bytes": bytes.len(),
        "field": "attachments",
    })
}

pub fn digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body)))
}

pub fn address(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
