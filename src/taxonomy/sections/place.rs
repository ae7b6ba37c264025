//! The place of a section in the tree: what it may stand under, and what moves along with it.

use serde_json::{Map, Value};

use super::{DEEPEST, Section, find, store};
use crate::db::ids::SectionId;
use crate::db::{Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::Ref;

/// The section that a reference names; 422 at `/parent` where there is none.
pub fn parent(conn: &mut Conn, named: Option<&Ref>) -> Result<Option<Section>> {
    let Some(named) = named else { return Ok(None) };
    match find(conn, named.as_str()) {
        Err(Error::NotFound(_)) => Err(Error::body(
            "/parent",
            "unknown_reference",
            format!("there is no section `{}`", shown(named)),
        )),
        found => found.map(Some),
    }
}

fn shown(named: &Ref) -> String {
    named.as_str().chars().take(64).collect()
}

/// 422 at `/parent` where a section would stand below itself.
pub fn check_ring(section: &Section, parent: Option<&Section>) -> Result<()> {
    match parent {
        Some(parent) if parent.id == section.id || is_below(&parent.path, &section.path) => {
            let detail = format!("`{}` is this section or stands below it", parent.slug);
            Err(Error::body("/parent", "invalid_value", detail))
        }
        Some(_) | None => Ok(()),
    }
}

/// 422 at `/into` where a section would be merged into itself or into one below it.
pub fn check_into(section: &Section, into: &Section) -> Result<()> {
    if into.id == section.id || is_below(&into.path, &section.path) {
        let detail = format!("`{}` is this section or stands below it", into.slug);
        return Err(Error::body("/into", "invalid_value", detail));
    }
    Ok(())
}

/// 422 at `/parent` where the tree would be too deep, with so many levels below the section.
pub fn check_depth(path: &str, levels_below: usize) -> Result<()> {
    if depth(path) + levels_below <= DEEPEST {
        return Ok(());
    }
    Err(Error::body("/parent", "invalid_value", format!("the tree of sections has at most {DEEPEST} levels")))
}

/// The path of a section of that slug under a parent.
pub fn path(parent: Option<&Section>, slug: &str) -> String {
    parent.map_or_else(|| slug.to_owned(), |parent| format!("{}/{slug}", parent.path))
}

/// Gives all that stand below a section the path that follows from its new one; their ids.
pub fn move_below(tx: &mut Tx, present: &Section, path: &str) -> Result<Vec<SectionId>> {
    if path == present.path {
        return Ok(Vec::new());
    }
    let below = store::below(tx, &present.path)?;
    let levels = below.iter().map(|section| depth(&section.path) - depth(&present.path)).max();
    check_depth(path, levels.unwrap_or(0))?;
    for section in &below {
        let tail = section.path.strip_prefix(&present.path).unwrap_or_default();
        store::set_path(tx, section.id, &format!("{path}{tail}"))?;
    }
    Ok(below.into_iter().map(|section| section.id).collect())
}

/// 409 `in_use` where sections stand directly below.
pub fn refuse_children(conn: &mut Conn, section: &Section) -> Result<()> {
    let children = store::count_children(conn, section.id)?;
    if children == 0 {
        return Ok(());
    }
    let detail = match children {
        1 => "1 section stands below this one".to_owned(),
        _ => format!("{children} sections stand below this one"),
    };
    let counts = Map::from_iter([("sections".to_owned(), Value::from(children))]);
    Err(Error::InUse { detail, counts })
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|tail| tail.starts_with('/'))
}

fn depth(path: &str) -> usize {
    path.split('/').count()
}
