//! What stands in a list, and the stories that a draft names.

use serde::{Deserialize, Serialize};

use crate::addresses::{self, Kind};
use crate::db::Conn;
use crate::db::ids::ArticleId;
use crate::error::Result;
use crate::fields::{Faults, Ref};

/// The most items of a list.
pub const MOST_ITEMS: usize = 200;

/// A place in a list, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A story, in whatever state.
    Article(ArticleId),
    /// Something that is not a story.
    Promo(Promo),
}

/// Something in a list that is not a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promo {
    /// Its heading.
    pub title: String,
    /// A sentence or two.
    pub text: Option<String>,
    /// Where it leads: absolute, or a path on the publication's site.
    pub url: String,
    /// Its picture: absolute, or a path on the publication's site.
    pub image: Option<String>,
}

/// A place in a list, as it was sent.
#[derive(Clone, Debug)]
pub enum DraftItem {
    /// A story by id or slug.
    Article(Ref),
    /// Something that is not a story.
    Promo(Promo),
}

impl Item {
    /// The story, if it is one.
    pub fn article(&self) -> Option<ArticleId> {
        match self {
            Item::Article(id) => Some(*id),
            Item::Promo(_) => None,
        }
    }
}

/// The items that a draft names; 422 with every reference to a story that does not exist.
pub fn resolve(conn: &mut Conn, drafts: Vec<DraftItem>) -> Result<Vec<Item>> {
    let mut items = Vec::with_capacity(drafts.len());
    let mut faults = Faults::default();
    for (place, draft) in drafts.into_iter().enumerate() {
        match draft {
            DraftItem::Promo(promo) => items.push(Item::Promo(promo)),
            DraftItem::Article(named) => match addresses::known_id(conn, Kind::Article, named.as_str())? {
                Some(id) => items.push(Item::Article(id)),
                None => {
                    let detail = format!("there is no story `{}`", named.as_str());
                    faults.add(format!("/items/{place}/article"), "unknown_reference", detail);
                }
            },
        }
    }
    faults.into_body_error()?;
    Ok(items)
}
