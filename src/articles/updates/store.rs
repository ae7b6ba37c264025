//! Rows of `live_updates`, each with its authors in one statement.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use super::super::Shown;
use super::super::byline::Role;
use super::super::cards::ShortAuthor;
use super::{Seen, Update};
use crate::both;
use crate::db::ids::{ArticleId, AuthorId, MediaId, UpdateId};
use crate::db::schema::{live_update_authors, live_update_media, live_updates};
use crate::db::types::{Json, Stamp};
use crate::db::{Conn, Statement, Tx};
use crate::error::Result;

type Columns = (Text, Text, BigInt, Nullable<Text>, Text, Bool, Bool, Bool, BigInt, Text);

type Row = (
    UpdateId,
    ArticleId,
    Stamp,
    Option<String>,
    Json<crate::body::Document>,
    bool,
    bool,
    bool,
    i64,
    Json<Vec<(Role, AuthorId, String, String)>>,
);

/// The columns of an entry `u`, in the words of each engine.
const SELECT: [&str; 2] = [
    "SELECT u.id, u.article_id, u.at, u.headline, u.body, u.key_event, u.pinned, u.removed, u.changed_seq, \
     (SELECT json_group_array(json_array(ua.role, au.id, au.slug, au.name) ORDER BY ua.position) \
     FROM live_update_authors ua JOIN authors au ON au.id = ua.author_id WHERE ua.update_id = u.id) ",
    "SELECT u.id, u.article_id, u.at, u.headline, u.body, u.key_event, u.pinned, u.removed, u.changed_seq, \
     (SELECT COALESCE(json_agg(json_build_array(ua.role, au.id, au.slug, au.name) ORDER BY ua.position), '[]')::text \
     FROM live_update_authors ua JOIN authors au ON au.id = ua.author_id WHERE ua.update_id = u.id) ",
];

fn select(conn: &Conn) -> Statement {
    let [sqlite, postgres] = SELECT;
    let mut statement = Statement::default();
    statement.sql(match conn {
        Conn::Sqlite(_) => sqlite,
        Conn::Postgres(_) => postgres,
    });
    statement
}

fn load(conn: &mut Conn, statement: Statement) -> Result<Vec<Update>> {
    let rows = statement.load::<Columns, Row>(conn)?;
    Ok(rows.into_iter().map(update).collect())
}

fn update(row: Row) -> Update {
    let (id, article, at, headline, body, key_event, pinned, removed, changed_seq, authors) = row;
    let author = |(role, id, slug, name)| ShortAuthor { id, slug, name, role };
    let authors = authors.value.into_iter().map(author).collect();
    Update { id, article, at, headline, body: body.value, key_event, pinned, authors, removed, changed_seq }
}

/// The entry of a story, unless it was removed.
pub fn find(conn: &mut Conn, article: ArticleId, id: UpdateId) -> Result<Option<Update>> {
    let mut statement = select(conn);
    statement.sql("FROM live_updates u WHERE u.id = ").text(id.as_str());
    statement.sql(" AND u.article_id = ").text(article.as_str()).sql(" AND NOT u.removed");
    Ok(load(conn, statement)?.pop())
}

/// The entry of an id, removed or not.
pub fn with_id(conn: &mut Conn, id: UpdateId) -> Result<Option<Update>> {
    let mut statement = select(conn);
    statement.sql("FROM live_updates u WHERE u.id = ").text(id.as_str());
    Ok(load(conn, statement)?.pop())
}

/// The entries of a story, newest first.
pub fn newest(
    conn: &mut Conn,
    article: ArticleId,
    after: Option<(Stamp, &str)>,
    limit: i64,
) -> Result<Vec<Update>> {
    let mut statement = select(conn);
    statement.sql("FROM live_updates u WHERE u.article_id = ").text(article.as_str());
    statement.sql(" AND NOT u.removed");
    if let Some((at, id)) = after {
        statement.sql(" AND (u.at, u.id) < (").number(at.0).sql(", ").text(id).sql(")");
    }
    statement.sql(" ORDER BY u.at DESC, u.id DESC LIMIT ").number(limit);
    load(conn, statement)
}

