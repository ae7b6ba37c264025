//! What an export reads that no room tells in the order of names: names by kind, and stories with what stands
//! beside them.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;

use super::Kind;
use crate::addresses::Gone;
use crate::db::Conn;
use crate::db::ids::{ArticleId, AuthorId, MediaId, OriginId, PartnerId, SectionId, SeriesId, TagId};
use crate::db::schema::{
    appeals, articles, authors, gone, lists, live_articles, live_updates, media, origins, partners,
    redirects, sections, series, slugs, tags, views,
};
use crate::db::types::Stamp;
use crate::error::Result;

macro_rules! page {
    ($conn:expr, $table:ident, $column:ident, $after:expr, $limit:expr) => {
        $table::table
            .filter($table::$column.gt($after))
            .order($table::$column)
            .limit($limit)
            .select($table::$column)
            .load($conn)?
    };
}

/// The next names of a kind, in the order of code points. Sections are named by path, so parents come first.
pub fn names(conn: &mut Conn, kind: Kind, after: &str, limit: i64) -> Result<Vec<String>> {
    Ok(match kind {
        Kind::Publication | Kind::Update | Kind::Views => Vec::new(),
        Kind::Origin => page!(conn, origins, code, after, limit),
        Kind::Partner => page!(conn, partners, slug, after, limit),
        Kind::Section => page!(conn, sections, path, after, limit),
        Kind::Author => page!(conn, authors, slug, after, limit),
        Kind::Tag => page!(conn, tags, slug, after, limit),
        Kind::Series => page!(conn, series, slug, after, limit),
        Kind::Media => page!(conn, media, key, after, limit),
        Kind::Article => page!(conn, articles, slug, after, limit),
        Kind::List => page!(conn, lists, key, after, limit),
        Kind::Appeal => page!(conn, appeals, key, after, limit),
        Kind::Redirect => page!(conn, redirects, path, after, limit),
    })
}

macro_rules! names_by_id {
    ($($(#[$doc:meta])* $name:ident: $id:ty, $table:ident, $column:ident;)*) => {
        $($(#[$doc])* pub fn $name(conn: &mut Conn, ids: &[$id]) -> Result<HashMap<String, String>> {
            let rows = $table::table
                .filter($table::id.eq_any(ids))
                .select(($table::id, $table::$column))
                .load::<($id, String)>(conn)?;
            Ok(rows.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
        })*
    };
}

names_by_id! {
    /// The slugs of stories.
    article_slugs: ArticleId, articles, slug;
    /// The slugs of sections.
    section_slugs: SectionId, sections, slug;
    /// The slugs of tags.
    tag_slugs: TagId, tags, slug;
    /// The slugs of authors.
    author_slugs: AuthorId, authors, slug;
    /// The slugs of series.
    series_slugs: SeriesId, series, slug;
    /// The keys of assets.
    media_keys: MediaId, media, key;
    /// The codes of origins.
    origin_codes: OriginId, origins, code;
    /// The slugs of partners.
    partner_slugs: PartnerId, partners, slug;
}

/// The slugs under which some stories were public and are no longer known, in order.
pub fn former_slugs(conn: &mut Conn, ids: &[ArticleId]) -> Result<HashMap<String, Vec<String>>> {
    let ids: Vec<&str> = ids.iter().map(ArticleId::as_str).collect();
    let rows = slugs::table
        .filter(slugs::kind.eq("article"))
        .filter(slugs::entity_id.eq_any(ids))
        .filter(slugs::was_public.eq(true))
        .order(slugs::slug)
        .select((slugs::entity_id, slugs::slug))
        .load::<(String, String)>(conn)?;
    let mut by_id: HashMap<String, Vec<String>> = HashMap::new();
    for (id, slug) in rows {
        by_id.entry(id).or_default().push(slug);
    }
    Ok(by_id)
}

/// What is told of the stories that were taken back.
pub fn gone_by_id(conn: &mut Conn, ids: &[ArticleId]) -> Result<HashMap<String, Gone>> {
    let ids: Vec<&str> = ids.iter().map(ArticleId::as_str).collect();
    let rows = gone::table
        .filter(gone::article_id.eq_any(ids))
        .select((gone::article_id, gone::at, gone::kind, gone::reason))
        .load::<(String, Stamp, String, Option<String>)>(conn)?;
    Ok(rows.into_iter().map(|(id, at, kind, reason)| (id, Gone { at, kind, reason })).collect())
}

/// When anything that is shown of live stories last changed.
pub fn live_modified(conn: &mut Conn, ids: &[ArticleId]) -> Result<HashMap<String, Stamp>> {
    let rows = live_articles::table
        .filter(live_articles::id.eq_any(ids))
        .select((live_articles::id, live_articles::modified_at))
        .load::<(ArticleId, Stamp)>(conn)?;
    Ok(rows.into_iter().map(|(id, at)| (id.to_string(), at)).collect())
}

/// The next stories by slug: slug and id.
pub fn stories(conn: &mut Conn, after: &str, limit: i64) -> Result<Vec<(String, ArticleId)>> {
    Ok(articles::table
        .filter(articles::slug.gt(after))
        .order(articles::slug)
        .limit(limit)
        .select((articles::slug, articles::id))
        .load(conn)?)
}

/// Which of some stories have entries of live coverage.
pub fn covered(conn: &mut Conn, ids: &[ArticleId]) -> Result<HashSet<ArticleId>> {
    let rows = live_updates::table
        .filter(live_updates::article_id.eq_any(ids))
        .filter(live_updates::removed.eq(false))
        .select(live_updates::article_id)
        .distinct()
        .load::<ArticleId>(conn)?;
    Ok(rows.into_iter().collect())
}

/// The views of some stories by hour, counted and imported together.
pub fn views_of(conn: &mut Conn, ids: &[ArticleId]) -> Result<BTreeMap<(ArticleId, Stamp), i64>> {
    let rows = views::table
        .filter(views::article_id.eq_any(ids))
        .select((views::article_id, views::hour, views::count))
        .load::<(ArticleId, Stamp, i64)>(conn)?;
    let mut hours = BTreeMap::new();
    for (article, hour, count) in rows {
        *hours.entry((article, hour)).or_insert(0) += count;
    }
    Ok(hours)
}
