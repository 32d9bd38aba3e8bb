//! The credit platform of the sandbox, as a test steers it and looks into it.

use serde_json::{Value, json};

use crate::world::{World, eventually};

impl World {
    async fn order(&self, path: &str, order: Value) -> (u16, Value) {
        let request = reqwest::Client::builder().no_proxy().build().unwrap().post(format!("{}{path}", self.sandbox.url()));
        let response = request.json(&order).send().await.unwrap();
        let status = response.status().as_u16();
        (status, response.json().await.unwrap_or_default())
    }

    /// How the sandbox behaves from now on.
    pub async fn mood(&self, setting: Value) {
        let (status, answer) = self.order("/control/mood", setting).await;
        assert_eq!(status, 200, "{answer}");
    }

    pub async fn good_mood(&self) {
        self.mood(json!({ "mood": "normal" })).await;
    }

    /// The enterprise has so many records beside its usual ones.
    pub async fn more_records(&self, credit_code: &str, more: u32) {
        let (status, answer) = self.order("/control/records", json!({ "credit_code": credit_code, "more": more })).await;
        assert_eq!(status, 204, "{answer}");
    }

    /// A record of the sandbox says this from now on; what is not named stays as it is.
    pub async fn change_record(&self, record: &str, says: Value) {
        let (status, answer) = self.order("/control/records/change", json!({ "record": record, "says": says })).await;
        assert_eq!(status, 204, "{answer}");
    }

    /// From now on the platform signs with this key, and with the one before.
    pub async fn rotate(&self, secret: &str) {
        let (status, answer) = self.order("/control/rotate", json!({ "secret": secret })).await;
        assert_eq!(status, 204, "{answer}");
    }

    /// Everything that the platform has.
    pub async fn at_platform(&self) -> Value {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        client.get(format!("{}/control/submissions", self.sandbox.url())).send().await.unwrap().json().await.unwrap()
    }

    /// How many submissions the platform has.
    pub async fn submissions(&self) -> usize {
        self.at_platform().await["submissions"].as_array().unwrap().len()
    }

    /// The submission, if the platform has it.
    pub async fn look_for(&self, id: &str) -> Option<Value> {
        let all = self.at_platform().await;
        all["submissions"].as_array().unwrap().iter().find(|submission| submission["id"] == id).cloned()
    }

    /// The submission, once the platform has it.
    pub async fn submission(&self, id: &str) -> Value {
        eventually("the platform has the submission", async || self.look_for(id).await).await
    }

    /// The platform decides about a submission, and tells the portal.
    pub async fn decide(&self, id: &str, kind: &str, data: Value) {
        self.submission(id).await;
        let (status, answer) =
            self.order(&format!("/control/submissions/{id}/decision"), json!({ "type": kind, "data": data })).await;
        assert_eq!(status, 200, "{kind}: {answer}");
    }

    /// Sends one event of any shape; gives the portal's status.
    pub async fn event(&self, order: Value) -> u16 {
        let (status, answer) = self.order("/control/event", order).await;
        assert_eq!(status, 200, "{answer}");
        u16::try_from(answer["status"].as_u64().unwrap()).unwrap()
    }

    /// How many events were recorded with a verdict.
    pub async fn events(&self, verdict: &str) -> i64 {
        let figures = self.portal.portal.storage.event_figures().await.unwrap();
        figures.iter().find(|(name, _)| name == verdict).map_or(0, |(_, count)| *count)
    }
}
