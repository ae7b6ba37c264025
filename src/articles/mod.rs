//! Stories as the world sees them: the live tables, into which publishing alone writes.
//!
//! Four verbs write here, always in the writer's transaction: `go_live` and `take_down`, called by
//! the newsroom, `touch` and `refile`, called by any room whose thing a live story shows. Every
//! delivery, feed and partner query reads this side alone, so a draft cannot leak.

pub mod byline;
mod canonical;
pub mod cards;
pub mod corrections;
pub mod events;
pub mod facts;
mod find;
mod keys;
pub mod list;
pub mod live;
pub mod paths;
pub mod printed_date;
mod related;
pub mod routes;
pub mod site;
pub mod story;
pub mod updates;
mod versions;
pub mod views;

mod store;
mod usage;

use std::fmt::Display;

use crate::db::Tx;
use crate::error::Result;

pub use cards::{Card, bodies, cards, facts_of_origin, known_articles, media_of};
pub use facts::{Facts, Translation};
pub use find::{Found, Standing, find, find_path};
pub use keys::keys_of;
pub use live::{
    GoingLive, Offer, go_live, merge, merge_section, put_offer, put_withheld, refile, rights_changed,
    take_down,
};
pub use printed_date::printed_date;
pub use related::{related, related_of};
pub use usage::{Usage, shows, uses};
pub use versions::{ever_public, latest_versions, version};

/// A kind of thing that live stories show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// An author, in the byline.
    Author,
    /// A section, or an ancestor of the story's.
    Section,
    /// A tag.
    Tag,
    /// A series.
    Series,
    /// An asset, in the lead or the body.
    Media,
    /// An origin.
    Origin,
}

impl Shown {
    /// Its name in tables and surrogate keys.
    pub fn name(self) -> &'static str {
        match self {
            Shown::Author => "author",
            Shown::Section => "section",
            Shown::Tag => "tag",
            Shown::Series => "series",
            Shown::Media => "media",
            Shown::Origin => "origin",
        }
    }
}

/// Says that what the live stories show of a thing has changed: their `modified_at` moves, their
/// `version` does not. One statement, however many they are.
pub fn touch(tx: &mut Tx, shown: Shown, id: impl Display) -> Result<()> {
    store::touch(tx, shown, &id.to_string())?;
    tx.touch_live();
    Ok(())
}
