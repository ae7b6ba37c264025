//! The tree of sections as it will be: no ring, however many lines it goes over, and parents first.

use std::collections::HashMap;

use crate::db::Conn;
use crate::error::Result;
use crate::taxonomy::sections::{self, DEEPEST};
use crate::transfer::Kind;

use crate::transfer::things::there;

/// The parents that the lines of a bundle give their sections.
#[derive(Default)]
pub struct Tree {
    parents: HashMap<String, Option<String>>,
}

impl Tree {
    /// Notes the parent of a section, by slug or id.
    pub fn add(&mut self, slug: &str, parent: Option<&str>) {
        let parent = parent.map(|parent| Kind::Section.name(parent).unwrap_or_else(|| parent.to_owned()));
        self.parents.insert(slug.to_owned(), parent);
    }

    /// How many stand above a section; what is wrong with its place, where something is.
    pub fn depth(&self, conn: &mut Conn, slug: &str) -> Result<std::result::Result<u32, String>> {
        let mut depth = 0;
        let mut above = self.parents.get(slug).cloned().flatten();
        while let Some(parent) = above {
            let stored = match self.parents.get(&parent) {
                Some(next) => {
                    above = next.clone();
                    parent
                }
                None => {
                    let Some(stored) = there(sections::find(conn, &parent))? else { break };
                    above = self.parent_of(conn, &stored)?;
                    stored.slug
                }
            };
            depth += 1;
            if stored == slug {
                return Ok(Err(format!("`{slug}` would stand below itself")));
            }
            if depth as usize >= DEEPEST {
                // In a ring further up this is met as well: it has no top.
                return Ok(Err(format!("the tree of sections has at most {DEEPEST} levels")));
            }
        }
        Ok(Ok(depth))
    }

    fn parent_of(&self, conn: &mut Conn, stored: &sections::Section) -> Result<Option<String>> {
        // A section that was named by its id or by an old slug may have a line after all.
        if let Some(parent) = self.parents.get(&stored.slug) {
            return Ok(parent.clone());
        }
        let parents = stored.parent.map(|parent| sections::by_ids(conn, &[parent])).transpose()?;
        Ok(parents.and_then(|mut parents| parents.pop()).map(|parent| parent.slug))
    }
}
