//! Tags: what stories are about.
//!
//! A tag is public only while a live story shows it; the newsroom sees all. Renaming one shows at
//! once in every live story; deleting one that a story uses is refused.

pub mod routes;
pub mod views;

mod store;

use deserr::Deserr;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::addresses::{self, Kind};
use crate::articles::{self, Shown};
use crate::db::ids::TagId;
use crate::db::{Audience, Browse, Change, Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::{Faults, Slug, sort_key};

/// Something that stories are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The key.
    pub id: TagId,
    /// The name in addresses.
    pub slug: String,
    /// What it stands for.
    pub subject: Subject,
}

/// What a tag stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The printed name.
    pub name: String,
    /// What kind of thing it is.
    pub kind: TagKind,
    /// A few sentences about it.
    pub description: Option<String>,
    /// The address that names the same thing elsewhere.
    pub uri: Option<String>,
}

/// What kind of thing a tag stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Deserr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(example = "place")]
pub enum TagKind {
    /// Anything that is none of the others.
    #[default]
    Topic,
    /// Somebody.
    Person,
    /// Somewhere.
    Place,
    /// A company, party, office or club.
    Organisation,
    /// Something that happens.
    Event,
}

/// What is to be stored: the subject, and the slug where one was typed.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The slug; made from the name where it is left out.
    pub slug: Option<Slug>,
    /// Everything else.
    pub subject: Subject,
}

/// Makes a tag. 409 `slug_taken`.
pub fn create(tx: &mut Tx, draft: Draft) -> Result<Tag> {
    let id = TagId::new();
    let slug = addresses::take_slug(tx, Kind::Tag, id, draft.slug, &draft.subject.name)?;
    let tag = Tag { id, slug: slug.into(), subject: draft.subject };
    store::insert(tx, &tag)?;
    tx.record(changed("tag.created", &tag));
    Ok(tag)
}

/// Changes a tag; live stories that have it show it at once. An identical change is none.
pub fn change(tx: &mut Tx, present: &Tag, draft: Draft) -> Result<Tag> {
    let slug = match draft.slug {
        Some(slug) => addresses::take_slug(tx, Kind::Tag, present.id, Some(slug), "")?.into(),
        None => present.slug.clone(),
    };
    let tag = Tag { id: present.id, slug, subject: draft.subject };
    if tag == *present {
        return Ok(tag);
    }
    store::update(tx, &tag)?;
    if articles::shows(tx, Shown::Tag, tag.id)? {
        addresses::note_public(tx, Kind::Tag, &tag.slug)?;
    }
    articles::touch(tx, Shown::Tag, tag.id)?;
    tx.record(changed("tag.changed", &tag).key("tag", &present.slug));
    Ok(tag)
}

/// Changes the tag that has the slug of the draft, or makes it.
pub fn put(tx: &mut Tx, draft: Draft) -> Result<Tag> {
    match present(tx, draft.slug.as_ref())? {
        Some(present) => change(tx, &present, draft),
        None => create(tx, draft),
    }
}

fn present(conn: &mut Conn, slug: Option<&Slug>) -> Result<Option<Tag>> {
    let Some(slug) = slug else { return Ok(None) };
    let id = addresses::id_of(conn, Kind::Tag, slug.as_str())?;
    Ok(id.map(|id| store::by_id(conn, id)).transpose()?.flatten())
}

/// Deletes a tag that no story uses; 409 `in_use` with the counts otherwise.
pub fn delete(tx: &mut Tx, tag: &Tag) -> Result<()> {
    articles::uses(tx, Shown::Tag, tag.id.as_str())?.refuse("tag")?;
    store::delete(tx, tag.id)?;
    addresses::release(tx, Kind::Tag, tag.id)?;
    tx.record(changed("tag.deleted", tag));
    Ok(())
}

/// Merges a tag into another: every story has the other from now on, and the old addresses lead there. 422 at
/// `/into` where they are one.
pub fn merge(tx: &mut Tx, tag: &Tag, into: &Tag) -> Result<()> {
    if tag.id == into.id {
        return Err(Error::body("/into", "invalid_value", "must be another tag"));
    }
    if articles::shows(tx, Shown::Tag, tag.id)? {
        addresses::note_public(tx, Kind::Tag, &into.slug)?;
    }
    articles::merge(tx, Shown::Tag, tag.id.as_str(), into.id.as_str())?;
    store::delete(tx, tag.id)?;
    addresses::merge(tx, Kind::Tag, tag.id, into.id)?;
    let change = Change::new(Audience::Public, "tag.merged", "tag", tag.id);
    let change = change.detail(json!({ "into": into.id, "slug": tag.slug, "name": tag.subject.name }));
    tx.record(change.keys(keys(tag)).keys(keys(into)).key("list", "articles"));
    Ok(())
}

/// The tag by id or slug, old slugs included, as the newsroom sees it.
pub fn find(conn: &mut Conn, key: &str) -> Result<Tag> {
    let id = addresses::id_of(conn, Kind::Tag, key)?;
    id.map(|id| store::by_id(conn, id)).transpose()?.flatten().ok_or(Error::NotFound("tag"))
}

/// The tag by id or slug, where a live story has it.
pub fn find_live(conn: &mut Conn, key: &str) -> Result<Tag> {
    let tag = find(conn, key)?;
    if articles::shows(conn, Shown::Tag, tag.id)? { Ok(tag) } else { Err(Error::NotFound("tag")) }
}

/// The tags of these ids, in no order; what is not there is left out.
pub fn by_ids(conn: &mut Conn, ids: &[TagId]) -> Result<Vec<Tag>> {
    store::by_ids(conn, ids)
}

/// A page of tags by name.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Tag>> {
    store::browse(conn, browse)
}

/// The key that tags are sorted by.
pub fn name_key(tag: &Tag) -> String {
    sort_key(&tag.subject.name)
}

fn changed(kind: &'static str, tag: &Tag) -> Change {
    Change::new(Audience::Staff, kind, "tag", tag.id).keys(keys(tag))
}

/// The surrogate keys of the answers that show a tag.
fn keys(tag: &Tag) -> [String; 3] {
    ["tags".to_owned(), format!("tag:{}", tag.id), format!("tag:{}", tag.slug)]
}

impl TagKind {
    /// Every kind.
    pub const ALL: [TagKind; 5] =
        [TagKind::Topic, TagKind::Person, TagKind::Place, TagKind::Organisation, TagKind::Event];

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            TagKind::Topic => "topic",
            TagKind::Person => "person",
            TagKind::Place => "place",
            TagKind::Organisation => "organisation",
            TagKind::Event => "event",
        }
    }

    /// The kind of that word.
    pub fn of(word: &str) -> Option<Self> {
        TagKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
