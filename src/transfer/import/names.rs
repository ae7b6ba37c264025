//! What the lines of a bundle are called, and what they name: references may point forwards, so what is not
//! yet there is asked for again at the end.

use std::collections::{HashMap, HashSet};

use crate::addresses;
use crate::auth::partners;
use crate::db::Conn;
use crate::error::Result;
use crate::transfer::Kind;
use crate::transfer::things::{Named, there};
use crate::{curation, media, publication};

/// The names of a bundle.
#[derive(Default)]
pub struct Names {
    lines: HashMap<Kind, HashMap<String, usize>>,
    article_ids: HashMap<String, usize>,
    stored: HashSet<(Kind, String)>,
    open: Vec<Open>,
}

/// A name for which nothing was found yet.
pub struct Open {
    /// The number of the line.
    pub line: usize,
    /// What it names.
    pub named: Named,
    /// Whether a story may do without it.
    pub may_be_missing: bool,
}

impl Names {
    /// Notes the line of a thing; the number of another line that has its name.
    pub fn declare(&mut self, kind: Kind, name: &str, line: usize) -> Option<usize> {
        let lines = self.lines.entry(kind).or_default();
        if let Some(first) = lines.get(name) {
            return Some(*first);
        }
        lines.insert(name.to_owned(), line);
        None
    }

    /// Notes the id that an article line brings; the number of another line that brings the same.
    pub fn declare_id(&mut self, id: &str, line: usize) -> Option<usize> {
        self.article_ids.insert(id.to_owned(), line).filter(|first| *first != line)
    }

    /// The line of a thing.
    pub fn line_of(&self, kind: Kind, name: &str) -> Option<usize> {
        self.lines.get(&kind)?.get(name).copied()
    }

    /// The line of a story by its slug or id.
    pub fn line_of_story(&self, name: &str) -> Option<usize> {
        let of_that_name = Kind::Article.name(name).and_then(|slug| self.line_of(Kind::Article, &slug));
        of_that_name.or_else(|| self.article_ids.get(&name.to_lowercase()).copied())
    }

    /// Asks for what a line names: now where it is there already, at the end otherwise.
    pub fn want(&mut self, conn: &mut Conn, line: usize, named: Named, may_be_missing: bool) -> Result<()> {
        if !self.has(&named) && !self.is_stored(conn, &named)? {
            self.open.push(Open { line, named, may_be_missing });
        }
        Ok(())
    }

    /// What was asked for and is nowhere.
    pub fn missing(&mut self) -> Vec<Open> {
        let open = std::mem::take(&mut self.open);
        open.into_iter().filter(|open| !self.has(&open.named)).collect()
    }

    fn has(&self, named: &Named) -> bool {
        let Named { kind, name, .. } = named;
        match kind {
            Kind::Article => self.line_of_story(name).is_some(),
            kind => kind.name(name).is_some_and(|name| self.line_of(*kind, &name).is_some()),
        }
    }

    fn is_stored(&mut self, conn: &mut Conn, named: &Named) -> Result<bool> {
        let key = (named.kind, named.name.clone());
        if self.stored.contains(&key) {
            return Ok(true);
        }
        let found = is_stored(conn, named.kind, &named.name)?;
        // What stories name again and again is few; stories themselves are many, and seldom named twice.
        if found && named.kind != Kind::Article {
            self.stored.insert(key);
        }
        Ok(found)
    }
}

/// Whether the database has a thing of this id or name.
fn is_stored(conn: &mut Conn, kind: Kind, name: &str) -> Result<bool> {
    use addresses::Kind::{Article, Author, Section, Series, Tag};
    let mut slugged = |kind| Ok(addresses::known_id::<()>(conn, kind, name)?.is_some());
    match kind {
        Kind::Section => slugged(Section),
        Kind::Author => slugged(Author),
        Kind::Tag => slugged(Tag),
        Kind::Series => slugged(Series),
        Kind::Article => slugged(Article),
        Kind::Origin => Ok(publication::find_origin_if_any(conn, name)?.is_some()),
        Kind::Media => Ok(media::find_if_any(conn, name)?.is_some()),
        Kind::Partner => Ok(there(partners::read(conn, name))?.is_some()),
        Kind::List => Ok(there(curation::lists::find(conn, name))?.is_some()),
        Kind::Appeal => Ok(there(curation::appeals::find(conn, name))?.is_some()),
        // Nothing names these.
        Kind::Publication | Kind::Update | Kind::Redirect | Kind::Views => Ok(true),
    }
}
