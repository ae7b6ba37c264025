//! Notices as JSON.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Notice, NoticeKind, NoticeState, Outcome};
use crate::addresses;
use crate::articles::latest_versions;
use crate::db::Conn;
use crate::db::ids::{ArticleId, NoticeId, PartnerId};
use crate::db::types::Stamp;
use crate::error::Result;
use crate::fields::{Faults, WebUrl};

/// What a partner must be told of a story that it fetched.
#[derive(Serialize, ToSchema)]
#[schema(as = Notice)]
pub struct NoticeView {
    /// The key.
    pub id: NoticeId,
    /// Whom it is for.
    pub partner: PartnerId,
    /// The story.
    pub article: NoticeArticleView,
    /// What it tells of.
    pub kind: NoticeKind,
    /// `substantive`, or `kill`: take the story off.
    #[schema(example = "kill")]
    pub severity: String,
    /// The version that has the correction; of a retraction the last that was public.
    #[schema(example = 3)]
    pub version: i32,
    /// What it says.
    #[schema(example = "The report could not be confirmed.")]
    pub text: String,
    /// How far it has come; one that is `acknowledged`, `claimed` or `verified` is closed.
    pub state: NoticeState,
    /// When it was opened.
    pub opened_at: Stamp,
    /// Until when it is to be done.
    pub due_at: Stamp,
    /// What the partner says that it did; null: nothing yet.
    pub outcome: Option<Outcome>,
    /// Where, as the partner says.
    #[schema(example = "https://ferryman.example/harbour-reopens")]
    pub url: Option<String>,
}

/// The story of a notice.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = NoticeArticle)]
pub struct NoticeArticleView {
    /// The key.
    pub id: ArticleId,
    /// The slug that it was last public under.
    #[schema(example = "harbour-reopens")]
    pub slug: Option<String>,
    /// The headline; null of a story that was retracted as `legal`.
    #[schema(example = "Harbour reopens after the storm")]
    pub headline: Option<String>,
}

/// What a partner did about a notice.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct AckInput {
    /// What it did. A retracted story cannot be `updated`.
    pub outcome: Outcome,
    /// Where.
    #[deserr(default)]
    #[schema(inline, example = "https://ferryman.example/harbour-reopens")]
    pub url: Option<WebUrl>,
}

impl NoticeView {
    /// Notices with what their stories may still be called.
    pub fn all(conn: &mut Conn, notices: Vec<Notice>) -> Result<Vec<Self>> {
        let mut named: HashMap<ArticleId, NoticeArticleView> = HashMap::new();
        for notice in &notices {
            if let Entry::Vacant(place) = named.entry(notice.article) {
                place.insert(called(conn, notice.article)?);
            }
        }
        let view = |notice: Notice| {
            let id = notice.article;
            let unnamed = NoticeArticleView { id, slug: None, headline: None };
            NoticeView::new(named.get(&id).cloned().unwrap_or(unnamed), notice)
        };
        Ok(notices.into_iter().map(view).collect())
    }

    fn new(article: NoticeArticleView, notice: Notice) -> Self {
        NoticeView {
            state: notice.state(),
            id: notice.id,
            partner: notice.partner,
            article,
            kind: notice.kind,
            severity: notice.severity,
            version: notice.version,
            text: notice.text,
            opened_at: notice.opened_at,
            due_at: notice.due_at,
            outcome: notice.outcome,
            url: notice.url,
        }
    }
}

/// What a story was last called in public. Of one that was retracted as `legal` nothing is told but its id.
fn called(conn: &mut Conn, id: ArticleId) -> Result<NoticeArticleView> {
    let is_legal = addresses::gone(conn, id)?.is_some_and(|gone| gone.kind == "legal");
    let last = latest_versions(conn, id, 1)?.pop().filter(|_| !is_legal).map(|(_, story)| story);
    let (slug, headline) = last.map_or((None, None), |story| (Some(story.slug), story.headline));
    Ok(NoticeArticleView { id, slug, headline })
}
