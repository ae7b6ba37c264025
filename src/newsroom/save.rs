//! Saving: every save that changes something is a revision of its own, and none is ever altered.

use std::mem;

use super::draft::{DeskFields, Draft};
use super::{Owner, State, Work, references, store, uses};
use crate::addresses::{self, Kind};
use crate::articles::paths::{own_canonical, parse_path};
use crate::articles::story::Story;
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::db::{Audience, Change, Tx};
use crate::error::{Error, Result};
use crate::fields::{Faults, Warning};
use crate::publication::{self, Settings};

/// Takes a new story on, as a draft; with what was done to its body. 409 `slug_taken`, 422 with every
/// name that leads nowhere.
pub fn create(tx: &mut Tx, owner: Owner, draft: Draft) -> Result<(Work, Vec<Warning>)> {
    create_as(tx, ArticleId::new(), owner, draft)
}

/// As `create`, under an id of the caller's: an import brings its own.
pub fn create_as(tx: &mut Tx, id: ArticleId, owner: Owner, mut draft: Draft) -> Result<(Work, Vec<Warning>)> {
    let warnings = take_warnings(&mut draft);
    let mut desk = mem::take(&mut draft.desk);
    desk.owner = desk.owner.or(owner.map(|owner| owner.to_string()));
    let words = draft.headline.clone().unwrap_or_default();
    let typed = draft.slug.take();
    let mut story = written(tx, draft, &Story::default())?;
    story.slug = addresses::take_slug(tx, Kind::Article, id, typed, &words)?.into();
    let work = Work { desk, ..Work::new(id, story, tx.now()) };
    store::insert(tx, &work)?;
    store::insert_revision(tx, &work, None)?;
    uses::note(tx, &work)?;
    tx.record(saved("article.created", &work).revisions(None, work.revision));
    Ok((work, warnings))
}

/// Saves a story: a new revision where something that readers can come to see is another than
/// before, the desk's fields beside it. An identical save changes nothing.
pub fn change(tx: &mut Tx, present: &Work, mut draft: Draft) -> Result<(Work, Vec<Warning>)> {
    if present.state == State::Trash {
        return Err(Error::InvalidState("the story is in the trash: restore it first".into()));
    }
    let warnings = take_warnings(&mut draft);
    let desk = mem::take(&mut draft.desk);
    let typed = draft.slug.take();
    if let Some((body, _)) = &mut draft.body {
        body.keep_keys_of(&present.story.body);
    }
    let mut story = written(tx, draft, &present.story)?;
    story.slug = match typed {
        Some(slug) => addresses::take_slug(tx, Kind::Article, present.id, Some(slug), "")?.into(),
        None => present.story.slug.clone(),
    };
    Ok((save_as(tx, present, desk, story, None)?, warnings))
}

/// Saves what a story says from now on, with the desk's fields beside it; the story as it is afterwards.
pub(super) fn save_as(
    tx: &mut Tx,
    present: &Work,
    desk: DeskFields,
    story: Story,
    note: Option<&str>,
) -> Result<Work> {
    let mut work = Work { desk, ..present.clone() };
    if story != present.story {
        work.story = story;
        work.revision += 1;
        if work.live_revision.is_none() {
            work.published_at = work.story.published_at.or(present.published_at);
        }
    }
    if work == *present {
        return Ok(work);
    }
    work.updated_at = tx.now();
    store::update(tx, &work)?;
    if work.revision != present.revision {
        store::insert_revision(tx, &work, note)?;
        uses::note(tx, &work)?;
    }
    tx.record(saved("article.saved", &work).revisions(Some(present.revision), work.revision));
    Ok(work)
}

fn take_warnings(draft: &mut Draft) -> Vec<Warning> {
    draft.body.as_mut().map(|(_, warnings)| mem::take(warnings)).unwrap_or_default()
}

/// The story that a draft describes; every fault in it at once.
fn written(tx: &mut Tx, mut draft: Draft, present: &Story) -> Result<Story> {
    let settings = publication::settings(tx)?;
    let mut faults = unfit(&draft, tx.now());
    let names = references::look_up(tx, &draft, &mut faults)?;
    references::attach_media(tx, &mut draft, &mut faults)?;
    let locale = draft.locale.clone().unwrap_or_else(|| settings.locale.clone());
    check_locale(&locale, &settings, &mut faults);
    let path = draft.path.as_deref().and_then(|path| parse_path(path).ok());
    check_canonical(tx, &draft, &names, &mut faults)?;
    faults.into_body_error()?;
    Ok(Story {
        slug: String::new(),
        kind: draft.kind,
        headline: draft.headline,
        kicker: draft.kicker,
        standfirst: draft.standfirst,
        summary: draft.summary,
        locale,
        access: draft.access,
        section: names.section,
        primary_tag: names.primary_tag,
        tags: names.tags,
        authors: names.authors,
        series: names.series,
        lead_media: names.lead_media,
        origin: names.origin,
        source_url: draft.source_url,
        path,
        published_at: draft.published_at,
        embargo_until: draft.embargo_until,
        expires_at: draft.expires_at,
        translation_group: draft.translation_group,
        rights: draft.rights,
        seo: draft.seo,
        corrections: draft.corrections.unwrap_or_else(|| present.corrections.clone()),
        body: draft.body.map_or_else(|| present.body.clone(), |(body, _)| body),
    })
}

/// What a draft says that cannot be, whatever else there is: its dates and its path.
pub fn unfit(draft: &Draft, now: Stamp) -> Faults {
    let mut faults = Faults::default();
    if draft.published_at.is_some_and(|at| at > now) {
        faults.add(
            "/published_at",
            "invalid_value",
            "must not lie in the future: schedule the story in its place",
        );
    }
    if let (Some(embargo), Some(expiry)) = (draft.embargo_until, draft.expires_at)
        && expiry <= embargo
    {
        faults.add("/expires_at", "invalid_value", "must be later than embargo_until");
    }
    if let Some(Err(fault)) = draft.path.as_deref().map(parse_path) {
        faults.add("/path", "invalid_value", fault.to_string());
    }
    faults
}

fn check_locale(locale: &str, settings: &Settings, faults: &mut Faults) {
    let locales = settings.all_locales();
    if !locales.contains(&locale) {
        faults.add(
            "/locale",
            "invalid_value",
            format!("`{locale}` is none of the publication's locales: {}", locales.join(", ")),
        );
    }
}

/// A story of ours is its own canonical; what says so in other words is dropped, anything else is a
/// fault. What another origin's story has as canonical is its `source_url`.
fn check_canonical(
    tx: &mut Tx,
    draft: &Draft,
    names: &references::References,
    faults: &mut Faults,
) -> Result<()> {
    let Some(given) = &draft.canonical_url else { return Ok(()) };
    let in_house = match names.origin {
        Some(origin) => publication::find_origin(tx, origin.as_str())?.in_house,
        None => true,
    };
    let own = match (in_house, &draft.source_url) {
        (false, Some(source)) => source.clone(),
        _ => {
            let slug = draft.slug.as_ref().map(ToString::to_string).unwrap_or_default();
            let path = draft.path.clone().unwrap_or_else(|| format!("/{slug}"));
            publication::site(tx)?.url(&path)
        }
    };
    if let Err(fault) = own_canonical(given, &own) {
        faults.add("/canonical_url", "invalid_value", fault.to_string());
    }
    Ok(())
}

fn saved(kind: &'static str, work: &Work) -> Change {
    Change::new(Audience::Staff, kind, "article", work.id).version(work.revision)
}
