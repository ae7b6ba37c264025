//! Sections: the tree in which stories run.
//!
//! Sections are navigation, so they are public from the moment they are made. A section's `path` is
//! the slugs of its ancestors and its own, joined by `/`; it follows whatever moves above it. Nothing
//! stands below itself, and nothing deeper than [`DEEPEST`].

pub mod routes;
pub mod views;

mod place;
mod store;

use serde_json::json;

use crate::addresses::{self, Kind};
use crate::articles::{self, Shown};
use crate::db::ids::SectionId;
use crate::db::{Audience, Browse, Change, Conn, Position, Tx};
use crate::error::{Error, Fault, Result};
use crate::fields::{Ref, Slug, sort_key};

/// How many levels the tree has at the most.
pub const DEEPEST: usize = 10;

/// A place of the publication in which stories run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The key.
    pub id: SectionId,
    /// The name in addresses.
    pub slug: String,
    /// The printed name.
    pub name: String,
    /// The section above.
    pub parent: Option<SectionId>,
    /// The slugs of its ancestors and its own, joined by `/`.
    pub path: String,
    /// A few sentences about it.
    pub description: Option<String>,
    /// Its place among its sisters; equal ones stand by name.
    pub position: i32,
}

/// What is to be stored of a section.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The slug; made from the name where it is left out.
    pub slug: Option<Slug>,
    /// The printed name.
    pub name: String,
    /// The section above, by id or slug.
    pub parent: Option<Ref>,
    /// A few sentences about it.
    pub description: Option<String>,
    /// Its place among its sisters.
    pub position: i32,
}

/// Makes a section, public at once. 409 `slug_taken`, 422 at `/parent`.
pub fn create(tx: &mut Tx, draft: Draft) -> Result<Section> {
    let parent = place::parent(tx, draft.parent.as_ref())?;
    let id = SectionId::new();
    let slug = addresses::take_slug(tx, Kind::Section, id, draft.slug, &draft.name)?;
    let section = Section {
        id,
        path: place::path(parent.as_ref(), slug.as_str()),
        slug: slug.into(),
        name: draft.name,
        parent: parent.map(|parent| parent.id),
        description: draft.description,
        position: draft.position,
    };
    place::check_depth(&section.path, 0)?;
    store::insert(tx, &section)?;
    addresses::note_public(tx, Kind::Section, &section.slug)?;
    tx.touch_live();
    tx.record(changed("section.created", &section));
    Ok(section)
}

/// Changes a section; what stands below it, and live stories in it, follow at once. An identical
/// change is none. 409 `slug_taken`, 422 at `/parent`.
pub fn change(tx: &mut Tx, present: &Section, draft: Draft) -> Result<Section> {
    let parent = place::parent(tx, draft.parent.as_ref())?;
    place::check_ring(present, parent.as_ref())?;
    let slug: String = match draft.slug {
        Some(slug) => addresses::take_slug(tx, Kind::Section, present.id, Some(slug), "")?.into(),
        None => present.slug.clone(),
    };
    let section = Section {
        id: present.id,
        path: place::path(parent.as_ref(), &slug),
        slug,
        name: draft.name,
        parent: parent.map(|parent| parent.id),
        description: draft.description,
        position: draft.position,
    };
    settle(tx, present, section)
}

/// Lets a section be what it is to be, and what stands below it follow.
fn settle(tx: &mut Tx, present: &Section, section: Section) -> Result<Section> {
    if section == *present {
        return Ok(section);
    }
    let below = place::move_below(tx, present, &section.path)?;
    store::update(tx, &section)?;
    addresses::note_public(tx, Kind::Section, &section.slug)?;
    if (&section.name, &section.path) != (&present.name, &present.path) {
        articles::touch(tx, Shown::Section, section.id)?;
    }
    if section.parent != present.parent {
        refile(tx, section.id)?;
        for id in &below {
            refile(tx, *id)?;
        }
    }
    tx.touch_live();
    let keys = below.into_iter().map(|id| format!("section:{id}"));
    tx.record(changed("section.changed", &section).key("section", &present.slug).keys(keys));
    Ok(section)
}

/// Lets the stories of a section run under the ancestors that it has now.
fn refile(tx: &mut Tx, id: SectionId) -> Result<()> {
    let above = above(tx, id)?;
    articles::refile(tx, id, &above)
}

/// The sections above one, the nearest first.
fn above(conn: &mut Conn, id: SectionId) -> Result<Vec<SectionId>> {
    Ok(chain(conn, id)?.into_iter().skip(1).map(|section| section.id).collect())
}

/// Changes the section that has the slug of the draft, or makes it.
pub fn put(tx: &mut Tx, draft: Draft) -> Result<Section> {
    match by_slug(tx, draft.slug.as_ref())? {
        Some(present) => change(tx, &present, draft),
        None => create(tx, draft),
    }
}

fn by_slug(conn: &mut Conn, slug: Option<&Slug>) -> Result<Option<Section>> {
    let Some(slug) = slug else { return Ok(None) };
    let id = addresses::id_of(conn, Kind::Section, slug.as_str())?;
    Ok(id.map(|id| store::by_id(conn, id)).transpose()?.flatten())
}

