//! What a story names by id, as the newsroom reads it: short forms, in the story's order.

use super::Work;
use crate::articles::byline::byline;
use crate::articles::cards::{LeadMedia, ShortAuthor, ShortOrigin, ShortSection, ShortSeries, ShortTag};
use crate::db::Conn;
use crate::db::ids::AuthorId;
use crate::error::Result;
use crate::taxonomy::{sections, series, tags};
use crate::{authors, media, publication};

/// The short forms of what a story names.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Where it runs.
    pub section: Option<ShortSection>,
    /// The tag that says most.
    pub primary_tag: Option<ShortTag>,
    /// Its tags.
    pub tags: Vec<ShortTag>,
    /// Who made it.
    pub authors: Vec<ShortAuthor>,
    /// The series.
    pub series: Option<ShortSeries>,
    /// The picture at its top.
    pub lead_media: Option<LeadMedia>,
    /// Where it comes from.
    pub origin: Option<ShortOrigin>,
}

impl Names {
    /// Looks up what a story names.
    pub fn of(conn: &mut Conn, work: &Work) -> Result<Self> {
        let story = &work.story;
        let mut tag_ids = story.tags.clone();
        tag_ids.extend(story.primary_tag);
        let found: Vec<ShortTag> = tags::by_ids(conn, &tag_ids)?.into_iter().map(short_tag).collect();
        let tag = |id| found.iter().find(|tag: &&ShortTag| tag.id == id).cloned();
        let section_ids: Vec<_> = story.section.into_iter().collect();
        let media_ids: Vec<_> = story.lead_media.into_iter().collect();
        let origin = match story.origin {
            Some(id) => publication::find_origin_if_any(conn, id.as_str())?,
            None => None,
        };
        Ok(Names {
            section: sections::by_ids(conn, &section_ids)?.pop().map(|section| ShortSection {
                id: section.id,
                slug: section.slug,
                name: section.name,
                path: section.path,
            }),
            primary_tag: story.primary_tag.and_then(tag),
            tags: story.tags.iter().filter_map(|id| tag(*id)).collect(),
            authors: authors_of(conn, work)?,
            series: series_of(conn, work)?,
            lead_media: media::by_ids(conn, &media_ids)?.pop().map(|asset| asset.lead()),
            origin: origin.map(|origin| ShortOrigin {
                id: origin.id,
                code: origin.code,
                name: origin.name,
                in_house: origin.in_house,
            }),
        })
    }

    /// The printed byline; none without authors.
    pub fn byline(&self, locale: &str) -> Option<String> {
        byline(locale, self.authors.iter().map(|author| (author.role, author.name.as_str())))
    }
}

fn short_tag(tag: tags::Tag) -> ShortTag {
    let subject = tag.subject;
    let kind = subject.kind.as_str().to_owned();
    ShortTag { id: tag.id, slug: tag.slug, name: subject.name, kind, uri: subject.uri }
}

fn authors_of(conn: &mut Conn, work: &Work) -> Result<Vec<ShortAuthor>> {
    let ids: Vec<AuthorId> = work.story.authors.iter().map(|credit| credit.author).collect();
    let found = authors::by_ids(conn, &ids)?;
    let short = |credit: &crate::articles::story::Credit| {
        let author = found.iter().find(|author| author.id == credit.author)?;
        let (slug, name) = (author.slug.clone(), author.profile.name.clone());
        Some(ShortAuthor { id: author.id, slug, name, role: credit.role })
    };
    Ok(work.story.authors.iter().filter_map(short).collect())
}

fn series_of(conn: &mut Conn, work: &Work) -> Result<Option<ShortSeries>> {
    let Some(part) = work.story.series else { return Ok(None) };
    let found = series::by_ids(conn, &[part.series])?.pop();
    Ok(found.map(|series| ShortSeries {
        id: series.id,
        slug: series.slug,
        title: series.subject.title,
        part: part.part,
    }))
}
