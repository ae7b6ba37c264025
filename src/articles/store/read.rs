//! Reading the live tables into cards.

use diesel::prelude::*;

use super::super::byline::Role;
use super::super::cards::{
    Card, Focal, LeadMedia, ShortAuthor, ShortOrigin, ShortSection, ShortSeries, ShortTag,
};
use super::super::facts::Facts;
use super::super::story::Story;
use crate::addresses::{Gone, Kind};
use crate::body::Document;
use crate::db::ids::{ArticleId, AuthorId, MediaId, OriginId, SectionId, SeriesId, TagId};
use crate::db::schema::{
    gone, live_article_media, live_articles, media, origins, paths, sections, series, slugs, tags, versions,
};
use crate::db::types::{Json, Stamp};
use crate::db::{AmongThese, Conn, TextColumn};
use crate::error::Result;

#[derive(Queryable, Selectable)]
#[diesel(table_name = live_articles)]
struct Row {
    id: ArticleId,
    version: i32,
    slug: String,
    kind: String,
    headline: String,
    headline_key: String,
    kicker: Option<String>,
    standfirst: Option<String>,
    summary: Option<String>,
    url: String,
    canonical_url: String,
    locale: String,
    access: String,
    published_at: Stamp,
    first_published_at: Stamp,
    updated_at: Stamp,
    modified_at: Stamp,
    changed_at: Stamp,
    series_part: Option<i32>,
    republishable: bool,
    word_count: i32,
    reading_minutes: i32,
    translation_group: Option<String>,
    facts: Json<Facts>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sections)]
struct SectionRow {
    id: SectionId,
    slug: String,
    name: String,
    path: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = origins)]
struct OriginRow {
    id: OriginId,
    code: String,
    name: String,
    in_house: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = series)]
struct SeriesRow {
    id: SeriesId,
    slug: String,
    title: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = tags)]
struct TagRow {
    id: TagId,
    slug: String,
    name: String,
    kind: String,
    uri: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = media)]
struct MediaRow {
    id: MediaId,
    url: String,
    alt: Option<String>,
    caption: Option<String>,
    credit: Option<String>,
    width: Option<i32>,
    height: Option<i32>,
    focal: Option<Json<Focal>>,
}

type Joined = (
    Row,
    SectionRow,
    OriginRow,
    Option<SeriesRow>,
    Option<TagRow>,
    Option<MediaRow>,
    Json<Vec<(Role, AuthorId, String, String)>>,
    Json<Vec<(TagId, String, String, String, Option<String>)>>,
);

/// The authors of a row in the order of the byline: role, id, slug, name.
const AUTHORS: [&str; 2] = [
    "(SELECT json_group_array(json_array(la.role, au.id, au.slug, au.name) ORDER BY la.position) \
     FROM live_article_authors la JOIN authors au ON au.id = la.author_id WHERE la.article_id = live_articles.id)",
    "(SELECT COALESCE(json_agg(json_build_array(la.role, au.id, au.slug, au.name) ORDER BY la.position), '[]')::text \
     FROM live_article_authors la JOIN authors au ON au.id = la.author_id WHERE la.article_id = live_articles.id)",
];

/// The tags of a row in their order: id, slug, name, type, uri.
const TAGS: [&str; 2] = [
    "(SELECT json_group_array(json_array(tg.id, tg.slug, tg.name, tg.type, tg.uri) ORDER BY lt.position) \
     FROM live_article_tags lt JOIN tags tg ON tg.id = lt.tag_id WHERE lt.article_id = live_articles.id)",
    "(SELECT COALESCE(json_agg(json_build_array(tg.id, tg.slug, tg.name, tg.type, tg.uri) ORDER BY lt.position), '[]')::text \
     FROM live_article_tags lt JOIN tags tg ON tg.id = lt.tag_id WHERE lt.article_id = live_articles.id)",
];

/// Live stories with the short forms of all that they name, in no order: one statement.
pub fn cards(conn: &mut Conn, ids: &[ArticleId]) -> Result<Vec<Card>> {
    let [authors, tags_of] =
        [AUTHORS, TAGS].map(|[sqlite, postgres]| TextColumn::new(conn, sqlite, postgres));
    let rows = live_articles::table
        .inner_join(sections::table)
        .inner_join(origins::table)
        .left_join(series::table)
        .left_join(tags::table)
        .left_join(media::table)
        .filter(live_articles::id.among(ids))
        .select((
            Row::as_select(),
            SectionRow::as_select(),
            OriginRow::as_select(),
            Option::<SeriesRow>::as_select(),
            Option::<TagRow>::as_select(),
            Option::<MediaRow>::as_select(),
            authors,
            tags_of,
        ))
        .load::<Joined>(conn)?;
    Ok(rows.into_iter().map(card).collect())
}

fn card((row, section, origin, series, tag, media, authors, tags): Joined) -> Card {
    let part = row.series_part;
    Card {
        id: row.id,
        version: row.version,
        slug: row.slug,
        kind: row.kind,
        headline: row.headline,
        headline_key: row.headline_key,
        kicker: row.kicker,
        standfirst: row.standfirst,
        summary: row.summary,
        url: row.url,
        canonical_url: row.canonical_url,
        locale: row.locale,
        access: row.access,
        published_at: row.published_at,
        first_published_at: row.first_published_at,
        updated_at: row.updated_at,
        modified_at: row.modified_at,
        changed_at: row.changed_at,
        republishable: row.republishable,
        word_count: row.word_count,
        reading_minutes: row.reading_minutes,
        translation_group: row.translation_group,
        facts: row.facts.value,
        section: ShortSection { id: section.id, slug: section.slug, name: section.name, path: section.path },
        primary_tag: tag.map(short_tag),
        tags: tags
            .value
            .into_iter()
            .map(|(id, slug, name, kind, uri)| ShortTag { id, slug, name, kind, uri })
            .collect(),
        authors: authors
            .value
            .into_iter()
            .map(|(role, id, slug, name)| ShortAuthor { id, slug, name, role })
            .collect(),
        series: series.map(|series| ShortSeries {
            id: series.id,
            slug: series.slug,
            title: series.title,
            part,
        }),
        lead_media: media.map(lead_media),
        origin: ShortOrigin {
            id: origin.id,
            code: origin.code,
            name: origin.name,
            in_house: origin.in_house,
        },
    }
}

