//! What is sent with the actions on a story.

use deserr::Deserr;
use utoipa::ToSchema;

use super::super::action::Action;
use super::super::publish::PublishOrder;
use crate::articles::story::{Correction, CorrectionKind, Severity};
use crate::db::types::Stamp;
use crate::error::{Error, Fault, Result};
use crate::fields::{Faults, Name, Text};

/// Why a story is sent back.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReturnInput {
    /// What is to be done; it then stands in the story's `notes`. 1-4,000 characters.
    #[schema(value_type = String, min_length = 1, max_length = 4000, example = "Who paid for the survey? Please ask the port authority.")]
    pub note: Name<4000>,
}

/// When a story goes live by itself.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ScheduleInput {
    /// The instant, which must be to come.
    #[schema(value_type = String, format = DateTime, example = "2027-05-01T18:00:00Z")]
    pub at: Stamp,
    /// Which revision; the newest where it is left out. What is saved afterwards does not go along.
    #[deserr(default)]
    #[schema(example = 3, minimum = 1)]
    pub revision: Option<i32>,
}

/// How a story is published; all of it may be left out.
#[derive(Clone, Copy, Debug, Default, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PublishInput {
    /// Whether readers and partners should take note: `updated_at` moves. Default false.
    #[deserr(default)]
    #[schema(example = true)]
    pub substantive: Option<bool>,
    /// Which revision; the newest where it is left out.
    #[deserr(default)]
    #[schema(example = 3, minimum = 1)]
    pub revision: Option<i32>,
}

impl PublishInput {
    /// The order.
    pub fn order(self) -> PublishOrder {
        PublishOrder {
            substantive: self.substantive.unwrap_or(false),
            revision: self.revision,
            imported: None,
        }
    }
}

/// How a story is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(rename_all = "lowercase")]
pub enum RetractionKind {
    /// It was not right.
    Withdraw,
    /// It may not be shown; nobody is told its headline any more.
    Legal,
    /// It must go everywhere, at once.
    Kill,
}

impl RetractionKind {
    fn name(self) -> &'static str {
        match self {
            RetractionKind::Withdraw => "withdraw",
            RetractionKind::Legal => "legal",
            RetractionKind::Kill => "kill",
        }
    }
}

/// Why a story is taken back.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct RetractInput {
    /// How.
    pub kind: RetractionKind,
    /// What the public is told, 1-2,000 characters.
    #[schema(value_type = String, min_length = 1, max_length = 2000, example = "The report could not be confirmed.")]
    pub public_reason: Name<2000>,
    /// What partners are told besides, at most 2,000 characters.
    #[deserr(default)]
    #[schema(value_type = Option<String>, max_length = 2000, example = "Please take it down before the evening edition.")]
    pub partner_note: Option<Text<2000>>,
}

impl RetractInput {
    /// The action.
    pub fn action(self) -> Action {
        Action::Retract {
            kind: self.kind.name(),
            reason: self.public_reason.into_string(),
            partner_note: self.partner_note.and_then(Text::filled),
        }
    }
}

/// Holding a story back from partners, or letting them have it again.
#[derive(Default, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct WithholdInput {
    /// What partners are told, at most 2,000 characters.
    #[deserr(default)]
    #[schema(value_type = Option<String>, max_length = 2000, example = "A lawyer reads it until noon.")]
    pub partner_note: Option<Text<2000>>,
}

impl WithholdInput {
    /// What partners are told.
    pub fn note(self) -> Option<String> {
        self.partner_note.and_then(Text::filled)
    }
}

/// A correction.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CorrectionInput {
    /// What kind it is.
    pub kind: CorrectionKind,
    /// What it says, 1-4,000 characters.
    #[schema(value_type = String, min_length = 1, max_length = 4000, example = "An earlier version gave the wrong year for the lighthouse's opening.")]
    pub text: Name<4000>,
    /// How much it matters to those who run a copy. Default `substantive` for `correction` and `retraction`, else
    /// `minor`.
    #[deserr(default)]
    pub severity: Option<Severity>,
    /// When it was made, not in the future. Default now.
    #[deserr(default)]
    #[schema(value_type = Option<String>, format = DateTime, example = "2026-05-02T08:00:00Z")]
    pub at: Option<Stamp>,
    /// Where saved edits are not live: whether they go live with it (`true`) or go on waiting (`false`).
    #[deserr(default)]
    #[schema(example = false)]
    pub with_edits: Option<bool>,
}

impl CorrectionInput {
    /// The correction, and whether edits go along.
    pub fn read(self, now: Stamp) -> (Correction, Option<bool>) {
        let severity = self.severity.unwrap_or(self.kind.severity());
        let correction = Correction {
            at: self.at.unwrap_or(now),
            kind: self.kind,
            severity,
            text: self.text.into_string(),
        };
        (correction, self.with_edits)
    }
}

