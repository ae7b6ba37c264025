//! Pages: everything that an article page shows, in one answer of fixed cost; and what `fields` and
//! `include` make of an article.
//!
//! This room stands above all others that readers see: it puts their things together and has none of
//! its own. Every answer that holds stories is made here, so that a story looks the same wherever it
//! stands. Whatever the number of stories, each include costs the same few statements; without
//! `fields` and `include` a story is printed as it is.

mod fields;
mod full;
mod includes;
mod names;
mod page;
pub mod routes;
mod seo;
mod showing;
pub mod views;

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::openapi::schema::AnyOfBuilder;
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::articles::views::{ArticleBody, ArticleView};
use crate::articles::{Card, views::BodyForm};
use crate::body::Document;
use crate::db::Snapshot;
use crate::db::ids::ArticleId;
use crate::error::{Error, Result};
use crate::media;

pub use showing::{Include, Showing};

/// The bodies of stories as readers get them, before they have a form.
pub type Bodies = HashMap<ArticleId, Document>;

/// A story as it was asked for.
#[derive(Serialize)]
#[serde(untagged)]
pub enum ShownArticle {
    /// As it is.
    Whole(Box<ArticleView>),
    /// By `fields`, or with what `include` adds.
    Part(Value),
}

/// Shows stories as `showing` asks, with their bodies in the `usual` form where it does not say. What
/// the answer depends on is noted.
pub fn show(
    snapshot: &mut Snapshot,
    cards: Vec<Card>,
    showing: &Showing,
    usual: Option<BodyForm>,
) -> Result<Vec<ShownArticle>> {
    let needs_bodies = showing.form(usual).is_some() || includes::need_bodies(showing, &cards);
    let bodies = if needs_bodies { media::bodies(snapshot, &cards)? } else { Bodies::new() };
    show_with(snapshot, cards, bodies, showing, usual)
}

/// As `show`, with bodies that were read before.
pub fn show_with(
    snapshot: &mut Snapshot,
    cards: Vec<Card>,
    bodies: Bodies,
    showing: &Showing,
    usual: Option<BodyForm>,
) -> Result<Vec<ShownArticle>> {
    for card in &cards {
        card.noted_in(snapshot);
    }
    let form = showing.form(usual);
    let includes = includes::Includes::read(snapshot, &cards, &bodies, showing)?;
    let mut shown = Vec::with_capacity(cards.len());
    for card in cards {
        let body = form.zip(bodies.get(&card.id)).map(|(form, body)| ArticleBody::of(body, card.id, form));
        let added = includes.of(&card)?;
        let mut view = ArticleView::new(card);
        view.body = body;
        shown.push(if showing.is_plain() {
            ShownArticle::Whole(Box::new(view))
        } else {
            let whole = serde_json::to_value(view).map_err(|error| Error::Internal(error.to_string()))?;
            ShownArticle::Part(showing.cut(added.onto(whole)))
        });
    }
    Ok(shown)
}

/// What `fields` left of an article, and what `include` put into it: its fields, and `related` and
/// `seo` where they are included.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is a schema alone: what is left of an article is not typed")]
struct ArticlePart {
    /// The key, which always stays.
    id: ArticleId,
    #[serde(flatten)]
    fields: serde_json::Map<String, Value>,
}

impl PartialSchema for ShownArticle {
    fn schema() -> RefOr<Schema> {
        AnyOfBuilder::new()
            .item(Ref::from_schema_name(ArticleView::name()))
            .item(Ref::from_schema_name(ArticlePart::name()))
            .description(Some("A live story, whole or as `fields` and `include` ask for it."))
            .into()
    }
}

impl ToSchema for ShownArticle {
    fn name() -> std::borrow::Cow<'static, str> {
        "ShownArticle".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((ArticleView::name().into(), ArticleView::schema()));
        ArticleView::schemas(schemas);
        schemas.push((ArticlePart::name().into(), ArticlePart::schema()));
        // What `include` puts in the place of the short objects.
        full::schemas(schemas);
    }
}
