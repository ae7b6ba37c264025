//! Series as JSON, in and out.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Draft, Series, Subject};
use crate::articles::site::Site;
use crate::db::ids::SeriesId;
use crate::fields::{Faults, Name, Slug, Text};

/// Stories that belong together.
#[derive(Serialize, ToSchema)]
#[schema(as = Series)]
pub struct SeriesView {
    /// The key.
    pub id: SeriesId,
    /// The name in addresses.
    #[schema(example = "the-long-tide")]
    pub slug: String,
    /// The printed title.
    #[schema(example = "The Long Tide")]
    pub title: String,
    /// A few sentences about it.
    #[schema(example = "A year on the quays, in twelve parts.")]
    pub description: Option<String>,
    /// Its page on the publication's site.
    #[schema(example = "https://courier.example/series/the-long-tide")]
    pub url: String,
}

/// A series to begin, or the whole of what one is changed to.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct SeriesInput {
    /// The name in addresses; made from the title where it is left out.
    #[deserr(default)]
    #[schema(inline, nullable = false, example = "the-long-tide")]
    pub slug: Option<Slug>,
    /// The printed title, 1-200 characters.
    #[schema(inline, example = "The Long Tide")]
    pub title: Name<200>,
    /// A few sentences about it, at most 5,000 characters.
    #[deserr(default)]
    #[schema(inline, example = "A year on the quays, in twelve parts.")]
    pub description: Option<Text<5000>>,
}

impl SeriesView {
    /// The series, with the address of its page.
    pub fn new(site: &Site, series: Series) -> Self {
        let Series { id, slug, subject } = series;
        let url = site.series(&slug, id);
        let Subject { title, description } = subject;
        SeriesView { id, slug, title, description, url }
    }

    /// The form that a patch is laid over: what can be sent, as it stands.
    pub fn form(series: &Series) -> serde_json::Value {
        let subject = &series.subject;
        serde_json::json!({
            "slug": series.slug,
            "title": subject.title,
            "description": subject.description,
        })
    }
}

impl From<SeriesInput> for Draft {
    fn from(input: SeriesInput) -> Self {
        let subject = Subject {
            title: input.title.into_string(),
            description: input.description.and_then(Text::filled),
        };
        Draft { slug: input.slug, subject }
    }
}
