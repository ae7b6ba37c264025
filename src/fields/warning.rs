//! What a verb did to what was sent, or thinks should be looked at, without refusing it.

use serde::Serialize;
use utoipa::ToSchema;

/// Something that was done to what was sent, or that should be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Warning {
    /// Stable code.
    #[schema(example = "element_removed")]
    pub code: String,
    /// The field that it concerns, where there is one.
    #[schema(example = "body")]
    pub field: Option<String>,
    /// In words.
    #[schema(example = "removed 1 <script>")]
    pub detail: String,
}

impl Warning {
    /// A warning about a field.
    pub fn about(field: &str, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Warning { code: code.into(), field: Some(field.to_owned()), detail: detail.into() }
    }
}