fn short_tag(row: TagRow) -> ShortTag {
    ShortTag { id: row.id, slug: row.slug, name: row.name, kind: row.kind, uri: row.uri }
}

fn lead_media(row: MediaRow) -> LeadMedia {
    LeadMedia {
        id: row.id,
        url: row.url,
        alt: row.alt,
        caption: row.caption,
        credit: row.credit,
        width: row.width,
        height: row.height,
        focal: row.focal.map(|focal| focal.value),
    }
}

/// The bodies of live stories.
pub fn bodies(conn: &mut Conn, ids: &[ArticleId]) -> Result<Vec<(ArticleId, Document)>> {
    let rows = live_articles::table
        .filter(live_articles::id.among(ids))
        .select((live_articles::id, live_articles::body))
        .load::<(ArticleId, Json<Document>)>(conn)?;
    Ok(rows.into_iter().map(|(id, body)| (id, body.value)).collect())
}

/// The live story that has a slug now.
pub fn by_slug(conn: &mut Conn, slug: &str) -> Result<Option<ArticleId>> {
    let row = live_articles::table.filter(live_articles::slug.eq(slug)).select(live_articles::id);
    Ok(row.first(conn).optional()?)
}

/// A story by a slug under which it was public.
pub struct Former {
    /// The story.
    pub id: ArticleId,
    /// The slug that it has now, where it is live.
    pub slug: Option<String>,
    /// What is told of it, where it was taken back.
    pub gone: Option<Gone>,
}

/// The story that was public under a slug.
pub fn formerly(conn: &mut Conn, slug: &str) -> Result<Option<Former>> {
    let row = slugs::table
        .left_join(live_articles::table.on(live_articles::id.eq(slugs::entity_id)))
        .left_join(gone::table.on(gone::article_id.eq(slugs::entity_id)))
        .filter(slugs::kind.eq(Kind::Article.name()).and(slugs::slug.eq(slug)).and(slugs::was_public))
        .select((
            slugs::entity_id,
            live_articles::slug.nullable(),
            (gone::at, gone::kind, gone::reason).nullable(),
        ))
        .first::<(ArticleId, Option<String>, Option<(Stamp, String, Option<String>)>)>(conn)
        .optional()?;
    let gone = |(at, kind, reason)| Gone { at, kind, reason };
    Ok(row.map(|(id, slug, told)| Former { id, slug, gone: told.map(gone) }))
}

/// A story that has or had a path.
pub struct AtPath {
    /// The story.
    pub id: ArticleId,
    /// The slug and the address that it has now, where it is live.
    pub now: Option<(String, String)>,
    /// What is told of it, where it was taken back.
    pub gone: Option<Gone>,
}

/// The story that has or had a path.
pub fn at_path(conn: &mut Conn, path: &str) -> Result<Option<AtPath>> {
    let row = paths::table
        .left_join(live_articles::table.on(live_articles::id.eq(paths::article_id)))
        .left_join(gone::table.on(gone::article_id.eq(paths::article_id)))
        .filter(paths::path.eq(path))
        .select((
            paths::article_id,
            (live_articles::slug, live_articles::url).nullable(),
            (gone::at, gone::kind, gone::reason).nullable(),
        ))
        .first::<(ArticleId, Option<(String, String)>, Option<(Stamp, String, Option<String>)>)>(conn)
        .optional()?;
    let gone = |(at, kind, reason)| Gone { at, kind, reason };
    Ok(row.map(|(id, now, told)| AtPath { id, now, gone: told.map(gone) }))
}

/// The assets that live stories show.
pub fn media_of(conn: &mut Conn, ids: &[ArticleId]) -> Result<Vec<(ArticleId, MediaId)>> {
    let rows = live_article_media::table
        .filter(live_article_media::article_id.among(ids))
        .order((live_article_media::article_id, live_article_media::media_id))
        .select((live_article_media::article_id, live_article_media::media_id))
        .load(conn)?;
    Ok(rows)
}

/// Live stories by id or slug: their ids, slugs, headlines and addresses.
pub fn named(conn: &mut Conn, names: &[String]) -> Result<Vec<(ArticleId, String, String, String)>> {
    let rows = live_articles::table
        .filter(live_articles::id.among(names).or(live_articles::slug.among(names)))
        .select((live_articles::id, live_articles::slug, live_articles::headline, live_articles::url))
        .load(conn)?;
    Ok(rows)
}

/// What a story said in a published version.
pub fn version(conn: &mut Conn, id: ArticleId, number: i32) -> Result<Option<Story>> {
    let row = versions::table.find((id, number)).select(versions::story);
    let story = row.first::<Json<Story>>(conn).optional()?;
    Ok(story.map(|story| story.value))
}

/// What the live stories of an origin say of themselves.
pub fn facts_of_origin(conn: &mut Conn, origin: OriginId) -> Result<Vec<(ArticleId, Facts)>> {
    let rows = live_articles::table
        .filter(live_articles::origin_id.eq(origin))
        .select((live_articles::id, live_articles::facts))
        .load::<(ArticleId, Json<Facts>)>(conn)?;
    Ok(rows.into_iter().map(|(id, facts)| (id, facts.value)).collect())
}
