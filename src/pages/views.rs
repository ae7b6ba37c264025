//! Pages as JSON.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Schema};

use super::ShownArticle;
use crate::articles::views::ArticleView;
use crate::curation::appeals::views::AppealView;
use crate::curation::lists::views::ListView;
use crate::popularity::views::PopularView;
use crate::publication::{Contact, Settings};
use crate::rights::views::{ConditionView, ReasonView};
use crate::rights::{Ruling, Verdict};
use crate::seo::Seo;

/// Everything that the page of a story shows.
#[derive(Serialize, ToSchema)]
#[schema(as = ArticlePage)]
pub struct PageView {
    /// The story, with its body.
    pub article: ShownArticle,
    /// The appeal that stands in it; null where none is running for its section.
    pub appeal: Option<AppealView>,
    /// The five stories that were read most in the last 24 hours, fewer where fewer were read.
    pub most_popular: Vec<PopularView>,
    /// The lists that were asked for, by key; null where a key does not exist.
    #[schema(schema_with = lists_by_key)]
    pub lists: BTreeMap<String, Option<ListView>>,
    /// Up to five stories that are near to it.
    pub related: Vec<ArticleView>,
    /// Whether and how it may be republished.
    pub republish: RepublishView,
    /// What stands in the head of the page.
    pub seo: Seo,
}

/// Whether and how a story may be republished by the caller.
#[derive(Serialize, ToSchema)]
#[schema(as = PageRepublish)]
pub struct RepublishView {
    /// Whether it may.
    #[schema(example = true)]
    pub allowed: bool,
    /// `allow`, `conditional` or `deny`.
    pub verdict: Ruling,
    /// Every reason against it; empty unless it is denied.
    pub reasons: Vec<ReasonView>,
    /// What a copy must keep to.
    pub conditions: Vec<ConditionView>,
    /// Whom to write to.
    pub contact: Option<Contact>,
    /// Where the rules stand in words.
    #[schema(example = "https://courier.example/republish")]
    pub guidelines_url: Option<String>,
    /// The credit that a copy prints.
    #[schema(example = "This story was originally published by The Harbour Courier.")]
    pub credit_line: String,
    /// Where the story made ready is fetched.
    #[schema(example = "https://api.courier.example/v1/articles/last-night-at-the-lighthouse/republish")]
    pub package_url: String,
}

/// Lists by key, or null.
fn lists_by_key() -> Schema {
    let list = Ref::from_schema_name(ListView::name());
    let or_null = OneOfBuilder::new().item(ObjectBuilder::new().schema_type(Type::Null)).item(list).build();
    let lists = AdditionalProperties::RefOr(RefOr::T(Schema::OneOf(or_null)));
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(lists))
        .description(Some("The lists that were asked for, by key; null where a key does not exist."))
        .build()
        .into()
}

impl RepublishView {
    /// The verdict with what the publication says about republishing.
    pub fn new(verdict: &Verdict, settings: &Settings, public_url: &str, slug: &str) -> Self {
        RepublishView {
            allowed: verdict.allows(),
            verdict: verdict.ruling,
            reasons: verdict.reasons.iter().map(ReasonView::from).collect(),
            conditions: verdict.conditions.iter().map(ConditionView::from).collect(),
            contact: settings.contact.clone(),
            guidelines_url: settings.guidelines_url.clone(),
            credit_line: settings.credit_line.replace("{publication}", &settings.name),
            package_url: format!("{public_url}/v1/articles/{slug}/republish"),
        }
    }
}
