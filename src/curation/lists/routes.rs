//! Lists over HTTP.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};
use deserr::Deserr;
use utoipa::IntoParams;

use super::views::{ListInput, ListView, StaffListView};
use super::{List as Curated, ShownList, position, show, stories};
use crate::app::App;
use crate::articles::site::Site;
use crate::auth::Caller;
use crate::db::{Conn, Snapshot};
use crate::error::{Error, Fault, Result};
use crate::fields::{Faults, Names, Text, Whole};
use crate::http::caller::{Anyone, Editor};
use crate::http::paging::Browsing;
use crate::http::query::NoParameters;
use crate::http::{Answer, Body, Item, Links, List, Once, Patch, Query, Register, Reply, Saved, deliver};
use crate::publication;
use crate::republish::partners::buyer;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config
        .service(list_lists)
        .service(get_list)
        .service(list_staff_lists)
        .service(create_list)
        .service(get_staff_list)
        .service(change_list)
        .service(delete_list);
}

/// Which lists are wanted.
#[derive(Clone, Debug, Default, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListsQuery {
    /// The lists of these keys, at most 20, in this order. A key that does not exist is left out and
    /// named in `meta.missing`. Stands alone: with `limit`, `cursor` or `q` it is 400.
    #[deserr(default)]
    #[param(inline, nullable = false, explode = false)]
    pub keys: Option<Names<20>>,
    /// How many lists a page holds, 1-20. Default 20.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub limit: Option<Whole<1, 20>>,
    /// Where the page begins: the cursor of the page before it, as its `links.next` has it.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub cursor: Option<Text<2000>>,
    /// Only those in whose title this stands, case and accents aside.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub q: Option<Text<256>>,
}

enum Wanted {
    Keys(Vec<String>),
    Page(Browsing),
}

impl ListsQuery {
    fn wanted(self) -> Result<Wanted> {
        let ListsQuery { keys, limit, cursor, q } = self;
        match keys {
            None => Ok(Wanted::Page(Browsing { limit: limit.map(|limit| Whole(limit.0)), cursor, q })),
            Some(Names(keys)) if limit.is_none() && cursor.is_none() && q.is_none() => Ok(Wanted::Keys(keys)),
            Some(_) => Err(Error::InvalidQuery(vec![Fault::parameter(
                "keys",
                "invalid_parameter",
                "stands alone: leave `limit`, `cursor` and `q` out",
            )])),
        }
    }
}

/// List the lists
///
/// Those of `keys`, or all by title, each with its live stories and its promos in order.
#[utoipa::path(tag = "lists", params(ListsQuery), responses((status = 200, body = List<ListView>)))]
#[get("/v1/lists")]
async fn list_lists(
    app: Data<App>,
    caller: Anyone,
    query: Query<ListsQuery>,
    links: Links,
) -> Result<Answer> {
    let wanted = query.0.wanted()?;
    deliver(&app.clone(), &caller.0.clone(), move |snapshot| match wanted {
        Wanted::Keys(keys) => of_keys(snapshot, &caller.0, &keys, links),
        Wanted::Page(browsing) => {
            let page = browsing.page(&app.auth.secrets, links, "lists", snapshot.epoch())?;
            let lists = super::browse(snapshot, &page.browse(true, browsing.named()))?;
            let site = site(snapshot)?;
            let buyer = buyer(snapshot, caller.0.partner())?;
            let shown = show(snapshot, lists, buyer.as_ref())?;
            snapshot.depends_on_all("lists");
            let place = |list: &ShownList| position(&list.title, list.id);
            Reply::page(&page.of(shown, place, |list| ListView::new(&site, list)))
        }
    })
    .await
}

/// The site that the links of promos are made absolute by.
fn site(snapshot: &mut Snapshot) -> Result<Site> {
    snapshot.depends_on_all("publication");
    publication::site(snapshot)
}

fn of_keys(snapshot: &mut Snapshot, caller: &Caller, keys: &[String], links: Links) -> Result<Reply> {
    let lists = super::by_keys(snapshot, keys)?;
    let missing = keys.iter().filter(|key| !lists.iter().any(|list| list.key == **key)).cloned().collect();
    for key in keys {
        snapshot.depends_on("list", key);
    }
    let site = site(snapshot)?;
    let buyer = buyer(snapshot, caller.partner())?;
    let shown = show(snapshot, lists, buyer.as_ref())?;
    let views = shown.into_iter().map(|list| ListView::new(&site, list)).collect();
    let mut answer = List::whole(views, links);
    answer.meta.missing = missing;
    Reply::json(&answer)
}

