//! What a story names by id, as the newsroom reads it: short forms, in the story's order.

use super::Work;
use crate::articles::byline::byline;
use crate::articles::cards::{LeadMedia, ShortAuthor, ShortOrigin, ShortSection, ShortSeries, ShortTag};
use crate::articles::story::{Credit, Part, Story};
use crate::db::Conn;
use crate::db::ids::TagId;
use crate::error::Result;
use crate::publication::Origin;
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

/// What several stories name, read at once.
struct Named {
    sections: Vec<sections::Section>,
    tags: Vec<ShortTag>,
    authors: Vec<authors::Author>,
    series: Vec<series::Series>,
    media: Vec<media::Asset>,
    origins: Vec<Origin>,
}

impl Names {
    /// Looks up what a story names.
    pub fn of(conn: &mut Conn, work: &Work) -> Result<Self> {
        Ok(Self::of_all(conn, std::slice::from_ref(work))?.pop().unwrap_or_default())
    }

    /// Looks up what stories name, in their order: a statement for each kind of thing, however many they are.
    pub fn of_all(conn: &mut Conn, works: &[Work]) -> Result<Vec<Self>> {
        let named = Named::read(conn, works)?;
        Ok(works.iter().map(|work| named.by(&work.story)).collect())
    }

    /// The printed byline; none without authors.
    pub fn byline(&self, locale: &str) -> Option<String> {
        byline(locale, self.authors.iter().map(|author| (author.role, author.name.as_str())))
    }
}

impl Named {
    fn read(conn: &mut Conn, works: &[Work]) -> Result<Self> {
        let stories = || works.iter().map(|work| &work.story);
        let section_ids: Vec<_> = stories().filter_map(|story| story.section).collect();
        let tag_ids: Vec<_> =
            stories().flat_map(|story| story.tags.iter().chain(&story.primary_tag).copied()).collect();
        let author_ids: Vec<_> =
            stories().flat_map(|story| story.authors.iter().map(|credit| credit.author)).collect();
        let series_ids: Vec<_> = stories().filter_map(|story| story.series.map(|part| part.series)).collect();
        let media_ids: Vec<_> = stories().filter_map(|story| story.lead_media).collect();
        let origin_ids: Vec<_> = stories().filter_map(|story| story.origin).collect();
        Ok(Named {
            sections: sections::by_ids(conn, &section_ids)?,
            tags: tags::by_ids(conn, &tag_ids)?.into_iter().map(short_tag).collect(),
            authors: authors::by_ids(conn, &author_ids)?,
            series: series::by_ids(conn, &series_ids)?,
            media: media::by_ids(conn, &media_ids)?,
            origins: publication::origins_by_ids(conn, &origin_ids)?,
        })
    }

    fn by(&self, story: &Story) -> Names {
        let tag = |id: &TagId| self.tags.iter().find(|tag| tag.id == *id).cloned();
        let section = self.sections.iter().find(|section| Some(section.id) == story.section);
        let origin = self.origins.iter().find(|origin| Some(origin.id) == story.origin);
        let lead = self.media.iter().find(|asset| Some(asset.id) == story.lead_media);
        Names {
            section: section.map(|section| ShortSection {
                id: section.id,
                slug: section.slug.clone(),
                name: section.name.clone(),
                path: section.path.clone(),
            }),
            primary_tag: story.primary_tag.as_ref().and_then(tag),
            tags: story.tags.iter().filter_map(tag).collect(),
            authors: story.authors.iter().filter_map(|credit| self.author(credit)).collect(),
            series: story.series.and_then(|part| self.part(part)),
            lead_media: lead.map(media::Asset::lead),
            origin: origin.map(|origin| ShortOrigin {
                id: origin.id,
                code: origin.code.clone(),
                name: origin.name.clone(),
                in_house: origin.in_house,
            }),
        }
    }

    fn author(&self, credit: &Credit) -> Option<ShortAuthor> {
        let author = self.authors.iter().find(|author| author.id == credit.author)?;
        let (slug, name) = (author.slug.clone(), author.profile.name.clone());
        Some(ShortAuthor { id: author.id, slug, name, role: credit.role })
    }

    fn part(&self, part: Part) -> Option<ShortSeries> {
        let series = self.series.iter().find(|series| series.id == part.series)?;
        let (slug, title) = (series.slug.clone(), series.subject.title.clone());
        Some(ShortSeries { id: series.id, slug, title, part: part.part })
    }
}

fn short_tag(tag: tags::Tag) -> ShortTag {
    let subject = tag.subject;
    let kind = subject.kind.as_str().to_owned();
    ShortTag { id: tag.id, slug: tag.slug, name: subject.name, kind, uri: subject.uri }
}
