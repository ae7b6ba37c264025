//! Off the site again, by hand or by the clock; and what else the clock does to stories.

use super::publish::{PublishOrder, publish};
use super::{State, Work, store};
use crate::articles;
use crate::db::ids::ArticleId;
use crate::db::{Audience, Change, Tx};
use crate::error::{Error, Result};
use crate::fields::Warning;

/// Takes a live story off the site; it may be published again. 409 where it is not live.
pub fn unpublish(tx: &mut Tx, work: &Work) -> Result<Work> {
    if work.state != State::Live {
        return Err(Error::InvalidState(format!(
            "only a live story can be unpublished; this one is `{}`",
            work.state.as_str()
        )));
    }
    off(tx, work, State::Unpublished, "article.unpublished")
}

/// Takes a story off the live side into another state.
pub(super) fn off(tx: &mut Tx, work: &Work, state: State, kind: &'static str) -> Result<Work> {
    let mut after = work.clone();
    after.state = state;
    after.live_revision = None;
    after.scheduled_at = None;
    after.scheduled_revision = None;
    after.updated_at = tx.now();
    tx.set_due("article.embargo", work.id, None)?;
    articles::take_down(tx, work.id)?;
    store::update(tx, &after)?;
    let change = Change::new(Audience::Public, kind, "article", work.id)
        .version(work.version)
        .key("article", work.id)
        .key("slug", &work.story.slug)
        .key("list", "articles")
        .keys(articles::list_keys(tx, work.id)?);
    tx.record(change);
    Ok(after)
}

/// What was due by `tx.now()`: embargoes that ended go live, stories that expired go off, rights that
/// ended are judged anew. Each happens once, however late it is.
pub fn keep_time(tx: &mut Tx) -> Result<Vec<Warning>> {
    let mut troubles = Vec::new();
    for (kind, id) in tx.due()? {
        let Ok(id) = id.parse::<ArticleId>() else { continue };
        let Some(work) = store::work(tx, id)? else { continue };
        match kind.as_str() {
            "article.embargo" => {
                tx.set_due("article.embargo", id, None)?;
                let order = PublishOrder { revision: work.scheduled_revision, ..PublishOrder::default() };
                if let Err(error) = publish(tx, &work, order) {
                    troubles.push(Warning::about("embargo_until", error.code(), format!("{id}: {error}")));
                }
            }
            "article.expires" => {
                off(tx, &work, State::Unpublished, "article.expired")?;
            }
            "article.rights" => {
                tx.set_due("article.rights", id, None)?;
                super::verdict::judge_anew(tx, &work)?;
            }
            _ => {}
        }
    }
    Ok(troubles)
}
