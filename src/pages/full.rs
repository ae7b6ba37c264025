//! The full objects that `include` puts in the place of the short ones; each holds all of the short one.

use serde::Serialize;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::articles::byline::Role;
use crate::authors::views::AuthorView;
use crate::seo::Seo;
use crate::taxonomy::series::views::SeriesView;

pub use crate::media::views::MediaView as FullImage;
pub use crate::taxonomy::sections::views::SectionView as FullSection;
pub use crate::taxonomy::tags::views::TagView as FullTag;

/// Somebody who made a story, in full.
#[derive(Serialize, ToSchema)]
pub struct FullAuthor {
    /// The person or desk.
    #[serde(flatten)]
    pub author: AuthorView,
    /// As what they are credited; only authors stand in the byline.
    pub role: Role,
}

/// The series that a story is a part of, in full.
#[derive(Serialize, ToSchema)]
pub struct FullSeries {
    /// The series.
    #[serde(flatten)]
    pub series: SeriesView,
    /// The title of the series.
    #[schema(example = "Harbour lights")]
    pub name: String,
    /// Which part the story is.
    #[schema(example = 2)]
    pub part: Option<i32>,
}

/// The schemas of all of these, for the document.
pub fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
    fn add<T: ToSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into(), <T as PartialSchema>::schema()));
        T::schemas(schemas);
    }
    add::<FullAuthor>(schemas);
    add::<FullSection>(schemas);
    add::<FullTag>(schemas);
    add::<FullSeries>(schemas);
    add::<FullImage>(schemas);
    add::<Seo>(schemas);
}
