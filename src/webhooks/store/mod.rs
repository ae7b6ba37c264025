//! Rows of `webhooks`; their deliveries beside.

mod deliveries;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::Reach;
use crate::db::ids::{PartnerId, WebhookId};
use crate::db::schema::{partners, webhook_deliveries, webhooks};
use crate::db::types::{Json, Stamp};
use crate::db::{Browse, Conn};
use crate::error::Result;
use crate::rights::PartnerState;

pub use deliveries::{
    Delivery, delete_deliveries_until, deliveries, delivery, insert_deliveries, next_due, update_delivery,
};

/// An endpoint that is told of changes.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = webhooks, treat_none_as_null = true)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Whose it is; none: the house's own.
    pub partner_id: Option<PartnerId>,
    /// Where messages go.
    pub url: String,
    /// Of what it is told; none: of everything.
    pub events: Option<Json<Vec<String>>>,
    /// Whether it is told at all.
    pub active: bool,
    pub(in crate::webhooks) secret_kid: String,
    pub(in crate::webhooks) secret_number: i32,
    pub(in crate::webhooks) previous_kid: Option<String>,
    pub(in crate::webhooks) previous_number: Option<i32>,
    /// Until when the secret before the present one signs too.
    pub previous_until: Option<Stamp>,
    /// When it was made.
    pub created_at: Stamp,
}

pub fn count(conn: &mut Conn, partner: Option<PartnerId>) -> Result<i64> {
    let query = webhooks::table.into_boxed();
    let query = match partner {
        Some(partner) => query.filter(webhooks::partner_id.eq(partner)),
        None => query.filter(webhooks::partner_id.is_null()),
    };
    Ok(query.count().get_result(conn)?)
}

pub fn insert(conn: &mut Conn, webhook: &Webhook) -> Result<()> {
    diesel::insert_into(webhooks::table).values(webhook).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Conn, webhook: &Webhook) -> Result<()> {
    diesel::update(webhooks::table.find(webhook.id)).set(webhook).execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut Conn, id: WebhookId) -> Result<()> {
    diesel::delete(webhooks::table.find(id)).execute(conn)?;
    Ok(())
}

pub fn webhook(conn: &mut Conn, reach: Reach, id: WebhookId) -> Result<Option<Webhook>> {
    let mut query = webhooks::table.filter(webhooks::id.eq(id)).select(Webhook::as_select()).into_boxed();
    if let Reach::Partner(partner) = reach {
        query = query.filter(webhooks::partner_id.eq(partner));
    }
    Ok(query.first(conn).optional()?)
}

/// A page of endpoints by their ids, so by birth.
pub fn webhooks(conn: &mut Conn, reach: Reach, browse: &Browse) -> Result<Vec<Webhook>> {
    let mut query = webhooks::table.select(Webhook::as_select()).into_boxed();
    if let Reach::Partner(partner) = reach {
        query = query.filter(webhooks::partner_id.eq(partner));
    }
    if let Some(position) = &browse.after {
        query = query.filter(webhooks::id.gt(&position.id));
    }
    Ok(query.order(webhooks::id).limit(browse.limit).load(conn)?)
}

/// All active endpoints, those of partners with the standing of their partner.
pub fn listening(conn: &mut Conn) -> Result<Vec<(Webhook, Option<PartnerState>)>> {
    let rows: Vec<(Webhook, Option<String>)> = webhooks::table
        .left_join(partners::table)
        .filter(webhooks::active.eq(true))
        .order(webhooks::id)
        .select((Webhook::as_select(), partners::state.nullable()))
        .load(conn)?;
    let standing = |(webhook, state): (Webhook, Option<String>)| {
        Ok((webhook, state.map(PartnerState::try_from).transpose()?))
    };
    rows.into_iter().map(standing).collect()
}

/// Endpoints that nobody tells now and for which something is due.
pub fn waiting(conn: &mut Conn, now: Stamp, limit: i64) -> Result<Vec<WebhookId>> {
    let due = webhook_deliveries::table
        .filter(webhook_deliveries::webhook_id.eq(webhooks::id))
        .filter(webhook_deliveries::state.eq("pending"))
        .filter(webhook_deliveries::next_try_at.le(now));
    let free = webhooks::table
        .filter(webhooks::active.eq(true))
        .filter(webhooks::busy_until.is_null().or(webhooks::busy_until.le(now)))
        .filter(exists(due))
        .order(webhooks::id)
        .limit(limit)
        .select(webhooks::id);
    Ok(free.load(conn)?)
}

/// Claims an endpoint; false where another has it by now.
pub fn claim(conn: &mut Conn, id: WebhookId, now: Stamp, until: Stamp) -> Result<bool> {
    let free = webhooks::table
        .filter(webhooks::id.eq(id))
        .filter(webhooks::busy_until.is_null().or(webhooks::busy_until.le(now)));
    Ok(diesel::update(free).set(webhooks::busy_until.eq(Some(until))).execute(conn)? == 1)
}

/// Holds an endpoint that was claimed for longer.
pub fn hold(conn: &mut Conn, id: WebhookId, until: Stamp) -> Result<()> {
    diesel::update(webhooks::table.find(id)).set(webhooks::busy_until.eq(Some(until))).execute(conn)?;
    Ok(())
}

/// Lets an endpoint go.
pub fn release(conn: &mut Conn, id: WebhookId) -> Result<()> {
    diesel::update(webhooks::table.find(id)).set(webhooks::busy_until.eq(None::<Stamp>)).execute(conn)?;
    Ok(())
}

pub fn deactivate(conn: &mut Conn, id: WebhookId) -> Result<()> {
    diesel::update(webhooks::table.find(id)).set(webhooks::active.eq(false)).execute(conn)?;
    Ok(())
}
