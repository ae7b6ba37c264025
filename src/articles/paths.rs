//! The paths of a publication, made from its templates.
//!
//! A `Template` is valid by construction: it knows which placeholders its kind has, and that a path
//! of it names one thing. What it makes is in the one form that paths are stored in. Nothing here
//! asks whether an address is free, or whose it is.

use std::fmt::Write;

use chrono::Datelike;
use chrono_tz::Tz;

use crate::db::types::Stamp;
use crate::fields::path::{decode, encode};

pub use super::canonical::{CanonicalFault, canonical_url, is_same_address, own_canonical, url};
pub use crate::fields::{PathFault, parse_path};

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

/// What a template says of a path that it could have made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The slug in it.
    pub slug: Option<String>,
    /// The id in it.
    pub id: Option<String>,
    /// The slugs of sections in it, parted by slashes.
    pub section_path: Option<String>,
}

impl Template {
    /// Reads a path, percent-encoded, that the template could have made; `None` where it could not.
    pub fn read(&self, path: &str) -> Option<Read> {
        let path = decode(path).ok()?;
        let mut read = Read::default();
        read_parts(&self.parts, &path, &mut read).then_some(read)
    }
}

/// Whether the parts make up the rest of a path. A placeholder takes as much as it can.
fn read_parts(parts: &[Part], rest: &str, read: &mut Read) -> bool {
    match parts.split_first() {
        None => rest.is_empty(),
        Some((Part::Literal(literal), parts)) => {
            rest.strip_prefix(literal.as_str()).is_some_and(|rest| read_parts(parts, rest, read))
        }
        Some((Part::Placeholder(placeholder), parts)) => {
            let fits = rest.find(|c| !placeholder.holds(c)).unwrap_or(rest.len());
            (1..=fits).rev().any(|end| {
                let (value, rest) = rest.split_at(end);
                if !placeholder.is(value) || !read_parts(parts, rest, read) {
                    return false;
                }
                match placeholder {
                    Placeholder::Slug => read.slug = Some(value.to_owned()),
                    Placeholder::Id => read.id = Some(value.to_owned()),
                    Placeholder::Path | Placeholder::Section => read.section_path = Some(value.to_owned()),
                    Placeholder::Year | Placeholder::Month => {}
                }
                true
            })
        }
    }
}

impl Placeholder {
    /// Whether a character can stand in its value; all of these are ASCII.
    fn holds(self, c: char) -> bool {
        match self {
            Placeholder::Slug | Placeholder::Id => c.is_ascii_alphanumeric() || c == '-',
            Placeholder::Path | Placeholder::Section => c.is_ascii_alphanumeric() || matches!(c, '-' | '/'),
            Placeholder::Year | Placeholder::Month => c.is_ascii_digit(),
        }
    }

    /// Whether text of such characters can be its value.
    fn is(self, value: &str) -> bool {
        match self {
            Placeholder::Slug => true,
            Placeholder::Id => value.len() == 36,
            Placeholder::Path | Placeholder::Section => !value.starts_with('/') && !value.ends_with('/'),
            Placeholder::Year => value.len() == 4,
            Placeholder::Month => value.len() == 2,
        }
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
