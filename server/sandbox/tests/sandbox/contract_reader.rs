//! A reader of the contract who calls the platform and compares.

use std::collections::BTreeSet;

use reqwest::{Method, RequestBuilder, header};
use serde_json::Value;

use crate::{
    schema::{misfits, resolve},
    world::{World, digest},
};

const TEXT: &str = include_str!("../../../../docs/platform-openapi.yaml");

/// The contract.
pub fn contract() -> Value {
    serde_norway::from_str(TEXT).unwrap()
}

/// Calls the platform and remembers which of the contract's answers it has seen.
pub struct Reader {
    pub world: World,
    pub contract: Value,
    pub seen: BTreeSet<(String, String, String)>,
}

impl Reader {
    pub async fn start() -> Self {
        Self { world: World::start().await, contract: contract(), seen: BTreeSet::new() }
    }

    pub fn wire(&self, method: Method, path: &str) -> RequestBuilder {
        self.world.wire(method, path)
    }

    /// Sends the request, and holds the answer against what the contract says of this operation and status.
    pub async fn expect(&mut self, template: &str, status: u16, request: RequestBuilder) {
        let request = request.build().unwrap();
        let method = request.method().to_string().to_lowercase();
        let response = self.world.client.execute(request).await.unwrap();
        assert_eq!(response.status(), status, "{method} {template}");
        let operation = &self.contract["paths"][template][&method];
        let declared = &operation["responses"][status.to_string()];
        assert!(declared.is_object(), "{method} {template} {status} is not in the contract");
        let declared = match declared["$ref"].as_str() {
            Some(reference) => resolve(&self.contract, reference).clone(),
            None => declared.clone(),
        };
        for name in declared["headers"].as_object().into_iter().flatten().map(|(name, _)| name) {
            assert!(response.headers().contains_key(name), "{method} {template} {status} has no {name}");
        }
        if method != "head"
            && let Some((media_type, content)) = declared["content"].as_object().and_then(|all| all.iter().next())
        {
            assert_eq!(response.headers()[header::CONTENT_TYPE], media_type.as_str());
            let body: Value = response.json().await.unwrap();
            let found = misfits(&self.contract, &content["schema"], &body, "");
            assert!(found.is_empty(), "{method} {template} {status}: {found:#?}\n{body:#}");
        }
        self.seen.insert((template.to_owned(), method, status.to_string()));
    }

    pub async fn put(&mut self, status: u16, envelope: &Value) {
        let (request, body) = (self.submission(envelope), envelope.to_string());
        self.expect("/v1/submissions/{id}", status, request.body(body)).await;
    }

    pub fn submission(&self, envelope: &Value) -> RequestBuilder {
        let id = envelope["id"].as_str().unwrap();
        self.json(Method::PUT, &format!("/submissions/{id}")).header("content-digest", digest(envelope.to_string().as_bytes()))
    }

    pub fn json(&self, method: Method, path: &str) -> RequestBuilder {
        self.wire(method, path).header(header::CONTENT_TYPE, "application/json")
    }
}
