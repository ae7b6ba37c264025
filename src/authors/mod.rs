//! People and their bylines.
//!
//! An author is public only while a live story names them; the newsroom sees all. Renaming one shows
//! at once in every live story; deleting one that a story uses is refused. Knows nothing of accounts:
//! whoever writes under a name may have none.

pub mod routes;
pub mod views;

mod store;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::addresses::{self, Kind};
use crate::articles::{self, Shown};
use crate::db::ids::AuthorId;
use crate::db::{Audience, Browse, Change, Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::{Slug, sort_key};

/// A person who writes, or a desk that signs.
#[derive(Clone, Debug, PartialEq)]
pub struct Author {
    /// The key.
    pub id: AuthorId,
    /// The name in addresses.
    pub slug: String,
    /// As it is printed.
    pub profile: Profile,
}

/// What the newsroom says about an author.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The printed name.
    pub name: String,
    /// A few sentences about them.
    pub bio: Option<String>,
    /// Address of a portrait.
    pub image: Option<String>,
    /// Their own site.
    pub website: Option<String>,
    /// For the newsroom alone.
    pub email: Option<String>,
    /// Accounts elsewhere.
    pub social: Vec<SocialAccount>,
    /// Whether they still write here.
    pub active: bool,
}

/// An account on a social network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SocialAccount {
    /// The network's name.
    #[schema(example = "mastodon")]
    pub network: String,
    /// The address of the account.
    #[schema(example = "https://social.example/@ines")]
    pub url: String,
}

/// What is to be stored: the profile, and the slug where one was typed.
pub struct Draft {
    /// The slug; made from the name where it is left out.
    pub slug: Option<Slug>,
    /// Everything else.
    pub profile: Profile,
}

/// Takes a new author on. 409 `slug_taken`.
pub fn create(tx: &mut Tx, draft: Draft) -> Result<Author> {
    let id = AuthorId::new();
    let slug = addresses::take_slug(tx, Kind::Author, id, draft.slug, &draft.profile.name)?;
    let author = Author { id, slug: slug.into(), profile: draft.profile };
    store::insert(tx, &author)?;
    tx.record(changed("author.created", &author));
    Ok(author)
}

/// Changes an author; live stories that name them show it at once. An identical change is none.
pub fn change(tx: &mut Tx, present: &Author, draft: Draft) -> Result<Author> {
    let slug = match draft.slug {
        Some(slug) => addresses::take_slug(tx, Kind::Author, present.id, Some(slug), "")?.into(),
        None => present.slug.clone(),
    };
    let author = Author { id: present.id, slug, profile: draft.profile };
    if author == *present {
        return Ok(author);
    }
    store::update(tx, &author)?;
    if articles::shows(tx, Shown::Author, author.id)? {
        addresses::note_public(tx, Kind::Author, &author.slug)?;
    }
    articles::touch(tx, Shown::Author, author.id)?;
    tx.record(changed("author.changed", &author).key("author", &present.slug));
    Ok(author)
}

/// Deletes an author whom no story uses; 409 `in_use` with the counts otherwise.
pub fn delete(tx: &mut Tx, author: &Author) -> Result<()> {
    articles::uses(tx, Shown::Author, author.id.as_str())?.refuse("author")?;
    store::delete(tx, author.id)?;
    addresses::release(tx, Kind::Author, author.id)?;
    tx.record(changed("author.deleted", author));
    Ok(())
}

/// Merges an author into another: every story names the other from now on, and the old addresses lead there.
/// 422 at `/into` where they are one.
pub fn merge(tx: &mut Tx, author: &Author, into: &Author) -> Result<()> {
    if author.id == into.id {
        return Err(Error::body("/into", "invalid_value", "must be another author"));
    }
    if articles::shows(tx, Shown::Author, author.id)? {
        addresses::note_public(tx, Kind::Author, &into.slug)?;
    }
    articles::merge(tx, Shown::Author, author.id.as_str(), into.id.as_str())?;
    store::delete(tx, author.id)?;
    addresses::merge(tx, Kind::Author, author.id, into.id)?;
    let change = Change::new(Audience::Public, "author.merged", "author", author.id);
    let change = change.detail(json!({ "into": into.id, "slug": author.slug, "name": author.profile.name }));
    tx.record(change.keys(keys(author)).keys(keys(into)).key("list", "articles"));
    Ok(())
}

/// The author by id or slug, old slugs included, as the newsroom sees them.
pub fn find(conn: &mut Conn, key: &str) -> Result<Author> {
    let id = addresses::id_of(conn, Kind::Author, key)?;
    id.map(|id| store::by_id(conn, id)).transpose()?.flatten().ok_or(Error::NotFound("author"))
}

/// The author by id or slug, where a live story names them.
pub fn find_live(conn: &mut Conn, key: &str) -> Result<Author> {
    let author = find(conn, key)?;
    if articles::shows(conn, Shown::Author, author.id)? { Ok(author) } else { Err(Error::NotFound("author")) }
}

/// The authors of these ids, in no order.
pub fn by_ids(conn: &mut Conn, ids: &[AuthorId]) -> Result<Vec<Author>> {
    store::by_ids(conn, ids)
}

/// A page of authors by name.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Author>> {
    store::browse(conn, browse)
}

/// The key that authors are sorted by.
pub fn name_key(author: &Author) -> String {
    sort_key(&author.profile.name)
}

fn changed(kind: &'static str, author: &Author) -> Change {
    Change::new(Audience::Staff, kind, "author", author.id).keys(keys(author))
}

/// The surrogate keys of the answers that show an author.
fn keys(author: &Author) -> [String; 3] {
    ["authors".to_owned(), format!("author:{}", author.id), format!("author:{}", author.slug)]
}
