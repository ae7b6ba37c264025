//! The verbs that move a story, as one thing that can be asked for: of one story, or of many.

use super::publish::{PublishOrder, publish};
use super::{Done, Work, retract, schedule, trash, unpublish, withhold, workflow};
use crate::addresses::Gone;
use crate::db::Tx;
use crate::db::types::Stamp;
use crate::error::Result;

/// What is to be done with a story.
#[derive(Clone, Debug)]
pub enum Action {
    /// Hand it in.
    Submit,
    /// Find it good to go.
    Approve,
    /// Send it back with what is to be done.
    Return {
        /// What is to be done.
        note: String,
    },
    /// Let a revision go live at an instant.
    Schedule {
        /// When.
        at: Stamp,
        /// Which; the newest where it is none.
        revision: Option<i32>,
    },
    /// Call off what is scheduled.
    Unschedule,
    /// Make it live.
    Publish(PublishOrder),
    /// Take it off the site.
    Unpublish,
    /// Take it back for good.
    Retract {
        /// `withdraw`, `legal` or `kill`.
        kind: &'static str,
        /// What the public is told.
        reason: String,
        /// What partners are told besides.
        partner_note: Option<String>,
    },
    /// Hold it back from partners.
    Withhold {
        /// What partners are told.
        partner_note: Option<String>,
    },
    /// Let partners have it again.
    Release {
        /// What partners are told.
        partner_note: Option<String>,
    },
    /// Throw it away.
    Trash,
    /// Take it back from the trash, or from its retraction.
    Restore,
}

impl Action {
    /// Its name in the API.
    pub fn name(&self) -> &'static str {
        match self {
            Action::Submit => "submit",
            Action::Approve => "approve",
            Action::Return { .. } => "return",
            Action::Schedule { .. } => "schedule",
            Action::Unschedule => "unschedule",
            Action::Publish(_) => "publish",
            Action::Unpublish => "unpublish",
            Action::Retract { .. } => "retract",
            Action::Withhold { .. } => "withhold",
            Action::Release { .. } => "release",
            Action::Trash => "trash",
            Action::Restore => "restore",
        }
    }

    /// Does it.
    pub fn take(&self, tx: &mut Tx, work: &Work) -> Result<Done> {
        match self {
            Action::Submit => workflow::submit(tx, work),
            Action::Approve => workflow::approve(tx, work),
            Action::Return { note } => workflow::send_back(tx, work, note.clone()),
            Action::Schedule { at, revision } => schedule::schedule(tx, work, *at, *revision),
            Action::Unschedule => schedule::unschedule(tx, work),
            Action::Publish(order) => {
                let published = publish(tx, work, *order)?;
                Ok(Done { work: published.work, warnings: published.warnings })
            }
            Action::Unpublish => unpublish::unpublish(tx, work),
            Action::Retract { kind, reason, partner_note } => {
                let gone = Gone { at: tx.now(), kind: (*kind).to_owned(), reason: Some(reason.clone()) };
                retract::retract(tx, work, &gone, partner_note.as_deref())
            }
            Action::Withhold { partner_note } => withhold::withhold(tx, work, partner_note.as_deref()),
            Action::Release { partner_note } => withhold::release(tx, work, partner_note.as_deref()),
            Action::Trash => trash::trash(tx, work),
            Action::Restore => trash::restore(tx, work),
        }
    }
}
