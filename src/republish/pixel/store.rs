//! Rows of `pixel_hits`.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::upsert::excluded;

use super::{Hits, Spot, Token};
use crate::both;
use crate::db::Tx;
use crate::db::ids::{ArticleId, PartnerId};
use crate::db::schema::pixel_hits;
use crate::error::Result;
use crate::readers::Class;
use crate::republish::placements::{self, Seen};

/// Adds hits, and what they tell of the placements of partners; in the order of the key, so that two nodes
/// never wait for each other.
pub fn add(tx: &mut Tx, hits: &BTreeMap<Spot, Hits>) -> Result<()> {
    for (spot, hits) in hits {
        for class in Class::ALL {
            let count = hits.of(class);
            if count > 0 {
                add_row(tx, spot, class, count)?;
            }
        }
    }
    for (token, seen) in by_copy(hits) {
        let Some(partner) = token.partner::<crate::db::ids::kinds::Partner>() else { continue };
        placements::seen(tx, token.article(), version(&token), partner, token.channel(), &seen)?;
    }
    Ok(())
}

fn version(token: &Token) -> i32 {
    i32::try_from(token.version()).unwrap_or(i32::MAX)
}

/// The hits of each copy over all hosts, with the host that was named last.
fn by_copy(hits: &BTreeMap<Spot, Hits>) -> BTreeMap<Token, Seen> {
    let mut copies: BTreeMap<Token, Seen> = BTreeMap::new();
    for (spot, hits) in hits {
        let host = (!spot.host.is_empty()).then(|| (hits.last, spot.host.clone()));
        match copies.get_mut(&spot.token) {
            Some(seen) => {
                seen.hits.add(hits);
                seen.host = host.max(seen.host.take());
            }
            None => {
                copies.insert(spot.token, Seen { hits: *hits, host });
            }
        }
    }
    copies
}

fn add_row(tx: &mut Tx, spot: &Spot, class: Class, count: i64) -> Result<()> {
    let article: ArticleId = spot.token.article();
    let partner: Option<PartnerId> = spot.token.partner();
    let row = (
        pixel_hits::hour.eq(spot.hour),
        pixel_hits::article_id.eq(article),
        pixel_hits::version.eq(version(&spot.token)),
        pixel_hits::partner_id.eq(partner.map_or_else(String::new, |partner| partner.to_string())),
        pixel_hits::channel.eq(spot.token.channel().as_str()),
        pixel_hits::host.eq(&spot.host),
        pixel_hits::class.eq(class.as_str()),
        pixel_hits::count.eq(count),
    );
    let key = (
        pixel_hits::article_id,
        pixel_hits::version,
        pixel_hits::partner_id,
        pixel_hits::channel,
        pixel_hits::hour,
        pixel_hits::host,
        pixel_hits::class,
    );
    both!(&mut **tx, c => diesel::insert_into(pixel_hits::table)
        .values(row)
        .on_conflict(key)
        .do_update()
        .set(pixel_hits::count.eq(pixel_hits::count + excluded(pixel_hits::count)))
        .execute(c))?;
    Ok(())
}
