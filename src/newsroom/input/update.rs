//! An entry of live coverage as it is sent.

use deserr::Deserr;
use utoipa::ToSchema;

use super::{ArticleCreditInput, BodyInput, CreditInput};
use crate::body::Document;
use crate::db::types::Stamp;
use crate::error::Result;
use crate::fields::{Faults, Text, Warning};
use crate::newsroom::updates::UpdateDraft;

/// An entry of live coverage, or the whole of what one is changed to; it has a headline or a body.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(as = LiveUpdateInput)]
pub struct UpdateInput {
    /// The headline, plain text, at most 300 characters.
    #[deserr(default)]
    #[schema(inline, example = "The lamp is lit once more")]
    pub headline: Option<Text<300>>,
    /// What it says, as HTML or as Portable Text blocks.
    #[deserr(default)]
    pub body: Option<BodyInput>,
    /// When it happened; never in the future. Default: now, and for a change as it was.
    #[deserr(default)]
    #[schema(inline)]
    pub at: Option<Stamp>,
    /// Whether it is one of the events that matter most. Default false.
    #[deserr(default)]
    #[schema(example = true)]
    pub key_event: Option<bool>,
    /// Whether it is to stay at the top. Default false.
    #[deserr(default)]
    #[schema(example = false)]
    pub pinned: Option<bool>,
    /// Who wrote it, in order, at most 50: an author, or an object with the author and a role.
    #[deserr(default)]
    #[schema(value_type = Option<Vec<ArticleCreditInput>>)]
    pub authors: Option<Vec<CreditInput>>,
}

impl UpdateInput {
    /// The draft and what was done to its body, which is read here.
    pub fn read(mut self) -> Result<(UpdateDraft, Vec<Warning>)> {
        let body = self.body.take().map(BodyInput::read).transpose()?;
        let (body, warnings) = body.map_or((None, Vec::new()), |(body, warnings)| (Some(body), warnings));
        Ok((self.with_body(body), warnings))
    }

    /// The draft with a body that was read before; `None` leaves the body as it is.
    pub fn with_body(self, body: Option<Document>) -> UpdateDraft {
        let authors = self.authors.unwrap_or_default();
        UpdateDraft {
            headline: self.headline.and_then(Text::filled),
            body,
            at: self.at,
            key_event: self.key_event.unwrap_or_default(),
            pinned: self.pinned.unwrap_or_default(),
            authors: authors.into_iter().map(|CreditInput(who, role)| (who, role)).collect(),
        }
    }
}