/// The newest entries of each story.
pub fn newest_of_each(conn: &mut Conn, articles: &[ArticleId], most: i64) -> Result<Vec<Update>> {
    let mut statement = select(conn);
    statement.varied();
    statement.sql(
        "FROM (SELECT *, row_number() OVER (PARTITION BY article_id ORDER BY at DESC, id DESC) AS place \
         FROM live_updates WHERE NOT removed AND article_id IN ",
    );
    statement.texts(articles.iter().map(|id| id.as_str()));
    statement.sql(") AS u WHERE u.place <= ").number(most);
    statement.sql(" ORDER BY u.article_id, u.at DESC, u.id DESC");
    load(conn, statement)
}

/// What changed after a change.
pub fn changed_after(
    conn: &mut Conn,
    article: ArticleId,
    (seq, id): &Seen,
    limit: i64,
) -> Result<Vec<Update>> {
    let mut statement = select(conn);
    statement.sql("FROM live_updates u WHERE u.article_id = ").text(article.as_str());
    statement.sql(" AND (u.changed_seq, u.id) > (").number(*seq).sql(", ").text(id).sql(")");
    statement.sql(" ORDER BY u.changed_seq, u.id LIMIT ").number(limit);
    load(conn, statement)
}

/// The last change of a story's entries.
pub fn last_change(conn: &mut Conn, article: ArticleId) -> Result<Option<Seen>> {
    Ok(live_updates::table
        .filter(live_updates::article_id.eq(article))
        .order((live_updates::changed_seq.desc(), live_updates::id.desc()))
        .select((live_updates::changed_seq, live_updates::id))
        .first(conn)
        .optional()?)
}

/// The authors and assets that the entries of a story name.
pub fn named_by(conn: &mut Conn, article: ArticleId) -> Result<Vec<(Shown, String)>> {
    let authors = live_update_authors::table
        .inner_join(live_updates::table)
        .filter(live_updates::article_id.eq(article))
        .select(live_update_authors::author_id)
        .distinct()
        .load::<String>(conn)?;
    let media = live_update_media::table
        .inner_join(live_updates::table)
        .filter(live_updates::article_id.eq(article))
        .select(live_update_media::media_id)
        .distinct()
        .load::<String>(conn)?;
    let authors = authors.into_iter().map(|id| (Shown::Author, id));
    Ok(authors.chain(media.into_iter().map(|id| (Shown::Media, id))).collect())
}

/// Writes an entry.
pub fn put(tx: &mut Tx, update: &Update) -> Result<()> {
    let body = Json::of(&update.body);
    let fields = (
        live_updates::at.eq(update.at),
        live_updates::headline.eq(update.headline.as_deref()),
        live_updates::body.eq(&body),
        live_updates::key_event.eq(update.key_event),
        live_updates::pinned.eq(update.pinned),
        live_updates::removed.eq(update.removed),
        live_updates::changed_seq.eq(tx.next_seq()),
    );
    let known = diesel::update(live_updates::table.find(update.id)).set(fields).execute(&mut **tx)?;
    if known == 0 {
        let key = (live_updates::id.eq(update.id), live_updates::article_id.eq(update.article));
        diesel::insert_into(live_updates::table).values((key, fields)).execute(&mut **tx)?;
    }
    Ok(())
}

/// Writes who wrote an entry.
pub fn replace_authors(tx: &mut Tx, update: &Update) -> Result<()> {
    let present = live_update_authors::table.filter(live_update_authors::update_id.eq(update.id));
    diesel::delete(present).execute(&mut **tx)?;
    let rows: Vec<_> = (0..)
        .zip(&update.authors)
        .map(|(position, author)| {
            (
                live_update_authors::update_id.eq(update.id),
                live_update_authors::position.eq(position),
                live_update_authors::author_id.eq(author.id),
                live_update_authors::role.eq(author.role.as_str()),
            )
        })
        .collect();
    if !rows.is_empty() {
        both!(&mut **tx, c => diesel::insert_into(live_update_authors::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Writes which assets an entry shows.
pub fn replace_media(tx: &mut Tx, id: UpdateId, media: &BTreeSet<MediaId>) -> Result<()> {
    diesel::delete(live_update_media::table.filter(live_update_media::update_id.eq(id)))
        .execute(&mut **tx)?;
    let rows: Vec<_> = media
        .iter()
        .map(|media| (live_update_media::update_id.eq(id), live_update_media::media_id.eq(*media)))
        .collect();
    if !rows.is_empty() {
        both!(&mut **tx, c => diesel::insert_into(live_update_media::table).values(&rows).execute(c))?;
    }
    Ok(())
}
