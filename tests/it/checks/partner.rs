//! A partner with a host of its own, and pages that it may run.

use serde_json::{Value, json};

use crate::harness::{Call, Desk};

/// A partner in good standing.
pub struct Runner<'d> {
    /// Its id.
    pub id: String,
    /// By its key.
    pub call: Call<'d>,
}

impl<'d> Runner<'d> {
    /// A partner whose pages are on a host, and who accepted the terms.
    pub async fn of(desk: &'d Desk, name: &str, host: &str) -> Self {
        let admin = desk.admin().await;
        let partner = json!({"name": name, "hosts": [host], "terms_version": "1"});
        let made = admin.post("/v1/admin/partners", partner).await.expect(201).data();
        let id = made["id"].as_str().unwrap().to_owned();
        let key =
            admin.post(&format!("/v1/admin/partners/{id}/keys"), json!({"name": "site"})).await.expect(201);
        Runner { id, call: desk.bearer(key.at("/data/key").as_str().unwrap()) }
    }

    /// Its package of a story.
    pub async fn package(&self, story: &Value) -> Value {
        let path = format!("/v1/articles/{}/republish", story["id"].as_str().unwrap());
        self.call.get(&path).await.expect(200).data()
    }

    /// The head that a package asks for.
    pub fn head(&self, package: &Value) -> String {
        package["head"]["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect()
    }
}

/// A page of these parts.
pub fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html><head><title>News</title>{head}</head><body><nav>News, weather</nav>{body}</body></html>"
    )
}
