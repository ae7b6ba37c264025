//! What a partner publication reads: the stories that it may run, with what it needs to run them.
//!
//! Promises that a body is handed out exactly where the verdict does not deny, but to a partner that may read under an
//! embargo, and that no picture is shown that this partner may not run. What counts where and how often a copy
//! is read is the pixel's.

pub mod routes;
pub mod views;

use url::Url;

use super::partners::Portion;
use super::{Asked, Circumstances, Subject, make};
use crate::articles::Card;
use crate::articles::views::{ArticleBody, ArticleView, BodyForm};
use crate::body::Document;
use crate::db::Snapshot;
use crate::error::{Error, Result};
use crate::media;
use crate::publication::Settings;
use views::SyndicatedView;

/// A story as a partner reads it; 403 with every reason where it may not.
pub fn read(
    snapshot: &mut Snapshot,
    story: Subject,
    asked: Box<Asked>,
    settings: &Settings,
    circumstances: &Circumstances,
    form: BodyForm,
    pixel_url: Option<&str>,
) -> Result<SyndicatedView> {
    let portion = circumstances.portion();
    let is_full = portion == Portion::Full;
    match story {
        Subject::Embargoed(embargoed) => {
            let article = shown(embargoed.card, is_full.then_some((&embargoed.body, form)))?;
            Ok(SyndicatedView::embargoed(article, &asked.verdict, embargoed.until))
        }
        Subject::Live(card) => {
            let asked = asked.permitted(snapshot.now())?;
            let body = media::body(snapshot, &card)?;
            let package = make(&card, &body, &asked, settings, portion, pixel_url)?;
            let article = shown(*card, is_full.then_some((&body, form)))?;
            Ok(SyndicatedView::live(article, &asked.verdict, package.view()))
        }
    }
}

/// A story in the shape that delivery has, less its pictures, with its body as others may run it.
pub fn shown(card: Card, body: Option<(&Document, BodyForm)>) -> Result<ArticleView> {
    let (id, url) = (card.id, card.url.clone());
    let mut view = ArticleView::new(card);
    view.lead_image = None;
    if let Some((body, form)) = body {
        let url = Url::parse(&url).map_err(|error| Error::Internal(format!("{url}: {error}")))?;
        view.body = Some(ArticleBody::of(&body.for_republishing(&url).0, id, form));
    }
    Ok(view)
}
