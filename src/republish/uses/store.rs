//! Rows of `uses`.

use diesel::prelude::*;

use super::{Told, Use, UseKind};
use crate::db::Tx;
use crate::db::ids::{KeyId, UseId};
use crate::db::schema::{api_keys, uses};
use crate::db::types::Json;
use crate::error::Result;

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
