//! A live story with the short forms of what it names: all that a list shows of it.
//!
//! One statement for any number of stories: their rows, each with its authors and tags.

use std::collections::HashMap;

use super::byline::{Role, byline};
use super::facts::Facts;
use super::store::read;
use crate::body::{Document, KnownArticle};
use crate::db::ids::{ArticleId, AuthorId, MediaId, OriginId, SectionId, SeriesId, TagId};
use crate::db::types::Stamp;
use crate::db::{Conn, Snapshot};
use crate::error::Result;

/// A live story without its body.
#[derive(Clone, Debug)]
pub struct Card {
    /// The key.
    pub id: ArticleId,
    /// Published versions so far.
    pub version: i32,
    /// The slug.
    pub slug: String,
    /// The kind of story, by the word of the API.
    pub kind: String,
    /// The headline.
    pub headline: String,
    /// What lists by headline sort by.
    pub headline_key: String,
    /// The line above the headline.
    pub kicker: Option<String>,
    /// The sentence below it.
    pub standfirst: Option<String>,
    /// The summary.
    pub summary: Option<String>,
    /// The address.
    pub url: String,
    /// The canonical address.
    pub canonical_url: String,
    /// The language.
    pub locale: String,
    /// Who may read it.
    pub access: String,
    /// The date that readers see.
    pub published_at: Stamp,
    /// When it was first public.
    pub first_published_at: Stamp,
    /// When it last changed in substance.
    pub updated_at: Stamp,
    /// When anything shown last changed.
    pub modified_at: Stamp,
    /// When its answers last changed.
    pub changed_at: Stamp,
    /// Whether anybody may republish it.
    pub republishable: bool,
    /// Words in its body.
    pub word_count: i32,
    /// Minutes to read it.
    pub reading_minutes: i32,
    /// Names its translations.
    pub translation_group: Option<String>,
    /// Corrections, translations, rights.
    pub facts: Facts,
    /// Where it runs.
    pub section: ShortSection,
    /// The tag that says most.
    pub primary_tag: Option<ShortTag>,
    /// Its tags, in order.
    pub tags: Vec<ShortTag>,
    /// Who made it, in order.
    pub authors: Vec<ShortAuthor>,
    /// The series that it is a part of.
    pub series: Option<ShortSeries>,
    /// The picture at its top.
    pub lead_media: Option<LeadMedia>,
    /// Where it comes from.
    pub origin: ShortOrigin,
}

/// A section, short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortSection {
    /// The key.
    pub id: SectionId,
    /// The slug.
    pub slug: String,
    /// The name.
    pub name: String,
    /// The slugs of its ancestors and its own.
    pub path: String,
}

/// A tag, short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortTag {
    /// The key.
    pub id: TagId,
    /// The slug.
    pub slug: String,
    /// The name.
    pub name: String,
    /// What kind of thing it names.
    pub kind: String,
    /// The concept in a shared vocabulary.
    pub uri: Option<String>,
}

/// An author, short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortAuthor {
    /// The key.
    pub id: AuthorId,
    /// The slug.
    pub slug: String,
    /// The printed name.
    pub name: String,
    /// As what they are credited.
    pub role: Role,
}

/// A series, short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortSeries {
    /// The key.
    pub id: SeriesId,
    /// The slug.
    pub slug: String,
    /// The title.
    pub title: String,
    /// Which part the story is.
    pub part: Option<i32>,
}

/// The picture at a story's top.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadMedia {
    /// The key.
    pub id: MediaId,
    /// The address.
    pub url: String,
    /// What it shows.
    pub alt: Option<String>,
    /// The words under it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// Width in pixels.
    pub width: Option<i32>,
    /// Height in pixels.
    pub height: Option<i32>,
    /// The point that a crop keeps.
    pub focal: Option<Focal>,
}

/// The point of a picture that a crop keeps, from the top left.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Focal {
    /// Of the width, 0-1.
    #[schema(example = 0.5, minimum = 0.0, maximum = 1.0)]
    pub x: f64,
    /// Of the height, 0-1.
    #[schema(example = 0.33, minimum = 0.0, maximum = 1.0)]
    pub y: f64,
}

/// An origin, short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortOrigin {
    /// The key.
    pub id: OriginId,
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// Whether it is this publication itself.
    pub in_house: bool,
}

impl Card {
    /// The printed byline; none without authors.
    pub fn byline(&self) -> Option<String> {
        byline(&self.locale, self.authors.iter().map(|author| (author.role, author.name.as_str())))
    }

    /// Says that an answer that shows the story depends on it and on what it names.
    pub fn noted_in(&self, snapshot: &mut Snapshot) {
        snapshot.depends_on("article", self.id);
        snapshot.depends_on("section", self.section.id);
        for tag in self.tags.iter().chain(&self.primary_tag) {
            snapshot.depends_on("tag", tag.id);
        }
        snapshot.depends_on("origin", self.origin.id);
        if let Some(series) = &self.series {
            snapshot.depends_on("series", series.id);
        }
        for author in &self.authors {
            snapshot.depends_on("author", author.id);
        }
        if let Some(media) = &self.lead_media {
            snapshot.depends_on("media", media.id);
        }
    }
}

/// The live stories of these ids, in their order; what is not live is left out.
pub fn cards(conn: &mut Conn, ids: &[ArticleId]) -> Result<Vec<Card>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut cards = read::cards(conn, ids)?;
    let place = |id: &ArticleId| ids.iter().position(|asked| asked == id);
    cards.sort_by_key(|card| place(&card.id));
    Ok(cards)
}

/// The bodies of live stories, as they were written.
pub fn bodies(conn: &mut Conn, ids: &[ArticleId]) -> Result<Vec<(ArticleId, Document)>> {
    read::bodies(conn, ids)
}

/// The assets that live stories show, in their leads and bodies.
pub fn media_of(conn: &mut Conn, ids: &[ArticleId]) -> Result<Vec<(ArticleId, MediaId)>> {
    if ids.is_empty() { Ok(Vec::new()) } else { read::media_of(conn, ids) }
}

/// The live stories that a body names, by the name that it uses.
pub fn known_articles(conn: &mut Conn, names: &[String]) -> Result<HashMap<String, KnownArticle>> {
    if names.is_empty() {
        return Ok(HashMap::new());
    }
    let mut known = HashMap::new();
    for (id, slug, headline, url) in read::named(conn, names)? {
        let article = KnownArticle { id: id.to_string(), slug: slug.clone(), headline, url };
        known.insert(id.to_string(), article.clone());
        known.insert(slug, article);
    }
    Ok(known)
}

/// What the live stories of an origin say of themselves.
pub fn facts_of_origin(conn: &mut Conn, origin: OriginId) -> Result<Vec<(ArticleId, Facts)>> {
    read::facts_of_origin(conn, origin)
}
