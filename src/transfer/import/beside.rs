//! What an article line holds beside the fields that staff send: its state, its corrections, its past.

use deserr::Deserr;

use crate::addresses::Gone;
use crate::articles::story::{Correction, CorrectionKind, Severity};
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::fields::{Faults, Name, Number, Rule, Slug, Text};
use crate::newsroom::{Past, Publication, State};
use crate::transfer::kind::parse_id;

/// Read from the line apart from the story itself.
#[derive(Deserr, Default)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct Beside {
    /// The state to reach.
    #[deserr(default)]
    pub status: Option<State>,
    /// When it goes live by itself.
    #[deserr(default)]
    pub scheduled_at: Option<Stamp>,
    /// Its corrections.
    #[deserr(default)]
    pub corrections: Option<Vec<CorrectionLine>>,
    /// Its id.
    #[deserr(default)]
    pub id: Option<TypedId>,
    /// When it was first public.
    #[deserr(default)]
    pub first_published_at: Option<Stamp>,
    /// When it last changed in substance.
    #[deserr(default)]
    pub updated_at: Option<Stamp>,
    /// When anything of it last changed.
    #[deserr(default)]
    pub modified_at: Option<Stamp>,
    /// Which version it is.
    #[deserr(default)]
    pub version: Option<Number<1, 1_000_000>>,
    /// When it was made.
    #[deserr(default)]
    pub created_at: Option<Stamp>,
    /// Slugs under which it was public before.
    #[deserr(default)]
    pub former_slugs: Option<Vec<Slug>>,
    /// How it was taken back.
    #[deserr(default)]
    pub retracted: Option<RetractedLine>,
}

/// An id of ours.
#[derive(Clone, Copy, Debug, Deserr)]
#[deserr(error = Faults, try_from(String) = TypedId::parse -> Rule)]
pub struct TypedId(pub ArticleId);

impl TypedId {
    fn parse(text: String) -> Result<Self, Rule> {
        parse_id(&text).map(TypedId).ok_or_else(|| Rule::invalid("must be a UUID with hyphens"))
    }
}

/// A correction.
#[derive(Deserr)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CorrectionLine {
    at: Stamp,
    kind: CorrectionKind,
    #[deserr(default)]
    severity: Option<Severity>,
    text: Name<5000>,
}

/// How a story was taken back.
#[derive(Deserr)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct RetractedLine {
    at: Stamp,
    kind: GoneKind,
    #[deserr(default)]
    reason: Option<Text<2000>>,
}

/// Why a story was taken back.
#[derive(Clone, Copy, Deserr)]
#[deserr(error = Faults, rename_all = lowercase)]
enum GoneKind {
    Withdraw,
    Legal,
    Kill,
}

impl GoneKind {
    fn as_str(self) -> &'static str {
        match self {
            GoneKind::Withdraw => "withdraw",
            GoneKind::Legal => "legal",
            GoneKind::Kill => "kill",
        }
    }
}

impl Beside {
    /// Its corrections, where the line gives them.
    pub fn corrections(&self) -> Option<Vec<Correction>> {
        let correction = |line: &CorrectionLine| Correction {
            at: line.at,
            kind: line.kind,
            severity: line.severity.unwrap_or(line.kind.severity()),
            text: line.text.to_string(),
        };
        Some(self.corrections.as_ref()?.iter().map(correction).collect())
    }

    /// What is told of it where it was taken back.
    pub fn gone(&self) -> Option<Gone> {
        let RetractedLine { at, kind, reason } = self.retracted.as_ref()?;
        let reason = reason.clone().and_then(Text::filled);
        Some(Gone { at: *at, kind: kind.as_str().to_owned(), reason })
    }

    /// What it was elsewhere.
    pub fn past(&self) -> Past {
        Past {
            publication: Publication {
                first_published_at: self.first_published_at,
                updated_at: self.updated_at,
                modified_at: self.modified_at,
                version: self.version.map(|version| version.0),
            },
            created_at: self.created_at,
            former_slugs: self.former_slugs.clone().unwrap_or_default(),
        }
    }

    /// What cannot be, whatever the story says.
    pub fn unfit(&self, now: Stamp) -> Faults {
        let mut faults = Faults::default();
        let past = [
            ("/first_published_at", self.first_published_at),
            ("/updated_at", self.updated_at),
            ("/modified_at", self.modified_at),
            ("/created_at", self.created_at),
            ("/retracted/at", self.retracted.as_ref().map(|retracted| retracted.at)),
        ];
        for (pointer, at) in past {
            if at.is_some_and(|at| at > now) {
                faults.add(pointer, "invalid_value", "must not lie in the future");
            }
        }
        if self.scheduled_at.is_some() && self.status != Some(State::Scheduled) {
            faults.add("/scheduled_at", "invalid_value", "only a story of status `scheduled` has it");
        }
        faults
    }
}
