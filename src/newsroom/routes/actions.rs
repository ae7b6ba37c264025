//! The actions on a story over HTTP: each moves it, or is 409.

use actix_web::post;
use actix_web::web::{Data, Path};
use deserr::Deserr;
use utoipa::IntoParams;

use super::{etag, item, permitted, view};
use crate::app::App;
use crate::auth::Caller;
use crate::error::Result;
use crate::fields::{Faults, Flag};
use crate::http::body::OptionalBody;
use crate::http::caller::{Author, Editor, Staff};
use crate::http::{Body, IfMatch, Item, Links, Once, Query, Register, Saved};
use crate::newsroom::input::{
    CorrectionInput, PublishInput, RetractInput, ReturnInput, ScheduleInput, WithholdInput,
};
use crate::newsroom::views::{PublishedView, StaffArticleView};
use crate::newsroom::{self, Action};
use crate::rights::views::RightsView;

/// Registers the routes of this file.
pub fn configure(config: &mut impl Register) {
    config
        .service(submit_article)
        .service(approve_article)
        .service(return_article)
        .service(schedule_article)
        .service(unschedule_article)
        .service(publish_article)
        .service(unpublish_article)
        .service(retract_article)
        .service(withhold_article)
        .service(release_article)
        .service(restore_article)
        .service(correct_article);
}

/// How a story is published.
#[derive(Clone, Copy, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Publishing {
    /// `true`: only tell what would happen.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    dry_run: Option<Flag>,
}

/// Takes an action on a story, if the caller may.
async fn act(
    app: &App,
    caller: Caller,
    article: Path<String>,
    once: &Once,
    links: Links,
    action: Action,
) -> Result<Saved> {
    let if_match = IfMatch::of(once.request());
    let done = once.write(app, caller.actor(), move |tx| {
        let work = permitted(tx, &caller, &article, action.name())?;
        if_match.check_revision(work.revision)?;
        let done = action.take(tx, &work)?;
        item(tx, done.work, links, done.warnings)
    });
    done.answer(|done| Saved::ok(done).etag(etag(done.value.data.revision))).await
}

/// Hand a draft in for review
///
/// It is `in_review` then. 409 in any other state.
#[utoipa::path(
    tag = "admin: articles",
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["contributor"]))
)]
#[post("/v1/admin/articles/{article}/submit")]
async fn submit_article(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    act(&app, staff.0, article, &once, links, Action::Submit).await
}

/// Find a story good to go
///
/// For what is in review; it is `approved` then. 409 in any other state.
#[utoipa::path(
    tag = "admin: articles",
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/articles/{article}/approve")]
async fn approve_article(
    app: Data<App>,
    editor: Editor,
    article: Path<String>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    act(&app, editor.0, article, &once, links, Action::Approve).await
}

/// Send a story back to its author
///
/// For what is in review; it is a `draft` then, and what is to be done stands in its `notes`. 409 in any
/// other state.
#[utoipa::path(
    tag = "admin: articles",
    request_body = ReturnInput,
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/articles/{article}/return")]
async fn return_article(
    app: Data<App>,
    editor: Editor,
    article: Path<String>,
    once: Once,
    body: Body<ReturnInput>,
    links: Links,
) -> Result<Saved> {
    let action = Action::Return { note: body.0.note.into_string() };
    act(&app, editor.0, article, &once, links, action).await
}

/// Let a story go live at an instant
///
/// Its newest revision or the one that is named, within a second of the instant; what is saved afterwards does
/// not go along. 422 lists everything that is missing. A second schedule takes the place of the first. Publishing
/// that revision or a later one, unpublishing, retracting and trashing call it off; `meta.warnings` says so.
#[utoipa::path(
    tag = "admin: articles",
    request_body = ScheduleInput,
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["author"]))
)]
#[post("/v1/admin/articles/{article}/schedule")]
async fn schedule_article(
    app: Data<App>,
    author: Author,
    article: Path<String>,
    once: Once,
    body: Body<ScheduleInput>,
    links: Links,
) -> Result<Saved> {
    let action = Action::Schedule { at: body.0.at, revision: body.0.revision };
    act(&app, author.0, article, &once, links, action).await
}

/// Call off what is scheduled
///
/// Or the wait for an embargo: the story is in the state before again. 409 where nothing is scheduled.
#[utoipa::path(
    tag = "admin: articles",
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["author"]))
)]
#[post("/v1/admin/articles/{article}/unschedule")]
async fn unschedule_article(
    app: Data<App>,
    author: Author,
    article: Path<String>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    act(&app, author.0, article, &once, links, Action::Unschedule).await
}

