//! Tags as JSON, in and out.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Draft, Subject, Tag, TagKind};
use crate::articles::site::Site;
use crate::db::ids::TagId;
use crate::fields::{Faults, Name, Slug, Text, WebUrl};

/// Something that stories are about.
#[derive(Serialize, ToSchema)]
#[schema(as = Tag)]
pub struct TagView {
    /// The key.
    pub id: TagId,
    /// The name in addresses.
    #[schema(example = "north-pier")]
    pub slug: String,
    /// The printed name.
    #[schema(example = "North Pier")]
    pub name: String,
    /// What kind of thing it is.
    #[serde(rename = "type")]
    pub kind: TagKind,
    /// A few sentences about it.
    #[schema(example = "The pier that the storm of 1987 took, and the one built after it.")]
    pub description: Option<String>,
    /// The address that names the same thing elsewhere, such as an entry of a public catalogue.
    #[schema(example = "https://places.example/north-pier")]
    pub uri: Option<String>,
    /// Its page on the publication's site.
    #[schema(example = "https://courier.example/tag/north-pier")]
    pub url: String,
}

/// A tag to make, or the whole of what one is changed to.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct TagInput {
    /// The name in addresses; made from the name where it is left out.
    #[deserr(default)]
    #[schema(inline, nullable = false, example = "north-pier")]
    pub slug: Option<Slug>,
    /// The printed name, 1-200 characters.
    #[schema(inline, example = "North Pier")]
    pub name: Name<200>,
    /// What kind of thing it is. Default `topic`.
    #[deserr(default, rename = "type")]
    #[schema(rename = "type")]
    pub kind: Option<TagKind>,
    /// A few sentences about it, at most 5,000 characters.
    #[deserr(default)]
    #[schema(inline, example = "The pier that the storm of 1987 took, and the one built after it.")]
    pub description: Option<Text<5000>>,
    /// The address that names the same thing elsewhere, such as an entry of a public catalogue.
    #[deserr(default)]
    #[schema(inline, example = "https://places.example/north-pier")]
    pub uri: Option<WebUrl>,
}

impl TagView {
    /// The tag, with the address of its page.
    pub fn new(site: &Site, tag: Tag) -> Self {
        let Tag { id, slug, subject } = tag;
        let url = site.tag(&slug, id);
        let Subject { name, kind, description, uri } = subject;
        TagView { id, slug, name, kind, description, uri, url }
    }

    /// The form that a patch is laid over: what can be sent, as it stands.
    pub fn form(tag: &Tag) -> serde_json::Value {
        let subject = &tag.subject;
        serde_json::json!({
            "slug": tag.slug,
            "name": subject.name,
            "type": subject.kind,
            "description": subject.description,
            "uri": subject.uri,
        })
    }
}

impl From<TagInput> for Draft {
    fn from(input: TagInput) -> Self {
        let subject = Subject {
            name: input.name.into_string(),
            kind: input.kind.unwrap_or_default(),
            description: input.description.and_then(Text::filled),
            uri: input.uri.map(WebUrl::into_string),
        };
        Draft { slug: input.slug, subject }
    }
}
