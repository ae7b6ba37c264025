//! What a frontend puts into the head of an article page.
//!
//! Title, description, canonical link, robots, Open Graph and JSON-LD of one story, from plain
//! facts and nothing else. A story of another origin on our site is a copy: its canonical is the
//! origin's page and robots are told `noindex`. All texts are as stored: escaping them for HTML is
//! the frontend's, for JSON the printer's.

pub mod description;
pub mod facts;
pub mod json_ld;
pub mod open_graph;
pub mod views;

pub use description::{cut, description};
pub use facts::{Article, Author, Correction, Image, Organisation, Publication, Section, Story, Tag};
pub use views::{OpenGraph, Seo};

/// The longest description, in grapheme clusters (UAX #29).
pub const DESCRIPTION_GRAPHEMES: usize = 160;

/// The head of a story's page.
pub fn seo(story: &Story<'_>) -> Seo {
    let article = &story.article;
    let title = filled(article.seo_title).unwrap_or(article.headline).to_owned();
    let description =
        description(article.seo_description, article.summary, article.standfirst, article.body_text);
    Seo {
        open_graph: open_graph::of(story, &title, description.as_deref()),
        json_ld: json_ld::of(story, description.as_deref()),
        canonical: article.canonical_url.to_owned(),
        robots: robots(story).to_owned(),
        title,
        description,
    }
}

/// What robots are told: nothing of another origin's story is to be indexed from our site.
pub fn robots(story: &Story<'_>) -> &'static str {
    if story.origin.is_some() { "noindex" } else { "max-image-preview:large" }
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}
