//! Redirects: paths of the site that lead elsewhere, or are gone for good, because somebody said so.
//!
//! No series of redirects, and of what stories left behind when they moved, ever leads back to where it began:
//! a save that would close a ring is refused. An address of a live story wins over a redirect from it. Knows
//! nothing of what stands at a path, but for the address of the live story there.

pub mod routes;
pub mod views;

mod rings;
mod store;
mod target;

use crate::db::ids::RedirectId;
use crate::db::{Audience, Browse, Change, Conn, Position, Tx};
use crate::error::{Error, Result};
use crate::fields::{SitePath, Warning};

pub use rings::{LOOP, ring};
pub use target::{Target, own_path};

/// A path that leads elsewhere, or nowhere any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The key.
    pub id: RedirectId,
    /// The path that was asked for.
    pub from: String,
    /// The path of the site or the address elsewhere that it leads to; none where it is gone.
    pub to: Option<String>,
    /// How it is answered.
    pub status: Status,
}

/// How a redirect is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// 301: for good.
    #[default]
    Permanent,
    /// 302: for now.
    Temporary,
    /// 410: what stood there is gone for good.
    Gone,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 3] = [Status::Permanent, Status::Temporary, Status::Gone];

    /// The HTTP status.
    pub fn code(self) -> i32 {
        match self {
            Status::Permanent => 301,
            Status::Temporary => 302,
            Status::Gone => 410,
        }
    }

    /// The status of an HTTP status; none where it is another.
    pub fn of(code: i32) -> Option<Self> {
        Status::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// What is to be stored of a redirect. It leads somewhere, or is gone: never both.
pub struct Draft {
    /// The path that is asked for.
    pub from: SitePath,
    /// Where it leads.
    pub to: Option<Target>,
    /// How it is answered.
    pub status: Status,
}

impl Draft {
    fn redirect(self, id: RedirectId) -> Redirect {
        let Draft { from, to, status } = self;
        Redirect { id, from: from.into_string(), to: to.map(Target::into_string), status }
    }
}

/// Makes a redirect on the site at `base_url`. 409 `taken` where another has its path; 422 `redirect_loop`
/// at `/to` where it would lead back to itself.
pub fn create(tx: &mut Tx, base_url: &str, draft: Draft) -> Result<Redirect> {
    let redirect = draft.redirect(RedirectId::new());
    refuse_taken(tx, &redirect)?;
    store::insert(tx, &redirect)?;
    rings::refuse(tx, base_url, &redirect)?;
    record(tx, "redirect.created", &redirect);
    Ok(redirect)
}

/// Changes a redirect. An identical change is none. 409 and 422 as at its making.
pub fn change(tx: &mut Tx, base_url: &str, present: &Redirect, draft: Draft) -> Result<Redirect> {
    let redirect = draft.redirect(present.id);
    if redirect == *present {
        return Ok(redirect);
    }
    refuse_taken(tx, &redirect)?;
    store::update(tx, &redirect)?;
    rings::refuse(tx, base_url, &redirect)?;
    record(tx, "redirect.changed", &redirect);
    Ok(redirect)
}

/// Deletes a redirect: its path is as if there had been none.
pub fn delete(tx: &mut Tx, redirect: &Redirect) -> Result<()> {
    store::delete(tx, redirect.id)?;
    record(tx, "redirect.deleted", redirect);
    Ok(())
}

/// The redirect by id.
pub fn find(conn: &mut Conn, key: &str) -> Result<Redirect> {
    let missing = Error::NotFound("redirect");
    let Ok(id) = key.parse() else { return Err(missing) };
    store::by_id(conn, id)?.ok_or(missing)
}

/// The redirect from a path, which is in the form of paths.
pub fn from_path(conn: &mut Conn, path: &str) -> Result<Option<Redirect>> {
    store::by_path(conn, path)
}

/// A page of redirects by path.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Redirect>> {
    store::browse(conn, browse)
}

/// Where a redirect stands among all by path.
pub fn position(redirect: &Redirect) -> Position {
    Position { key: redirect.from.clone(), id: redirect.id.to_string() }
}

/// What should be looked at: a redirect from the address of a live story is not followed while it is live.
pub fn warnings(conn: &mut Conn, redirect: &Redirect) -> Result<Vec<Warning>> {
    let story = store::story_url(conn, &redirect.from)?;
    let warning = |url| {
        let detail = format!("a live story has this address and goes before the redirect: {url}");
        Warning::about("from", "live_story", detail)
    };
    Ok(story.map(warning).into_iter().collect())
}

/// 409 where another redirect has the path.
fn refuse_taken(tx: &mut Tx, redirect: &Redirect) -> Result<()> {
    match store::by_path(tx, &redirect.from)? {
        Some(holder) if holder.id != redirect.id => {
            Err(Error::Taken(format!("there is a redirect from `{}` already", redirect.from)))
        }
        _ => Ok(()),
    }
}

/// Records a change. Any path may lead to the one that changed, so every look at a path is renewed.
fn record(tx: &mut Tx, kind: &'static str, redirect: &Redirect) {
    tx.touch_live();
    let change = Change::new(Audience::Public, kind, "redirect", redirect.id);
    tx.record(change.keys(["redirects".to_owned()]));
}
