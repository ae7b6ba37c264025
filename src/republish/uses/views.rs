//! The use ledger as JSON, and as rows of a table.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::Line;
use crate::db::ids::{ArticleId, PartnerId, UseId};
use crate::db::types::Stamp;
use crate::fields::{Faults, Ref, Text};
use crate::rights::Channel;

/// A line of the use ledger.
#[derive(Serialize, ToSchema)]
#[schema(as = Use)]
pub struct UseView {
    /// The key.
    pub id: UseId,
    /// When it was written.
    pub at: Stamp,
    /// `package`: the partner fetched it; `report`: the partner told of it.
    #[schema(example = "package")]
    pub kind: &'static str,
    /// The partner.
    pub partner: PartnerId,
    /// The story.
    pub article: ArticleId,
    /// Its version.
    #[schema(example = 2)]
    pub version: i32,
    /// Where it was used.
    #[schema(example = "web")]
    pub channel: String,
    /// The country that the partner publishes in.
    #[schema(example = "PT")]
    pub territory: Option<String>,
    /// The verdict of that moment: `allow`, `conditional` or, of a report, `deny`.
    #[schema(example = "conditional")]
    pub verdict: String,
    /// Every reason against it.
    #[schema(example = json!(["channel_excluded"]))]
    pub reasons: Vec<String>,
    /// The last four characters of the key.
    #[schema(example = "x7Qa")]
    pub key_hint: Option<String>,
    /// When it was used.
    pub used_at: Stamp,
    /// What the partner says of it.
    #[schema(example = "Page 3 of the evening edition.")]
    pub note: Option<String>,
}

/// A use that leaves no pixel: in print, on the radio, in a newsletter.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct UsageReportInput {
    /// The story, by id or slug.
    #[schema(inline, example = "last-night-at-the-lighthouse")]
    pub article: Ref,
    /// Where it was used.
    pub channel: Channel,
    /// When, not in the future. Default now.
    #[deserr(default)]
    #[schema(inline)]
    pub used_at: Option<Stamp>,
    /// What there is to say of it, at most 1,000 characters.
    #[deserr(default)]
    #[schema(inline, example = "Page 3 of the evening edition.")]
    pub note: Option<Text<1000>>,
}

impl From<Line> for UseView {
    fn from(line: Line) -> Self {
        UseView {
            id: line.id,
            at: line.at,
            kind: line.kind.as_str(),
            partner: line.partner,
            article: line.article,
            version: line.version,
            channel: line.channel,
            territory: line.territory,
            verdict: line.verdict,
            reasons: line.reasons,
            key_hint: line.key_hint,
            used_at: line.used_at,
            note: line.note,
        }
    }
}

/// The columns of the table.
pub const COLUMNS: [&str; 13] = [
    "id",
    "at",
    "kind",
    "partner",
    "article",
    "version",
    "channel",
    "territory",
    "verdict",
    "reasons",
    "key_hint",
    "used_at",
    "note",
];

impl UseView {
    /// Its cells, in the order of the columns.
    pub fn cells(self) -> [String; 13] {
        [
            self.id.to_string(),
            self.at.to_string(),
            self.kind.to_owned(),
            self.partner.to_string(),
            self.article.to_string(),
            self.version.to_string(),
            self.channel,
            self.territory.unwrap_or_default(),
            self.verdict,
            self.reasons.join(" "),
            self.key_hint.map(harmless).unwrap_or_default(),
            self.used_at.to_string(),
            self.note.map(harmless).unwrap_or_default(),
        ]
    }
}

/// A cell that no spreadsheet takes for a formula: what begins like one is led by an apostrophe.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}
