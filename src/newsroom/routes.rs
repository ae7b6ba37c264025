//! Stories over HTTP, as the newsroom works on them.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, delete, get, patch, post};
use deserr::Deserr;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::input::{ArticleInput, BodyInput};
use super::publish::PublishOrder;
use super::views::{PublishedView, StaffArticleView, form};
use super::{Browse, Names, State, Work, access};
use crate::addresses::{self, Kind};
use crate::app::App;
use crate::db::{Conn, Position, Written};
use crate::error::Result;
use crate::fields::{Faults, Flag, Text, Warning, Whole};
use crate::http::body::OptionalBody;
use crate::http::caller::{Editor, Staff};
use crate::http::paging::{Cursors, Page};
use crate::http::query::NoParameters;
use crate::http::{Body, IfMatch, Item, Links, List, Once, Patch, Query, Saved};
use crate::publication;
use crate::rights::views::RightsView;

/// Registers the routes of this room.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list_staff_articles)
        .service(create_article)
        .service(get_staff_article)
        .service(change_article)
        .service(trash_article)
        .service(publish_article)
        .service(unpublish_article)
        .service(restore_article);
}

/// Which stories of the newsroom.
#[derive(Clone, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Desk {
    /// How many a page holds, 1-100. Default 20.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    limit: Option<Whole<1, 100>>,
    /// Where the page begins: the cursor of the page before it, as its `links.next` has it.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    cursor: Option<Text<2000>>,
    /// Only those of this state; left out, all but those in the trash.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    state: Option<State>,
    /// Only those of this section, by id or slug; its children are not included.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    section: Option<Text<200>>,
    /// Only those in whose headline this stands, case and accents aside.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    q: Option<Text<256>>,
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

/// What is said about a publication; all of it may be left out.
#[derive(Clone, Copy, Debug, Default, Deserr, utoipa::ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
struct PublishInput {
    /// Whether readers and partners should take note: `updated_at` moves. Default false.
    #[deserr(default)]
    #[schema(example = true)]
    substantive: Option<bool>,
    /// Which revision; the newest where it is left out.
    #[deserr(default)]
    #[schema(example = 3, minimum = 1)]
    revision: Option<i32>,
}

fn position(work: &Work) -> Position {
    Position { key: work.updated_at.0.to_string(), id: work.id.to_string() }
}

/// The story as the newsroom sees it, with the address that it has or had.
fn view(conn: &mut Conn, work: Work) -> Result<StaffArticleView> {
    let names = Names::of(conn, &work)?;
    let url = match &work.path {
        Some(path) => Some(publication::site(conn)?.url(path)),
        None => None,
    };
    Ok(StaffArticleView::new(work, names, url))
}

/// The story by id or slug, if the caller may see it.
fn found(conn: &mut Conn, caller: &crate::auth::Caller, key: &str) -> Result<Work> {
    let work = super::find(conn, key)?;
    access::check(caller, &work)?;
    Ok(work)
}

fn item(conn: &mut Conn, work: Work, links: Links, warnings: Vec<Warning>) -> Result<Item<StaffArticleView>> {
    Ok(Item::new(view(conn, work)?, links).warned(warnings))
}

/// List the newsroom's stories
///
/// The newest save first. Contributors and authors see their own.
#[utoipa::path(
    tag = "admin: articles",
    params(Desk),
    responses((status = 200, body = List<StaffArticleView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/articles")]
async fn list_staff_articles(
    app: Data<App>,
    staff: Staff,
    query: Query<Desk>,
    links: Links,
) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let Query(asked) = query;
        let owner = (!access::may_see_all(&staff.0))
            .then(|| staff.0.user().map(|user| user.to_string()).unwrap_or_default());
        let list = format!(
            "admin/articles\n{:?}\n{:?}\n{:?}\n{owner:?}\n{}",
            asked.state,
            asked.section,
            asked.q,
            snapshot.epoch()
        );
        let limit = asked.limit.map_or(20, |limit| limit.0);
        let page = Page::new(Cursors::new(&app.auth.secrets, list), limit, asked.cursor.as_deref(), links)?;
        let Some(browse) = browse(snapshot, &page, &asked, owner)? else {
            return Ok(page.of(Vec::new(), |_: &StaffArticleView| Position::default(), |view| view));
        };
        let works = super::browse(snapshot, &browse)?;
        let mut rows = Vec::new();
        for work in works {
            rows.push((position(&work), view(snapshot, work)?));
        }
        Ok(page.of(rows, |(position, _)| position.clone(), |(_, view)| view))
    });
    Ok(Saved::seen(&page.await?))
}

/// What to ask for; none where the section that was named is not there.
fn browse(conn: &mut Conn, page: &Page, asked: &Desk, owner: Option<String>) -> Result<Option<Browse>> {
    let by_name = page.browse(false, asked.q.as_deref());
    let section = match asked.section.as_deref() {
        None => None,
        Some(key) => match addresses::known_id(conn, Kind::Section, key)? {
            None => return Ok(None),
            section => section,
        },
    };
    let pattern = by_name.pattern();
    Ok(Some(Browse {
        state: asked.state,
        owner,
        section,
        pattern,
        after: by_name.after,
        limit: by_name.limit,
    }))
}

