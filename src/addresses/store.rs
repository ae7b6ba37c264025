//! Rows of `slugs`.

use diesel::prelude::*;

use super::{Holder, Kind};
use crate::db::Conn;
use crate::db::schema::slugs;
use crate::error::Result;

pub fn holder(conn: &mut Conn, kind: Kind, slug: &str) -> Result<Option<Holder>> {
    let row = slugs::table
        .find((kind.name(), slug))
        .select((slugs::entity_id, slugs::was_public))
        .first::<(String, bool)>(conn)
        .optional()?;
    Ok(row.map(|(id, was_public)| Holder { id, was_public }))
}

pub fn insert(conn: &mut Conn, kind: Kind, slug: &str, id: &str) -> Result<()> {
    diesel::insert_into(slugs::table)
        .values((
            slugs::kind.eq(kind.name()),
            slugs::slug.eq(slug),
            slugs::entity_id.eq(id),
            slugs::was_public.eq(false),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn mark_public(conn: &mut Conn, kind: Kind, slug: &str) -> Result<()> {
    diesel::update(slugs::table.find((kind.name(), slug))).set(slugs::was_public.eq(true)).execute(conn)?;
    Ok(())
}

pub fn delete_all(conn: &mut Conn, kind: Kind, id: &str) -> Result<()> {
    diesel::delete(slugs::table.filter(slugs::kind.eq(kind.name())).filter(slugs::entity_id.eq(id)))
        .execute(conn)?;
    Ok(())
}
