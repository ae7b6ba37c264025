//! What has a name and is no story, as lines: what it names by id is named by slug, code or key.

use serde_json::Value;

use super::{Bundle, Naming, PAGE};
use crate::db::Conn;
use crate::db::types::Id;
use crate::error::Result;
use crate::transfer::things::{
    Appeals, Authors, Lists, Media, Origins, Partners, Redirects, Sections, SeriesThings, Tags, Thing,
};
use crate::transfer::{Kind, store};

/// Writes everything of a kind, in the order of names.
pub fn write(conn: &mut Conn, kind: Kind, bundle: &mut Bundle) -> Result<()> {
    let mut after = String::new();
    loop {
        let names = store::names(conn, kind, &after, PAGE)?;
        let Some(last) = names.last() else { return Ok(()) };
        after.clone_from(last);
        for name in names {
            if let Some(fields) = fields(conn, kind, &name)? {
                bundle.line(kind, fields)?;
            }
        }
    }
}

fn fields(conn: &mut Conn, kind: Kind, name: &str) -> Result<Option<Value>> {
    Ok(match kind {
        Kind::Origin => form::<Origins>(conn, name)?,
        Kind::Partner => {
            let mut partner = form::<Partners>(conn, name)?;
            for grant in each(&mut partner, "grants") {
                for (kind, place) in grant.as_object_mut().into_iter().flatten() {
                    match kind.as_str() {
                        "section" => named(conn, place, store::section_slugs)?,
                        "tag" => named(conn, place, store::tag_slugs)?,
                        "origin" => named(conn, place, store::origin_codes)?,
                        _ => named(conn, place, store::article_slugs)?,
                    }
                }
            }
            partner
        }
        Kind::Author => form::<Authors>(conn, name)?,
        Kind::Series => form::<SeriesThings>(conn, name)?,
        Kind::Redirect => form::<Redirects>(conn, name)?,
        Kind::Tag => form::<Tags>(conn, name)?.map(|mut tag| {
            rename(&mut tag, "type", "tag_type");
            tag
        }),
        Kind::Section => {
            // Named by path here: the last part is the slug.
            let slug = name.rsplit('/').next().unwrap_or_default();
            let mut section = form::<Sections>(conn, slug)?;
            if let Some(parent) = section.as_mut().and_then(|section| section.get_mut("parent")) {
                named(conn, parent, store::section_slugs)?;
            }
            section
        }
        Kind::Media => {
            let mut asset = form::<Media>(conn, name)?;
            for lease in each(&mut asset, "leases") {
                if let Some(partner) = lease.get_mut("partner") {
                    named(conn, partner, store::partner_slugs)?;
                }
            }
            asset
        }
        Kind::List => {
            let mut list = form::<Lists>(conn, name)?;
            for item in each(&mut list, "items") {
                if let Some(article) = item.get_mut("article") {
                    named(conn, article, store::article_slugs)?;
                }
            }
            list
        }
        Kind::Appeal => {
            let mut appeal = form::<Appeals>(conn, name)?;
            for section in each(&mut appeal, "sections") {
                named(conn, section, store::section_slugs)?;
            }
            appeal
        }
        Kind::Publication | Kind::Article | Kind::Update | Kind::Views => None,
    })
}

fn form<T: Thing>(conn: &mut Conn, name: &str) -> Result<Option<Value>> {
    Ok(T::find(conn, name)?.as_ref().map(T::form))
}

/// The elements of a list in a form.
fn each<'f>(form: &'f mut Option<Value>, member: &str) -> impl Iterator<Item = &'f mut Value> {
    let list = form.as_mut().and_then(|form| form.get_mut(member)).and_then(Value::as_array_mut);
    list.into_iter().flatten()
}

/// Puts the name of a thing in the place of its id.
fn named<T>(conn: &mut Conn, place: &mut Value, names: Naming<T>) -> Result<()> {
    let Some(id) = place.as_str().and_then(|id| id.parse::<Id<T>>().ok()) else { return Ok(()) };
    if let Some(name) = names(conn, &[id])?.remove(id.as_str()) {
        *place = Value::from(name);
    }
    Ok(())
}

/// Gives a member another name, in its place.
pub fn rename(form: &mut Value, from: &str, to: &str) {
    if let Value::Object(members) = form {
        let renamed = std::mem::take(members)
            .into_iter()
            .map(|(name, value)| (if name == from { to.to_owned() } else { name }, value));
        *members = renamed.collect();
    }
}