/// Whether a lock is taken from whoever holds it.
#[derive(Clone, Copy, Debug, Default, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct LockInput {
    /// Take it over from another. Default false.
    #[deserr(default)]
    #[schema(example = true)]
    pub takeover: Option<bool>,
}

/// A link to what is not public yet; all of it may be left out.
#[derive(Clone, Copy, Debug, Default, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PreviewInput {
    /// The revision that it shows; left out, whatever is newest.
    #[deserr(default)]
    #[schema(example = 3, minimum = 1)]
    pub revision: Option<i32>,
    /// When it stops, at most seven days ahead. Default in 24 hours.
    #[deserr(default)]
    #[schema(value_type = Option<String>, format = DateTime, example = "2027-05-01T18:00:00Z")]
    pub expires_at: Option<Stamp>,
}

/// What can be done with many stories at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(rename_all = "lowercase")]
pub enum BulkAction {
    /// Hand them in.
    Submit,
    /// Find them good to go.
    Approve,
    /// Send them back; needs `note`.
    Return,
    /// Let them go live at an instant; needs `at`.
    Schedule,
    /// Call off what is scheduled.
    Unschedule,
    /// Make them live.
    Publish,
    /// Take them off the site.
    Unpublish,
    /// Take them back; needs `kind` and `public_reason`.
    Retract,
    /// Hold them back from partners.
    Withhold,
    /// Let partners have them again.
    Release,
    /// Throw them away.
    Trash,
    /// Take them back from the trash.
    Restore,
}

/// One action on many stories.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct BulkInput {
    /// The stories, by id or slug, 1-100.
    #[schema(min_items = 1, max_items = 100, example = json!(["last-night-at-the-lighthouse"]))]
    pub ids: Vec<String>,
    /// What is to be done with each.
    pub action: BulkAction,
    /// Why they are sent back, of `return`; 1-4,000 characters.
    #[deserr(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 4000, example = "Please add the sources.")]
    pub note: Option<Name<4000>>,
    /// When they go live, of `schedule`.
    #[deserr(default)]
    #[schema(value_type = Option<String>, format = DateTime, example = "2027-05-01T18:00:00Z")]
    pub at: Option<Stamp>,
    /// Whether readers should take note, of `publish`. Default false.
    #[deserr(default)]
    #[schema(example = false)]
    pub substantive: Option<bool>,
    /// How they are taken back, of `retract`.
    #[deserr(default)]
    pub kind: Option<RetractionKind>,
    /// What the public is told, of `retract`; 1-2,000 characters.
    #[deserr(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000, example = "The reports could not be confirmed.")]
    pub public_reason: Option<Name<2000>>,
    /// What partners are told besides, of `retract`, `withhold` and `release`; at most 2,000 characters.
    #[deserr(default)]
    #[schema(value_type = Option<String>, max_length = 2000, example = "A letter follows.")]
    pub partner_note: Option<Text<2000>>,
}

impl BulkInput {
    /// The stories and the action. 422 with what the action needs and was not sent.
    pub fn read(self) -> Result<(Vec<String>, Action)> {
        let mut faults = Faults::default();
        if self.ids.is_empty() || self.ids.len() > 100 {
            faults.add("/ids", "invalid_value", "must hold 1 to 100 stories");
        }
        let missing = |name: &str| {
            let words = format!("is needed by this action: send `{name}`");
            Error::InvalidBody(vec![Fault::at(format!("/{name}"), "missing_field", words)])
        };
        let action = match self.action {
            BulkAction::Submit => Action::Submit,
            BulkAction::Approve => Action::Approve,
            BulkAction::Return => {
                Action::Return { note: self.note.ok_or_else(|| missing("note"))?.into_string() }
            }
            BulkAction::Schedule => {
                Action::Schedule { at: self.at.ok_or_else(|| missing("at"))?, revision: None }
            }
            BulkAction::Unschedule => Action::Unschedule,
            BulkAction::Publish => {
                Action::Publish(PublishInput { substantive: self.substantive, revision: None }.order())
            }
            BulkAction::Unpublish => Action::Unpublish,
            BulkAction::Retract => RetractInput {
                kind: self.kind.ok_or_else(|| missing("kind"))?,
                public_reason: self.public_reason.ok_or_else(|| missing("public_reason"))?,
                partner_note: self.partner_note,
            }
            .action(),
            BulkAction::Withhold => {
                Action::Withhold { partner_note: self.partner_note.and_then(Text::filled) }
            }
            BulkAction::Release => Action::Release { partner_note: self.partner_note.and_then(Text::filled) },
            BulkAction::Trash => Action::Trash,
            BulkAction::Restore => Action::Restore,
        };
        faults.into_body_error()?;
        Ok((self.ids, action))
    }
}
