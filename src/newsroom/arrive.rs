//! Stories that an import brings: made with the past that they had elsewhere, and taken to the state that they
//! are to have.
//!
//! What was taken back or thrown away here stays so: an import never undoes that.

use super::draft::Draft;
use super::publish::{PublishOrder, publish};
use super::save::create_as;
use super::schedule::{call_off, pin};
use super::{Done, Publication, State, Work, retract, store, trash, unpublish};
use crate::addresses::{self, Gone, Kind};
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::db::{Audience, Change, Tx};
use crate::error::Result;
use crate::fields::{Slug, Warning};
use crate::publication;
use crate::taxonomy::sections;

/// Where a story is to arrive.
#[derive(Clone, Debug)]
pub struct Aim {
    /// The state to reach.
    pub state: State,
    /// When it goes live by itself, where an embargo does not say so.
    pub scheduled_at: Option<Stamp>,
    /// What is told of it where it was taken back.
    pub gone: Option<Gone>,
}

/// What a story was elsewhere; taken only where it is made.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// When it was first public and last changed, and which version it is.
    pub publication: Publication,
    /// When it was made.
    pub created_at: Option<Stamp>,
    /// Slugs under which it was public before.
    pub former_slugs: Vec<Slug>,
}

/// Makes a story with its past, and takes it to its state.
pub fn arrive(
    tx: &mut Tx,
    id: ArticleId,
    draft: Draft,
    past: &Past,
    aim: &Aim,
) -> Result<(Work, Vec<Warning>)> {
    let (mut work, _) = create_as(tx, id, None, draft)?;
    work.created_at = past.created_at.unwrap_or(work.created_at);
    let was_public = match aim.state {
        State::Unpublished | State::Retracted => true,
        State::Trash | State::Scheduled => past.publication.first_published_at.is_some(),
        State::Draft | State::InReview | State::Approved | State::Live => false,
    };
    if was_public {
        give_past(tx, &mut work, &past.publication)?;
    }
    let warnings = match aim.state {
        State::Live => {
            let order = PublishOrder { imported: Some(past.publication), ..PublishOrder::default() };
            let published = publish(tx, &work, order)?;
            work = published.work;
            published.warnings
        }
        State::Scheduled => wait(tx, &mut work, aim.scheduled_at)?,
        State::Trash => {
            work.state = State::Trash;
            work.state_before = Some(match (&aim.gone, was_public) {
                (Some(_), _) => State::Retracted,
                (None, true) => State::Unpublished,
                (None, false) => State::Draft,
            });
            store::update(tx, &work)?;
            Vec::new()
        }
        state
        @ (State::Draft | State::InReview | State::Approved | State::Unpublished | State::Retracted) => {
            work.state = state;
            store::update(tx, &work)?;
            Vec::new()
        }
    };
    keep_former_slugs(tx, &work, &past.former_slugs)?;
    if let Some(gone) = aim.gone.as_ref().filter(|_| was_public) {
        addresses::note_gone(tx, id, gone, None)?;
    }
    Ok((work, warnings))
}

/// Gives a story that is not live what it had while it was.
fn give_past(tx: &mut Tx, work: &mut Work, past: &Publication) -> Result<()> {
    let published_at = work.story.published_at.or(past.first_published_at).unwrap_or(work.created_at);
    let first = past.first_published_at.unwrap_or(published_at);
    work.published_at = Some(published_at);
    work.first_published_at = Some(first);
    work.substantive_at = Some(past.updated_at.unwrap_or(published_at));
    work.modified_at = Some(past.modified_at.unwrap_or(published_at));
    work.version = past.version.unwrap_or(1);
    work.published_slug = Some(work.story.slug.clone());
    let path = match &work.story.path {
        Some(path) => path.clone(),
        None => path_of(tx, work, &work.story.slug, first)?,
    };
    addresses::note_public(tx, Kind::Article, &work.story.slug)?;
    addresses::take_path(tx, &path, work.id)?;
    work.path = Some(path);
    Ok(())
}

fn path_of(tx: &mut Tx, work: &Work, slug: &str, first: Stamp) -> Result<String> {
    let above = match work.story.section {
        Some(section) => sections::chain(tx, section)?,
        None => Vec::new(),
    };
    let section_path = above.first().map(|section| section.path.as_str()).unwrap_or_default();
    Ok(publication::site(tx)?.article_path(slug, work.id, section_path, first))
}

/// Lets the addresses that a story had before lead to it.
fn keep_former_slugs(tx: &mut Tx, work: &Work, slugs: &[Slug]) -> Result<()> {
    let id = work.id;
    for slug in slugs {
        addresses::take_slug(tx, Kind::Article, id, Some(slug.clone()), "")?;
        addresses::note_public(tx, Kind::Article, slug.as_str())?;
        let path = path_of(tx, work, slug.as_str(), work.first_published_at.unwrap_or(work.created_at))?;
        if addresses::path_holder(tx, &path)?.is_none() {
            addresses::take_path(tx, &path, id)?;
        }
    }
    Ok(())
}

