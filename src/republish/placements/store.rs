//! Rows of `placements`.

use diesel::prelude::*;

use crate::both;
use crate::db::Tx;
use crate::db::ids::PlacementId;
use crate::db::schema::placements;
use crate::error::Result;
use crate::republish::uses::Use;

/// Notes that a partner fetched a version of a story.
pub fn fetched(tx: &mut Tx, used: &Use) -> Result<()> {
    let now = tx.now();
    let row = (
        placements::id.eq(PlacementId::new()),
        placements::article_id.eq(used.article),
        placements::version.eq(used.version),
        placements::partner_id.eq(used.partner),
        placements::channel.eq(used.channel.as_str()),
        placements::created_at.eq(now),
        placements::first_fetched_at.eq(now),
        placements::last_fetched_at.eq(now),
    );
    let key = (placements::article_id, placements::partner_id, placements::channel, placements::version);
    let fetched = (placements::last_fetched_at.eq(now),);
    both!(&mut **tx, c => diesel::insert_into(placements::table)
        .values(row)
        .on_conflict(key)
        .do_update()
        .set(fetched)
        .execute(c))?;
    Ok(())
}
