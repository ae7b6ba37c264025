//! Who may do what with stories: the one table, which is asked and printed.

use serde::Serialize;
use utoipa::ToSchema;

use super::Role;

/// With which stories somebody may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// With none.
    None,
    /// With those that they own or have now, until they are approved.
    OwnUntilApproved,
    /// With those that they own or have now.
    Own,
    /// With those that they own or have now, where they `may_publish`.
    OwnWhereMayPublish,
    /// With all; an editor who is limited to desks with those of the desks.
    All,
}

use Reach::{All, None, Own, OwnUntilApproved, OwnWhereMayPublish};

/// What can be done with a story, and the reach of contributors, authors, and editors; admins and admin keys reach
/// all, write keys what editors do.
pub const TABLE: [(&str, [Reach; 3]); 19] = [
    ("create", [All, All, All]),
    ("read", [Own, Own, All]),
    ("change", [OwnUntilApproved, Own, All]),
    ("submit", [OwnUntilApproved, Own, All]),
    ("approve", [None, None, All]),
    ("return", [None, None, All]),
    ("schedule", [None, OwnWhereMayPublish, All]),
    ("unschedule", [None, OwnWhereMayPublish, All]),
    ("publish", [None, OwnWhereMayPublish, All]),
    ("unpublish", [None, OwnWhereMayPublish, All]),
    ("correct", [None, OwnWhereMayPublish, All]),
    ("retract", [None, None, All]),
    ("withhold", [None, None, All]),
    ("release", [None, None, All]),
    ("trash", [OwnUntilApproved, Own, All]),
    ("restore", [OwnUntilApproved, Own, All]),
    ("duplicate", [Own, Own, All]),
    ("preview", [Own, Own, All]),
    ("lock", [OwnUntilApproved, Own, All]),
];

/// With which stories a role may do something; what is not in the table nobody may.
pub fn reach(role: Role, action: &str) -> Reach {
    let Some((_, [contributor, author, editor])) = TABLE.iter().find(|(name, _)| *name == action) else {
        return None;
    };
    match role {
        Role::Contributor => *contributor,
        Role::Author => *author,
        Role::Editor => *editor,
        Role::Admin => All,
    }
}
