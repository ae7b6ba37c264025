//! Lists: stories and promos in an order that the newsroom gave them.
//!
//! A list may hold stories in any state. Readers get those that are live, without a gap and without
//! a count of the others, and a story that goes live shows in its place by itself.

pub mod routes;
pub mod views;

mod items;
mod shown;
mod store;

use crate::db::ids::{ArticleId, ListId};
use crate::db::{Audience, Browse, Change, Conn, Position, Tx};
use crate::error::{Error, Result};
use crate::fields::{Key, sort_key};

pub use items::{DraftItem, Item, MOST_ITEMS, Promo};
pub use shown::{ShownItem, ShownList, lists_for_page, show};
pub use store::ListedStory;

/// Stories and promos in an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The id.
    pub id: ListId,
    /// The name by which frontends ask for it.
    pub key: String,
    /// The heading.
    pub title: String,
    /// What it holds.
    pub items: Vec<Item>,
}

/// What is to be stored of a list.
pub struct Draft {
    /// The name by which frontends ask for it.
    pub key: Key,
    /// The heading.
    pub title: String,
    /// What it holds.
    pub items: Vec<DraftItem>,
}

/// Makes a list. 409 `taken`; 422 at `/items/N/article` where there is no such story.
pub fn create(tx: &mut Tx, draft: Draft) -> Result<List> {
    let list = resolved(tx, ListId::new(), draft)?;
    store::insert(tx, &list)?;
    tx.touch_live();
    tx.record(changed("list.created", &list));
    Ok(list)
}

/// Changes a list. An identical change is none. 409 and 422 as at its making.
pub fn change(tx: &mut Tx, present: &List, draft: Draft) -> Result<List> {
    let list = resolved(tx, present.id, draft)?;
    if list == *present {
        return Ok(list);
    }
    store::update(tx, &list)?;
    tx.touch_live();
    tx.record(changed("list.changed", &list).key("list", &present.key));
    Ok(list)
}

/// Changes the list that has the key of the draft, or makes it.
pub fn put(tx: &mut Tx, draft: Draft) -> Result<List> {
    match store::by_key(tx, draft.key.as_str())? {
        Some(present) => change(tx, &present, draft),
        None => create(tx, draft),
    }
}

/// Deletes a list; its stories stay as they are.
pub fn delete(tx: &mut Tx, list: &List) -> Result<()> {
    store::delete(tx, list.id)?;
    tx.touch_live();
    tx.record(changed("list.deleted", list));
    Ok(())
}

/// The list by id or key.
pub fn find(conn: &mut Conn, name: &str) -> Result<List> {
    let list = match (name.parse(), Key::parse(name.to_owned())) {
        (Ok(id), _) => store::by_id(conn, id)?,
        (Err(_), Ok(key)) => store::by_key(conn, key.as_str())?,
        // What cannot be a key is not asked for: PostgreSQL refuses a query that holds a NUL.
        (Err(_), Err(_)) => None,
    };
    list.ok_or(Error::NotFound("list"))
}

/// The lists of these keys, in the order of the keys; a key that does not exist is left out.
pub fn by_keys(conn: &mut Conn, keys: &[String]) -> Result<Vec<List>> {
    let found = store::by_keys(conn, keys)?;
    let of_key = |key: &String| found.iter().find(|list| list.key == *key).cloned();
    Ok(keys.iter().filter_map(of_key).collect())
}

/// A page of lists by title.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<List>> {
    store::browse(conn, browse)
}

/// The stories of some lists as the newsroom sees them, in no order.
pub fn stories(conn: &mut Conn, lists: &[List]) -> Result<Vec<ListedStory>> {
    let ids: Vec<ArticleId> = lists.iter().flat_map(List::articles).collect();
    store::stories(conn, &ids)
}

/// Where a list stands among all by title.
pub fn position(title: &str, id: ListId) -> Position {
    Position { key: sort_key(title), id: id.to_string() }
}

impl List {
    /// Its stories in order, whatever their state.
    pub fn articles(&self) -> impl Iterator<Item = ArticleId> {
        self.items.iter().filter_map(Item::article)
    }
}

/// The list that a draft describes, under an id.
fn resolved(tx: &mut Tx, id: ListId, draft: Draft) -> Result<List> {
    let key = draft.key.into_string();
    if store::by_key(tx, &key)?.is_some_and(|holder| holder.id != id) {
        return Err(Error::Taken(format!("there is a list `{key}` already")));
    }
    Ok(List { id, key, title: draft.title, items: items::resolve(tx, draft.items)? })
}

fn changed(kind: &'static str, list: &List) -> Change {
    Change::new(Audience::Public, kind, "list", list.id).key("list", &list.key).keys(["lists".to_owned()])
}
