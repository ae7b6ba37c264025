//! Rows of `receipts`.

use diesel::prelude::*;

use super::{Answered, Named};
use crate::both;
use crate::db::schema::receipts;
use crate::db::types::{Json, Stamp};
use crate::db::{Actor, Conn};
use crate::error::Result;

#[derive(Queryable, Selectable)]
#[diesel(table_name = receipts)]
pub struct Receipt {
    pub seal: String,
    pub answer: Option<Json<Answered>>,
    pub made: Option<String>,
}

/// The receipt of a sender's request, where it is of after `since`.
pub fn receipt(conn: &mut Conn, sender: &Actor, key: &str, since: Stamp) -> Result<Option<Receipt>> {
    let row = receipts::table
        .find((sender.to_string(), key))
        .filter(receipts::at.gt(since))
        .select(Receipt::as_select());
    Ok(row.first(conn).optional()?)
}

pub fn put(
    conn: &mut Conn,
    now: Stamp,
    sender: &Actor,
    request: &Named,
    answer: Option<Answered>,
    made: Option<String>,
) -> Result<()> {
    let sender = sender.to_string();
    // What stands there is of more than a day ago.
    diesel::delete(receipts::table.find((&sender, &request.key))).execute(conn)?;
    let row = (
        receipts::actor.eq(sender),
        receipts::key.eq(&request.key),
        receipts::seal.eq(request.seals.first().map_or("", String::as_str)),
        receipts::at.eq(now),
        receipts::answer.eq(answer.map(Json::of)),
        receipts::made.eq(made),
    );
    // Two refreshes of one sign-in at the same moment, which are not logged, may both come here.
    both!(conn, c => diesel::insert_into(receipts::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

pub fn delete_until(conn: &mut Conn, until: Stamp) -> Result<()> {
    diesel::delete(receipts::table.filter(receipts::at.le(until))).execute(conn)?;
    Ok(())
}
