//! Lists of live stories: which of them, in which order, from where on.
//!
//! One statement finds the ids of a page and the positions that its cursors are made of; `cards` then
//! reads what is shown. A filter by section, tag or author is read from that one's own index, so that
//! a small and old one costs no more than the newest stories of all.

mod buyer;
mod choice;
mod parameters;

use std::collections::BTreeSet;

use super::Card;
use super::store::list as store;
use crate::addresses::Kind;
use crate::db::ids::ArticleId;
use crate::db::{Conn, Position, Snapshot};
use crate::error::Result;

pub use buyer::{Buyer, Granted};
pub use choice::{Choice, as_stored};
pub use parameters::{ListParameters, Sort};

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// After a story.
    After(Position),
    /// So many stories into the list.
    At(i64),
}

/// A story in a list, and where it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The story.
    pub id: ArticleId,
    /// Its place.
    pub position: Position,
}

/// The ids of a page, and what was asked for by id and is not there.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The stories in order: one more than the page holds where there is a next one.
    pub places: Vec<Place>,
    /// Of `ids` those that are not in the list.
    pub missing: Vec<String>,
}

/// Finds a page: one statement. 400 where the position is not one of this list.
pub fn list(conn: &mut Conn, asked: &ListParameters, start: &Start) -> Result<Page> {
    match &asked.ids {
        None => Ok(Page { places: store::page(conn, asked, start)?, missing: Vec::new() }),
        Some(ids) => {
            let live: BTreeSet<ArticleId> = store::all(conn, asked)?.into_iter().collect();
            Ok(in_their_order(&ids.0, &live, asked.limit(), start))
        }
    }
}

/// Says of each story whether the partner who asks may republish it; nobody else's stories change.
pub fn judged_for(conn: &mut Conn, buyer: Option<&Buyer>, mut cards: Vec<Card>) -> Result<Vec<Card>> {
    let Some(buyer) = buyer.filter(|_| !cards.is_empty()) else { return Ok(cards) };
    let ids: Vec<ArticleId> = cards.iter().map(|card| card.id).collect();
    let open = store::open_to(conn, &ids, buyer)?;
    for card in &mut cards {
        card.republishable = open.contains(&card.id);
    }
    Ok(cards)
}

/// How many stories there are in the list, over all pages: one statement.
pub fn count(conn: &mut Conn, asked: &ListParameters) -> Result<i64> {
    store::count(conn, asked)
}

/// Says that an answer depends on what the filters name: an old slug may come to mean another.
pub fn note_filters(snapshot: &mut Snapshot, asked: &ListParameters) {
    snapshot.depends_on("list", "articles");
    let filters = [
        (Kind::Section, &asked.section),
        (Kind::Tag, &asked.tag),
        (Kind::Author, &asked.author),
        (Kind::Series, &asked.series),
    ];
    for (kind, choice) in filters {
        for value in choice.iter().flat_map(Choice::values) {
            let name = as_stored(value);
            // What is neither a slug nor an id will never name anything.
            if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
                snapshot.depends_on(kind.name(), name);
            }
        }
    }
}

/// Stories in the order in which they were asked for, each once.
fn in_their_order(asked: &[String], live: &BTreeSet<ArticleId>, limit: u32, start: &Start) -> Page {
    let mut page = Page::default();
    let mut seen = BTreeSet::new();
    let mut places = Vec::new();
    for (place, name) in (0_i64..).zip(asked) {
        match name.parse::<ArticleId>() {
            Ok(id) if live.contains(&id) => {
                let position = Position { key: place.to_string(), id: id.to_string() };
                places.extend(seen.insert(id).then_some((place, Place { id, position })));
            }
            Ok(_) | Err(_) => page.missing.push(name.clone()),
        }
    }
    let begins = |(place, _): &(i64, Place)| match start {
        Start::After(position) => position.key.parse().is_ok_and(|after: i64| *place > after),
        Start::At(_) => true,
    };
    let passed = match start {
        Start::After(_) => 0,
        Start::At(offset) => usize::try_from(*offset).unwrap_or_default(),
    };
    let from_start = places.into_iter().filter(begins).skip(passed).take(limit as usize + 1);
    page.places = from_start.map(|(_, place)| place).collect();
    page
}
