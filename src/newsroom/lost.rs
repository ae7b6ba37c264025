//! What an earlier revision names that was deleted since: only what the newest names is held back from that.

use std::collections::BTreeSet;

use crate::articles::story::Story;
use crate::db::Conn;
use crate::db::ids::{AuthorId, MediaId, SectionId, SeriesId, TagId};
use crate::error::Result;
use crate::fields::Warning;
use crate::taxonomy::{sections, series, tags};
use crate::{authors, media, publication};

/// The story without what is no longer there; and what that is, by field.
pub fn without_lost(conn: &mut Conn, mut story: Story) -> Result<(Story, Vec<Warning>)> {
    let mut lost = Vec::new();
    lose_authors(conn, &mut story, &mut lost)?;
    lose_tags(conn, &mut story, &mut lost)?;
    lose_media(conn, &mut story, &mut lost)?;
    let ids: Vec<SeriesId> = story.series.iter().map(|part| part.series).collect();
    if series::by_ids(conn, &ids)?.is_empty() && story.series.take().is_some() {
        lost.push("series");
    }
    let ids: Vec<SectionId> = story.section.into_iter().collect();
    if sections::by_ids(conn, &ids)?.is_empty() && story.section.take().is_some() {
        lost.push("section");
    }
    if let Some(origin) = story.origin
        && publication::find_origin_if_any(conn, origin.as_str())?.is_none()
    {
        story.origin = None;
        lost.push("origin");
    }
    let warn = |field: &str| {
        Warning::about(field, "no_longer_there", format!("`{field}` named something that was deleted since"))
    };
    Ok((story, lost.into_iter().map(warn).collect()))
}

fn lose_authors(conn: &mut Conn, story: &mut Story, lost: &mut Vec<&'static str>) -> Result<()> {
    let ids: Vec<AuthorId> = story.authors.iter().map(|credit| credit.author).collect();
    let there: BTreeSet<AuthorId> = authors::by_ids(conn, &ids)?.iter().map(|author| author.id).collect();
    story.authors.retain(|credit| there.contains(&credit.author));
    if story.authors.len() < ids.len() {
        lost.push("authors");
    }
    Ok(())
}

fn lose_tags(conn: &mut Conn, story: &mut Story, lost: &mut Vec<&'static str>) -> Result<()> {
    let ids: Vec<TagId> = story.tags.iter().copied().chain(story.primary_tag).collect();
    let there: BTreeSet<TagId> = tags::by_ids(conn, &ids)?.iter().map(|tag| tag.id).collect();
    let count = story.tags.len();
    story.tags.retain(|tag| there.contains(tag));
    if story.tags.len() < count {
        lost.push("tags");
    }
    if story.primary_tag.take_if(|tag| !there.contains(tag)).is_some() {
        lost.push("primary_tag");
    }
    Ok(())
}

fn lose_media(conn: &mut Conn, story: &mut Story, lost: &mut Vec<&'static str>) -> Result<()> {
    let mentioned = story.body.mentions().media;
    let ids: Vec<MediaId> =
        mentioned.iter().filter_map(|id| id.parse().ok()).chain(story.lead_media).collect();
    let there: BTreeSet<String> =
        media::by_ids(conn, &ids)?.iter().map(|asset| asset.id.to_string()).collect();
    let gone: BTreeSet<String> = mentioned.into_iter().filter(|id| !there.contains(id)).collect();
    if !gone.is_empty() {
        story.body.forget_media(&gone);
        lost.push("body");
    }
    if story.lead_media.take_if(|id| !there.contains(id.as_str())).is_some() {
        lost.push("lead_media");
    }
    Ok(())
}
