//! A package as JSON.
//!
//! The HTML of the piece with, beside it, each part that a content management system wants in a
//! field of its own. `sha256` is that of `html`, so that a partner sees whether it changed.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::source::{Author, Publication};
use crate::db::types::Stamp;
use crate::rights::{AssetReason, ConditionView};

/// A story made ready to run elsewhere.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Package)]
pub struct PackageView {
    /// The story's id.
    #[schema(example = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f")]
    pub id: String,
    /// The story's slug.
    #[schema(example = "harbour-reopens")]
    pub slug: String,
    /// The published version that this is, from 1.
    #[schema(example = 2)]
    pub version: u32,
    /// Language (BCP 47).
    #[schema(example = "en")]
    pub locale: String,
    /// The headline, plain text.
    #[schema(example = "Harbour reopens after the storm")]
    pub headline: String,
    /// The printed byline; null without authors.
    #[schema(example = "By Ana Lima")]
    pub byline: Option<String>,
    /// The authors, in the order of the byline.
    pub authors: Vec<AuthorView>,
    /// What readers see as the story's date (RFC 3339, UTC).
    #[schema(value_type = String, format = DateTime, example = "2026-05-01T09:30:00.000000Z")]
    pub published_at: Stamp,
    /// The last change of anything that is shown (RFC 3339, UTC).
    #[schema(value_type = String, format = DateTime, example = "2026-05-01T11:00:00.000000Z")]
    pub modified_at: Stamp,
    /// The story's address on our site.
    #[schema(format = "uri", example = "https://courier.example/harbour-reopens")]
    pub url: String,
    /// The address that the canonical link and the credit lead to.
    #[schema(format = "uri", example = "https://courier.example/harbour-reopens")]
    pub canonical_url: String,
    /// The whole piece, to be pasted as it is: headline, byline, date, text, corrections, credit and
    /// pixel. It holds no other image and no script.
    #[schema(
        example = "<article lang=\"en\" dir=\"ltr\">\n<h1>Harbour reopens after the storm</h1>\n</article>\n"
    )]
    pub html: String,
    /// The credit line alone.
    #[schema(
        example = "<p>First published by <a href=\"https://courier.example/harbour-reopens\">The Harbour Courier</a>.</p>"
    )]
    pub credit_html: String,
    /// The pixel alone; null where nothing is counted.
    #[schema(
        example = "<img src=\"https://api.courier.example/p/AQ.gif\" width=\"1\" height=\"1\" alt=\"\" loading=\"eager\" />"
    )]
    pub pixel_html: Option<String>,
    /// What belongs into the page's head, as tags and as HTTP headers: either will do.
    pub head: HeadView,
    /// The assets that you may run with the story.
    pub images: Vec<ImageView>,
    /// What the story shows on our site and you may not run.
    pub omitted: Vec<OmittedView>,
    /// What a copy must keep to.
    pub rules: Vec<ConditionView>,
    /// Whom to write to; null where nobody is named.
    pub contact: Option<ContactView>,
    /// The publication's guidelines for republishing; null where there is no such page.
    #[schema(format = "uri", example = "https://courier.example/republish")]
    pub guidelines_url: Option<String>,
    /// The version of the publication's terms.
    #[schema(example = "1")]
    pub terms_version: String,
    /// SHA-256 of `html`, in hexadecimal.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub sha256: String,
}

/// An author as a copy names them.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PackageAuthor)]
pub struct AuthorView {
    /// The printed name.
    #[schema(example = "Ana Lima")]
    pub name: String,
    /// Their page on our site.
    #[schema(format = "uri", example = "https://courier.example/author/ana-lima")]
    pub url: String,
}

/// What belongs into the head of the page, or its headers; never into the text.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(as = PackageHead)]
pub struct HeadView {
    /// As HTML tags.
    #[schema(example = json!(["<link rel=\"canonical\" href=\"https://courier.example/harbour-reopens\">"]))]
    pub tags: Vec<String>,
    /// The same as HTTP headers, by name.
    #[schema(example = json!({"X-Robots-Tag": "noindex"}))]
    pub headers: BTreeMap<String, String>,
}

/// An asset that may be run with the story.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PackageImage)]
pub struct ImageView {
    /// Its id.
    #[schema(example = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e70")]
    pub media: String,
    /// Its key; null where it has none.
    #[schema(example = "harbour-at-dawn")]
    pub key: Option<String>,
    /// Where it is.
    #[schema(format = "uri", example = "https://media.courier.example/dawn.jpg")]
    pub url: String,
    /// Its media type.
    #[schema(example = "image/jpeg")]
    pub mime: String,
    /// Width in pixels.
    #[schema(example = 1600)]
    pub width: Option<u32>,
    /// Height in pixels.
    #[schema(example = 900)]
    pub height: Option<u32>,
    /// What it shows, for who cannot see it.
    #[schema(example = "Fishing boats at the quay before sunrise")]
    pub alt: Option<String>,
    /// The caption it has in the story.
    #[schema(example = "The quay on Monday morning.")]
    pub caption: Option<String>,
    /// The credit line to print with it.
    #[schema(example = "Photo by A. Reader")]
    pub credit: Option<String>,
}

/// Something that the story shows on our site and that may not be run with it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PackageOmission)]
pub struct OmittedView {
    /// `image`, `video` or `audio`.
    #[schema(example = "image")]
    pub kind: String,
    /// Why.
    pub reason: AssetReason,
    /// Whose it is; null where that is not known.
    #[schema(example = "Photo by A. Reader")]
    pub credit: Option<String>,
    /// The e-mail address to ask; null where nobody is named.
    #[schema(example = "republish@courier.example")]
    pub contact: Option<String>,
}

/// Whom to write to about republishing.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PackageContact)]
pub struct ContactView {
    /// The e-mail address.
    #[schema(example = "republish@courier.example")]
    pub email: String,
    /// The subject to write under; null where any will do.
    #[schema(example = "republish")]
    pub subject: Option<String>,
}

impl From<&Author<'_>> for AuthorView {
    fn from(author: &Author<'_>) -> Self {
        AuthorView { name: author.name.to_owned(), url: author.url.to_owned() }
    }
}

impl ContactView {
    /// Whom a publication names.
    pub(super) fn of(publication: &Publication<'_>) -> Option<Self> {
        publication.contact_email.map(|email| ContactView {
            email: email.to_owned(),
            subject: publication.contact_subject.map(str::to_owned),
        })
    }
}
