//! What `/.well-known/republishing.json` says.

use serde::Serialize;
use utoipa::ToSchema;

use crate::publication::{Contact, MachineUse, Origin, OriginContact, Settings};
use crate::rights::{ConditionCode, ConditionView};

/// How the publication's stories may be republished, for machines.
#[derive(Serialize, ToSchema)]
#[schema(as = RepublishingTerms)]
pub struct TermsView {
    /// The publication.
    #[schema(example = "The Harbour Courier")]
    pub name: String,
    /// Its site.
    #[schema(example = "https://courier.example")]
    pub base_url: String,
    /// The licence that copies run under; null where the guidelines alone say it.
    #[schema(example = "https://creativecommons.org/licenses/by-nd/4.0/")]
    pub license_url: Option<String>,
    /// The guidelines, for people; null where there is no such page.
    #[schema(example = "https://courier.example/republish")]
    pub guidelines_url: Option<String>,
    /// The version of the terms that partners accept.
    #[schema(example = "1")]
    pub terms_version: String,
    /// The credit that copies print; `{publication}` stands for the name.
    #[schema(example = "This story was originally published by {publication}.")]
    pub credit_line: String,
    /// What a copy must keep to. A story's own stand in its verdict.
    pub rules: Vec<ConditionView>,
    /// Origins whose stories may not be republished, and whom to ask.
    pub reserved_origins: Vec<ReservedOrigin>,
    /// Whom to write to; null where nobody is named.
    pub contact: Option<Contact>,
    /// What machines may do with the stories; null is not said.
    pub machine_use: MachineUse,
    /// Where the rest is.
    pub endpoints: Endpoints,
    /// How to get a partner's key, and how it is sent.
    #[schema(example = "Stories are open without a key. Ask the contact for a partner's key.")]
    pub key: String,
}

/// An origin whose stories may not be republished.
#[derive(Serialize, ToSchema)]
pub struct ReservedOrigin {
    /// Its code.
    #[schema(example = "coastwire")]
    pub code: String,
    /// Its name.
    #[schema(example = "Coastwire")]
    pub name: String,
    /// Its own site.
    #[schema(example = "https://coastwire.example/")]
    pub url: Option<String>,
    /// Whom to ask; null where nobody is known.
    pub contact: Option<OriginContact>,
}

/// Where stories, verdicts and packages are; `{article}` stands for an id or slug.
#[derive(Serialize, ToSchema)]
pub struct Endpoints {
    /// The stories that may be republished.
    #[schema(example = "https://api.courier.example/v1/articles?republishable=true")]
    pub articles: String,
    /// The verdict about a story.
    #[schema(example = "https://api.courier.example/v1/articles/{article}/rights")]
    pub rights: String,
    /// A story made ready.
    #[schema(example = "https://api.courier.example/v1/articles/{article}/republish")]
    pub package: String,
    /// What a partner may run, with its key.
    #[schema(example = "https://api.courier.example/v1/syndication/articles")]
    pub syndication: String,
    /// What became of it since, with its key.
    #[schema(example = "https://api.courier.example/v1/syndication/changes")]
    pub changes: String,
    /// Every operation (OpenAPI 3.1).
    #[schema(example = "https://api.courier.example/openapi.json")]
    pub openapi: String,
}

impl TermsView {
    /// The terms of a publication that is served at an address.
    pub fn new(settings: Settings, reserved: Vec<Origin>, public_url: &str) -> Self {
        let at = |path: &str| format!("{public_url}{path}");
        let whom = match &settings.contact {
            Some(contact) => format!("write to {}", contact.email),
            None => "ask the publication".to_owned(),
        };
        TermsView {
            name: settings.name,
            base_url: settings.base_url,
            license_url: settings.license_url,
            guidelines_url: settings.guidelines_url,
            terms_version: settings.terms_version,
            credit_line: settings.credit_line,
            rules: ConditionCode::ALL.map(|code| ConditionView { code, text: code.text() }).into(),
            reserved_origins: reserved.into_iter().map(ReservedOrigin::from).collect(),
            contact: settings.contact,
            machine_use: settings.machine_use,
            endpoints: Endpoints {
                articles: at("/v1/articles?republishable=true"),
                rights: at("/v1/articles/{article}/rights"),
                package: at("/v1/articles/{article}/republish"),
                syndication: at("/v1/syndication/articles"),
                changes: at("/v1/syndication/changes"),
                openapi: at("/openapi.json"),
            },
            key: format!(
                "Packages are open without a key. For a partner's key {whom}; send it in `Authorization: Bearer` or \
                 `X-Api-Key`."
            ),
        }
    }
}

impl From<Origin> for ReservedOrigin {
    fn from(origin: Origin) -> Self {
        let Origin { code, name, url, contact, .. } = origin;
        ReservedOrigin { code, name, url, contact }
    }
}
