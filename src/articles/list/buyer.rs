//! A partner as lists see it: what of all that is offered is offered to it.
//!
//! The reasons that no story has a part in are asked once; the rest is one condition on a story's rows, which says the
//! same as the verdict less the quota.

use std::fmt;

use crate::db::types::Stamp;
use crate::rights::Territory;

/// A partner who reads lists.
#[derive(Clone)]
pub struct Buyer {
    /// Who: what a cursor of its lists is bound to.
    pub partner: String,
    /// Whether something keeps every story from it.
    pub is_shut_out: bool,
    /// The country that it publishes in.
    pub territory: Option<Territory>,
    /// Only stories that were first public by then, where it must wait.
    pub public_by: Option<Stamp>,
    /// What it was granted; none: everything.
    pub granted: Option<Granted>,
}

/// What a partner was granted, by ids.
#[derive(Clone, Debug, Default)]
pub struct Granted {
    /// Single stories.
    pub articles: Vec<String>,
    /// Sections, each with all below it.
    pub sections: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Origins.
    pub origins: Vec<String>,
}

/// Names whose list it is, and not the moment at which it is read.
impl fmt::Debug for Buyer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Buyer({})", self.partner)
    }
}
