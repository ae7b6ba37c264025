//! Giving what live stories and drafts name to another thing of its kind; the order of every list stays.

use diesel::prelude::*;

use super::super::Shown;
use crate::db::Tx;
use crate::db::schema::{
    article_uses, articles, live_article_authors as by_author, live_article_tags as by_tag, live_articles,
    live_update_authors as by_update,
};
use crate::error::Result;

/// A story, or an update, that names both names the other alone.
macro_rules! give {
    ($tx:expr, $table:ident, $owner:ident, $column:ident, $from:expr, $into:expr $(, $same:ident)*) => {{
        let other = diesel::alias!($table as other);
        let both = other
            .filter(other.field($table::$column).eq($into))
            .filter(other.field($table::$owner).eq($table::$owner))
            $(.filter(other.field($table::$same).eq($table::$same)))*;
        let doubled = $table::table.filter($table::$column.eq($from)).filter(diesel::dsl::exists(both));
        diesel::delete(doubled).execute(&mut **$tx)?;
        diesel::update($table::table.filter($table::$column.eq($from)))
            .set($table::$column.eq($into))
            .execute(&mut **$tx)?;
    }};
}

/// Lets live stories and the newest revisions name one thing in the place of another.
pub fn merge(tx: &mut Tx, shown: Shown, from: &str, into: &str) -> Result<()> {
    match shown {
        Shown::Author => {
            give!(tx, by_author, article_id, author_id, from, into, role);
            give!(tx, by_update, update_id, author_id, from, into, role);
        }
        Shown::Tag => {
            give!(tx, by_tag, article_id, tag_id, from, into);
            diesel::update(live_articles::table.filter(live_articles::primary_tag_id.eq(from)))
                .set(live_articles::primary_tag_id.eq(into))
                .execute(&mut **tx)?;
        }
        Shown::Section => {
            diesel::update(live_articles::table.filter(live_articles::section_id.eq(from)))
                .set(live_articles::section_id.eq(into))
                .execute(&mut **tx)?;
            diesel::update(articles::table.filter(articles::section_id.eq(from)))
                .set(articles::section_id.eq(into))
                .execute(&mut **tx)?;
        }
        Shown::Series | Shown::Media | Shown::Origin => {}
    }
    give!(tx, article_uses, article_id, entity_id, from, into);
    Ok(())
}
