//! Rows of `uses`.

use diesel::prelude::*;

use super::{Filter, Line, Told, Use, UseKind};
use crate::db::ids::{ArticleId, KeyId, PartnerId, UseId};
use crate::db::schema::{api_keys, uses};
use crate::db::types::{Json, Stamp};
use crate::db::{Conn, Tx};
use crate::error::{Error, Result};

/// Writes a line of the ledger.
pub fn insert(tx: &mut Tx, kind: UseKind, used: &Use, told: &Told) -> Result<UseId> {
    let id = UseId::new();
    let reasons: Vec<&str> = used.reasons.iter().map(|reason| reason.as_str()).collect();
    let hint = used.key.map(|key| key_hint(tx, key)).transpose()?.flatten();
    let row = (
        uses::id.eq(id),
        uses::at.eq(tx.now()),
        uses::kind.eq(kind.as_str()),
        uses::partner_id.eq(used.partner),
        uses::article_id.eq(used.article),
        uses::version.eq(used.version),
        uses::channel.eq(used.channel.as_str()),
        uses::territory.eq(used.territory.map(|territory| territory.to_string())),
        uses::verdict.eq(used.ruling.as_str()),
        uses::reasons.eq(Json::of(&reasons)),
        uses::key_hint.eq(hint),
        uses::used_at.eq(told.used_at),
        uses::note.eq(&told.note),
    );
    diesel::insert_into(uses::table).values(row).execute(&mut **tx)?;
    Ok(id)
}

fn key_hint(tx: &mut Tx, key: KeyId) -> Result<Option<String>> {
    Ok(api_keys::table.find(key).select(api_keys::hint).first(&mut **tx).optional()?)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = uses)]
struct Row {
    id: UseId,
    at: Stamp,
    kind: String,
    partner_id: PartnerId,
    article_id: ArticleId,
    version: i32,
    channel: String,
    territory: Option<String>,
    verdict: String,
    reasons: Json<Vec<String>>,
    key_hint: Option<String>,
    used_at: Stamp,
    note: Option<String>,
}

impl Row {
    fn line(self) -> Result<Line> {
        let kind = UseKind::parse(&self.kind)
            .ok_or_else(|| Error::Internal(format!("`{}` is no kind of use", self.kind)))?;
        Ok(Line {
            id: self.id,
            at: self.at,
            kind,
            partner: self.partner_id,
            article: self.article_id,
            version: self.version,
            channel: self.channel,
            territory: self.territory,
            verdict: self.verdict,
            reasons: self.reasons.value,
            key_hint: self.key_hint,
            used_at: self.used_at,
            note: self.note,
        })
    }
}

/// A line.
pub fn line(conn: &mut Conn, id: UseId) -> Result<Option<Line>> {
    uses::table.find(id).select(Row::as_select()).first(conn).optional()?.map(Row::line).transpose()
}

/// Lines below an id, the newest first.
pub fn page(conn: &mut Conn, filter: &Filter, below: Option<UseId>, limit: i64) -> Result<Vec<Line>> {
    let mut query = uses::table.select(Row::as_select()).into_boxed();
    if let Some(partner) = filter.partner {
        query = query.filter(uses::partner_id.eq(partner));
    }
    if let Some(article) = filter.article {
        query = query.filter(uses::article_id.eq(article));
    }
    if let Some(after) = filter.after {
        query = query.filter(uses::at.ge(after));
    }
    if let Some(before) = filter.before {
        query = query.filter(uses::at.lt(before));
    }
    if let Some(below) = below {
        query = query.filter(uses::id.lt(below));
    }
    query.order(uses::id.desc()).limit(limit).load::<Row>(conn)?.into_iter().map(Row::line).collect()
}
