//! Notices over HTTP: to partners, also while they are suspended, and to the newsroom by story.

use actix_web::web::{Data, Path};
use actix_web::{get, post};

use super::views::{AckInput, NoticeView};
use super::{FOLLOWER, Filter, Notice, acknowledge, browse, note_fetched};
use crate::app::App;
use crate::db::ids::NoticeId;
use crate::db::{Position, Snapshot};
use crate::error::{Error, Result};
use crate::http::caller::{Editor, HeldPartner};
use crate::http::paging::Paging;
use crate::http::{Body, Item, Links, List, MinSequence, Once, Query, Register, Saved};
use crate::newsroom::{self, access};

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(list_notices).service(acknowledge_notice).service(list_notices_of_article);
}

/// A page of notices, the newest first, and their ids.
fn page(
    snapshot: &mut Snapshot,
    app: &App,
    asked: &Paging,
    list: &str,
    filter: &Filter,
    links: Links,
) -> Result<(List<NoticeView>, Vec<NoticeId>)> {
    let page = asked.page(&app.auth.secrets, links, list, snapshot.epoch())?;
    let notices = browse(snapshot, filter, page.after_id()?, page.most())?;
    let position = |notice: &Notice| Position::of_id(notice.id);
    let List { data, meta, links } = page.of(notices, position, |notice| notice);
    let ids = data.iter().map(|notice| notice.id).collect();
    Ok((List { data: NoticeView::all(snapshot, data)?, meta, links }, ids))
}

/// List your notices
///
/// The newest first: one for each retraction or substantive correction of a story that you fetched, whatever you may
/// run today; closed ones stay. Read also while you are suspended.
#[utoipa::path(
    tag = "syndication",
    params(Paging),
    responses((status = 200, body = List<NoticeView>)),
    security(("bearer" = ["partner"]))
)]
#[get("/v1/syndication/notices")]
async fn list_notices(
    app: Data<App>,
    partner: HeldPartner,
    query: Query<Paging>,
    reached: MinSequence,
    links: Links,
) -> Result<Saved> {
    reached.passed_by(&FOLLOWER, &app.db).await?;
    let (own, at) = (partner.0.id, app.clone());
    let (list, ids) = app
        .db
        .read(move |snapshot| {
            let filter = Filter { partner: Some(own), ..Filter::default() };
            page(snapshot, &at, &query.0, &format!("syndication/notices\n{own}"), &filter, links)
        })
        .await?;
    app.db.write_unlogged(move |tx| note_fetched(tx, &ids)).await?;
    Ok(Saved::seen(&list))
}

/// Say what you did about a notice
///
/// It is `acknowledged` then. Said again it takes the place of what was said before. A page that is checked says
/// more: `POST /v1/syndication/checks`.
#[utoipa::path(
    tag = "syndication",
    request_body = AckInput,
    responses((status = 200, body = Item<NoticeView>)),
    security(("bearer" = ["partner"]))
)]
#[post("/v1/syndication/notices/{notice}/ack")]
async fn acknowledge_notice(
    app: Data<App>,
    partner: HeldPartner,
    notice: Path<String>,
    once: Once,
    body: Body<AckInput>,
    links: Links,
) -> Result<Saved> {
    let own = partner.0.id;
    let acknowledged = once.write(&app, partner.actor(), move |tx| {
        let AckInput { outcome, url } = body.0;
        let notice = acknowledge(tx, own, &notice, outcome, url.map(|url| url.into_string()))?;
        let view = NoticeView::all(tx, vec![notice])?.pop().ok_or(Error::NotFound("notice"))?;
        Ok(Item::new(view, links))
    });
    acknowledged.answer(Saved::ok).await
}

/// List the notices of a story
///
/// To every partner who fetched it, the newest first, with what each did.
#[utoipa::path(
    tag = "admin: republishing",
    params(Paging),
    responses((status = 200, body = List<NoticeView>)),
    security(("bearer" = ["editor"]))
)]
#[get("/v1/admin/articles/{article}/notices")]
async fn list_notices_of_article(
    app: Data<App>,
    editor: Editor,
    article: Path<String>,
    query: Query<Paging>,
    reached: MinSequence,
    links: Links,
) -> Result<Saved> {
    reached.passed_by(&FOLLOWER, &app.db).await?;
    let at = app.clone();
    let seen = app.db.read(move |snapshot| {
        let work = newsroom::find(snapshot, &article)?;
        access::see(snapshot, &editor.0, &work)?;
        let filter = Filter { article: Some(work.id), ..Filter::default() };
        page(snapshot, &at, &query.0, &format!("admin/notices\n{}", work.id), &filter, links)
    });
    Ok(Saved::seen(&seen.await?.0))
}