/// Publish a story
///
/// Makes its newest revision, or the one that is named, the version that the world sees; under an
/// embargo it waits for that. 422 lists everything that is missing. `dry_run=true` tells it without
/// publishing, with the rights verdict and the warnings. What is live and unchanged stays as it is.
#[utoipa::path(
    tag = "admin: articles",
    params(Publishing),
    request_body = Option<PublishInput>,
    responses((status = 200, body = Item<PublishedView>)),
    security(("bearer" = ["author"]))
)]
#[post("/v1/admin/articles/{article}/publish")]
async fn publish_article(
    app: Data<App>,
    author: Author,
    article: Path<String>,
    query: Query<Publishing>,
    once: Once,
    body: OptionalBody<PublishInput>,
    links: Links,
) -> Result<Saved> {
    let if_match = IfMatch::of(once.request());
    let order = body.0.unwrap_or_default().order();
    let only_tell = query.0.dry_run.is_some_and(|dry| dry.0);
    let published = once.write(&app, author.actor(), move |tx| {
        let work = permitted(tx, &author.0, &article, "publish")?;
        if_match.check_revision(work.revision)?;
        let verb = if only_tell { newsroom::dry_run } else { newsroom::publish };
        let published = verb(tx, &work, order)?;
        let rights = RightsView::of(published.work.id.as_str(), &published.verdict);
        let data = PublishedView { article: view(tx, published.work)?, rights };
        Ok(Item::new(data, links).warned(published.warnings))
    });
    published.answer(|done| Saved::ok(done).etag(etag(done.value.data.article.revision))).await
}

/// Take a story off the site
///
/// It may be published again. 409 where it is not live.
#[utoipa::path(
    tag = "admin: articles",
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["author"]))
)]
#[post("/v1/admin/articles/{article}/unpublish")]
async fn unpublish_article(
    app: Data<App>,
    author: Author,
    article: Path<String>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    act(&app, author.0, article, &once, links, Action::Unpublish).await
}

/// Take a story back
///
/// For whatever was ever public: its addresses are 410 with the kind and the public reason from now on, and
/// it stands nowhere else but among the corrections. Of a `legal` one nobody is told the headline. 409 where it
/// was never public.
#[utoipa::path(
    tag = "admin: articles",
    request_body = RetractInput,
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/articles/{article}/retract")]
async fn retract_article(
    app: Data<App>,
    editor: Editor,
    article: Path<String>,
    once: Once,
    body: Body<RetractInput>,
    links: Links,
) -> Result<Saved> {
    act(&app, editor.0, article, &once, links, body.0.action()).await
}

/// Hold a story back from partners
///
/// It stays on our own site; every verdict is `withheld` until `release`. For what is live or waits under
/// an embargo; 409 in any other state.
#[utoipa::path(
    tag = "admin: articles",
    request_body = Option<WithholdInput>,
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/articles/{article}/withhold")]
async fn withhold_article(
    app: Data<App>,
    editor: Editor,
    article: Path<String>,
    once: Once,
    body: OptionalBody<WithholdInput>,
    links: Links,
) -> Result<Saved> {
    let partner_note = body.0.unwrap_or_default().note();
    act(&app, editor.0, article, &once, links, Action::Withhold { partner_note }).await
}

/// Let partners have a story again
///
/// For what is withheld; 409 otherwise.
#[utoipa::path(
    tag = "admin: articles",
    request_body = Option<WithholdInput>,
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/articles/{article}/release")]
async fn release_article(
    app: Data<App>,
    editor: Editor,
    article: Path<String>,
    once: Once,
    body: OptionalBody<WithholdInput>,
    links: Links,
) -> Result<Saved> {
    let partner_note = body.0.unwrap_or_default().note();
    act(&app, editor.0, article, &once, links, Action::Release { partner_note }).await
}

/// Take a story back from the trash
///
/// Into the state it had before; one that was live before is then `unpublished`. A retracted one
/// comes back too, and stays 410 until it is published again. 409 in any other state.
#[utoipa::path(
    tag = "admin: articles",
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["contributor"]))
)]
#[post("/v1/admin/articles/{article}/restore")]
async fn restore_article(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    act(&app, staff.0, article, &once, links, Action::Restore).await
}

/// Correct a story
///
/// On a live story the correction is published at once, as a version of its own; it shows in the story, in
/// `/v1/corrections` and in every package. Where saved edits are not live, `with_edits` says whether they go
/// along: 409 `pending_edits` where it is left out. In any other state it waits for publish. A correction never
/// takes a story down.
#[utoipa::path(
    tag = "admin: articles",
    request_body = CorrectionInput,
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["author"]))
)]
#[post("/v1/admin/articles/{article}/corrections")]
async fn correct_article(
    app: Data<App>,
    author: Author,
    article: Path<String>,
    once: Once,
    body: Body<CorrectionInput>,
    links: Links,
) -> Result<Saved> {
    let if_match = IfMatch::of(once.request());
    let done = once.write(&app, author.actor(), move |tx| {
        let work = permitted(tx, &author.0, &article, "correct")?;
        if_match.check_revision(work.revision)?;
        let (correction, with_edits) = body.0.read(tx.now());
        let done = newsroom::correct(tx, &work, correction, with_edits)?;
        item(tx, done.work, links, done.warnings)
    });
    done.answer(|done| Saved::ok(done).etag(etag(done.value.data.revision))).await
}
