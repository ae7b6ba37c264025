//! Rows of `publication` and `origins`.

use diesel::prelude::*;

use super::{Origin, OriginContact, Settings};
use crate::both;
use crate::db::ids::OriginId;
use crate::db::schema::{origins, publication};
use crate::db::types::Json;
use crate::db::{AmongThese, Browse, Conn, Position, Tx};
use crate::error::Result;
use crate::fields::sort_key;
use crate::rights::Policy;

pub fn settings(conn: &mut Conn) -> Result<Option<Settings>> {
    let row =
        publication::table.find(1).select(publication::settings).first::<Json<Settings>>(conn).optional()?;
    Ok(row.map(|settings| settings.value))
}

pub fn put_settings(tx: &mut Tx, settings: &Settings) -> Result<()> {
    let now = tx.now();
    let values = (publication::settings.eq(Json::of(settings.clone())), publication::changed_at.eq(now));
    both!(&mut **tx, c => diesel::insert_into(publication::table)
        .values((publication::id.eq(1), values.clone()))
        .on_conflict(publication::id)
        .do_update()
        .set(values)
        .execute(c))?;
    Ok(())
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = origins, treat_none_as_null = true)]
struct Row {
    id: OriginId,
    code: String,
    name: String,
    name_key: String,
    url: Option<String>,
    in_house: bool,
    policy: Option<String>,
    contact: Option<Json<OriginContact>>,
}

impl From<&Origin> for Row {
    fn from(origin: &Origin) -> Self {
        Row {
            id: origin.id,
            code: origin.code.clone(),
            name: origin.name.clone(),
            name_key: sort_key(&origin.name),
            url: origin.url.clone(),
            in_house: origin.in_house,
            policy: origin.policy.map(|policy| policy.as_str().to_owned()),
            contact: origin.contact.clone().map(Json::of),
        }
    }
}

impl From<Row> for Origin {
    fn from(row: Row) -> Self {
        Origin {
            id: row.id,
            code: row.code,
            name: row.name,
            url: row.url,
            in_house: row.in_house,
            policy: row.policy.as_deref().and_then(Policy::parse),
            contact: row.contact.map(|contact| contact.value),
        }
    }
}

pub fn insert_origin(conn: &mut Conn, origin: &Origin) -> Result<()> {
    diesel::insert_into(origins::table).values(Row::from(origin)).execute(conn)?;
    Ok(())
}

pub fn update_origin(conn: &mut Conn, origin: &Origin) -> Result<()> {
    diesel::update(origins::table.find(origin.id)).set(Row::from(origin)).execute(conn)?;
    Ok(())
}

pub fn delete_origin(conn: &mut Conn, id: OriginId) -> Result<()> {
    diesel::delete(origins::table.find(id)).execute(conn)?;
    Ok(())
}

pub fn origin(conn: &mut Conn, key: &str) -> Result<Option<Origin>> {
    let row = origins::table
        .filter(origins::id.eq(key).or(origins::code.eq(key)))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Origin::from))
}

pub fn in_house_origin(conn: &mut Conn) -> Result<Option<Origin>> {
    let first = origins::table.filter(origins::in_house.eq(true)).order(origins::code);
    let row: Option<Row> = first.select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(Origin::from))
}

pub fn origins_by_ids(conn: &mut Conn, ids: &[OriginId]) -> Result<Vec<Origin>> {
    let rows: Vec<Row> = origins::table.filter(origins::id.among(ids)).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Origin::from).collect())
}

pub fn reserved_origins(conn: &mut Conn) -> Result<Vec<Origin>> {
    let reserved = origins::policy.is_null().or(origins::policy.ne(Policy::Allow.as_str()));
    // Without a policy the second half is null, which `or` takes for false.
    let reserved = origins::table.filter(reserved.assume_not_null());
    let rows: Vec<Row> =
        reserved.order((origins::name_key, origins::id)).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Origin::from).collect())
}

pub fn browse_origins(conn: &mut Conn, browse: &Browse) -> Result<Vec<Origin>> {
    let mut query = origins::table.select(Row::as_select()).into_boxed();
    if let Some(pattern) = browse.pattern() {
        query = query.filter(origins::name_key.like(pattern).escape('\\'));
    }
    if let Some(Position { key, id }) = &browse.after {
        let later = origins::name_key.gt(key).or(origins::name_key.eq(key).and(origins::id.gt(id)));
        query = query.filter(later);
    }
    let rows: Vec<Row> = query.order((origins::name_key, origins::id)).limit(browse.limit).load(conn)?;
    Ok(rows.into_iter().map(Origin::from).collect())
}
