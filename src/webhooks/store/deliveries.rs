//! Rows of `webhook_deliveries`.

use diesel::prelude::*;

use super::{Reach, Webhook};
use crate::both;
use crate::db::ids::{DeliveryId, WebhookId};
use crate::db::schema::webhook_deliveries;
use crate::db::types::Stamp;
use crate::db::{Browse, Conn};
use crate::error::Result;

/// A message to an endpoint, and what came of it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = webhook_deliveries, treat_none_as_null = true)]
pub struct Delivery {
    /// Its id, which each try names.
    pub id: DeliveryId,
    /// The endpoint.
    pub webhook_id: WebhookId,
    /// The number of the log that it tells of; none where it only tries the endpoint.
    pub seq: Option<i64>,
    /// The type of the event.
    pub kind: String,
    /// `pending`, `delivered` or `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i32,
    /// The status of the last answer.
    pub status: Option<i32>,
    /// What kept the last try from an answer.
    pub fault: Option<String>,
    /// How long the last try took.
    pub duration_ms: Option<i32>,
    /// When it is tried next.
    pub next_try_at: Option<Stamp>,
    /// When it was made.
    pub created_at: Stamp,
}

pub fn insert_deliveries(conn: &mut Conn, rows: &[Delivery]) -> Result<()> {
    // A statement takes a limited number of values.
    for rows in rows.chunks(500) {
        both!(conn, c => diesel::insert_into(webhook_deliveries::table).values(rows).execute(c))?;
    }
    Ok(())
}

pub fn update_delivery(conn: &mut Conn, row: &Delivery) -> Result<()> {
    diesel::update(webhook_deliveries::table.find(row.id)).set(row).execute(conn)?;
    Ok(())
}

pub fn delivery(conn: &mut Conn, webhook: WebhookId, id: DeliveryId) -> Result<Option<Delivery>> {
    let row = webhook_deliveries::table
        .filter(webhook_deliveries::id.eq(id))
        .filter(webhook_deliveries::webhook_id.eq(webhook))
        .select(Delivery::as_select());
    Ok(row.first(conn).optional()?)
}

/// A page of an endpoint's deliveries, the newest first.
pub fn deliveries(conn: &mut Conn, webhook: WebhookId, browse: &Browse) -> Result<Vec<Delivery>> {
    let mut query = webhook_deliveries::table
        .filter(webhook_deliveries::webhook_id.eq(webhook))
        .select(Delivery::as_select())
        .into_boxed();
    if let Some(position) = &browse.after {
        query = query.filter(webhook_deliveries::id.lt(&position.id));
    }
    Ok(query.order(webhook_deliveries::id.desc()).limit(browse.limit).load(conn)?)
}

/// The first delivery that is due for an active endpoint.
pub fn next_due(conn: &mut Conn, id: WebhookId, now: Stamp) -> Result<Option<(Webhook, Delivery)>> {
    let Some(webhook) = super::webhook(conn, Reach::House, id)?.filter(|webhook| webhook.active) else {
        return Ok(None);
    };
    let first = webhook_deliveries::table
        .filter(webhook_deliveries::webhook_id.eq(id))
        .filter(webhook_deliveries::state.eq("pending"))
        .filter(webhook_deliveries::next_try_at.le(now))
        .order(webhook_deliveries::id)
        .select(Delivery::as_select());
    let first = first.first(conn).optional()?;
    Ok(first.map(|delivery| (webhook, delivery)))
}

pub fn delete_deliveries_until(conn: &mut Conn, until: Stamp) -> Result<()> {
    diesel::delete(webhook_deliveries::table.filter(webhook_deliveries::created_at.le(until)))
        .execute(conn)?;
    Ok(())
}