/// Takes a story that is here to the state that an import names; `is_renewed` says that it was saved anew.
/// The story, what should be looked at, and whether anything was done.
pub fn reach(tx: &mut Tx, work: Work, aim: &Aim, is_renewed: bool, substantive: bool) -> Result<Reached> {
    use State::{Approved, Draft, InReview, Live, Retracted, Scheduled, Trash, Unpublished};
    match (work.state, aim.state) {
        (Live, Live) if !is_renewed => Reached::as_it_was(work),
        (Live | Draft | InReview | Approved | Scheduled | Unpublished, Live) => {
            let order = PublishOrder { substantive, ..PublishOrder::default() };
            let published = publish(tx, &work, order)?;
            Ok(Reached { work: published.work, warnings: published.warnings, is_moved: true })
        }
        (Live, Scheduled) => Reached::left(work, "is live already, and stays so"),
        (Scheduled, Scheduled) if !is_renewed && waits_until(&work, aim) => Reached::as_it_was(work),
        (Draft | InReview | Approved | Scheduled | Unpublished, Scheduled) => {
            let mut work = work;
            let warnings = wait(tx, &mut work, aim.scheduled_at)?;
            Ok(Reached { work, warnings, is_moved: true })
        }
        (Live, Draft | InReview | Approved | Unpublished) => unpublish(tx, &work).map(Reached::moved),
        (Unpublished, Draft | InReview | Approved | Unpublished) => Reached::as_it_was(work),
        (Draft | InReview | Approved, Unpublished) => Reached::as_it_was(work),
        (now, to @ (Draft | InReview | Approved)) if now == to => Reached::as_it_was(work),
        (Draft | InReview | Approved, to @ (Draft | InReview | Approved)) => desk_state(tx, work, to),
        (Scheduled, to @ (Draft | InReview | Approved | Unpublished)) => {
            let to = match (work.first_published_at.is_some(), to) {
                (true, _) => Unpublished,
                (false, Unpublished) => Draft,
                (false, to) => to,
            };
            desk_state(tx, work, to)
        }
        (Live | Draft | InReview | Approved | Scheduled | Unpublished, Retracted) => match &aim.gone {
            Some(gone) if work.first_published_at.is_some() => {
                retract(tx, &work, gone, None).map(Reached::moved)
            }
            Some(_) | None => Reached::left(work, "was never public here, so it cannot be retracted"),
        },
        (Live, Trash) => {
            let work = unpublish(tx, &work)?.work;
            trash(tx, &work).map(Reached::moved)
        }
        (Draft | InReview | Approved | Scheduled | Unpublished, Trash) => {
            trash(tx, &work).map(Reached::moved)
        }
        (Retracted | Trash, _) => Reached::as_it_was(work),
    }
}

/// A story that an import was to take to a state.
pub struct Reached {
    /// The story.
    pub work: Work,
    /// What should be looked at.
    pub warnings: Vec<Warning>,
    /// Whether anything was done.
    pub is_moved: bool,
}

impl Reached {
    fn as_it_was(work: Work) -> Result<Self> {
        Ok(Reached { work, warnings: Vec::new(), is_moved: false })
    }

    fn moved(done: Done) -> Self {
        Reached { work: done.work, warnings: done.warnings, is_moved: true }
    }

    fn left(work: Work, why: &str) -> Result<Self> {
        let warnings = vec![Warning::about("status", "left_as_it_is", format!("the story {why}"))];
        Ok(Reached { work, warnings, is_moved: false })
    }
}

fn waits_until(work: &Work, aim: &Aim) -> bool {
    work.scheduled_at == aim.scheduled_at.or(work.story.embargo_until)
}

/// Lets a story go live by itself: at an instant, or at the end of its embargo.
fn wait(tx: &mut Tx, work: &mut Work, at: Option<Stamp>) -> Result<Vec<Warning>> {
    let Some(at) = at else {
        let published = publish(tx, work, PublishOrder::default())?;
        *work = published.work;
        return Ok(published.warnings);
    };
    call_off(tx, work)?;
    let revision = work.revision;
    pin(tx, work, revision, at)?;
    store::update(tx, work)?;
    tx.record(Change::new(Audience::Staff, "article.scheduled", "article", work.id).version(work.revision));
    Ok(Vec::new())
}

/// Moves a story that is not public among the states of the desk.
fn desk_state(tx: &mut Tx, mut work: Work, to: State) -> Result<Reached> {
    call_off(tx, &mut work)?;
    work.state = to;
    work.updated_at = tx.now();
    store::update(tx, &work)?;
    tx.record(Change::new(Audience::Staff, "article.moved", "article", work.id).version(work.revision));
    Ok(Reached { work, warnings: Vec::new(), is_moved: true })
}
