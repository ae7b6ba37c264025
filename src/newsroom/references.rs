//! What a draft names, looked up: each name that leads nowhere is a fault of its own.

use std::collections::HashMap;

use super::draft::Draft;
use crate::addresses::{self, Kind};
use crate::articles::byline::Role;
use crate::articles::story::{Credit, Part};
use crate::body::Document;
use crate::db::Conn;
use crate::db::ids::{AuthorId, MediaId, OriginId, SectionId, TagId};
use crate::db::types::Id;
use crate::error::Result;
use crate::fields::{Faults, Ref};
use crate::{media, publication};

/// The ids behind the names of a draft.
pub struct References {
    pub section: Option<SectionId>,
    pub primary_tag: Option<TagId>,
    pub tags: Vec<TagId>,
    pub authors: Vec<Credit>,
    pub series: Option<Part>,
    pub lead_media: Option<MediaId>,
    pub origin: Option<OriginId>,
}

/// Looks up what the draft names; what leads nowhere stands in `faults`.
pub fn look_up(conn: &mut Conn, draft: &Draft, faults: &mut Faults) -> Result<References> {
    let mut tags = Vec::new();
    for (place, tag) in draft.tags.iter().enumerate() {
        let tag = slugged(conn, Kind::Tag, tag, format!("/tags/{place}"), faults)?;
        tags.extend(tag.filter(|tag| !tags.contains(tag)));
    }
    let authors = credits(conn, &draft.authors, faults)?;
    let mut one = Single { conn, faults };
    let series = match &draft.series {
        Some((series, part)) => {
            one.slugged(Kind::Series, Some(series), "/series")?.map(|series| Part { series, part: *part })
        }
        None => None,
    };
    Ok(References {
        section: one.slugged(Kind::Section, draft.section.as_ref(), "/section")?,
        primary_tag: one.slugged(Kind::Tag, draft.primary_tag.as_ref(), "/primary_tag")?,
        lead_media: one.media(draft.lead_media.as_ref())?,
        origin: one.origin(draft.origin.as_ref())?,
        tags,
        authors,
        series,
    })
}

/// Looks up who is credited; who is not there stands in `faults`.
pub fn credits(conn: &mut Conn, named: &[(Ref, Role)], faults: &mut Faults) -> Result<Vec<Credit>> {
    let mut credits: Vec<Credit> = Vec::new();
    for (place, (author, role)) in named.iter().enumerate() {
        let author: Option<AuthorId> =
            slugged(conn, Kind::Author, author, format!("/authors/{place}"), faults)?;
        let credit = author.map(|author| Credit { author, role: *role });
        credits.extend(credit.filter(|credit| !credits.contains(credit)));
    }
    Ok(credits)
}

/// Names the asset of each picture of the draft's body that stands at the address of one.
pub fn attach_media(conn: &mut Conn, draft: &mut Draft, faults: &mut Faults) -> Result<()> {
    match &mut draft.body {
        Some((body, _)) => attach_media_to(conn, body, faults),
        None => Ok(()),
    }
}

/// Names the asset of each picture of a body that stands at the address of one.
pub fn attach_media_to(conn: &mut Conn, body: &mut Document, faults: &mut Faults) -> Result<()> {
    let mentions = body.mentions();
    let by_url: HashMap<String, String> = media::by_urls(conn, &mentions.image_urls)?
        .into_iter()
        .map(|asset| (asset.facts.url, asset.id.to_string()))
        .collect();
    body.attach_media(&by_url);
    let mut ids = HashMap::new();
    for name in mentions.media {
        match media::find_if_any(conn, &name)? {
            Some(asset) => drop(ids.insert(name, asset.id.to_string())),
            None => faults.add("/body", "unknown_reference", format!("there is no asset `{name}`")),
        }
    }
    body.name_media(&ids);
    Ok(())
}

struct Single<'a> {
    conn: &'a mut Conn,
    faults: &'a mut Faults,
}

impl Single<'_> {
    fn slugged<T>(&mut self, kind: Kind, name: Option<&Ref>, pointer: &str) -> Result<Option<Id<T>>> {
        match name {
            Some(name) => slugged(self.conn, kind, name, pointer.to_owned(), self.faults),
            None => Ok(None),
        }
    }

    fn media(&mut self, name: Option<&Ref>) -> Result<Option<MediaId>> {
        let Some(name) = name else { return Ok(None) };
        let found = media::find_if_any(self.conn, name.as_str())?.map(|asset| asset.id);
        Ok(self.known(found, "/lead_media", "asset", name))
    }

    fn origin(&mut self, name: Option<&Ref>) -> Result<Option<OriginId>> {
        let Some(name) = name else { return Ok(None) };
        let found = publication::find_origin_if_any(self.conn, name.as_str())?.map(|origin| origin.id);
        Ok(self.known(found, "/origin", "origin", name))
    }

    fn known<T>(&mut self, found: Option<T>, pointer: &str, what: &str, name: &Ref) -> Option<T> {
        if found.is_none() {
            self.faults.add(pointer, "unknown_reference", format!("there is no {what} `{}`", name.as_str()));
        }
        found
    }
}

fn slugged<T>(
    conn: &mut Conn,
    kind: Kind,
    name: &Ref,
    pointer: String,
    faults: &mut Faults,
) -> Result<Option<Id<T>>> {
    let found = addresses::known_id(conn, kind, name.as_str())?;
    if found.is_none() {
        faults.add(pointer, "unknown_reference", format!("there is no {} `{}`", kind.name(), name.as_str()));
    }
    Ok(found)
}
