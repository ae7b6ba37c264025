//! Stories at a desk: what they need to go live, and going live.

use serde_json::{Value, json};
use wiredesk::db::Actor;
use wiredesk::fields::Slug;
use wiredesk::publication::{self, OriginDraft};
use wiredesk::rights::Policy;
use wiredesk::taxonomy::sections;

use super::{Call, Desk};

impl Desk {
    /// Makes what a story needs to go live: the section `harbour` and the origin `in-house`.
    pub async fn furnish(&self) {
        let furnished = self.app().db.write(Actor::system(), |tx| {
            let section = sections::Draft {
                slug: Slug::parse("harbour").ok(),
                name: "Harbour".into(),
                parent: None,
                description: None,
                position: 0,
            };
            sections::put(tx, section)?;
            let origin = OriginDraft {
                code: "in-house".into(),
                name: "The Courier".into(),
                url: None,
                in_house: true,
                policy: Some(Policy::Allow),
                contact: None,
            };
            publication::put_origin(tx, origin)
        });
        furnished.await.unwrap();
    }
}

impl Call<'_> {
    /// Saves a draft in `harbour` from `in-house`, with these fields besides; its id.
    pub async fn draft(&self, fields: Value) -> String {
        let mut story = json!({
            "headline": "Fog keeps the fleet in",
            "section": "harbour",
            "origin": "in-house",
            "body": { "html": "<p>The boats stayed at the north pier.</p>" },
        });
        let story_fields = story.as_object_mut().unwrap();
        story_fields.extend(fields.as_object().unwrap().clone());
        let made = self.post("/v1/admin/articles", story).await.expect(201);
        made.at("/data/id").as_str().unwrap().to_owned()
    }

    /// Saves and publishes a story; its id.
    pub async fn live(&self, fields: Value) -> String {
        let id = self.draft(fields).await;
        self.act(&format!("/v1/admin/articles/{id}/publish")).await.expect(200);
        id
    }
}
