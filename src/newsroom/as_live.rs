//! A story as readers would see it were it live: what a preview shows.

use super::{Names, Work, verdict};
use crate::articles::cards::{ShortOrigin, ShortSection};
use crate::articles::paths::canonical_url;
use crate::articles::story::Story;
use crate::articles::{Card, Facts};
use crate::body::Document;
use crate::db::Snapshot;
use crate::db::ids::{OriginId, SectionId};
use crate::db::types::Stamp;
use crate::error::Result;
use crate::fields::sort_key;
use crate::media;
use crate::publication::{self, Origin, Settings};

/// What stands where a draft has no section yet, which every live story has.
const NOWHERE: &str = "00000000-0000-0000-0000-000000000000";

/// The story with its body. What a draft has not got yet is empty; without an origin it is taken for one of ours.
pub fn as_live(snapshot: &mut Snapshot, work: Work) -> Result<(Card, Document)> {
    let names = Names::of(snapshot, &work)?;
    let settings = publication::settings_at(snapshot)?;
    let origin = match &names.origin {
        Some(origin) => publication::find_origin_if_any(snapshot, origin.id.as_str())?,
        None => publication::in_house_origin(snapshot)?,
    };
    let now = snapshot.now();
    let republishable = match &origin {
        Some(origin) => verdict::for_anyone(snapshot, &work, &work.story, origin, &settings, now)?.allows(),
        None => false,
    };
    let body = media::body_of(snapshot, work.id, work.story.body.clone())?;
    Ok((card(work, names, origin.as_ref(), &settings, republishable, now), body))
}

fn card(
    work: Work,
    names: Names,
    origin: Option<&Origin>,
    settings: &Settings,
    republishable: bool,
    now: Stamp,
) -> Card {
    let section = names.section.unwrap_or_else(nowhere);
    let url = url(&work, &section, settings, now);
    let origin_id = |origin: &Origin| (origin.id, origin.code.clone(), origin.name.clone(), origin.in_house);
    let (origin_id, code, name, in_house) = origin.map_or_else(no_origin, origin_id);
    let canonical_url = canonical_url(&url, in_house, work.story.source_url.as_deref()).to_owned();
    let published_at = work.published_at.or(work.scheduled_at).unwrap_or(now);
    let is_next = work.live_revision != Some(work.revision);
    let facts = Facts::of(&work.story, work.withheld);
    let story = work.story;
    let headline = story.headline.unwrap_or_default();
    Card {
        id: work.id,
        version: work.version + i32::from(is_next),
        slug: story.slug,
        kind: story.kind.as_str().to_owned(),
        headline_key: sort_key(&headline),
        headline,
        kicker: story.kicker,
        standfirst: story.standfirst,
        summary: story.summary,
        url,
        canonical_url,
        locale: story.locale,
        access: story.access.as_str().to_owned(),
        published_at,
        first_published_at: work.first_published_at.unwrap_or(published_at),
        updated_at: work.substantive_at.unwrap_or(published_at),
        modified_at: work.updated_at,
        changed_at: work.updated_at,
        republishable,
        word_count: i32::try_from(story.body.word_count()).unwrap_or(i32::MAX),
        reading_minutes: i32::try_from(story.body.reading_minutes()).unwrap_or(i32::MAX),
        translation_group: story.translation_group,
        facts,
        section,
        primary_tag: names.primary_tag,
        tags: names.tags,
        authors: names.authors,
        series: names.series,
        lead_media: names.lead_media,
        origin: ShortOrigin { id: origin_id, code, name, in_house },
    }
}

/// The address that it has, or would have.
fn url(work: &Work, section: &ShortSection, settings: &Settings, now: Stamp) -> String {
    let site = settings.site();
    let story: &Story = &work.story;
    let path = match (&story.path, &work.path) {
        (Some(path), _) => path.clone(),
        (None, Some(path)) if work.published_slug_is(&story.slug) => path.clone(),
        _ => site.article_path(&story.slug, work.id, &section.path, work.first_published_at.unwrap_or(now)),
    };
    site.url(&path)
}

fn nowhere() -> ShortSection {
    let id: SectionId = NOWHERE.parse().unwrap_or_else(|_| SectionId::new());
    ShortSection { id, slug: String::new(), name: String::new(), path: String::new() }
}

fn no_origin() -> (OriginId, String, String, bool) {
    let id: OriginId = NOWHERE.parse().unwrap_or_else(|_| OriginId::new());
    (id, String::new(), String::new(), true)
}
