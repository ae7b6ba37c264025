//! Sections as JSON, in and out.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Draft, Family, Section};
use crate::articles::site::Site;
use crate::db::ids::SectionId;
use crate::fields::{Faults, Name, Number, Ref, Slug, Text};

/// A place of the publication in which stories run.
#[derive(Serialize, ToSchema)]
#[schema(as = Section)]
pub struct SectionView {
    /// The key.
    pub id: SectionId,
    /// The name in addresses.
    #[schema(example = "fishing")]
    pub slug: String,
    /// The printed name.
    #[schema(example = "Fishing")]
    pub name: String,
    /// The section above; null at the top.
    pub parent: Option<RelatedSection>,
    /// The slugs of its ancestors and its own, joined by `/`; it changes when something above moves.
    #[schema(example = "harbour/fishing")]
    pub path: String,
    /// A few sentences about it.
    #[schema(example = "Boats, quotas, and what the nets bring in.")]
    pub description: Option<String>,
    /// Its place among its sisters, from 0; equal ones stand by name.
    #[schema(example = 10)]
    pub position: i32,
    /// The sections directly below, by position, then name.
    pub children: Vec<RelatedSection>,
    /// Its page on the publication's site.
    #[schema(example = "https://courier.example/harbour/fishing")]
    pub url: String,
}

/// A section above or below another, in short.
#[derive(Serialize, ToSchema)]
pub struct RelatedSection {
    /// The key.
    pub id: SectionId,
    /// The name in addresses.
    #[schema(example = "harbour")]
    pub slug: String,
    /// The printed name.
    #[schema(example = "Harbour")]
    pub name: String,
    /// The slugs of its ancestors and its own, joined by `/`.
    #[schema(example = "harbour")]
    pub path: String,
}

/// A section to make, or the whole of what one is changed to.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct SectionInput {
    /// The name in addresses; made from the name where it is left out.
    #[deserr(default)]
    #[schema(inline, nullable = false, example = "fishing")]
    pub slug: Option<Slug>,
    /// The printed name, 1-200 characters.
    #[schema(inline, example = "Fishing")]
    pub name: Name<200>,
    /// The section above. It may not be this one or stand below it, and the tree has at most 10
    /// levels.
    #[deserr(default)]
    #[schema(inline, example = "harbour")]
    pub parent: Option<Ref>,
    /// A few sentences about it, at most 5,000 characters.
    #[deserr(default)]
    #[schema(inline, example = "Boats, quotas, and what the nets bring in.")]
    pub description: Option<Text<5000>>,
    /// Its place among its sisters, 0-1,000,000. Default 0; equal ones stand by name.
    #[deserr(default)]
    #[schema(inline, example = 10)]
    pub position: Option<Number<0, 1_000_000>>,
}

impl SectionView {
    /// The section with its parent and children, and the address of its page.
    pub fn new(site: &Site, family: &Family, section: Section) -> Self {
        let parent = family.parent_of(&section).map(RelatedSection::of);
        let children = family.children_of(&section).map(RelatedSection::of).collect();
        let Section { id, slug, name, parent: _, path, description, position } = section;
        let url = site.section(&slug, id, &path);
        SectionView { id, slug, name, parent, path, description, position, children, url }
    }

    /// The form that a patch is laid over: what can be sent, as it stands.
    pub fn form(section: &Section) -> serde_json::Value {
        serde_json::json!({
            "slug": section.slug,
            "name": section.name,
            "parent": section.parent,
            "description": section.description,
            "position": section.position,
        })
    }
}

impl RelatedSection {
    fn of(section: &Section) -> Self {
        let Section { id, slug, name, path, .. } = section.clone();
        RelatedSection { id, slug, name, path }
    }
}

impl From<SectionInput> for Draft {
    fn from(input: SectionInput) -> Self {
        Draft {
            slug: input.slug,
            name: input.name.into_string(),
            parent: input.parent,
            description: input.description.and_then(Text::filled),
            position: input.position.map_or(0, |position| position.0),
        }
    }
}
