//! What was merged into another: its addresses lead there, and whatever names it by id means the other.

use std::collections::HashMap;

use super::{Kind, store};
use crate::db::types::Id;
use crate::db::{Conn, Tx};
use crate::error::Result;

/// Lets one thing stand for another from now on, which is deleted: its slugs, old ones included, lead there, in
/// one hop also where other things were merged into it before.
pub fn merge<T>(tx: &mut Tx, kind: Kind, from: Id<T>, into: Id<T>) -> Result<()> {
    let now = tx.now();
    store::give_slugs(tx, kind, from.as_str(), into.as_str())?;
    store::lead_on(tx, from.as_str(), into.as_str())?;
    store::put_merged(tx, kind, from.as_str(), into.as_str(), now)
}

/// What each of these ids stands for now; those that stand for themselves are left out.
pub fn merged(conn: &mut Conn, ids: &[String]) -> Result<HashMap<String, String>> {
    if ids.is_empty() { Ok(HashMap::new()) } else { Ok(store::merged(conn, ids)?.into_iter().collect()) }
}
