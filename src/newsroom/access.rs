//! Which stories a member of staff may see, and what they may do with them.

use super::{State, Work};
use crate::auth::{Caller, Role};
use crate::error::{Error, Result};

/// Lets a member of staff at a story that they may see; another's is not there for them.
pub fn see(caller: &Caller, work: &Work) -> Result<()> {
    if may_see_all(caller) || is_own(caller, work) { Ok(()) } else { Err(Error::NotFound("article")) }
}

/// Lets a member of staff do something with a story. 404 where they may not see it, 403 where they may not do it.
pub fn may(caller: &Caller, work: &Work, action: &str) -> Result<()> {
    see(caller, work)?;
    let allowed = match caller.role() {
        Some(Role::Editor | Role::Admin) => true,
        Some(Role::Author) => match action {
            "publish" | "schedule" | "unschedule" | "unpublish" | "correct" => may_publish(caller),
            "approve" | "return" | "retract" => false,
            _ => true,
        },
        Some(Role::Contributor) => match action {
            "change" | "submit" | "trash" | "restore" | "lock" | "preview" | "duplicate" => {
                matches!(work.state, State::Draft | State::InReview | State::Trash)
            }
            _ => false,
        },
        None => false,
    };
    if allowed { Ok(()) } else { Err(Error::Forbidden(format!("your role may not {action} this story"))) }
}

/// Whether the caller sees the stories of all.
pub fn may_see_all(caller: &Caller) -> bool {
    caller.role().is_some_and(|role| role >= Role::Editor)
}

/// Whether a story is the caller's: they own it, or have it now.
fn is_own(caller: &Caller, work: &Work) -> bool {
    let Some(user) = caller.user() else { return false };
    [&work.desk.owner, &work.desk.assignee].into_iter().any(|of| of.as_deref() == Some(user.as_str()))
}

fn may_publish(caller: &Caller) -> bool {
    matches!(caller, Caller::Staff(staff) if staff.may_publish)
}
