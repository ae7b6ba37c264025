//! Stories for partners as JSON.

use serde::Serialize;
use utoipa::ToSchema;

use crate::articles::views::ArticleView;
use crate::db::types::Stamp;
use crate::republish::package::{ImageView, OmittedView, PackageView};
use crate::rights::{RightsView, Verdict};

/// A story as a partner reads it: what delivery shows, its body as it may be run, and what goes with it.
#[derive(Serialize, ToSchema)]
#[schema(as = SyndicatedArticle)]
pub struct SyndicatedView {
    /// The story. Its `lead_image` is null and its body holds no picture: what may be run stands in `images`. A partner
    /// that gets summaries has no `body`.
    #[serde(flatten)]
    pub article: ArticleView,
    /// Whether it may be run, and under which conditions.
    pub rights: RightsView,
    /// The end of its embargo, before which it may be read and not run; null: it is live.
    pub embargo_until: Option<Stamp>,
    /// The credit line; null under an embargo.
    #[schema(
        example = "<p>First published by <a href=\"https://courier.example/harbour-reopens\">The Harbour Courier</a>.</p>"
    )]
    pub credit_html: Option<String>,
    /// The pixel; null under an embargo.
    #[schema(
        example = "<img src=\"https://api.courier.example/p/AQ.gif\" width=\"1\" height=\"1\" alt=\"\" />"
    )]
    pub pixel_html: Option<String>,
    /// The assets that this partner may run with the story.
    pub images: Vec<ImageView>,
    /// What the story shows on our site and this partner may not run.
    pub omitted: Vec<OmittedView>,
}

impl SyndicatedView {
    /// A live story with its package.
    pub fn live(article: ArticleView, verdict: &Verdict, package: &PackageView) -> Self {
        SyndicatedView {
            rights: RightsView::of(article.id, verdict),
            article,
            embargo_until: None,
            credit_html: Some(package.credit_html.clone()),
            pixel_html: package.pixel_html.clone(),
            images: package.images.clone(),
            omitted: package.omitted.clone(),
        }
    }

    /// A story that waits for the end of its embargo.
    pub fn embargoed(article: ArticleView, verdict: &Verdict, until: Stamp) -> Self {
        SyndicatedView {
            rights: RightsView::of(article.id, verdict),
            article,
            embargo_until: Some(until),
            credit_html: None,
            pixel_html: None,
            images: Vec::new(),
            omitted: Vec::new(),
        }
    }
}
