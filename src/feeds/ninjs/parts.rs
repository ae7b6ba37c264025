//! The members of an item that are more than a field of the story.

use chrono::Datelike;
use serde_json::{Value, json};

use super::Item;
use crate::articles::Card;
use crate::articles::byline::Role;
use crate::articles::story::Correction;
use crate::publication::Settings;
use crate::republish::package::ImageView;

/// The role of who first published a story, in IPTC's vocabulary.
const ORIGINATOR: &str = "http://cv.iptc.org/newscodes/contentprodpartyrole/originator";

/// Whose words they are.
pub(super) fn holder<'a>(item: &Item<'a>) -> &'a str {
    if item.origin.in_house { &item.settings.name } else { &item.origin.name }
}

pub(super) fn copyright(item: &Item<'_>) -> String {
    format!("© {} {}", item.card.first_published_at.datetime().year(), holder(item))
}

/// The conditions in words, with the credit line and where to read more.
pub(super) fn usage_terms(item: &Item<'_>) -> String {
    let settings = item.settings;
    let mut terms: Vec<String> = item.conditions.iter().map(|condition| condition.text.to_owned()).collect();
    let credit = settings.credit_line.replace("{publication}", &settings.name);
    terms.push(format!("Credit line: {credit}"));
    terms.extend(settings.guidelines_url.as_ref().map(|url| format!("Guidelines: {url}")));
    terms.push(format!("Terms: version {}.", settings.terms_version));
    terms.join(" ")
}

/// The corrections, a line each, for whoever runs a copy.
pub(super) fn note(card: &Card) -> String {
    let line = |told: &Correction| format!("{} {}: {}", told.at, told.kind.as_str(), told.text);
    card.facts.corrections.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub(super) fn headlines(card: &Card) -> Value {
    let all = [
        ("main", Some(&card.headline)),
        ("kicker", card.kicker.as_ref()),
        ("deck", card.standfirst.as_ref()),
        ("seo", card.facts.seo.title.as_ref()),
    ];
    let filled = |(role, text): (&'static str, Option<&String>)| {
        text.filter(|text| !text.trim().is_empty()).map(|text| json!({ "role": role, "value": text }))
    };
    all.into_iter().filter_map(filled).collect()
}

pub(super) fn descriptions(card: &Card) -> Value {
    let summary = card.summary.as_ref().filter(|text| !text.trim().is_empty());
    summary
        .iter()
        .map(|text| json!({ "role": "summary", "contentType": "text/plain", "value": text }))
        .collect()
}

/// Those in the byline.
pub(super) fn people(card: &Card, settings: &Settings) -> Value {
    let site = settings.site();
    let authors = card.authors.iter().filter(|author| author.role == Role::Author);
    authors
        .map(|author| {
            json!({ "name": author.name, "rel": "author", "uri": site.author(&author.slug, author.id) })
        })
        .collect()
}

pub(super) fn subjects(card: &Card) -> Value {
    let section = json!({ "name": card.section.name, "rel": "section", "literal": card.section.path });
    let tags = card
        .tags
        .iter()
        .map(|tag| json!({ "name": tag.name, "rel": "about", "uri": tag.uri, "literal": tag.slug }));
    std::iter::once(section).chain(tags).collect()
}

/// The kind of story, by IPTC's genres where they have it.
pub(super) fn genres(card: &Card) -> Value {
    let concept = match card.kind.as_str() {
        "news" => Some("Current"),
        "analysis" => Some("Analysis"),
        "opinion" => Some("Opinion"),
        "review" => Some("Review"),
        "interview" => Some("Interview"),
        "feature" => Some("Feature"),
        "obituary" => Some("Obituary"),
        _ => None,
    };
    let uri = concept.map(|concept| format!("http://cv.iptc.org/newscodes/genre/{concept}"));
    json!([{ "name": card.kind, "uri": uri }])
}

/// Who first published it, and whom to ask.
pub(super) fn sources(item: &Item<'_>) -> Value {
    let (origin, settings) = (item.origin, item.settings);
    let own = origin.in_house.then_some(&settings.base_url);
    let contact = settings.contact.as_ref().map(|contact| {
        json!([{
            "type": "email",
            "role": "republishing",
            "name": contact.subject,
            "value": contact.email,
        }])
    });
    json!([{
        "name": origin.name,
        "role": ORIGINATOR,
        "uri": origin.url.as_ref().or(own),
        "literal": origin.code,
        "contactInfo": contact,
    }])
}

/// The pictures, sounds and films that the caller may run with the story.
pub(super) fn associations(card: &Card, images: &[ImageView]) -> Value {
    images.iter().enumerate().map(|(at, image)| association(card, at, image)).collect()
}

fn association(card: &Card, at: usize, image: &ImageView) -> Value {
    let is_lead = card.lead_media.as_ref().is_some_and(|lead| lead.id.as_str() == image.media);
    let kind = match image.mime.split('/').next() {
        Some(kind @ ("audio" | "video")) => kind,
        Some(_) | None => "picture",
    };
    let texts = [("altText", &image.alt), ("caption", &image.caption)];
    let descriptions = texts.into_iter().filter_map(|(role, text)| {
        text.as_ref().map(|text| json!({ "role": role, "contentType": "text/plain", "value": text }))
    });
    json!({
        "name": if is_lead { "lead-image".to_owned() } else { format!("{kind}-{}", at + 1) },
        "rel": if is_lead { "leadImage" } else { "inline" },
        "uri": format!("urn:uuid:{}", image.media),
        "type": kind,
        "representationType": "partial",
        "by": image.credit,
        "descriptions": descriptions.collect::<Value>(),
        "renditions": [{
            "name": "main",
            "href": image.url,
            "contentType": image.mime,
            "width": image.width,
            "height": image.height,
        }],
    })
}
