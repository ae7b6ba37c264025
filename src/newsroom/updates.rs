//! Live coverage as the newsroom writes it: each entry by itself, at once where the story is live.

use super::{State, Work, references, uses};
use crate::articles::byline::Role;
use crate::articles::cards::ShortAuthor;
use crate::articles::story::Credit;
use crate::articles::updates::{self, Update};
use crate::authors;
use crate::body::Document;
use crate::db::ids::{AuthorId, MediaId, UpdateId};
use crate::db::types::Stamp;
use crate::db::{Audience, Change, Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::{Faults, Ref};
use serde_json::json;

/// The most authors that an entry names.
const MOST_AUTHORS: usize = 50;

/// What an entry is to say.
pub struct UpdateDraft {
    /// The headline.
    pub headline: Option<String>,
    /// The body; `None` leaves it as it is.
    pub body: Option<Document>,
    /// When it happened; `None` leaves it as it is, and is now for a new one.
    pub at: Option<Stamp>,
    /// Whether it matters most.
    pub key_event: bool,
    /// Whether it stays at the top.
    pub pinned: bool,
    /// Who wrote it.
    pub authors: Vec<(Ref, Role)>,
}

/// Adds an entry to a story. 409 where the story is in the trash or was retracted; 422 with every fault.
pub fn add(tx: &mut Tx, work: &Work, draft: UpdateDraft) -> Result<Update> {
    check_state(work)?;
    create(tx, work, UpdateId::new(), draft)
}

/// Changes an entry; an identical change is none. 409 and 422 as of a new one.
pub fn change(tx: &mut Tx, work: &Work, present: &Update, draft: UpdateDraft) -> Result<Update> {
    check_state(work)?;
    alter(tx, work, present, draft)
}

/// The entry as a bundle has it, under the id that it has there. Its story may be in any state: it came with
/// its past, and what is not live shows nothing.
pub fn arrive(
    tx: &mut Tx,
    work: &Work,
    id: UpdateId,
    present: Option<&Update>,
    draft: UpdateDraft,
) -> Result<Update> {
    match present {
        Some(present) => alter(tx, work, present, draft),
        None => create(tx, work, id, draft),
    }
}

fn create(tx: &mut Tx, work: &Work, id: UpdateId, draft: UpdateDraft) -> Result<Update> {
    let empty = Update {
        id,
        article: work.id,
        at: tx.now(),
        headline: None,
        body: Document::default(),
        key_event: false,
        pinned: false,
        authors: Vec::new(),
        removed: false,
        changed_seq: 0,
    };
    let update = written(tx, &empty, draft)?;
    put(tx, work, &update, "article.update_added")?;
    Ok(update)
}

fn alter(tx: &mut Tx, work: &Work, present: &Update, draft: UpdateDraft) -> Result<Update> {
    let update = written(tx, present, draft)?;
    if update != *present {
        put(tx, work, &update, "article.update_changed")?;
    }
    Ok(update)
}

/// Takes an entry out: its words are gone, and whoever polls hears of it. 409 as of a new one.
pub fn remove(tx: &mut Tx, work: &Work, update: &Update) -> Result<()> {
    check_state(work)?;
    let gone = Update {
        headline: None,
        body: Document::default(),
        key_event: false,
        pinned: false,
        authors: Vec::new(),
        removed: true,
        ..update.clone()
    };
    put(tx, work, &gone, "article.update_removed")
}

/// The entry of a story by its id; another story's is not there.
pub fn find(conn: &mut Conn, work: &Work, key: &str) -> Result<Update> {
    let none = || Error::NotFound("update");
    let id: UpdateId = key.parse().map_err(|_| none())?;
    updates::find(conn, work.id, id)?.ok_or_else(none)
}

fn check_state(work: &Work) -> Result<()> {
    match work.state {
        State::Trash => Err(Error::InvalidState("the story is in the trash: restore it first".into())),
        State::Retracted => Err(Error::InvalidState("the story was retracted".into())),
        State::Draft | State::InReview | State::Approved => Ok(()),
        State::Scheduled | State::Live | State::Unpublished => Ok(()),
    }
}

/// What cannot be said, whatever it names; `present` is what the draft leaves parts of as they are.
pub fn unfit(draft: &UpdateDraft, present: Option<&Update>, now: Stamp) -> Faults {
    let mut faults = Faults::default();
    if draft.at.is_some_and(|at| at > now) {
        faults.add("/at", "invalid_value", "must not lie in the future");
    }
    let body = draft.body.as_ref().or(present.map(|update| &update.body));
    if draft.headline.is_none() && body.is_none_or(Document::is_empty) {
        faults.add("/body", "missing_field", "an update needs a headline or a body");
    }
    if draft.authors.len() > MOST_AUTHORS {
        faults.add("/authors", "invalid_value", format!("must be at most {MOST_AUTHORS}"));
    }
    faults
}

/// The entry that a draft describes; every fault in it at once.
fn written(tx: &mut Tx, present: &Update, draft: UpdateDraft) -> Result<Update> {
    let mut faults = unfit(&draft, Some(present), tx.now());
    let at = draft.at.unwrap_or(present.at);
    let mut body = draft.body.unwrap_or_else(|| present.body.clone());
    body.keep_keys_of(&present.body);
    references::attach_media_to(tx, &mut body, &mut faults)?;
    let credits = references::credits(tx, &draft.authors, &mut faults)?;
    faults.into_body_error()?;
    Ok(Update {
        at,
        headline: draft.headline,
        body,
        key_event: draft.key_event,
        pinned: draft.pinned,
        authors: short(tx, &credits)?,
        ..present.clone()
    })
}

/// The short forms of who is credited, in that order.
fn short(conn: &mut Conn, credits: &[Credit]) -> Result<Vec<ShortAuthor>> {
    let ids: Vec<AuthorId> = credits.iter().map(|credit| credit.author).collect();
    let authors = authors::by_ids(conn, &ids)?;
    let author = |credit: &Credit| {
        let author = authors.iter().find(|author| author.id == credit.author)?;
        let (slug, name) = (author.slug.clone(), author.profile.name.clone());
        Some(ShortAuthor { id: author.id, slug, name, role: credit.role })
    };
    Ok(credits.iter().filter_map(author).collect())
}

fn put(tx: &mut Tx, work: &Work, update: &Update, kind: &'static str) -> Result<()> {
    let shown = update.body.mentions().media;
    let shown = shown.iter().filter_map(|id| id.parse::<MediaId>().ok()).collect();
    updates::put(tx, update, &shown)?;
    let is_live = work.state == State::Live;
    let audience = if is_live { Audience::Public } else { Audience::Staff };
    let change = Change::new(audience, kind, "article", work.id).detail(json!({"update": update.id}));
    tx.record(change.key("article", work.id).key("updates", work.id));
    if is_live {
        tx.touch_live();
    }
    uses::note(tx, work)
}
