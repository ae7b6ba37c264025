//! Which stories a member of staff may see, and what they may do with them: `auth::permissions` asked of a story.

use super::{State, Work};
use crate::addresses;
use crate::auth::permissions::{Reach, reach};
use crate::auth::{Caller, Role};
use crate::db::Conn;
use crate::db::ids::SectionId;
use crate::error::{Error, Result};
use crate::taxonomy::sections;

/// Lets a member of staff at a story that they may see; another's is not there for them.
pub fn see(conn: &mut Conn, caller: &Caller, work: &Work) -> Result<()> {
    if is_own(caller, work) || (may_see_all(caller) && is_of_desks(conn, caller, work)?) {
        Ok(())
    } else {
        Err(Error::NotFound("article"))
    }
}

/// Lets a member of staff do something with a story. 404 where they may not see it, 403 where they may not do it.
pub fn may(conn: &mut Conn, caller: &Caller, work: &Work, action: &str) -> Result<()> {
    see(conn, caller, work)?;
    let allowed = match caller.role().map_or(Reach::None, |role| reach(role, action)) {
        Reach::All | Reach::Own => true,
        Reach::OwnWhereMayPublish => may_publish(caller),
        Reach::OwnUntilApproved => {
            matches!(work.state, State::Draft | State::InReview)
                || (work.state == State::Trash && work.first_published_at.is_none())
        }
        Reach::None => false,
    };
    if allowed { Ok(()) } else { Err(Error::Forbidden(format!("your role may not {action} this story"))) }
}

/// 403 where a save takes a story out of the reach of whoever made it.
pub fn keep(conn: &mut Conn, caller: &Caller, work: &Work) -> Result<()> {
    if is_of_desks(conn, caller, work)? {
        Ok(())
    } else {
        Err(Error::Forbidden("the section is none of your desks".into()))
    }
}

/// Whether the caller sees the stories of others.
pub fn may_see_all(caller: &Caller) -> bool {
    caller.role().is_some_and(|role| role >= Role::Editor)
}

/// The sections whose stories an editor is limited to; none where they are not.
pub fn sections_of(conn: &mut Conn, caller: &Caller) -> Result<Option<Vec<SectionId>>> {
    let desks = desks(conn, caller)?;
    if desks.is_empty() {
        return Ok(None);
    }
    let mut all = Vec::new();
    for desk in desks {
        all.extend(sections::subtree(conn, desk)?);
    }
    Ok(Some(all))
}

/// The desks that an editor is limited to, as they are now.
fn desks(conn: &mut Conn, caller: &Caller) -> Result<Vec<SectionId>> {
    let named: Vec<String> = caller.desks().iter().map(ToString::to_string).collect();
    let merged = addresses::merged(conn, &named)?;
    let now = |id: String| merged.get(&id).unwrap_or(&id).parse().ok();
    Ok(named.into_iter().filter_map(now).collect())
}

/// Whether a story runs in one of the desks that an editor is limited to, or runs nowhere yet.
fn is_of_desks(conn: &mut Conn, caller: &Caller, work: &Work) -> Result<bool> {
    if caller.desks().is_empty() {
        return Ok(true);
    }
    let Some(section) = work.story.section else { return Ok(is_own(caller, work)) };
    let desks = desks(conn, caller)?;
    Ok(sections::chain(conn, section)?.iter().any(|section| desks.contains(&section.id)))
}

/// Whether a story is the caller's: they own it, or have it now.
fn is_own(caller: &Caller, work: &Work) -> bool {
    let Some(user) = caller.user() else { return false };
    [&work.desk.owner, &work.desk.assignee].into_iter().any(|of| of.as_deref() == Some(user.as_str()))
}

fn may_publish(caller: &Caller) -> bool {
    matches!(caller, Caller::Staff(staff) if staff.may_publish)
}