/// Read a list
///
/// By key or id. Its stories are those that are live, in the list's order; what is not live is not
/// counted and leaves no gap.
#[utoipa::path(tag = "lists", responses((status = 200, body = Item<ListView>)))]
#[get("/v1/lists/{list}")]
async fn get_list(
    app: Data<App>,
    caller: Anyone,
    list: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Answer> {
    deliver(&app, &caller.0.clone(), move |snapshot| {
        snapshot.depends_on("list", &list);
        let found = super::find(snapshot, &list)?;
        let site = site(snapshot)?;
        let buyer = buyer(snapshot, caller.0.partner())?;
        let shown = show(snapshot, vec![found], buyer.as_ref())?.pop().ok_or(Error::NotFound("list"))?;
        Reply::json(&Item::new(ListView::new(&site, shown), links))
    })
    .await
}

/// List all lists as the newsroom sees them
///
/// By title, with stories in any state.
#[utoipa::path(
    tag = "admin: lists",
    params(Browsing),
    responses((status = 200, body = List<StaffListView>)),
    security(("bearer" = ["editor"]))
)]
#[get("/v1/admin/lists")]
async fn list_staff_lists(app: Data<App>, _: Editor, query: Query<Browsing>, links: Links) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "admin/lists", snapshot.epoch())?;
        let lists = super::browse(snapshot, &page.browse(false, query.0.named()))?;
        let stories = stories(snapshot, &lists)?;
        let place = |list: &Curated| position(&list.title, list.id);
        Ok(page.of(lists, place, |list| StaffListView::new(&stories, list)))
    });
    Ok(Saved::seen(&page.await?))
}

/// Make a list
///
/// It is public at once. 409 `taken` where another has its key; 422 `unknown_reference` at
/// `/items/N/article` where there is no such story.
#[utoipa::path(
    tag = "admin: lists",
    request_body = ListInput,
    responses((status = 201, body = Item<StaffListView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/lists")]
async fn create_list(
    app: Data<App>,
    editor: Editor,
    once: Once,
    body: Body<ListInput>,
    links: Links,
) -> Result<Saved> {
    let made = once.write(&app, editor.actor(), move |tx| {
        let list = super::create(tx, body.0.into())?;
        item(tx, list, links)
    });
    made.answer(|made| Saved::created(made, format!("/v1/admin/lists/{}", made.value.data.id))).await
}

fn item(conn: &mut Conn, list: Curated, links: Links) -> Result<Item<StaffListView>> {
    let stories = stories(conn, std::slice::from_ref(&list))?;
    Ok(Item::new(StaffListView::new(&stories, list), links))
}

/// Read a list as the newsroom sees it
///
/// By id or key.
#[utoipa::path(
    tag = "admin: lists",
    responses((status = 200, body = Item<StaffListView>)),
    security(("bearer" = ["editor"]))
)]
#[get("/v1/admin/lists/{list}")]
async fn get_staff_list(
    app: Data<App>,
    _: Editor,
    list: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let list = super::find(snapshot, &list)?;
        item(snapshot, list, links)
    });
    Ok(Saved::seen(&seen.await?))
}

/// Change a list
///
/// A merge patch (RFC 7396): `items` are replaced as a whole. Readers see the change at once.
#[utoipa::path(
    tag = "admin: lists",
    request_body(content = ListInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<StaffListView>)),
    security(("bearer" = ["editor"]))
)]
#[patch("/v1/admin/lists/{list}")]
async fn change_list(
    app: Data<App>,
    editor: Editor,
    list: Path<String>,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let changed = app.db.write(editor.actor(), move |tx| {
        let present = super::find(tx, &list)?;
        let input: ListInput = patch.onto(StaffListView::form(&present))?;
        let list = super::change(tx, &present, input.into())?;
        item(tx, list, links)
    });
    Ok(Saved::ok(&changed.await?))
}

/// Delete a list
///
/// Its stories stay as they are.
#[utoipa::path(tag = "admin: lists", responses((status = 204)), security(("bearer" = ["editor"])))]
#[delete("/v1/admin/lists/{list}")]
async fn delete_list(app: Data<App>, editor: Editor, list: Path<String>) -> Result<Saved> {
    let deleted = app.db.write(editor.actor(), move |tx| {
        let list = super::find(tx, &list)?;
        super::delete(tx, &list)
    });
    Ok(Saved::gone(&deleted.await?))
}
