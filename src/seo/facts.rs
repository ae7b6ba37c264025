//! The facts that a page's head is made of.
//!
//! Borrowed from whatever room has read them; only what is public stands here. URLs are absolute,
//! texts plain, instants those of API.md §3.

use serde_json::Value;

use crate::db::types::Stamp;

/// A live story with all that its head names.
#[derive(Clone, Debug)]
pub struct Story<'a> {
    /// The story itself.
    pub article: Article<'a>,
    /// Its section.
    pub section: Option<Section<'a>>,
    /// Its authors, in the order of the byline; no other roles.
    pub authors: &'a [Author<'a>],
    /// Its tags.
    pub tags: &'a [Tag<'a>],
    /// Its lead image.
    pub lead_image: Option<Image<'a>>,
    /// The organisation it comes from, where that is another than the publication.
    pub origin: Option<Organisation<'a>>,
    /// The publication.
    pub publication: Publication<'a>,
}

/// The story itself.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// Its id (UUID).
    pub id: &'a str,
    /// Published versions so far.
    pub version: u32,
    /// Its kind, by the word of the API (`news`, `opinion`, …).
    pub kind: &'a str,
    /// Its headline.
    pub headline: &'a str,
    /// Its standfirst.
    pub standfirst: Option<&'a str>,
    /// Its summary.
    pub summary: Option<&'a str>,
    /// A title for search engines.
    pub seo_title: Option<&'a str>,
    /// A description for search engines.
    pub seo_description: Option<&'a str>,
    /// The words of its body, or as many as a description takes.
    pub body_text: Option<&'a str>,
    /// Its address on our site.
    pub url: &'a str,
    /// Its canonical address.
    pub canonical_url: &'a str,
    /// Its address at its origin, where that is another.
    pub source_url: Option<&'a str>,
    /// Its language (BCP 47).
    pub locale: &'a str,
    /// Whether everybody may read it.
    pub free: bool,
    /// First publication.
    pub first_published_at: Stamp,
    /// The last substantive change.
    pub updated_at: Stamp,
    /// When it leaves our site.
    pub expires_at: Option<Stamp>,
    /// Words in its body.
    pub word_count: u32,
    /// Its corrections.
    pub corrections: &'a [Correction<'a>],
}

/// A correction.
#[derive(Clone, Copy, Debug)]
pub struct Correction<'a> {
    /// When it was made.
    pub at: Stamp,
    /// What it says.
    pub text: &'a str,
}

/// A section.
#[derive(Clone, Copy, Debug)]
pub struct Section<'a> {
    /// Its name.
    pub name: &'a str,
}

/// An author.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    /// The printed name.
    pub name: &'a str,
    /// Their page on our site.
    pub url: &'a str,
    /// Their account in the fediverse, `user@host`.
    pub fediverse: Option<&'a str>,
}

/// A tag.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'a> {
    /// Its name.
    pub name: &'a str,
    /// The concept it stands for in a shared vocabulary (IPTC Media Topics, Wikidata, …).
    pub uri: Option<&'a str>,
}

/// An image.
#[derive(Clone, Copy, Debug)]
pub struct Image<'a> {
    /// Its address.
    pub url: &'a str,
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// What it shows, for who cannot see it.
    pub alt: Option<&'a str>,
    /// Its caption.
    pub caption: Option<&'a str>,
    /// Its credit line.
    pub credit: Option<&'a str>,
    /// Who made it, where the credit line names one: the story's photographer.
    pub creator: Option<&'a str>,
}

/// Another organisation.
#[derive(Clone, Copy, Debug)]
pub struct Organisation<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its site.
    pub url: Option<&'a str>,
}

/// The publication.
#[derive(Clone, Copy, Debug)]
pub struct Publication<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its site.
    pub base_url: &'a str,
    /// Its logo's address.
    pub logo: Option<&'a str>,
    /// The credit line that others print, with the name filled in.
    pub credit_line: Option<&'a str>,
    /// The page of its guidelines for republishing.
    pub guidelines_url: Option<&'a str>,
    /// The licence that republished stories run under.
    pub license_url: Option<&'a str>,
}

/// An empty JSON value for a fact that there is not; such members are left out of JSON-LD.
pub(super) fn text(fact: Option<&str>) -> Value {
    fact.filter(|fact| !fact.trim().is_empty()).map_or(Value::Null, Value::from)
}
