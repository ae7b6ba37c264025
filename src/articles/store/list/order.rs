//! The order of a list, and where in it a page begins, as pieces of SQL.
//!
//! A page begins at `key <= K AND (key < K OR id < I)`: the first part alone bounds the range of the
//! index on both engines, the second says where in it.

use super::super::super::list::{Sort, Start};
use super::search::Search;
use crate::error::{Error, Result};

/// An order of a list.
#[derive(Clone, Copy)]
pub struct Order {
    /// The columns of a row.
    pub select: &'static str,
    /// Whether it is by date of publication.
    pub by_date: bool,
    /// Whether its key is text.
    pub by_text: bool,
    /// The order of several ranges laid together.
    pub merged: &'static str,
    at_most: &'static str,
    beyond: &'static str,
    or_id: &'static str,
    by: &'static str,
    along: Option<&'static Order>,
}

macro_rules! order {
    ($key:literal, $id:literal, $than:literal, $way:literal, $by_date:literal, $by_text:literal, $along:expr) => {
        Order {
            select: concat!("SELECT a.id, ", $key),
            by_date: $by_date,
            by_text: $by_text,
            merged: concat!(" ORDER BY stamp ", $way, ", id ", $way),
            at_most: concat!($key, " ", $than, "= "),
            beyond: concat!("(", $key, " ", $than, " "),
            or_id: concat!(" OR ", $id, " ", $than, " "),
            by: concat!(" ORDER BY ", $key, " ", $way, ", ", $id, " ", $way),
            along: $along,
        }
    };
}

const NEWEST_ALONG: Order = order!("d.published_at", "d.article_id", "<", "DESC", true, false, None);
const OLDEST_ALONG: Order = order!("d.published_at", "d.article_id", ">", "ASC", true, false, None);
const NEWEST: Order = order!("a.published_at", "a.id", "<", "DESC", true, false, Some(&NEWEST_ALONG));
const OLDEST: Order = order!("a.published_at", "a.id", ">", "ASC", true, false, Some(&OLDEST_ALONG));
const LAST_UPDATED: Order = order!("a.updated_at", "a.id", "<", "DESC", false, false, None);
const FIRST_UPDATED: Order = order!("a.updated_at", "a.id", ">", "ASC", false, false, None);
const HEADLINE: Order = order!("a.headline_key", "a.id", ">", "ASC", false, true, None);
const BACKWARDS: Order = order!("a.headline_key", "a.id", "<", "DESC", false, true, None);

impl Order {
    /// The order of a sort.
    pub fn of(sort: Sort) -> Self {
        match sort {
            Sort::NewestFirst => NEWEST,
            Sort::OldestFirst => OLDEST,
            Sort::LastUpdatedFirst => LAST_UPDATED,
            Sort::FirstUpdatedFirst => FIRST_UPDATED,
            Sort::Headline => HEADLINE,
            Sort::HeadlineBackwards => BACKWARDS,
        }
    }

    /// The same order along the index of a section, tag or author.
    pub fn along_index(self) -> Self {
        self.along.copied().unwrap_or(self)
    }

    /// Adds where the page begins, and the order. 400 where the position is not one of this order.
    pub fn push(self, search: &mut Search, start: &Start) -> Result<()> {
        if let Start::After(position) = start {
            let number = position.key.parse::<i64>().map_err(|_| Error::InvalidCursor);
            for part in [self.at_most, self.beyond] {
                let statement = search.and(part);
                if self.by_text {
                    statement.text(position.key.as_str());
                } else {
                    statement.number(number.as_ref().map_err(|_| Error::InvalidCursor).copied()?);
                }
            }
            search.statement.sql(self.or_id).text(position.id.as_str()).sql(")");
        }
        search.statement.sql(self.by);
        Ok(())
    }
}
