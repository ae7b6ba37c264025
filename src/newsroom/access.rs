//! Which stories a member of staff may see and change.

use super::Work;
use crate::auth::{Caller, Role};
use crate::error::{Error, Result};

/// Lets an editor at every story, anybody else at their own: another's is not there for them.
pub fn check(caller: &Caller, work: &Work) -> Result<()> {
    let own = caller.user().is_some_and(|user| work.desk.owner.as_deref() == Some(user.as_str()));
    if own || may_see_all(caller) { Ok(()) } else { Err(Error::NotFound("article")) }
}

/// Whether the caller sees the stories of all.
pub fn may_see_all(caller: &Caller) -> bool {
    caller.role().is_some_and(|role| role >= Role::Editor)
}
