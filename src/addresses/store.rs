//! Rows of `slugs`, `paths` and `gone`.

use diesel::prelude::*;

use super::{Gone, Holder, Kind};
use crate::both;
use crate::db::schema::{gone, merged, paths, slugs};
use crate::db::types::Stamp;
use crate::db::{AmongThese, Conn};
use crate::error::Result;

pub fn holder(conn: &mut Conn, kind: Kind, slug: &str) -> Result<Option<Holder>> {
    let row = slugs::table
        .find((kind.name(), slug))
        .select((slugs::entity_id, slugs::was_public))
        .first::<(String, bool)>(conn)
        .optional()?;
    Ok(row.map(|(id, was_public)| Holder { id, was_public }))
}

/// The slugs of things of every kind but stories; the index begins with the kind.
pub fn slugs_of(conn: &mut Conn, ids: &[String]) -> Result<Vec<(String, String)>> {
    let kinds = [Kind::Section, Kind::Tag, Kind::Author, Kind::Series].map(Kind::name);
    let rows = slugs::table.filter(slugs::kind.among(&kinds)).filter(slugs::entity_id.among(ids));
    Ok(rows.select((slugs::kind, slugs::slug)).load(conn)?)
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

pub fn put_path(conn: &mut Conn, path: &str, id: &str) -> Result<()> {
    both!(conn, c => diesel::insert_into(paths::table)
        .values((paths::path.eq(path), paths::article_id.eq(id)))
        .on_conflict(paths::path)
        .do_update()
        .set(paths::article_id.eq(id))
        .execute(c))?;
    Ok(())
}

pub fn path_holder(conn: &mut Conn, path: &str) -> Result<Option<String>> {
    Ok(paths::table.find(path).select(paths::article_id).first(conn).optional()?)
}

pub fn put_gone(conn: &mut Conn, id: &str, row: &Gone, partner_note: Option<&str>) -> Result<()> {
    let values = (
        gone::at.eq(row.at),
        gone::kind.eq(&row.kind),
        gone::reason.eq(&row.reason),
        gone::partner_note.eq(partner_note),
    );
    both!(conn, c => diesel::insert_into(gone::table)
        .values((gone::article_id.eq(id), values))
        .on_conflict(gone::article_id)
        .do_update()
        .set(values)
        .execute(c))?;
    Ok(())
}

pub fn delete_gone(conn: &mut Conn, id: &str) -> Result<()> {
    diesel::delete(gone::table.find(id)).execute(conn)?;
    Ok(())
}

pub fn gone(conn: &mut Conn, id: &str) -> Result<Option<Gone>> {
    let row = gone::table
        .find(id)
        .select((gone::at, gone::kind, gone::reason))
        .first::<(Stamp, String, Option<String>)>(conn)
        .optional()?;
    Ok(row.map(|(at, kind, reason)| Gone { at, kind, reason }))
}

pub fn exists(conn: &mut Conn, kind: Kind, id: &str) -> Result<bool> {
    let held = slugs::table.filter(slugs::kind.eq(kind.name())).filter(slugs::entity_id.eq(id));
    Ok(diesel::select(diesel::dsl::exists(held)).get_result(conn)?)
}

/// Gives all slugs of one thing to another.
pub fn give_slugs(conn: &mut Conn, kind: Kind, from: &str, into: &str) -> Result<()> {
    let held = slugs::table.filter(slugs::kind.eq(kind.name())).filter(slugs::entity_id.eq(from));
    diesel::update(held).set(slugs::entity_id.eq(into)).execute(conn)?;
    Ok(())
}

/// Leads what was merged into one thing to another.
pub fn lead_on(conn: &mut Conn, from: &str, into: &str) -> Result<()> {
    diesel::update(merged::table.filter(merged::into_id.eq(from)))
        .set(merged::into_id.eq(into))
        .execute(conn)?;
    Ok(())
}

pub fn put_merged(conn: &mut Conn, kind: Kind, from: &str, into: &str, at: Stamp) -> Result<()> {
    diesel::insert_into(merged::table)
        .values((
            merged::id.eq(from),
            merged::kind.eq(kind.name()),
            merged::into_id.eq(into),
            merged::at.eq(at),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn merged(conn: &mut Conn, ids: &[String]) -> Result<Vec<(String, String)>> {
    Ok(merged::table.filter(merged::id.among(ids)).select((merged::id, merged::into_id)).load(conn)?)
}

/// What partners are told of a story that was taken back.
pub fn partner_note(conn: &mut Conn, id: &str) -> Result<Option<String>> {
    let note = gone::table.filter(gone::article_id.eq(id)).select(gone::partner_note).first(conn);
    Ok(note.optional()?.flatten())
}
