//! JSON-LD of a story: a NewsArticle of schema.org 30.
//!
//! One object, ready to be inlined. What there is not is left out, as schema.org's readers expect;
//! no member is empty. A story of another origin names it as source and holder of the copyright.
//! The body is not repeated, and nothing stands here that the page does not show.

use chrono::Datelike;
use serde_json::{Map, Value, json};

use super::facts::{Image, Organisation, Story, text};

/// The object of a story.
pub(super) fn of(story: &Story<'_>, description: Option<&str>) -> Map<String, Value> {
    let article = &story.article;
    let canonical = article.canonical_url;
    let topics: Vec<Value> = story
        .tags
        .iter()
        .filter_map(|tag| tag.uri.map(|uri| json!({ "@type": "Thing", "@id": uri, "name": tag.name })))
        .collect();
    let keywords: Vec<&str> = story.tags.iter().filter(|tag| tag.uri.is_none()).map(|tag| tag.name).collect();
    let mut object = Object::new();
    object.put("@context", json!("https://schema.org"));
    object.put("@type", kind(article.kind));
    object.put("@id", json!(format!("{canonical}#article")));
    object.put("url", json!(canonical));
    object.put("mainEntityOfPage", json!(canonical));
    object.put("identifier", json!(format!("urn:uuid:{}", article.id)));
    object.put("version", json!(article.version));
    object.put("headline", json!(article.headline));
    object.put("alternativeHeadline", text(article.standfirst));
    object.put("description", text(description));
    object.put("inLanguage", json!(article.locale));
    object.put("datePublished", json!(article.first_published_at));
    object.put("dateModified", json!(article.updated_at));
    object.put("expires", json!(article.expires_at));
    object.put("isAccessibleForFree", json!(article.free));
    object.put("wordCount", json!(article.word_count));
    object.put("articleSection", text(story.section.as_ref().map(|section| section.name)));
    object.put("keywords", json!(keywords));
    object.put("about", json!(topics));
    object.put("author", authors(story));
    object.put("image", story.lead_image.as_ref().map_or(Value::Null, image));
    object.put("correction", corrections(story));
    object.put("publisher", publisher(story));
    rights(&mut object, story);
    object.0
}

/// Whose words they are, and by which rules others may use them. Our rules stand at our own
/// stories alone.
fn rights(object: &mut Object, story: &Story<'_>) {
    let year = story.article.first_published_at.datetime().year();
    let publication = &story.publication;
    object.put("copyrightYear", json!(year));
    let holder = match &story.origin {
        Some(origin) => {
            object.put("sourceOrganization", organisation(origin));
            object.put("isBasedOn", text(story.article.source_url));
            *origin
        }
        None => {
            object.put("creditText", text(publication.credit_line));
            object.put("license", text(publication.license_url.or(publication.guidelines_url)));
            for member in ["usageInfo", "acquireLicensePage"] {
                object.put(member, text(publication.guidelines_url));
            }
            Organisation { name: publication.name, url: Some(publication.base_url) }
        }
    };
    object.put("copyrightNotice", json!(format!("© {year} {}", holder.name)));
    object.put("copyrightHolder", organisation(&holder));
}

/// NewsArticle, and beside it the subtype that says more, where schema.org has one.
fn kind(kind: &str) -> Value {
    let subtype = match kind {
        "analysis" => "AnalysisNewsArticle",
        "opinion" | "letter" => "OpinionNewsArticle",
        "review" => "ReviewNewsArticle",
        "feature" | "interview" => "ReportageNewsArticle",
        "live" => "LiveBlogPosting",
        _ => return json!("NewsArticle"),
    };
    json!(["NewsArticle", subtype])
}

fn authors(story: &Story<'_>) -> Value {
    story
        .authors
        .iter()
        .map(|author| json!({ "@type": "Person", "name": author.name, "url": author.url }))
        .collect()
}

fn image(image: &Image<'_>) -> Value {
    let mut object = Object::new();
    object.put("@type", json!("ImageObject"));
    object.put("url", json!(image.url));
    // schema.org takes a Distance there, a number with its unit, and no bare number.
    object.put("width", json!(image.width.map(|px| format!("{px} px"))));
    object.put("height", json!(image.height.map(|px| format!("{px} px"))));
    object.put("caption", text(image.caption.or(image.alt)));
    object.put("creditText", text(image.credit));
    if let Some(name) = image.creator {
        object.put("creator", json!({ "@type": "Person", "name": name }));
    }
    json!([object.0])
}

fn corrections(story: &Story<'_>) -> Value {
    story
        .article
        .corrections
        .iter()
        .map(|correction| {
            json!({ "@type": "CorrectionComment", "text": correction.text, "datePublished": correction.at })
        })
        .collect()
}

fn publisher(story: &Story<'_>) -> Value {
    let publication = &story.publication;
    let mut object = Object::new();
    object.put("@type", json!("NewsMediaOrganization"));
    object.put("name", json!(publication.name));
    object.put("url", json!(publication.base_url));
    if let Some(logo) = publication.logo {
        object.put("logo", json!({ "@type": "ImageObject", "url": logo }));
    }
    Value::Object(object.0)
}

fn organisation(organisation: &Organisation<'_>) -> Value {
    let mut object = Object::new();
    object.put("@type", json!("NewsMediaOrganization"));
    object.put("name", json!(organisation.name));
    object.put("url", text(organisation.url));
    Value::Object(object.0)
}

/// An object that takes no empty member.
struct Object(Map<String, Value>);

impl Object {
    fn new() -> Self {
        Object(Map::new())
    }

    fn put(&mut self, name: &str, value: Value) {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            self.0.insert(name.to_owned(), value);
        }
    }
}
