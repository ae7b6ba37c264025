//! A small newsroom to write stories in, and the stories.

use serde_json::{Value, json};

use super::desk::{Call, Desk};

impl Desk {
    /// The publication, its own origin `own`, the reserved origin `wire`, the sections `city` and
    /// `harbour` below it, the author `ines-duarte` and the tag `lighthouses`.
    pub async fn newsroom(&self) -> Call<'_> {
        let admin = self.admin().await;
        let settings = json!({
            "name": "The Harbour Courier",
            "base_url": "https://courier.example",
            "timezone": "America/New_York",
            "locale": "en",
            "contact": {"email": "republish@courier.example", "subject": "republish"},
            "guidelines_url": "https://courier.example/republish",
        });
        admin.patch("/v1/admin/settings", settings).await.expect(200);
        let own = json!({"code": "own", "name": "The Harbour Courier", "in_house": true, "policy": "allow"});
        admin.post("/v1/admin/origins", own).await.expect(201);
        let wire = json!({
            "code": "wire", "name": "Coast Wire", "in_house": false, "policy": "deny",
            "contact": {"email": "rights@wire.example"},
        });
        admin.post("/v1/admin/origins", wire).await.expect(201);
        admin.post("/v1/admin/sections", json!({"slug": "city", "name": "City"})).await.expect(201);
        let harbour = json!({"slug": "harbour", "name": "Harbour", "parent": "city"});
        admin.post("/v1/admin/sections", harbour).await.expect(201);
        admin
            .post("/v1/admin/authors", json!({"slug": "ines-duarte", "name": "Inês Duarte"}))
            .await
            .expect(201);
        admin.post("/v1/admin/tags", json!({"slug": "lighthouses", "name": "Lighthouses"})).await.expect(201);
        admin
    }
}

impl Call<'_> {
    /// Writes a story; what `with` holds goes before what every story has.
    pub async fn writes(&self, with: Value) -> Value {
        let mut story = json!({
            "headline": "Last night at the lighthouse",
            "section": "harbour",
            "authors": ["ines-duarte"],
            "tags": ["lighthouses"],
            "origin": "own",
            "body": {"html": "<p>The lamp was lit for the last time.</p><p>Nobody spoke.</p>"},
        });
        let fields = story.as_object_mut().unwrap();
        fields.extend(with.as_object().cloned().unwrap_or_default());
        self.post("/v1/admin/articles", story).await.expect(201).data()
    }

    /// Writes a story and publishes it.
    pub async fn publishes(&self, with: Value) -> Value {
        let story = self.writes(with).await;
        let uri = format!("/v1/admin/articles/{}/publish", story["id"].as_str().unwrap());
        self.act(&uri).await.expect(200).at("/data/article")
    }

    /// Saves a story that was read at a revision.
    pub async fn saves(&self, story: &Value, patch: Value) -> Value {
        let uri = format!("/v1/admin/articles/{}", story["id"].as_str().unwrap());
        let call = self.clone().header("if-match", format!("\"{}\"", story["revision"]));
        call.patch(&uri, patch).await.expect(200).data()
    }
}
