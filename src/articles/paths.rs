//! The public addresses of a publication: paths made from its templates, and URLs made of paths.
//!
//! A `Template` is valid by construction: it knows which placeholders its kind has and that a path
//! of it names one thing. A path begins with one slash and is kept percent-encoded as the URL
//! standard prints it, so that it compares by its bytes. Nothing here asks whether an address is
//! free, or whose it is.

use std::fmt::Write;

use chrono::Datelike;
use chrono_tz::Tz;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use url::Url;

use crate::db::types::Stamp;

/// What a template makes paths of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Stories: `{slug} {section} {id} {yyyy} {mm}`.
    Article,
    /// Sections: `{path} {slug} {id}`.
    Section,
    /// Tags: `{slug} {id}`.
    Tag,
    /// Authors: `{slug} {id}`.
    Author,
    /// Series: `{slug} {id}`.
    Series,
}

impl Kind {
    /// The template of a publication that set none.
    pub fn default_template(self) -> &'static str {
        match self {
            Kind::Article => "/{slug}",
            Kind::Section => "/{path}",
            Kind::Tag => "/tag/{slug}",
            Kind::Author => "/author/{slug}",
            Kind::Series => "/series/{slug}",
        }
    }

    fn placeholder(self, name: &str) -> Option<Placeholder> {
        match (name, self) {
            ("slug", _) => Some(Placeholder::Slug),
            ("id", _) => Some(Placeholder::Id),
            ("path", Kind::Section) => Some(Placeholder::Path),
            ("section", Kind::Article) => Some(Placeholder::Section),
            ("yyyy", Kind::Article) => Some(Placeholder::Year),
            ("mm", Kind::Article) => Some(Placeholder::Month),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placeholder {
    Slug,
    Id,
    Path,
    Section,
    Year,
    Month,
}

impl Placeholder {
    /// Whether its value is that of one story, section, tag, author or series only.
    fn names_one(self) -> bool {
        match self {
            Placeholder::Slug | Placeholder::Id | Placeholder::Path => true,
            Placeholder::Section | Placeholder::Year | Placeholder::Month => false,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Placeholder(Placeholder),
}

/// A template of paths, such as `/{yyyy}/{mm}/{slug}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    text: String,
    parts: Vec<Part>,
}

/// Why a template or a path cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PathFault {
    /// It does not begin with a slash.
    #[error("a path begins with one `/`")]
    NoSlash,
    /// It has two slashes side by side, a backslash, or an encoded slash.
    #[error(
        "the parts of a path are parted by one `/` each; `//`, a backslash and `%2F` have no place in it"
    )]
    EmptySegment,
    /// It has a segment `.` or `..`, encoded or not.
    #[error("a path has no segments `.` and `..`")]
    DotSegment,
    /// It holds something that ends a path or must not stand in one.
    #[error("a path holds no {0:?}")]
    Character(char),
    /// A percent sign does not begin an encoded character.
    #[error("`%` in a path begins an encoded UTF-8 character, as `%C3%A9`")]
    Encoding,
    /// It is longer than 512 characters.
    #[error("a path has at most 512 characters")]
    TooLong,
    /// A brace without its other one.
    #[error("each `{{` of a template has its `}}`")]
    Brace,
    /// A placeholder that this kind of template does not have.
    #[error("`{{{0}}}` is not a placeholder of this template")]
    Unknown(String),
    /// Two things would share a path.
    #[error(
        "a template holds `{{slug}}` or `{{id}}` (that of sections `{{path}}`), or two would share one path"
    )]
    NotUnique,
}

/// What a path is made of. What a kind does not have is left empty.
#[derive(Clone, Copy, Debug)]
pub struct PathFacts<'a> {
    /// Its slug.
    pub slug: &'a str,
    /// Its id.
    pub id: &'a str,
    /// Of a section: the slugs of its ancestors and its own, parted by slashes. Of a story: that of
    /// its section.
    pub section_path: &'a str,
    /// The instant of first publication, for year and month.
    pub first_published_at: Stamp,
    /// The publication's timezone, in which year and month are told.
    pub zone: Tz,
}

const MAX_PATH: usize = 512;

impl Template {
    /// Reads a template of a kind.
    pub fn parse(kind: Kind, text: &str) -> Result<Self, PathFault> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((literal, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or(PathFault::Brace)?;
            push_literal(&mut parts, literal)?;
            let placeholder = kind.placeholder(name).ok_or_else(|| PathFault::Unknown(name.to_owned()))?;
            parts.push(Part::Placeholder(placeholder));
            rest = after;
        }
        push_literal(&mut parts, rest)?;
        // With a word in each place the template must be a good path.
        let sample: String = parts
            .iter()
            .map(|part| match part {
                Part::Literal(literal) => literal.as_str(),
                Part::Placeholder(_) => "x",
            })
            .collect();
        parse_path(&sample)?;
        let unique = parts.iter().any(|part| matches!(part, Part::Placeholder(p) if p.names_one()));
        if !unique {
            return Err(PathFault::NotUnique);
        }
        Ok(Template { text: text.to_owned(), parts })
    }

