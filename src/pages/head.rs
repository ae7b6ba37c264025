//! The head of a live story's page: its facts, put together for `seo`.

use crate::articles::byline::Role;
use crate::articles::story::Access;
use crate::articles::{Card, site::Site};
use crate::body::Document;
use crate::publication::Settings;
use crate::seo::{self, Seo, facts};

/// What stands in the head of a story's page. `body` is resolved.
pub fn head(card: &Card, body: &Document, settings: &Settings) -> Seo {
    let site = settings.site();
    let excerpt = body.excerpt(seo::DESCRIPTION_GRAPHEMES);
    let authors = authors(card, &site);
    let authors: Vec<_> =
        authors.iter().map(|(name, url)| facts::Author { name, url, fediverse: None }).collect();
    let tags: Vec<_> =
        card.tags.iter().map(|tag| facts::Tag { name: &tag.name, uri: tag.uri.as_deref() }).collect();
    let corrections: Vec<_> = card
        .facts
        .corrections
        .iter()
        .map(|told| facts::Correction { at: told.at, text: &told.text })
        .collect();
    let credit_line = settings.credit_line.replace("{publication}", &settings.name);
    seo::seo(&facts::Story {
        article: article(card, excerpt.as_deref(), &corrections),
        section: Some(facts::Section { name: &card.section.name }),
        authors: &authors,
        tags: &tags,
        lead_image: image(card),
        origin: (!card.origin.in_house).then_some(facts::Organisation { name: &card.origin.name, url: None }),
        publication: facts::Publication {
            name: &settings.name,
            base_url: &settings.base_url,
            logo: settings.logo.as_deref(),
            credit_line: Some(&credit_line),
            guidelines_url: settings.guidelines_url.as_deref(),
        },
    })
}

/// The names and pages of those in the byline.
fn authors(card: &Card, site: &Site) -> Vec<(String, String)> {
    let bylined = card.authors.iter().filter(|author| author.role == Role::Author);
    bylined.map(|author| (author.name.clone(), site.author(&author.slug, author.id))).collect()
}

fn article<'a>(
    card: &'a Card,
    excerpt: Option<&'a str>,
    corrections: &'a [facts::Correction<'a>],
) -> facts::Article<'a> {
    let count = |number: i32| u32::try_from(number).unwrap_or_default();
    facts::Article {
        id: card.id.as_str(),
        version: count(card.version),
        kind: &card.kind,
        headline: &card.headline,
        standfirst: card.standfirst.as_deref(),
        summary: card.summary.as_deref(),
        seo_title: card.facts.seo.title.as_deref(),
        seo_description: card.facts.seo.description.as_deref(),
        body_text: excerpt,
        url: &card.url,
        canonical_url: &card.canonical_url,
        source_url: card.facts.source_url.as_deref(),
        locale: &card.locale,
        free: card.access == Access::Free.as_str(),
        first_published_at: card.first_published_at,
        updated_at: card.updated_at,
        expires_at: card.facts.expires_at,
        word_count: count(card.word_count),
        corrections,
    }
}

fn image(card: &Card) -> Option<facts::Image<'_>> {
    let pixels = |size: Option<i32>| size.and_then(|size| u32::try_from(size).ok());
    let photographer = card.authors.iter().find(|author| author.role == Role::Photographer);
    card.lead_media.as_ref().map(|media| facts::Image {
        url: &media.url,
        width: pixels(media.width),
        height: pixels(media.height),
        alt: media.alt.as_deref(),
        caption: media.caption.as_deref(),
        credit: media.credit.as_deref(),
        creator: photographer.map(|author| author.name.as_str()),
    })
}
