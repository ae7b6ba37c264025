//! The body of a story as it is sent: HTML, or Portable Text blocks.

use deserr::{Deserr, IntoValue, Value as Sent, ValuePointerRef};
use serde_json::Value;
use utoipa::ToSchema;

use crate::body::Document;
use crate::error::{Error, Fault, Result};
use crate::fields::{Faults, Warning};

/// A body, in one of two forms. What a GET gives can be sent back.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(as = ArticleBodyInput)]
pub struct BodyInput {
    /// HTML; it is sanitised, and what was removed is told in `meta.warnings`.
    #[deserr(default)]
    #[schema(example = "<p>The lamp was lit for the last time on Friday.</p>")]
    pub html: Option<String>,
    /// Portable Text blocks; every fault in them is told.
    #[deserr(default)]
    #[schema(value_type = Option<Vec<Object>>)]
    pub blocks: Option<Json>,
    /// Not taken; null, as a GET gives it.
    #[deserr(default)]
    #[schema(value_type = Option<String>, read_only)]
    pub markdown: Option<String>,
    /// Not taken; null, as a GET gives it.
    #[deserr(default)]
    #[schema(value_type = Option<String>, read_only)]
    pub text: Option<String>,
}

/// JSON of any form, read elsewhere.
pub struct Json(pub Value);

impl Deserr<Faults> for Json {
    fn deserialize_from_value<V: IntoValue>(
        value: Sent<V>,
        location: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        let _ = location;
        Ok(Json(value.into()))
    }
}

impl BodyInput {
    /// The document, with what was done to it; every fault of it in place of that. Slow for a long
    /// body: done before a transaction opens.
    pub fn read(self) -> Result<(Document, Vec<Warning>)> {
        let (document, warnings) = match (self.html, self.blocks) {
            (Some(html), None) => Document::from_html(&html),
            (None, Some(Json(blocks))) => Document::from_blocks(&blocks).map_err(faults)?,
            (None, None) => (Document::default(), Vec::new()),
            (Some(_), Some(_)) => {
                return Err(Error::body("/body", "invalid_value", "send html or blocks, not both"));
            }
        };
        let warnings =
            warnings.into_iter().map(|told| Warning::about("body", told.code, told.detail)).collect();
        Ok((document, warnings))
    }
}

fn faults(faults: Vec<crate::body::Fault>) -> Error {
    let fault = |fault: crate::body::Fault| {
        Fault::at(format!("/body/blocks{}", fault.pointer), code(&fault.code), fault.detail)
    };
    Error::InvalidBody(faults.into_iter().map(fault).collect())
}

fn code(code: &str) -> &'static str {
    const CODES: [&str; 6] =
        ["unknown_field", "missing_field", "unsafe_url", "control_character", "too_long", "invalid_value"];
    CODES.into_iter().find(|known| *known == code).unwrap_or("invalid_value")
}
