//! What became of each story of a bulk action.

use serde::Serialize;
use utoipa::ToSchema;

use super::StaffArticleView;
use crate::error::{Error, Result};

/// What became of one story.
#[derive(Serialize, ToSchema)]
#[schema(as = BulkResult)]
pub struct BulkResult {
    /// The story, as it was asked for.
    #[schema(example = "last-night-at-the-lighthouse")]
    pub id: String,
    /// The HTTP status that the action alone would have had.
    #[schema(example = 200, minimum = 200, maximum = 599)]
    pub status: u16,
    /// The code of the problem; null where it was done.
    #[schema(example = "invalid_state")]
    pub code: Option<&'static str>,
    /// What was wrong, for a person; null where it was done.
    #[schema(example = "only a live story can be unpublished; this one is `draft`")]
    pub detail: Option<String>,
    /// The story after it; null where it was not done.
    pub article: Option<StaffArticleView>,
}

impl BulkResult {
    /// The result of one story; what is wrong with the installation stops them all.
    pub fn new(id: String, outcome: Result<StaffArticleView>) -> Result<Self> {
        match outcome {
            Ok(article) => {
                Ok(BulkResult { id, status: 200, code: None, detail: None, article: Some(article) })
            }
            Err(error) if error.status() >= 500 => Err(error),
            Err(error) => Ok(BulkResult {
                id,
                status: error.status(),
                code: Some(error.code()),
                detail: Some(detail(&error)),
                article: None,
            }),
        }
    }
}

/// The error in words, with each fault of the story.
fn detail(error: &Error) -> String {
    match error {
        Error::InvalidBody(faults) if !faults.is_empty() => {
            let faults: Vec<&str> = faults.iter().map(|fault| fault.detail.as_str()).collect();
            faults.join("; ")
        }
        other => other.to_string(),
    }
}
