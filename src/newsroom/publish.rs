//! Publishing: a revision becomes the version that the world sees.

use std::collections::BTreeSet;

use serde_json::json;

use super::completeness::{Complete, complete, missing_alt};
use super::lost::without_lost;
use super::schedule::{call_off, pin};
use super::{State, Work, live_story, revision, store, uses, verdict};
use crate::articles::paths::canonical_url;
use crate::articles::story::Story;
use crate::articles::{self, GoingLive};
use crate::db::ids::{ArticleId, MediaId, SectionId};
use crate::db::types::Stamp;
use crate::db::{Audience, Change, Tx};
use crate::error::{Error, Result};
use crate::fields::{Faults, Warning};
use crate::publication::{self, Origin, Settings};
use crate::rights::Verdict;
use crate::taxonomy::sections;

/// How a story is to be published.
#[derive(Clone, Copy, Debug, Default)]
pub struct PublishOrder {
    /// Whether readers and partners should take note: `updated_at` moves.
    pub substantive: bool,
    /// Which revision; the newest where it is left out.
    pub revision: Option<i32>,
    /// The dates and the version that an import brings along.
    pub imported: Option<Publication>,
}

/// What an import knows of an earlier publication; taken only where the import makes the story.
#[derive(Clone, Copy, Debug, Default)]
pub struct Publication {
    /// When it was first public.
    pub first_published_at: Option<Stamp>,
    /// When it last changed in substance.
    pub updated_at: Option<Stamp>,
    /// When anything of it last changed.
    pub modified_at: Option<Stamp>,
    /// Which version it is.
    pub version: Option<i32>,
}

/// A story after it was published, with what should be looked at.
pub struct Published {
    /// The story.
    pub work: Work,
    /// What should be looked at.
    pub warnings: Vec<Warning>,
    /// Whether anybody may republish it, and why not.
    pub verdict: Verdict,
}

/// Makes a revision live, or, where its embargo still lasts, lets it wait for that. 422 with
/// everything that is missing; 409 where the story was retracted or thrown away. What is live and
/// unchanged stays as it is.
pub fn publish(tx: &mut Tx, work: &Work, order: PublishOrder) -> Result<Published> {
    let ready = ready(tx, work, order)?;
    let waits = ready.story.embargo_until.is_some_and(|until| until > tx.now());
    let mut after = work.clone();
    let called_off = if waits {
        wait_for_embargo(tx, &mut after, &ready)?
    } else if work.state != State::Live || work.live_revision != Some(ready.revision) || order.substantive {
        make_live(tx, &mut after, &ready, order)?
    } else {
        None
    };
    let warnings = ready.warnings.into_iter().chain(called_off).collect();
    Ok(Published { work: after, warnings, verdict: ready.verdict })
}

/// What `publish` would say, without doing it.
pub fn dry_run(tx: &mut Tx, work: &Work, order: PublishOrder) -> Result<Published> {
    let ready = ready(tx, work, order)?;
    Ok(Published { work: work.clone(), warnings: ready.warnings, verdict: ready.verdict })
}

/// A revision that has all it needs.
pub(super) struct Ready {
    pub revision: i32,
    pub story: Story,
    pub warnings: Vec<Warning>,
    headline: String,
    sections: Vec<SectionId>,
    section_path: String,
    origin: Origin,
    media: BTreeSet<MediaId>,
    settings: Settings,
    verdict: Verdict,
}

/// The revision that is to go live, if it has all it needs and may.
pub(super) fn ready(tx: &mut Tx, work: &Work, order: PublishOrder) -> Result<Ready> {
    if matches!(work.state, State::Retracted | State::Trash) {
        return Err(Error::InvalidState(format!(
            "a story in state `{}` cannot be published: restore it first",
            work.state.as_str()
        )));
    }
    let number = order.revision.unwrap_or(work.revision);
    let mut story =
        if number == work.revision { work.story.clone() } else { earlier_revision(tx, work.id, number)? };
    // What was corrected stays told, whichever revision goes live.
    story.corrections.clone_from(&work.story.corrections);
    if work.state == State::Live && story.embargo_until.is_some_and(|until| until > tx.now()) {
        return Err(Error::InvalidState(
            "a live story cannot go under an embargo: unpublish it first".into(),
        ));
    }
    let settings = publication::settings(tx)?;
    let warnings = missing_alt(tx, &story)?;
    let Complete { headline, section, origin } = complete(&story, &warnings, &settings)?;
    let headline = headline.to_owned();
    let origin = publication::find_origin(tx, origin.as_str())?;
    let chain = sections::chain(tx, section)?;
    let now = tx.now();
    let verdict = verdict::for_anyone(tx, work, &story, &origin, &settings, now)?;
    Ok(Ready {
        revision: number,
        headline,
        section_path: chain.first().map(|section| section.path.clone()).unwrap_or_default(),
        sections: chain.into_iter().map(|section| section.id).collect(),
        origin,
        media: uses::media(&story),
        settings,
        warnings,
        verdict,
        story,
    })
}

/// An earlier revision, which may name what was deleted since: 422 with all of it.
fn earlier_revision(tx: &mut Tx, id: ArticleId, number: i32) -> Result<Story> {
    let story = revision(tx, id, number)?;
    let (story, lost) = without_lost(tx, story)?;
    let mut faults = Faults::default();
    for warning in lost {
        let words = format!("{}: restore the revision without it", warning.detail);
        faults.add(format!("/{}", warning.field.as_deref().unwrap_or("body")), "unknown_reference", words);
    }
    faults.into_body_error()?;
    Ok(story)
}

