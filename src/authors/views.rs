//! Authors as JSON, in and out.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Author, Draft, Profile, SocialAccount};
use crate::articles::site::Site;
use crate::db::ids::AuthorId;
use crate::fields::{Faults, Name, Slug, Text, WebUrl};

/// A person who writes, or a desk that signs.
#[derive(Serialize, ToSchema)]
#[schema(as = Author)]
pub struct AuthorView {
    /// The key.
    pub id: AuthorId,
    /// The name in addresses.
    #[schema(example = "ines-duarte")]
    pub slug: String,
    /// The printed name.
    #[schema(example = "Inês Duarte")]
    pub name: String,
    /// A few sentences about them.
    #[schema(example = "Covers the harbour and those who live off it.")]
    pub bio: Option<String>,
    /// Address of a portrait.
    #[schema(example = "https://media.courier.example/ines.jpg")]
    pub image: Option<String>,
    /// Their page on the publication's site.
    #[schema(example = "https://courier.example/author/ines-duarte")]
    pub url: String,
    /// Their own site.
    #[schema(example = "https://ines.example/")]
    pub website: Option<String>,
    /// Accounts elsewhere.
    pub social: Vec<SocialAccount>,
    /// Whether they still write here.
    #[schema(example = true)]
    pub active: bool,
}

/// An author as the newsroom sees them.
#[derive(Serialize, ToSchema)]
#[schema(as = StaffAuthor)]
pub struct StaffAuthorView {
    /// The key.
    pub id: AuthorId,
    /// The name in addresses.
    #[schema(example = "ines-duarte")]
    pub slug: String,
    /// The printed name.
    #[schema(example = "Inês Duarte")]
    pub name: String,
    /// A few sentences about them.
    #[schema(example = "Covers the harbour and those who live off it.")]
    pub bio: Option<String>,
    /// Address of a portrait.
    #[schema(example = "https://media.courier.example/ines.jpg")]
    pub image: Option<String>,
    /// Their page on the publication's site.
    #[schema(example = "https://courier.example/author/ines-duarte")]
    pub url: String,
    /// Their own site.
    #[schema(example = "https://ines.example/")]
    pub website: Option<String>,
    /// Where the newsroom writes to them; never shown outside it.
    #[schema(example = "ines@courier.example")]
    pub email: Option<String>,
    /// Accounts elsewhere.
    pub social: Vec<SocialAccount>,
    /// Whether they still write here.
    #[schema(example = true)]
    pub active: bool,
}

/// An author to take on, or the whole of what one is changed to.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct AuthorInput {
    /// The name in addresses; made from the name where it is left out.
    #[deserr(default)]
    #[schema(inline, nullable = false, example = "ines-duarte")]
    pub slug: Option<Slug>,
    /// The printed name, 1-200 characters.
    #[schema(inline, example = "Inês Duarte")]
    pub name: Name<200>,
    /// A few sentences about them, at most 5,000 characters.
    #[deserr(default)]
    #[schema(inline, example = "Covers the harbour and those who live off it.")]
    pub bio: Option<Text<5000>>,
    /// Address of a portrait.
    #[deserr(default)]
    #[schema(inline, example = "https://media.courier.example/ines.jpg")]
    pub image: Option<WebUrl>,
    /// Their own site.
    #[deserr(default)]
    #[schema(inline, example = "https://ines.example/")]
    pub website: Option<WebUrl>,
    /// Where the newsroom writes to them; never shown outside it.
    #[deserr(default)]
    #[schema(inline, example = "ines@courier.example")]
    pub email: Option<Text<254>>,
    /// Accounts elsewhere.
    #[deserr(default)]
    pub social: Vec<SocialInput>,
    /// Whether they still write here. Default true.
    #[deserr(default)]
    #[schema(example = true)]
    pub active: Option<bool>,
}

/// An account on a social network.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct SocialInput {
    /// The network's name, 1-50 characters.
    #[schema(inline, example = "mastodon")]
    pub network: Name<50>,
    /// The address of the account.
    #[schema(inline, example = "https://social.example/@ines")]
    pub url: WebUrl,
}

impl AuthorView {
    /// The author, with the address of their page.
    pub fn new(site: &Site, author: Author) -> Self {
        let Author { id, slug, profile } = author;
        let url = site.author(&slug, id);
        let Profile { name, bio, image, website, email: _, social, active } = profile;
        AuthorView { id, slug, name, bio, image, url, website, social, active }
    }
}

impl StaffAuthorView {
    /// The author, with the address of their page.
    pub fn new(site: &Site, author: Author) -> Self {
        let Author { id, slug, profile } = author;
        let url = site.author(&slug, id);
        let Profile { name, bio, image, website, email, social, active } = profile;
        StaffAuthorView { id, slug, name, bio, image, url, website, email, social, active }
    }

    /// The form that a patch is laid over: what can be sent, as it stands.
    pub fn form(author: &Author) -> serde_json::Value {
        let profile = &author.profile;
        serde_json::json!({
            "slug": author.slug,
            "name": profile.name,
            "bio": profile.bio,
            "image": profile.image,
            "website": profile.website,
            "email": profile.email,
            "social": profile.social,
            "active": profile.active,
        })
    }
}

impl From<AuthorInput> for Draft {
    fn from(input: AuthorInput) -> Self {
        let social = input.social.into_iter().map(|account| SocialAccount {
            network: account.network.into_string(),
            url: account.url.into_string(),
        });
        let profile = Profile {
            name: input.name.into_string(),
            bio: input.bio.and_then(Text::filled),
            image: input.image.map(WebUrl::into_string),
            website: input.website.map(WebUrl::into_string),
            email: input.email.and_then(Text::filled),
            social: social.collect(),
            active: input.active.unwrap_or(true),
        };
        Draft { slug: input.slug, profile }
    }
}
