//! Views and rankings as JSON, in and out.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::articles::Card;
use crate::articles::views::ArticleView;
use crate::fields::{Faults, Ref, Text};

/// A view of a story.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ViewInput {
    /// The story, by id or slug.
    #[schema(inline, example = json!("last-night-at-the-lighthouse"))]
    pub article: Ref,
    /// Where the reader came from, at most 4,096 characters. It is read and let go: nothing of it is
    /// kept.
    #[deserr(default)]
    #[schema(inline, example = "https://search.example/")]
    pub referrer: Option<Text<4096>>,
}

/// A place in a ranking.
#[derive(Serialize, ToSchema)]
#[schema(as = PopularArticle)]
pub struct PopularView {
    /// The place, from 1.
    #[schema(example = 1, minimum = 1)]
    pub rank: u32,
    /// The story, as lists of stories have it.
    pub article: ArticleView,
}

impl PopularView {
    /// Live stories in the order of their ranking.
    pub fn ranked(cards: Vec<Card>) -> Vec<Self> {
        (1..).zip(cards).map(|(rank, card)| PopularView { rank, article: ArticleView::new(card) }).collect()
    }
}