fn wait_for_embargo(tx: &mut Tx, work: &mut Work, ready: &Ready) -> Result<Option<Warning>> {
    let Some(until) = ready.story.embargo_until else { return Ok(None) };
    let waits_already = work.scheduled_at == Some(until) && work.scheduled_revision == Some(ready.revision);
    if waits_already {
        return Ok(None);
    }
    let called_off = call_off(tx, work)?;
    pin(tx, work, ready.revision, until)?;
    store::update(tx, work)?;
    tx.record(
        Change::new(Audience::Partner, "article.embargoed", "article", work.id).version(ready.revision),
    );
    Ok(called_off)
}

fn make_live(tx: &mut Tx, work: &mut Work, ready: &Ready, order: PublishOrder) -> Result<Option<Warning>> {
    // What is older than the revision that goes live now never replaces it later.
    let is_outdated = work.scheduled_revision.is_some_and(|pinned| pinned <= ready.revision);
    let called_off = if is_outdated || work.state != State::Live { call_off(tx, work)? } else { None };
    let before = live_story(tx, work)?;
    let path = path(work, ready, tx.now(), order);
    date(work, &ready.story, tx.now(), before.is_some(), order);
    let slug_before = work.published_slug.replace(ready.story.slug.clone());
    work.state = State::Live;
    work.state_before = None;
    work.live_revision = Some(ready.revision);
    work.path = Some(path.clone());
    work.updated_at = tx.now();
    let site = ready.settings.site();
    let url = site.url(&path);
    let canonical = canonical_url(&url, ready.origin.in_house, ready.story.source_url.as_deref());
    let now = tx.now();
    let live = GoingLive {
        id: work.id,
        revision: ready.revision,
        version: work.version,
        story: &ready.story,
        headline: &ready.headline,
        sections: &ready.sections,
        origin: ready.origin.id,
        media: &ready.media,
        path: &path,
        url: &url,
        canonical_url: canonical,
        published_at: work.published_at.unwrap_or(now),
        first_published_at: work.first_published_at.unwrap_or(now),
        updated_at: work.substantive_at.unwrap_or(now),
        modified_at: work.modified_at.unwrap_or(now),
        offer: publication::offer(&ready.verdict),
        withheld: work.withheld,
    };
    store::update(tx, work)?;
    articles::go_live(tx, &live)?;
    let stories: Vec<&Story> = before.iter().chain([&ready.story]).collect();
    let mut keys = articles::keys_of(tx, work.id, &stories)?;
    if before.is_none() || !ready.story.corrections.is_empty() {
        keys.insert("corrections".to_owned());
    }
    keys.extend(slug_before.map(|slug| format!("slug:{slug}")));
    keys.extend(ready.sections.iter().map(|section| format!("section:{section}")));
    tx.record(went_live(work, ready, before.as_ref()).keys(keys));
    Ok(called_off)
}

/// The change that tells of a version: the first, a later one, or one with a correction that readers had not
/// been told.
fn went_live(work: &Work, ready: &Ready, before: Option<&Story>) -> Change {
    let told = before.map(|story| story.corrections.as_slice()).unwrap_or_default();
    let severity = ready
        .story
        .corrections
        .iter()
        .filter(|correction| before.is_some() && !told.contains(correction))
        .map(|correction| correction.severity)
        .max();
    let kind = match (before, severity) {
        (None, _) => "article.published",
        (Some(_), None) => "article.updated",
        (Some(_), Some(_)) => "article.corrected",
    };
    let change =
        Change::new(Audience::Public, kind, "article", work.id).version(work.version).key("article", work.id);
    match severity {
        Some(severity) => change.detail(json!({ "revision": ready.revision, "severity": severity })),
        None => change.detail(json!({ "revision": ready.revision })),
    }
}

/// The dates of a story that goes live (API.md §3).
fn date(work: &mut Work, story: &Story, now: Stamp, was_live: bool, order: PublishOrder) {
    let imported = order.imported.unwrap_or_default();
    let kept = if was_live { work.published_at } else { None };
    let published_at = story.published_at.or(kept).unwrap_or(now);
    let first = work.first_published_at.or(imported.first_published_at);
    let first = first.unwrap_or(if order.imported.is_some() { published_at } else { now });
    let substantive = imported.updated_at.or(work.substantive_at.filter(|_| !order.substantive));
    work.published_at = Some(published_at);
    work.first_published_at = Some(first);
    work.substantive_at =
        Some(substantive.unwrap_or(if order.imported.is_some() { published_at } else { now }));
    work.modified_at = Some(imported.modified_at.unwrap_or(now));
    work.version = imported.version.unwrap_or(work.version + 1);
}

/// The path of a story: fixed when it is first public, and again only when its slug or the path that
/// staff gave it is another.
fn path(work: &Work, ready: &Ready, now: Stamp, order: PublishOrder) -> String {
    if let Some(path) = &ready.story.path {
        return path.clone();
    }
    let first = order.imported.and_then(|imported| imported.first_published_at);
    let first =
        work.first_published_at.or(first).or(ready.story.published_at.filter(|_| order.imported.is_some()));
    let templated = ready.settings.site().article_path(
        &ready.story.slug,
        work.id,
        &ready.section_path,
        first.unwrap_or(now),
    );
    match &work.path {
        Some(path) if work.published_slug_is(&ready.story.slug) => path.clone(),
        _ => templated,
    }
}
