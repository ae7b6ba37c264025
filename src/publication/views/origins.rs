//! Origins as JSON, in and out.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::ids::OriginId;
use crate::fields::{Email, Faults, Key, Name, Text, WebUrl};
use crate::publication::{Origin, OriginContact, OriginDraft};
use crate::rights::Policy;

/// Where stories come from, and whether theirs may be republished.
#[derive(Serialize, ToSchema)]
#[schema(as = Origin)]
pub struct OriginView {
    /// The key of the row.
    pub id: OriginId,
    /// The code in references.
    #[schema(example = "north-wire")]
    pub code: String,
    /// The name.
    #[schema(example = "North Wire")]
    pub name: String,
    /// Its own site.
    #[schema(example = "https://wire.example/")]
    pub url: Option<String>,
    /// Whether it is this publication itself.
    #[schema(example = false)]
    pub in_house: bool,
    /// What may be done with its stories; null is unknown, and denies.
    pub policy: Option<Policy>,
    /// Whom to ask about them.
    pub contact: Option<OriginContact>,
}

/// An origin to take on, or the whole of what one is changed to.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct OriginInput {
    /// The code in references, unique.
    #[schema(inline, example = "north-wire")]
    pub code: Key,
    /// The name, 1-200 characters.
    #[schema(inline, example = "North Wire")]
    pub name: Name<200>,
    /// Its own site.
    #[deserr(default)]
    #[schema(inline, example = "https://wire.example/")]
    pub url: Option<WebUrl>,
    /// Whether it is this publication itself. Default false.
    #[deserr(default)]
    #[schema(example = false)]
    pub in_house: Option<bool>,
    /// What may be done with its stories; null is unknown, and denies.
    #[deserr(default)]
    pub policy: Option<Policy>,
    /// Whom to ask about them.
    #[deserr(default)]
    pub contact: Option<OriginContactInput>,
}

/// Whom to ask about an origin's stories.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct OriginContactInput {
    /// The address.
    #[deserr(default)]
    #[schema(inline, example = "rights@wire.example")]
    pub email: Option<Email>,
    /// A page.
    #[deserr(default)]
    #[schema(inline, example = "https://wire.example/rights")]
    pub url: Option<WebUrl>,
    /// A name, at most 200 characters.
    #[deserr(default)]
    #[schema(inline, example = "Syndication desk")]
    pub name: Option<Text<200>>,
}

impl OriginView {
    /// The origin.
    pub fn new(origin: Origin) -> Self {
        let Origin { id, code, name, url, in_house, policy, contact } = origin;
        OriginView { id, code, name, url, in_house, policy, contact }
    }

    /// The form that a patch is laid over: what can be sent, as it stands.
    pub fn form(origin: &Origin) -> serde_json::Value {
        serde_json::json!({
            "code": origin.code,
            "name": origin.name,
            "url": origin.url,
            "in_house": origin.in_house,
            "policy": origin.policy,
            "contact": origin.contact,
        })
    }
}

impl From<OriginInput> for OriginDraft {
    fn from(input: OriginInput) -> Self {
        let contact = input.contact.map(|contact| OriginContact {
            email: contact.email.map(|email| email.0),
            url: contact.url.map(WebUrl::into_string),
            name: contact.name.and_then(Text::filled),
        });
        OriginDraft {
            code: input.code.into_string(),
            name: input.name.into_string(),
            url: input.url.map(WebUrl::into_string),
            in_house: input.in_house.unwrap_or(false),
            policy: input.policy,
            contact: contact
                .filter(|contact| *contact != OriginContact { email: None, url: None, name: None }),
        }
    }
}
