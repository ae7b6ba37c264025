//! Links to what is not public yet: for one story, optionally one revision of it, until an instant.
//!
//! A token is the id of its row and a code over it by a key of the installation, so no table holds one. It
//! stops when it is revoked, and with the account of whoever made it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use constant_time_eq::constant_time_eq;

use super::{Work, store};
use crate::articles::Card;
use crate::auth::secrets::{Purpose, Secrets, mac};
use crate::auth::users;
use crate::body::Document;
use crate::db::ids::{ArticleId, PreviewId, UserId};
use crate::db::types::Stamp;
use crate::db::{Audience, Change, Conn, Snapshot, Tx};
use crate::error::{Error, Result};

const MARK: &str = "wd_preview_";
/// How long a token holds where nothing else is said, and at the most, in seconds.
const DAY: i64 = 24 * 60 * 60;
const LONGEST: i64 = 7 * DAY;

/// A link to a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The key.
    pub id: PreviewId,
    /// The story that it shows.
    pub article: ArticleId,
    /// The revision that it shows; the newest where it is none.
    pub revision: Option<i32>,
    /// Who made it; none where it was a key of the house.
    pub made_by: Option<UserId>,
    /// When it was made.
    pub created_at: Stamp,
    /// When it stops.
    pub expires_at: Stamp,
}

/// Makes a link to a story. 422 where it would hold for more than seven days, or names a revision that is not
/// there.
pub fn make(
    tx: &mut Tx,
    work: &Work,
    revision: Option<i32>,
    expires_at: Option<Stamp>,
    made_by: Option<UserId>,
) -> Result<Preview> {
    let now = tx.now();
    let expires_at = expires_at.unwrap_or(now.plus_seconds(DAY));
    if expires_at <= now || expires_at > now.plus_seconds(LONGEST) {
        return Err(Error::body("/expires_at", "invalid_value", "must lie within the next seven days"));
    }
    if let Some(number) = revision
        && store::revision(tx, work.id, number)?.is_none()
    {
        return Err(Error::body("/revision", "unknown_reference", format!("there is no revision {number}")));
    }
    let id = PreviewId::new();
    let preview = Preview { id, article: work.id, revision, made_by, created_at: now, expires_at };
    store::previews::delete_expired(tx, now)?;
    store::previews::insert(tx, &preview)?;
    tx.record(
        Change::new(Audience::Staff, "preview.made", "preview", id).detail(
            serde_json::json!({ "article": work.id, "revision": revision, "expires_at": expires_at }),
        ),
    );
    Ok(preview)
}

/// Stops a link at once. 404 where the story has none of that id.
pub fn revoke(tx: &mut Tx, work: &Work, id: PreviewId) -> Result<()> {
    if !store::previews::delete(tx, work.id, id)? {
        return Err(Error::NotFound("preview token"));
    }
    tx.record(
        Change::new(Audience::Staff, "preview.revoked", "preview", id)
            .detail(serde_json::json!({ "article": work.id })),
    );
    Ok(())
}

/// The links to a story that hold, the newest first.
pub fn all(conn: &mut Conn, work: &Work, now: Stamp) -> Result<Vec<Preview>> {
    store::previews::of_article(conn, work.id, now)
}

/// The token of a link.
pub fn token(secrets: &Secrets, id: PreviewId) -> String {
    let (_, key) = secrets.signing_key(Purpose::Preview);
    format!("{MARK}{id}.{}", URL_SAFE_NO_PAD.encode(mac(&key, &[id.as_str().as_bytes()])))
}

/// The link of a token. 401 where it is none of ours, expired, revoked, or made by somebody who is no longer
/// of the newsroom.
pub fn open(conn: &mut Conn, secrets: &Secrets, token: &str, now: Stamp) -> Result<Preview> {
    let id = genuine(secrets, token).ok_or(Error::InvalidCredential)?;
    let preview = store::previews::by_id(conn, id)?.filter(|preview| preview.expires_at > now);
    let preview = preview.ok_or(Error::InvalidCredential)?;
    match preview.made_by {
        Some(user) if !users::read(conn, user)?.is_active() => Err(Error::InvalidCredential),
        Some(_) | None => Ok(preview),
    }
}

/// The story that a token shows, at an address that was asked for: 401 where the token is not good, 404 where the
/// address is not its story's.
pub fn see(
    snapshot: &mut Snapshot,
    secrets: &Secrets,
    token: &str,
    address: &str,
) -> Result<(Card, Document)> {
    let now = snapshot.now();
    let preview = open(snapshot, secrets, token, now)?;
    let work = super::find(snapshot, address)?;
    if work.id != preview.article {
        return Err(Error::NotFound("article"));
    }
    let work = match preview.revision {
        Some(number) if number != work.revision => {
            let story = super::revision(snapshot, work.id, number)?;
            Work { story, revision: number, ..work }
        }
        Some(_) | None => work,
    };
    super::as_live::as_live(snapshot, work)
}

fn genuine(secrets: &Secrets, token: &str) -> Option<PreviewId> {
    let (id, code) = token.strip_prefix(MARK)?.split_once('.')?;
    let id: PreviewId = id.parse().ok()?;
    let code = URL_SAFE_NO_PAD.decode(code).ok()?;
    let mut keys = secrets.verifying_keys(Purpose::Preview);
    keys.any(|(_, key)| constant_time_eq(&mac(&key, &[id.as_str().as_bytes()]), &code)).then_some(id)
}
