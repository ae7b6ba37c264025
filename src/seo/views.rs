//! The head of an article page as JSON.
//!
//! Open Graph's members have the names of the `meta` tags they are for; JSON-LD is ready to be put
//! into a `script` element, as answers are printed without `</`.

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::db::types::Stamp;

/// What a frontend puts into the head of an article's page. Texts are plain: escape them for HTML.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Seo {
    /// The page's title: the one for search engines, else the headline.
    #[schema(example = "Harbour reopens after the storm")]
    pub title: String,
    /// The description: the one for search engines, the summary, the standfirst or the first words
    /// of the body (at most 160 grapheme clusters); null where there are none.
    #[schema(example = "Ferries sail again from Monday, the harbour office said.")]
    pub description: Option<String>,
    /// The canonical URL: the story's own, or for another origin's story the one there.
    #[schema(format = "uri", example = "https://courier.example/harbour-reopens")]
    pub canonical: String,
    /// The content of the `robots` meta tag: `noindex` for another origin's story, else
    /// `max-image-preview:large`.
    #[schema(example = "max-image-preview:large")]
    pub robots: String,
    /// The link preview.
    pub open_graph: OpenGraph,
    /// A schema.org NewsArticle, ready to be inlined in a `script` of type `application/ld+json`.
    #[schema(value_type = HashMap<String, serde_json::Value>, example = json!({"@context": "https://schema.org", "@type": "NewsArticle"}))]
    pub json_ld: Map<String, Value>,
}

/// Open Graph: each member is the content of the `meta` tag of its name; a list is a tag each.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct OpenGraph {
    /// Always `article`.
    #[serde(rename = "og:type")]
    #[schema(example = "article")]
    pub kind: &'static str,
    /// The title.
    #[serde(rename = "og:title")]
    #[schema(example = "Harbour reopens after the storm")]
    pub title: String,
    /// The description.
    #[serde(rename = "og:description")]
    #[schema(example = "Ferries sail again from Monday, the harbour office said.")]
    pub description: Option<String>,
    /// The canonical URL.
    #[serde(rename = "og:url")]
    #[schema(format = "uri", example = "https://courier.example/harbour-reopens")]
    pub url: String,
    /// The publication.
    #[serde(rename = "og:site_name")]
    #[schema(example = "The Harbour Courier")]
    pub site_name: String,
    /// Language and country.
    #[serde(rename = "og:locale")]
    #[schema(example = "en_US")]
    pub locale: String,
    /// The lead image's URL; null without one.
    #[serde(rename = "og:image")]
    #[schema(format = "uri", example = "https://media.courier.example/dawn.jpg")]
    pub image: Option<String>,
    /// Its width in pixels.
    #[serde(rename = "og:image:width")]
    #[schema(example = 1600)]
    pub image_width: Option<u32>,
    /// Its height in pixels.
    #[serde(rename = "og:image:height")]
    #[schema(example = 900)]
    pub image_height: Option<u32>,
    /// What it shows, for who cannot see it.
    #[serde(rename = "og:image:alt")]
    #[schema(example = "Fishing boats at the quay before sunrise")]
    pub image_alt: Option<String>,
    /// First publication (RFC 3339, UTC).
    #[serde(rename = "article:published_time")]
    #[schema(value_type = String, format = DateTime, example = "2026-05-01T09:30:00.000000Z")]
    pub published_time: Stamp,
    /// The last substantive change (RFC 3339, UTC).
    #[serde(rename = "article:modified_time")]
    #[schema(value_type = String, format = DateTime, example = "2026-05-01T11:00:00.000000Z")]
    pub modified_time: Stamp,
    /// The authors' pages.
    #[serde(rename = "article:author")]
    #[schema(example = json!(["https://courier.example/author/ana-lima"]))]
    pub author: Vec<String>,
    /// The section's name.
    #[serde(rename = "article:section")]
    #[schema(example = "Harbour")]
    pub section: Option<String>,
    /// The tags' names.
    #[serde(rename = "article:tag")]
    #[schema(example = json!(["Storms", "Ferries"]))]
    pub tag: Vec<String>,
    /// `summary_large_image` with an image, else `summary`.
    #[serde(rename = "twitter:card")]
    #[schema(example = "summary_large_image")]
    pub card: &'static str,
    /// The authors' accounts in the fediverse, `user@host`.
    #[serde(rename = "fediverse:creator")]
    #[schema(example = json!(["ana@social.example"]))]
    pub creator: Vec<String>,
}
