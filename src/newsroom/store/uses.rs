//! Rows of `article_uses`.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::both;
use crate::db::Tx;
use crate::db::ids::ArticleId;
use crate::db::schema::article_uses;
use crate::error::Result;

pub fn replace(tx: &mut Tx, id: ArticleId, names: &BTreeSet<(&'static str, String)>) -> Result<()> {
    diesel::delete(article_uses::table.filter(article_uses::article_id.eq(id))).execute(&mut **tx)?;
    let rows: Vec<_> = names
        .iter()
        .map(|(kind, entity)| {
            (
                article_uses::article_id.eq(id),
                article_uses::kind.eq(*kind),
                article_uses::entity_id.eq(entity),
            )
        })
        .collect();
    both!(&mut **tx, c => diesel::insert_into(article_uses::table).values(&rows).execute(c))?;
    Ok(())
}