/// Deletes a section that no story uses and below which none stands; 409 `in_use` otherwise.
pub fn delete(tx: &mut Tx, section: &Section) -> Result<()> {
    place::refuse_children(tx, section)?;
    articles::uses(tx, Shown::Section, section.id.as_str())?.refuse("section")?;
    store::delete(tx, section.id)?;
    addresses::release(tx, Kind::Section, section.id)?;
    tx.touch_live();
    tx.record(changed("section.deleted", section));
    Ok(())
}

/// Merges a section into another: its stories run there, what stood below it stands below the other, and the old
/// addresses lead there. 422 at `/into` where they are one, the other stands below it, or the tree would be too
/// deep.
pub fn merge(tx: &mut Tx, section: &Section, into: &Section) -> Result<()> {
    place::check_into(section, into)?;
    for child in store::children(tx, section.id)? {
        let path = place::path(Some(into), &child.slug);
        let moved = Section { parent: Some(into.id), path, ..child.clone() };
        settle(tx, &child, moved).map_err(too_deep)?;
    }
    let above = above(tx, into.id)?;
    articles::merge_section(tx, section.id, into.id, &above)?;
    store::delete(tx, section.id)?;
    addresses::merge(tx, Kind::Section, section.id, into.id)?;
    tx.touch_live();
    let detail = json!({ "into": into.id, "slug": section.slug, "name": section.name });
    tx.record(
        changed("section.merged", section)
            .detail(detail)
            .key("section", into.id)
            .key("section", &into.slug)
            .key("list", "articles"),
    );
    Ok(())
}

/// What is wrong with where a child would stand is wrong with what it is moved into.
fn too_deep(error: Error) -> Error {
    match error {
        Error::InvalidBody(faults) => Error::InvalidBody(
            faults.into_iter().map(|fault| Fault::at("/into", fault.code, fault.detail)).collect(),
        ),
        other => other,
    }
}

/// The section by id or slug, old slugs included.
pub fn find(conn: &mut Conn, key: &str) -> Result<Section> {
    let id = addresses::id_of(conn, Kind::Section, key)?;
    id.map(|id| store::by_id(conn, id)).transpose()?.flatten().ok_or(Error::NotFound("section"))
}

/// The sections of these ids, in no order; what is not there is left out.
pub fn by_ids(conn: &mut Conn, ids: &[SectionId]) -> Result<Vec<Section>> {
    store::by_ids(conn, ids)
}

/// A section and its ancestors, the nearest first: all under which its stories run.
pub fn chain(conn: &mut Conn, id: SectionId) -> Result<Vec<Section>> {
    let Some(section) = store::by_id(conn, id)? else { return Ok(Vec::new()) };
    let above: Vec<&str> = section.path.match_indices('/').map(|(at, _)| &section.path[..at]).collect();
    let mut chain = store::by_paths(conn, &above)?;
    chain.sort_by_key(|ancestor| std::cmp::Reverse(ancestor.path.len()));
    chain.insert(0, section);
    Ok(chain)
}

/// A section and all that stand below it.
pub fn subtree(conn: &mut Conn, id: SectionId) -> Result<Vec<SectionId>> {
    let Some(section) = store::by_id(conn, id)? else { return Ok(Vec::new()) };
    let below = store::below(conn, &section.path)?;
    Ok(std::iter::once(id).chain(below.into_iter().map(|section| section.id)).collect())
}

/// A page of sections by position, then name.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Section>> {
    store::browse(conn, browse)
}

/// Where a section stands in that order.
pub fn position(section: &Section) -> Position {
    Position { key: format!("{} {}", section.position, sort_key(&section.name)), id: section.id.to_string() }
}

/// The sections around some: their parents and their children.
#[derive(Clone, Debug, Default)]
pub struct Family(Vec<Section>);

/// Reads the parents and children of sections, in one statement.
pub fn family(conn: &mut Conn, sections: &[Section]) -> Result<Family> {
    let ids: Vec<SectionId> = sections.iter().map(|section| section.id).collect();
    let parents: Vec<SectionId> = sections.iter().filter_map(|section| section.parent).collect();
    Ok(Family(store::around(conn, &ids, &parents)?))
}

/// The sections of these ids with their parents and children, in one statement.
pub fn with_family(conn: &mut Conn, ids: &[SectionId]) -> Result<(Vec<Section>, Family)> {
    let all = store::with_family(conn, ids)?;
    let asked = all.iter().filter(|section| ids.contains(&section.id)).cloned().collect();
    Ok((asked, Family(all)))
}

impl Family {
    /// The section above.
    pub fn parent_of(&self, section: &Section) -> Option<&Section> {
        self.0.iter().find(|other| Some(other.id) == section.parent)
    }

    /// The sections directly below, by position, then name.
    pub fn children_of(&self, section: &Section) -> impl Iterator<Item = &Section> {
        let id = section.id;
        self.0.iter().filter(move |other| other.parent == Some(id))
    }
}

fn changed(kind: &'static str, section: &Section) -> Change {
    // Parents and children show one another, so every answer that shows a section depends on all.
    Change::new(Audience::Public, kind, "section", section.id)
        .key("section", section.id)
        .key("section", &section.slug)
        .keys(["sections".to_owned()])
}
