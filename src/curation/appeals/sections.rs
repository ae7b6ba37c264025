//! The sections that appeals name, and the line of sections from a page's own to the top.

use crate::addresses::{self, Kind};
use crate::db::Conn;
use crate::db::ids::SectionId;
use crate::error::Result;
use crate::fields::{Faults, Ref};
use crate::taxonomy::sections;

/// The sections that a draft names, each once; 422 with every one that does not exist.
pub fn resolve(conn: &mut Conn, named: &[Ref]) -> Result<Vec<SectionId>> {
    let mut ids = Vec::with_capacity(named.len());
    let mut faults = Faults::default();
    for (place, name) in named.iter().enumerate() {
        match addresses::known_id(conn, Kind::Section, name.as_str())? {
            Some(id) if ids.contains(&id) => {}
            Some(id) => ids.push(id),
            None => {
                let detail = format!("there is no section `{}`", name.as_str());
                faults.add(format!("/sections/{place}"), "unknown_reference", detail);
            }
        }
    }
    faults.into_body_error()?;
    Ok(ids)
}

/// A section by id or slug and those above it, itself first; nothing where there is none.
pub fn line_of(conn: &mut Conn, name: &str) -> Result<Vec<SectionId>> {
    let Some(id) = addresses::known_id(conn, Kind::Section, name)? else { return Ok(Vec::new()) };
    Ok(sections::chain(conn, id)?.into_iter().map(|section| section.id).collect())
}
