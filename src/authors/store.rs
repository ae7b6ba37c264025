//! Rows of `authors`.

use diesel::prelude::*;

use super::{Author, Profile, SocialAccount};
use crate::db::ids::AuthorId;
use crate::db::schema::{authors, live_article_authors};
use crate::db::types::Json;
use crate::db::{AmongThese, Browse, Conn, Position};
use crate::error::Result;
use crate::fields::sort_key;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = authors, treat_none_as_null = true)]
struct Row {
    id: AuthorId,
    slug: String,
    name: String,
    name_key: String,
    bio: Option<String>,
    image: Option<String>,
    website: Option<String>,
    email: Option<String>,
    social: Json<Vec<SocialAccount>>,
    active: bool,
}

impl From<&Author> for Row {
    fn from(author: &Author) -> Self {
        let profile = author.profile.clone();
        Row {
            id: author.id,
            slug: author.slug.clone(),
            name_key: sort_key(&profile.name),
            name: profile.name,
            bio: profile.bio,
            image: profile.image,
            website: profile.website,
            email: profile.email,
            social: Json::of(profile.social),
            active: profile.active,
        }
    }
}

impl From<Row> for Author {
    fn from(row: Row) -> Self {
        let profile = Profile {
            name: row.name,
            bio: row.bio,
            image: row.image,
            website: row.website,
            email: row.email,
            social: row.social.value,
            active: row.active,
        };
        Author { id: row.id, slug: row.slug, profile }
    }
}

pub fn insert(conn: &mut Conn, author: &Author) -> Result<()> {
    diesel::insert_into(authors::table).values(Row::from(author)).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Conn, author: &Author) -> Result<()> {
    diesel::update(authors::table.find(author.id)).set(Row::from(author)).execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut Conn, id: AuthorId) -> Result<()> {
    diesel::delete(authors::table.find(id)).execute(conn)?;
    Ok(())
}

pub fn by_id(conn: &mut Conn, id: AuthorId) -> Result<Option<Author>> {
    let row = authors::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(Author::from))
}

pub fn by_ids(conn: &mut Conn, ids: &[AuthorId]) -> Result<Vec<Author>> {
    let rows: Vec<Row> = authors::table.filter(authors::id.among(ids)).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Author::from).collect())
}

pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Author>> {
    let mut query = authors::table.select(Row::as_select()).into_boxed();
    if browse.live_only {
        query = query
            .filter(authors::id.eq_any(live_article_authors::table.select(live_article_authors::author_id)));
    }
    if let Some(pattern) = browse.pattern() {
        query = query.filter(authors::name_key.like(pattern).escape('\\'));
    }
    if let Some(Position { key, id }) = &browse.after {
        let later = authors::name_key.gt(key).or(authors::name_key.eq(key).and(authors::id.gt(id)));
        query = query.filter(later);
    }
    let rows: Vec<Row> = query.order((authors::name_key, authors::id)).limit(browse.limit).load(conn)?;
    Ok(rows.into_iter().map(Author::from).collect())
}
