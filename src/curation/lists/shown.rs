//! Lists as readers see them: what is live of them, in their order.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Item, List, Promo, by_keys};
use crate::articles::list::{Buyer, judged_for};
use crate::articles::{self, Card};
use crate::db::Snapshot;
use crate::db::ids::{ArticleId, ListId};
use crate::error::Result;

/// A list with its live stories.
#[derive(Clone, Debug)]
pub struct ShownList {
    /// The id.
    pub id: ListId,
    /// The name by which frontends ask for it.
    pub key: String,
    /// The heading.
    pub title: String,
    /// Live stories and promos, in order.
    pub items: Vec<ShownItem>,
}

/// A place in a list that readers see.
#[derive(Clone, Debug)]
pub enum ShownItem {
    /// A live story.
    Article(Box<Card>),
    /// Something that is not a story.
    Promo(Promo),
}

/// Lists as readers see them, in three statements for any number of them: what is not live is not
/// there. The answer depends on what is.
pub fn show(snapshot: &mut Snapshot, lists: Vec<List>, buyer: Option<&Buyer>) -> Result<Vec<ShownList>> {
    let ids: BTreeSet<ArticleId> = lists.iter().flat_map(List::articles).collect();
    let ids: Vec<ArticleId> = ids.into_iter().collect();
    let cards = articles::cards(snapshot, &ids)?;
    let cards = judged_for(snapshot, buyer, cards)?;
    for card in &cards {
        card.noted_in(snapshot);
    }
    for list in &lists {
        snapshot.depends_on("list", &list.key);
    }
    let cards: HashMap<ArticleId, Card> = cards.into_iter().map(|card| (card.id, card)).collect();
    Ok(lists.into_iter().map(|list| ShownList::of(list, &cards)).collect())
}

/// The lists that a page asks for, by key; a key that does not exist is none. The answer depends on
/// all of them.
pub fn lists_for_page(
    snapshot: &mut Snapshot,
    keys: &[String],
    buyer: Option<&Buyer>,
) -> Result<BTreeMap<String, Option<ShownList>>> {
    let mut lists: BTreeMap<String, Option<ShownList>> = keys.iter().map(|key| (key.clone(), None)).collect();
    for key in keys {
        snapshot.depends_on("list", key);
    }
    if !lists.is_empty() {
        let found = by_keys(snapshot, keys)?;
        lists.extend(show(snapshot, found, buyer)?.into_iter().map(|list| (list.key.clone(), Some(list))));
    }
    Ok(lists)
}

impl ShownList {
    fn of(list: List, cards: &HashMap<ArticleId, Card>) -> Self {
        let shown = |item| match item {
            Item::Article(id) => cards.get(&id).cloned().map(|card| ShownItem::Article(Box::new(card))),
            Item::Promo(promo) => Some(ShownItem::Promo(promo)),
        };
        let items = list.items.into_iter().filter_map(shown).collect();
        ShownList { id: list.id, key: list.key, title: list.title, items }
    }
}
