//! What can be told of a story and its coverage only when every line is read: it hangs on the settings, the origins and the
//! slugs that the bundle may bring in a later line.

use std::collections::HashMap;

use super::names::Names;
use crate::addresses::{self, Kind as Addressed};
use crate::articles::paths::own_canonical;
use crate::db::Conn;
use crate::db::ids::ArticleId;
use crate::error::Result;
use crate::publication::{self, Settings};
use crate::transfer::Kind;

/// What is asked at the end.
pub struct Later {
    /// The settings as they will be.
    pub settings: Settings,
    in_house: HashMap<String, bool>,
    locales: Vec<(usize, String)>,
    canonicals: Vec<Canonical>,
    former_slugs: Vec<(usize, usize, String)>,
    covered: Vec<(usize, String, ArticleId)>,
}

/// A canonical address that a line gives.
pub struct Canonical {
    /// The number of the line.
    pub line: usize,
    /// The address.
    pub given: String,
    /// The story's own path.
    pub path: String,
    /// The code of its origin.
    pub origin: Option<String>,
    /// Its address there.
    pub source_url: Option<String>,
}

/// A fault that was found at the end.
pub struct Late {
    /// The number of the line.
    pub line: usize,
    /// The field.
    pub field: String,
    /// Stable code.
    pub code: &'static str,
    /// In words.
    pub detail: String,
}

impl Later {
    /// Nothing is asked yet.
    pub fn new(settings: Settings) -> Self {
        Later {
            settings,
            in_house: HashMap::new(),
            locales: Vec::new(),
            canonicals: Vec::new(),
            former_slugs: Vec::new(),
            covered: Vec::new(),
        }
    }

    /// Notes whether an origin is the publication itself.
    pub fn note_origin(&mut self, code: &str, in_house: bool) {
        self.in_house.insert(code.to_owned(), in_house);
    }

    /// Asks whether a locale is the publication's.
    pub fn locale(&mut self, line: usize, locale: &str) {
        // Those of the settings as they are known so far need no second look, whatever comes.
        if !self.settings.all_locales().contains(&locale) {
            self.locales.push((line, locale.to_owned()));
        }
    }

    /// Asks whether a canonical address is the story's own.
    pub fn canonical(&mut self, canonical: Canonical) {
        self.canonicals.push(canonical);
    }

    /// Asks whether a slug that a story had before is nobody else's.
    pub fn former_slug(&mut self, line: usize, place: usize, slug: &str) {
        self.former_slugs.push((line, place, slug.to_owned()));
    }

    /// Asks whether the story that a line names is the one that its entry belongs to.
    pub fn covered(&mut self, line: usize, named: &str, story: ArticleId) {
        self.covered.push((line, named.to_owned(), story));
    }

    /// What is wrong with what was asked.
    pub fn judge(self, conn: &mut Conn, names: &Names) -> Result<Vec<Late>> {
        let mut late = Vec::new();
        let locales = self.settings.all_locales();
        for (line, locale) in &self.locales {
            if !locales.contains(&locale.as_str()) {
                let detail =
                    format!("`{locale}` is none of the publication's locales: {}", locales.join(", "));
                late.push(Late { line: *line, field: "locale".into(), code: "invalid_value", detail });
            }
        }
        for canonical in &self.canonicals {
            if let Err(detail) = self.own(conn, canonical)? {
                let (line, field) = (canonical.line, "canonical_url".into());
                late.push(Late { line, field, code: "invalid_value", detail });
            }
        }
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (line, place, slug) in &self.former_slugs {
            let other = names.line_of(Kind::Article, slug).or(seen.insert(slug, *line));
            let is_taken = other.is_some() || addresses::holder(conn, Addressed::Article, slug)?.is_some();
            if is_taken {
                let field = format!("former_slugs/{place}");
                let detail = format!("the slug `{slug}` is another story's");
                late.push(Late { line: *line, field, code: "slug_taken", detail });
            }
        }
        for (line, named, story) in &self.covered {
            let is_other = match names.line_of_story(named) {
                Some(other) => names.line_of_story(story.as_str()) != Some(other),
                None => addresses::known_id(conn, Addressed::Article, named)?.is_some_and(|id| id != *story),
            };
            if is_other {
                let (field, detail) = ("article".into(), "the update is one of another story".into());
                late.push(Late { line: *line, field, code: "invalid_value", detail });
            }
        }
        Ok(late)
    }

    fn own(&self, conn: &mut Conn, canonical: &Canonical) -> Result<std::result::Result<(), String>> {
        let in_house = match &canonical.origin {
            None => true,
            Some(code) => match self.in_house.get(code) {
                Some(in_house) => *in_house,
                None => publication::find_origin_if_any(conn, code)?.is_none_or(|origin| origin.in_house),
            },
        };
        let own = match (&canonical.source_url, in_house) {
            (Some(source), false) => source.clone(),
            _ => self.settings.site().url(&canonical.path),
        };
        Ok(own_canonical(&canonical.given, &own).map(drop).map_err(|fault| fault.to_string()))
    }
}
