//! What a desk does besides: work on a story with others, take one as the beginning of another, move many.

use actix_web::web::{Data, Path};
use actix_web::{delete, post, put};

use super::{created, item, permitted, view};
use crate::app::App;
use crate::auth::Caller;
use crate::error::{Error, Result};
use crate::http::body::OptionalBody;
use crate::http::caller::Staff;
use crate::http::{Body, Item, Links, List, Once, Register, Saved};
use crate::newsroom::input::{BulkInput, LockInput};
use crate::newsroom::lock::{self, Lock};
use crate::newsroom::views::{BulkResult, StaffArticleView};
use crate::newsroom::{self, Action};

/// Registers the routes of this file.
pub fn configure(config: &mut impl Register) {
    config.service(lock_article).service(unlock_article).service(duplicate_article).service(run_bulk_action);
}

fn person(caller: &Caller) -> Result<crate::db::ids::UserId> {
    caller.user().ok_or_else(|| Error::Forbidden("this needs a member of staff, or a key of theirs".into()))
}

/// Take the lock on a story
///
/// For ten minutes; taking it again renews it. It tells others who works on the story and stops no save:
/// `If-Match` does. 409 `locked` where another holds it, unless `takeover` is true.
#[utoipa::path(
    tag = "admin: articles",
    request_body = Option<LockInput>,
    responses((status = 200, body = Item<Lock>)),
    security(("bearer" = ["contributor"]))
)]
#[put("/v1/admin/articles/{article}/lock")]
async fn lock_article(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    body: OptionalBody<LockInput>,
    links: Links,
) -> Result<Saved> {
    let user = person(&staff.0)?;
    let takeover = body.0.unwrap_or_default().takeover.unwrap_or(false);
    let lock = app.db.write_unlogged(move |tx| {
        let work = permitted(tx, &staff.0, &article, "lock")?;
        Ok(Item::new(lock::lock(tx, &work, user, takeover)?, links))
    });
    Ok(Saved::seen(&lock.await?))
}

/// Let go of the lock on a story
///
/// One that another holds stays.
#[utoipa::path(tag = "admin: articles", responses((status = 204)), security(("bearer" = ["contributor"])))]
#[delete("/v1/admin/articles/{article}/lock")]
async fn unlock_article(app: Data<App>, staff: Staff, article: Path<String>) -> Result<Saved> {
    let user = person(&staff.0)?;
    let gone = app.db.write(staff.actor(), move |tx| {
        let work = permitted(tx, &staff.0, &article, "lock")?;
        lock::unlock(tx, &work, user)
    });
    Ok(Saved::gone(&gone.await?))
}

/// Take a story as the beginning of another
///
/// A draft with the same words and a slug of its own; without dates, corrections, path and translations.
#[utoipa::path(
    tag = "admin: articles",
    responses((status = 201, body = Item<StaffArticleView>)),
    security(("bearer" = ["contributor"]))
)]
#[post("/v1/admin/articles/{article}/duplicate")]
async fn duplicate_article(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    let made = once.write(&app, staff.actor(), move |tx| {
        let work = permitted(tx, &staff.0, &article, "duplicate")?;
        let copy = newsroom::duplicate(tx, &work, staff.0.user())?;
        item(tx, copy, links, Vec::new())
    });
    made.answer(created).await
}

/// Move many stories at once
///
/// The same action on up to 100 stories, each in a transaction of its own: a result for each, in their order.
/// One that cannot be moved stops none of the others.
#[utoipa::path(
    tag = "admin: articles",
    request_body = BulkInput,
    responses((status = 200, body = List<BulkResult>)),
    security(("bearer" = ["contributor"]))
)]
#[post("/v1/admin/bulk-actions")]
async fn run_bulk_action(
    app: Data<App>,
    staff: Staff,
    once: Once,
    body: Body<BulkInput>,
    links: Links,
) -> Result<Saved> {
    if let Some(answered) = once.earlier(&app, staff.actor()).await? {
        return Ok(answered);
    }
    let (ids, action) = body.0.read()?;
    let mut results = Vec::with_capacity(ids.len());
    for id in ids {
        let outcome = bulk_step(&app, staff.0.clone(), id.clone(), action.clone()).await;
        results.push(BulkResult::new(id, outcome)?);
    }
    once.write(&app, staff.actor(), move |_| Ok(List::whole(results, links))).answer(Saved::ok).await
}

async fn bulk_step(app: &App, caller: Caller, article: String, action: Action) -> Result<StaffArticleView> {
    let moved = app.db.write(caller.actor(), move |tx| {
        let work = permitted(tx, &caller, &article, action.name())?;
        let done = action.take(tx, &work)?;
        view(tx, done.work)
    });
    Ok(moved.await?.value)
}
