//! Rows of `partners` and `partner_grants`.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Agreement, Grant, GrantKind, Partner};
use crate::both;
use crate::db::ids::{ArticleId, GrantId, PartnerId};
use crate::db::schema::{partner_grants, partners, quota_periods, quota_stories};
use crate::db::types::{Json, Stamp};
use crate::db::{Browse, Conn, Position, Tx};
use crate::error::Result;
use crate::fields::sort_key;
use crate::rights::PartnerState;

#[derive(Queryable, Selectable)]
#[diesel(table_name = partners)]
struct Row {
    id: PartnerId,
    slug: String,
    name: String,
    #[diesel(deserialize_as = String)]
    state: PartnerState,
    agreement: Json<Agreement>,
}

pub fn insert(tx: &mut Tx, partner: &Partner) -> Result<()> {
    let values = (
        partners::id.eq(partner.id),
        partners::slug.eq(&partner.slug),
        partners::name.eq(&partner.name),
        partners::name_key.eq(sort_key(&partner.name)),
        partners::state.eq(partner.state.as_str()),
        partners::created_at.eq(tx.now()),
        partners::agreement.eq(Json::of(&partner.agreement)),
    );
    diesel::insert_into(partners::table).values(values).execute(&mut **tx)?;
    Ok(())
}

pub fn update(conn: &mut Conn, partner: &Partner) -> Result<()> {
    let values = (
        partners::slug.eq(&partner.slug),
        partners::name.eq(&partner.name),
        partners::name_key.eq(sort_key(&partner.name)),
        partners::state.eq(partner.state.as_str()),
        partners::agreement.eq(Json::of(&partner.agreement)),
    );
    diesel::update(partners::table.find(partner.id)).set(values).execute(conn)?;
    Ok(())
}

/// The partner with an id or slug, with its grants.
pub fn partner(conn: &mut Conn, key: &str) -> Result<Option<Partner>> {
    let row = match key.parse::<PartnerId>() {
        Ok(id) => partners::table.find(id).select(Row::as_select()).first(conn),
        Err(_) => {
            let slug = key.to_lowercase();
            partners::table.filter(partners::slug.eq(slug)).select(Row::as_select()).first(conn)
        }
    };
    Ok(with_grants(conn, row.optional()?.into_iter().collect())?.pop())
}

/// A page of partners by name.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Partner>> {
    let mut query = partners::table.select(Row::as_select()).into_boxed();
    if let Some(pattern) = browse.pattern() {
        query = query.filter(partners::name_key.like(pattern).escape('\\'));
    }
    if let Some(Position { key, id }) = &browse.after {
        let same_name = partners::name_key.eq(key).and(partners::id.gt(id));
        query = query.filter(partners::name_key.gt(key).or(same_name));
    }
    let rows = query.order((partners::name_key, partners::id)).limit(browse.limit).load(conn)?;
    with_grants(conn, rows)
}

/// Id, slug and name of these partners.
pub fn names(conn: &mut Conn, ids: &[PartnerId]) -> Result<Vec<(PartnerId, String, String)>> {
    let named = partners::table.select((partners::id, partners::slug, partners::name));
    Ok(named.filter(partners::id.eq_any(ids)).load(conn)?)
}

fn with_grants(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Partner>> {
    let ids: Vec<PartnerId> = rows.iter().map(|row| row.id).collect();
    let mut grants = grants_of(conn, &ids)?;
    let partner = |row: Row| Partner {
        grants: grants.remove(&row.id).unwrap_or_default(),
        id: row.id,
        slug: row.slug,
        name: row.name,
        state: row.state,
        agreement: row.agreement.value,
    };
    Ok(rows.into_iter().map(partner).collect())
}

fn grants_of(conn: &mut Conn, ids: &[PartnerId]) -> Result<HashMap<PartnerId, Vec<Grant>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = partner_grants::table
        .filter(partner_grants::partner_id.eq_any(ids))
        .order(partner_grants::id)
        .select((
            partner_grants::partner_id,
            partner_grants::id,
            partner_grants::kind,
            partner_grants::entity_id,
        ))
        .load::<(PartnerId, GrantId, String, String)>(conn)?;
    let mut grants: HashMap<PartnerId, Vec<Grant>> = HashMap::new();
    for (partner, id, kind, entity) in rows {
        if let Some(kind) = GrantKind::parse(&kind) {
            grants.entry(partner).or_default().push(Grant { id, kind, entity });
        }
    }
    Ok(grants)
}

pub fn insert_grant(conn: &mut Conn, partner: PartnerId, grant: &Grant, now: Stamp) -> Result<()> {
    let values = (
        partner_grants::id.eq(grant.id),
        partner_grants::partner_id.eq(partner),
        partner_grants::kind.eq(grant.kind.as_str()),
        partner_grants::entity_id.eq(&grant.entity),
        partner_grants::created_at.eq(now),
    );
    diesel::insert_into(partner_grants::table).values(values).execute(conn)?;
    Ok(())
}

pub fn delete_grant(conn: &mut Conn, id: GrantId) -> Result<()> {
    diesel::delete(partner_grants::table.find(id)).execute(conn)?;
    Ok(())
}

/// How many partners were granted a thing.
pub fn granted(conn: &mut Conn, entity: &str) -> Result<i64> {
    let grants = partner_grants::table.filter(partner_grants::entity_id.eq(entity));
    Ok(grants.count().get_result(conn)?)
}

/// How many stories were counted in the period that began then.
pub fn quota_used(conn: &mut Conn, partner: PartnerId, begins: Stamp) -> Result<i32> {
    let period = quota_periods::table.find((partner, begins)).select(quota_periods::used);
    Ok(period.first(conn).optional()?.unwrap_or(0))
}

/// Whether a story was counted in the period that began then.
pub fn quota_counts(conn: &mut Conn, partner: PartnerId, begins: Stamp, story: ArticleId) -> Result<bool> {
    let row = quota_stories::table.find((partner, begins, story));
    Ok(diesel::select(diesel::dsl::exists(row)).get_result(conn)?)
}

/// Writes down that a story counts in a period; false where it did already.
pub fn count_story(tx: &mut Tx, partner: PartnerId, begins: Stamp, story: ArticleId) -> Result<bool> {
    let period = (
        quota_periods::partner_id.eq(partner),
        quota_periods::begins_at.eq(begins),
        quota_periods::used.eq(0),
    );
    let row = (
        quota_stories::partner_id.eq(partner),
        quota_stories::begins_at.eq(begins),
        quota_stories::article_id.eq(story),
    );
    let counted = both!(&mut **tx, c => {
        diesel::insert_into(quota_periods::table).values(period).on_conflict_do_nothing().execute(c)?;
        diesel::insert_into(quota_stories::table).values(row).on_conflict_do_nothing().execute(c)?
    });
    Ok(counted > 0)
}

/// Counts one more, where the limit leaves room: the row's own lock keeps others out.
pub fn count_up(conn: &mut Conn, partner: PartnerId, begins: Stamp, limit: i32) -> Result<bool> {
    let period = quota_periods::table.find((partner, begins)).filter(quota_periods::used.lt(limit));
    let counted =
        diesel::update(period).set(quota_periods::used.eq(quota_periods::used + 1)).execute(conn)?;
    Ok(counted > 0)
}

/// Takes back that a story counts.
pub fn uncount_story(conn: &mut Conn, partner: PartnerId, begins: Stamp, story: ArticleId) -> Result<()> {
    diesel::delete(quota_stories::table.find((partner, begins, story))).execute(conn)?;
    Ok(())
}
