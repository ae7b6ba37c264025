//! Rows of the live tables.

use diesel::prelude::*;

pub mod corrections;
pub mod list;
pub mod merge;
pub mod read;
pub mod related;
pub mod usage;
pub mod versions;
pub mod write;

use super::Shown;
use crate::db::schema::{
    live_article_authors as by_author, live_article_media as by_media, live_article_sections as by_section,
    live_article_tags as by_tag, live_articles,
};
use crate::db::{Conn, Tx};
use crate::error::Result;

/// Moves `modified_at` of every live story that shows the thing.
pub fn touch(tx: &mut Tx, shown: Shown, id: &str) -> Result<()> {
    let stamps = (
        live_articles::modified_at.eq(tx.now()),
        live_articles::changed_at.eq(tx.now()),
        live_articles::changed_seq.eq(tx.next_seq()),
    );
    macro_rules! where_shown {
        ($($condition:tt)*) => {
            diesel::update(live_articles::table.filter(live_articles::id.eq_any($($condition)*))).set(stamps).execute(&mut **tx)
        };
    }
    match shown {
        Shown::Author => {
            where_shown!(by_author::table.filter(by_author::author_id.eq(id)).select(by_author::article_id))
        }
        Shown::Section => {
            where_shown!(
                by_section::table.filter(by_section::section_id.eq(id)).select(by_section::article_id)
            )
        }
        Shown::Tag => where_shown!(by_tag::table.filter(by_tag::tag_id.eq(id)).select(by_tag::article_id)),
        Shown::Media => {
            where_shown!(by_media::table.filter(by_media::media_id.eq(id)).select(by_media::article_id))
        }
        Shown::Series => diesel::update(live_articles::table.filter(live_articles::series_id.eq(id)))
            .set(stamps)
            .execute(&mut **tx),
        Shown::Origin => diesel::update(live_articles::table.filter(live_articles::origin_id.eq(id)))
            .set(stamps)
            .execute(&mut **tx),
    }?;
    Ok(())
}

/// Whether a live story shows the thing.
pub fn shows(conn: &mut Conn, shown: Shown, id: &str) -> Result<bool> {
    macro_rules! any {
        ($rows:expr) => {
            diesel::select(diesel::dsl::exists($rows)).get_result(conn)
        };
    }
    Ok(match shown {
        Shown::Author => any!(by_author::table.filter(by_author::author_id.eq(id))),
        Shown::Section => any!(by_section::table.filter(by_section::section_id.eq(id))),
        Shown::Tag => any!(by_tag::table.filter(by_tag::tag_id.eq(id))),
        Shown::Media => any!(by_media::table.filter(by_media::media_id.eq(id))),
        Shown::Series => any!(live_articles::table.filter(live_articles::series_id.eq(id))),
        Shown::Origin => any!(live_articles::table.filter(live_articles::origin_id.eq(id))),
    }?)
}