    /// The template of a publication that set none.
    pub fn default_of(kind: Kind) -> Self {
        // A test reads each default; were one broken, `/{slug}` serves every kind.
        Template::parse(kind, kind.default_template()).unwrap_or_else(|_| Template {
            text: "/{slug}".to_owned(),
            parts: vec![Part::Literal("/".to_owned()), Part::Placeholder(Placeholder::Slug)],
        })
    }

    /// The template as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The path of something, percent-encoded.
    pub fn path(&self, facts: &PathFacts<'_>) -> String {
        let day = facts.first_published_at.datetime().with_timezone(&facts.zone);
        let mut path = String::new();
        for part in &self.parts {
            // Writing into a String cannot fail.
            let _ = match part {
                Part::Literal(literal) => path.write_str(literal),
                Part::Placeholder(Placeholder::Slug) => path.write_str(facts.slug),
                Part::Placeholder(Placeholder::Id) => path.write_str(facts.id),
                Part::Placeholder(Placeholder::Path | Placeholder::Section) => {
                    path.write_str(facts.section_path)
                }
                Part::Placeholder(Placeholder::Year) => write!(path, "{:04}", day.year()),
                Part::Placeholder(Placeholder::Month) => write!(path, "{:02}", day.month()),
            };
        }
        encode(&path)
    }
}

fn push_literal(parts: &mut Vec<Part>, literal: &str) -> Result<(), PathFault> {
    if literal.contains('}') {
        return Err(PathFault::Brace);
    }
    if !literal.is_empty() {
        // Kept decoded: the whole path is encoded once, when it is made.
        parts.push(Part::Literal(decode(literal)?));
    }
    Ok(())
}

/// A path that staff or a request wrote, in the one form that is stored: NFC, percent-encoded.
pub fn parse_path(text: &str) -> Result<String, PathFault> {
    if !text.starts_with('/') {
        return Err(PathFault::NoSlash);
    }
    let path = decode(text)?;
    if path.contains("//") || path.contains('\\') {
        return Err(PathFault::EmptySegment);
    }
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err(PathFault::DotSegment);
    }
    if let Some(other) =
        path.chars().find(|c| c.is_control() || c.is_whitespace() || matches!(c, '?' | '#' | '{' | '}'))
    {
        return Err(PathFault::Character(other));
    }
    let path = encode(&path);
    if path.len() > MAX_PATH { Err(PathFault::TooLong) } else { Ok(path) }
}

/// The characters of a path. An encoded slash would become a segment's end, so it is refused.
fn decode(text: &str) -> Result<String, PathFault> {
    let lower = text.to_ascii_lowercase();
    if lower.contains("%2f") || lower.contains("%5c") {
        return Err(PathFault::EmptySegment);
    }
    let broken = text.split('%').skip(1).any(|after| {
        let mut digits = after.bytes().take(2);
        !(digits.next().is_some_and(|b| b.is_ascii_hexdigit())
            && digits.next().is_some_and(|b| b.is_ascii_hexdigit()))
    });
    if broken {
        return Err(PathFault::Encoding);
    }
    let decoded =
        percent_encoding::percent_decode_str(text).decode_utf8().map_err(|_| PathFault::Encoding)?;
    Ok(decoded.nfc().collect())
}

/// RFC 3986: what a path holds as it is, beside letters and digits; all else is encoded.
const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

fn encode(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, KEPT).to_string()
}

/// The public URL of a path under the publication's `base_url`.
pub fn url(base_url: &str, path: &str) -> String {
    let base = base_url.trim_end_matches('/');
    // As the URL standard prints it: host in lower case and ASCII, no default port.
    Url::parse(&format!("{base}{path}")).map_or_else(|_| format!("{base}{path}"), String::from)
}

/// The canonical URL of a story: its own, or for another origin's story the address there, where
/// that is known.
pub fn canonical_url<'a>(url: &'a str, in_house: bool, source_url: Option<&'a str>) -> &'a str {
    if in_house { url } else { source_url.unwrap_or(url) }
}

/// A canonical URL given for a story of ours that is not the story's own.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the canonical URL of a story of ours is its own `{0}`: leave it out")]
pub struct CanonicalFault(pub String);

/// What is stored of a canonical URL given for a story of ours: nothing where it is the story's
/// own but for scheme, case of the host, a final slash or a query; anything else is a fault.
pub fn own_canonical(given: &str, url: &str) -> Result<Option<String>, CanonicalFault> {
    let same = match (Url::parse(given.trim()), Url::parse(url)) {
        (Ok(given), Ok(own)) => bare(&given).is_some_and(|given| Some(given) == bare(&own)),
        _ => false,
    };
    if same { Ok(None) } else { Err(CanonicalFault(url.to_owned())) }
}

/// A web address less what does not tell two canonical URLs apart.
fn bare(url: &Url) -> Option<(&str, Option<u16>, &str)> {
    let web =
        matches!(url.scheme(), "http" | "https") && url.fragment().is_none() && url.username().is_empty();
    web.then(|| (url.host_str().unwrap_or_default(), url.port(), url.path().trim_end_matches('/')))
}
