//! Lines of the log as JSON.

use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::Serialize;
use serde_json::Map;
use utoipa::ToSchema;

use super::Entry;
use crate::db::Audience;
use crate::db::types::Stamp;
use crate::fields::{Faults, word};

/// One line of the log.
#[derive(Serialize, ToSchema)]
#[schema(as = Change)]
pub struct ChangeView {
    /// Its number: without gaps, in the order of the commits.
    #[schema(example = 1207)]
    pub seq: i64,
    /// When it was written.
    pub at: Stamp,
    /// Who may ever see it.
    pub audience: Audience,
    /// What happened, `area.verb`.
    #[schema(example = "article.saved")]
    pub kind: String,
    /// The kind of thing that it happened to.
    #[schema(example = "article")]
    pub entity: String,
    /// Which one: an id, or `unknown` where somebody who is none of us failed to sign in.
    #[schema(example = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")]
    pub entity_id: String,
    /// The published version that it made or took down; before a story is public, its revision.
    #[schema(example = 4)]
    pub version: Option<i32>,
    /// Who did it.
    pub actor: ActorView,
    /// The revision that was saved over; null where there was none, or it was no save.
    #[schema(example = 3)]
    pub from_revision: Option<i32>,
    /// The revision that it made or published; the same as `from_revision` where only the desk's own fields
    /// changed.
    #[schema(example = 4)]
    pub to_revision: Option<i32>,
    /// What is told besides, by kind. `forced: true`, with the `address` it came from: a save with
    /// `If-Match: *`, over whatever was there.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>, example = json!({"forced": true, "address": "203.0.113.9"}))]
    pub detail: Map<String, serde_json::Value>,
}

/// Who did something.
#[derive(Serialize, ToSchema)]
#[schema(as = ChangeActor)]
pub struct ActorView {
    /// `user`, `key`, `system` (the house itself, and its command line), `import` or `anonymous`.
    #[schema(example = "user")]
    pub kind: String,
    /// The id of the user or key; null for the others.
    #[schema(example = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")]
    pub id: Option<String>,
    /// What they are called now; null for the others.
    #[schema(example = "Inês Duarte")]
    pub name: Option<String>,
}

impl From<Entry> for ChangeView {
    fn from(entry: Entry) -> Self {
        let mut detail = match entry.detail {
            serde_json::Value::Object(members) => members,
            _ => Map::new(),
        };
        let mut take = |name: &str| {
            let number = detail.remove(name).as_ref().and_then(serde_json::Value::as_i64);
            number.and_then(|number| i32::try_from(number).ok())
        };
        let (from_revision, saved, published) =
            (take("from_revision"), take("to_revision"), take("revision"));
        let (kind, id) = match entry.actor.split_once(':') {
            Some((kind, id)) => (kind.to_owned(), Some(id.to_owned())),
            None => (entry.actor, None),
        };
        ChangeView {
            seq: entry.seq,
            at: entry.at,
            audience: entry.audience,
            kind: entry.kind,
            entity: entry.entity,
            entity_id: entry.entity_id,
            version: entry.version,
            actor: ActorView { kind, id, name: entry.actor_name },
            from_revision,
            to_revision: saved.or(published),
            detail,
        }
    }
}

impl Deserr<Faults> for Audience {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        word(value, location, Audience::parse, "public, partner, staff")
    }
}
