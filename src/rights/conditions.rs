//! The conditions under which a story may be republished.
//!
//! An anonymous caller must keep all of them, a partner those of its profile. Their texts are what
//! a person reads beside the package. They apply to a story that may be run; a denial has none.

use utoipa::ToSchema;

use super::{AssetDecision, Profile, Question};

/// What a copy must keep to, in the fixed order of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "credit")]
pub enum ConditionCode {
    /// Credit us, with a link to the story.
    Credit,
    /// Keep the pixel.
    Pixel,
    /// Point the canonical link at the story.
    Canonical,
    /// Keep the copy out of search engines.
    Noindex,
    /// Run no images but those allowed.
    NoImages,
}

impl ConditionCode {
    /// Every code, in the fixed order.
    pub const ALL: [ConditionCode; 5] = [
        ConditionCode::Credit,
        ConditionCode::Pixel,
        ConditionCode::Canonical,
        ConditionCode::Noindex,
        ConditionCode::NoImages,
    ];

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            ConditionCode::Credit => "credit",
            ConditionCode::Pixel => "pixel",
            ConditionCode::Canonical => "canonical",
            ConditionCode::Noindex => "noindex",
            ConditionCode::NoImages => "no_images",
        }
    }

    /// What it asks, for a person.
    pub fn text(self) -> &'static str {
        match self {
            ConditionCode::Credit => {
                "Name the author, credit the publication and link the credit to the original story."
            }
            ConditionCode::Pixel => "Keep the counting pixel in the text, as it is and not loaded lazily.",
            ConditionCode::Canonical => {
                "Point the page's one canonical link, in its head or a Link header, at the original."
            }
            ConditionCode::Noindex => {
                "Mark the page noindex for search engines, by a meta tag or an X-Robots-Tag header."
            }
            ConditionCode::NoImages => "Run none of the story's images but those that are named as allowed.",
        }
    }
}

/// One condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Which.
    pub code: ConditionCode,
    /// In words, for a person.
    pub text: &'static str,
}

/// The conditions of a story that may be run.
pub(super) fn of(question: &Question<'_>, assets: &[AssetDecision]) -> Vec<Condition> {
    let profile = question.partner.as_ref().map_or(Profile::ALL, |partner| partner.profile);
    ConditionCode::ALL
        .into_iter()
        .filter(|code| match code {
            ConditionCode::Credit => profile.credit,
            ConditionCode::Pixel => profile.pixel,
            ConditionCode::Canonical => profile.canonical,
            ConditionCode::Noindex => profile.noindex,
            ConditionCode::NoImages => profile.images && !may_run_images(question, assets),
        })
        .map(|code| Condition { code, text: code.text() })
        .collect()
}

/// Where a story shows nothing, a partner with a right to images has nothing to keep off from;
/// everybody else reads the rule beside each story.
fn may_run_images(question: &Question<'_>, assets: &[AssetDecision]) -> bool {
    let invited = question.partner.as_ref().is_some_and(|partner| partner.images);
    assets.iter().all(|asset| asset.allowed()) && (invited || !assets.is_empty())
}