/// Take a story on
///
/// As a draft, which may be incomplete. What was removed from an HTML body is told in
/// `meta.warnings`.
#[utoipa::path(
    tag = "admin: articles",
    request_body = ArticleInput,
    responses((status = 201, body = Item<StaffArticleView>)),
    security(("bearer" = ["contributor"]))
)]
#[post("/v1/admin/articles")]
async fn create_article(
    app: Data<App>,
    staff: Staff,
    once: Once,
    body: Body<ArticleInput>,
    links: Links,
) -> Result<Saved> {
    let draft = body.0.read()?;
    let owner = staff.0.user();
    let made = once.write(&app, staff.actor(), move |tx| {
        let (work, warnings) = super::create(tx, owner, draft)?;
        item(tx, work, links, warnings)
    });
    let answer = |made: &Written<Item<StaffArticleView>>| {
        let data = &made.value.data;
        Saved::created(made, format!("/v1/admin/articles/{}", data.id)).etag(etag(data.revision))
    };
    made.answer(answer).await
}

fn etag(revision: i32) -> String {
    format!("\"{revision}\"")
}

/// Read a story as the newsroom sees it
///
/// By id or slug, with its newest revision; the ETag is that revision's number.
#[utoipa::path(
    tag = "admin: articles",
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/articles/{article}")]
async fn get_staff_article(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let work = found(snapshot, &staff.0, &article)?;
        item(snapshot, work, links, Vec::new())
    });
    let seen = seen.await?;
    Ok(Saved::seen(&seen).etag(etag(seen.data.revision)))
}

/// Change a story
///
/// A merge patch (RFC 7396) over what a GET gives, less its read-only fields. `If-Match` names the
/// revision that was read: 428 without, 412 where another save came first, `*` to force. An identical
/// patch makes no revision. What is live stays as it is until the next publish.
#[utoipa::path(
    tag = "admin: articles",
    request_body(content = ArticleInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["contributor"]))
)]
#[patch("/v1/admin/articles/{article}")]
async fn change_article(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    request: HttpRequest,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let if_match = IfMatch::of(&request).required()?;
    let (patch, body) = patch.without::<BodyInput>("body")?;
    let body = body.map(|body| body.map_or(Ok(Default::default()), BodyInput::read)).transpose()?;
    let changed = app.db.write(staff.actor(), move |tx| {
        let present = found(tx, &staff.0, &article)?;
        if_match.check_revision(present.revision)?;
        let input: ArticleInput = patch.onto(form(&present))?;
        let (work, warnings) = super::change(tx, &present, input.with_body(body))?;
        item(tx, work, links, warnings)
    });
    let changed = changed.await?;
    Ok(Saved::ok(&changed).etag(etag(changed.value.data.revision)))
}

/// Throw a story away
///
/// Into the trash, restorable. 409 where it is live: unpublish it first.
#[utoipa::path(tag = "admin: articles", responses((status = 204)), security(("bearer" = ["contributor"])))]
#[delete("/v1/admin/articles/{article}")]
async fn trash_article(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    request: HttpRequest,
) -> Result<Saved> {
    let if_match = IfMatch::of(&request).required()?;
    let gone = app.db.write(staff.actor(), move |tx| {
        let work = found(tx, &staff.0, &article)?;
        if_match.check_revision(work.revision)?;
        super::trash(tx, &work)
    });
    Ok(Saved::gone(&gone.await?))
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
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/articles/{article}/publish")]
async fn publish_article(
    app: Data<App>,
    editor: Editor,
    article: Path<String>,
    query: Query<Publishing>,
    once: Once,
    body: OptionalBody<PublishInput>,
    links: Links,
) -> Result<Saved> {
    let if_match = IfMatch::of(once.request());
    let input = body.0.unwrap_or_default();
    let order = PublishOrder {
        substantive: input.substantive.unwrap_or(false),
        revision: input.revision,
        imported: None,
    };
    let only_tell = query.0.dry_run.is_some_and(|dry| dry.0);
    let published = once.write(&app, editor.actor(), move |tx| {
        let work = super::find(tx, &article)?;
        if_match.check_revision(work.revision)?;
        let published =
            if only_tell { super::dry_run(tx, &work, order)? } else { super::publish(tx, &work, order)? };
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
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/articles/{article}/unpublish")]
async fn unpublish_article(
    app: Data<App>,
    editor: Editor,
    article: Path<String>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    moved(&app, editor.0, article, &once, links, super::unpublish).await
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
    moved(&app, staff.0, article, &once, links, super::restore).await
}

/// Moves a story from one state to another by a verb that needs nothing else.
async fn moved(
    app: &App,
    caller: crate::auth::Caller,
    article: Path<String>,
    once: &Once,
    links: Links,
    verb: fn(&mut crate::db::Tx, &Work) -> Result<Work>,
) -> Result<Saved> {
    let if_match = IfMatch::of(once.request());
    let moved = once.write(app, caller.actor(), move |tx| {
        let work = found(tx, &caller, &article)?;
        if_match.check_revision(work.revision)?;
        let work = verb(tx, &work)?;
        item(tx, work, links, Vec::new())
    });
    moved.answer(|moved| Saved::ok(moved).etag(etag(moved.value.data.revision))).await
}
