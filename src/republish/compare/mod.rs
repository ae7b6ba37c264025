//! Two published versions of a story as a partner's copies show them, and what changed from one to the other.
//!
//! For a partner who edited its copy by hand: what to do to it now. Compared is what a copy shows and nothing
//! else; of pictures those alone that the partner may run with the story today.

pub mod routes;

use std::collections::HashSet;

use serde_json::{Map, Value, json};
use url::Url;

use super::Asked;
use super::partners::Portion;
use crate::articles::byline::byline;
use crate::articles::story::Story;
use crate::articles::{self, Card};
use crate::authors;
use crate::body::Document;
use crate::db::Snapshot;
use crate::db::ids::AuthorId;
use crate::error::{Error, Result};
use crate::media;
use crate::newsroom::revisions::Difference;

/// A version as a copy shows it: its fields by name, and its body.
type Shown = (Map<String, Value>, Document);

/// What changed between two versions of a live story that the verdict permits. 404 where one is not there.
pub fn compare(
    snapshot: &mut Snapshot,
    card: &Card,
    asked: &Asked,
    portion: Portion,
    (from, to): (i32, i32),
) -> Result<Difference> {
    let from = articles::version(snapshot, card.id, from)?;
    let to = articles::version(snapshot, card.id, to)?;
    let from = shown(snapshot, card, asked, portion, from)?;
    let to = shown(snapshot, card, asked, portion, to)?;
    Ok(Difference::between((&from.0, &from.1), (&to.0, &to.1)))
}

fn shown(
    snapshot: &mut Snapshot,
    card: &Card,
    asked: &Asked,
    portion: Portion,
    story: Story,
) -> Result<Shown> {
    let mut fields = Map::new();
    fields.insert("headline".into(), json!(story.headline));
    fields.insert("standfirst".into(), json!(story.standfirst));
    fields.insert("summary".into(), json!(story.summary));
    fields.insert("byline".into(), json!(printed_byline(snapshot, &story)?));
    let body = match portion {
        Portion::Full => {
            fields.insert("corrections".into(), json!(story.corrections));
            body(snapshot, card, asked, story.body)?
        }
        // A copy of the summary shows neither corrections nor a body.
        Portion::Summary => Document::default(),
    };
    Ok((fields, body))
}

/// The byline by the present names of those who made it.
fn printed_byline(snapshot: &mut Snapshot, story: &Story) -> Result<Option<String>> {
    let ids: Vec<AuthorId> = story.authors.iter().map(|credit| credit.author).collect();
    let known = if ids.is_empty() { Vec::new() } else { authors::by_ids(snapshot, &ids)? };
    let credits = story.authors.iter().filter_map(|credit| {
        let author = known.iter().find(|author| author.id == credit.author)?;
        Some((credit.role, author.profile.name.as_str()))
    });
    Ok(byline(&story.locale, credits))
}

fn body(snapshot: &mut Snapshot, card: &Card, asked: &Asked, body: Document) -> Result<Document> {
    let url = Url::parse(&card.url).map_err(|error| Error::Internal(format!("{}: {error}", card.url)))?;
    let decisions = asked.verdict.assets.iter().filter(|decision| decision.allowed());
    let allowed: HashSet<&str> = decisions.map(|decision| decision.media.as_str()).collect();
    let body = media::body_of(snapshot, card.id, body)?;
    let (body, _) = body.for_republishing_with(&url, |image| {
        image.media.as_deref().is_some_and(|media| allowed.contains(media))
    });
    Ok(body)
}
