//! The people of the newsroom.

use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use serde_json::json;

use crate::addresses::{self, Kind};
use crate::app::App;
use crate::auth::passwords::PasswordHash;
use crate::auth::users::{self, Account, UserFields};
use crate::auth::views::{DeskView, OwnAuthorView, OwnInput, RoleView, UserInput, UserView};
use crate::auth::{Auth, Role};
use crate::authors;
use crate::db::ids::UserId;
use crate::db::{Conn, Position};
use crate::error::{Error, Result};
use crate::fields::{Faults, sort_key};
use crate::http::caller::{Admin, Staff};
use crate::http::paging::Browsing;
use crate::http::query::NoParameters;
use crate::http::{Body, IfMatch, Item, Links, List, Once, Patch, Query, Register, Saved};
use crate::taxonomy::sections;

pub fn configure(config: &mut impl Register) {
    config
        .service(list_users)
        .service(create_user)
        // Before the users by id, whose address it has.
        .service(get_own_user)
        .service(change_own_user)
        .service(get_user)
        .service(change_user)
        .service(list_roles);
}

/// A user with the author that they write as and the sections that they are limited to.
pub(super) fn view(conn: &mut Conn, account: Account) -> Result<UserView> {
    let author = match account.author {
        Some(id) => there(authors::find(conn, id.as_str()))?.map(|author| OwnAuthorView {
            id: author.id,
            slug: author.slug,
            name: author.profile.name,
        }),
        None => None,
    };
    let mut desks = Vec::new();
    for id in &account.desks {
        let section = there(sections::find(conn, id.as_str()))?;
        desks.extend(section.map(|section| DeskView {
            id: section.id,
            slug: section.slug,
            name: section.name,
        }));
    }
    Ok(UserView::new(account, author, desks))
}

fn item(conn: &mut Conn, account: Account, links: Links) -> Result<Item<UserView>> {
    let form = UserView::form(&account);
    Ok(Item::new(view(conn, account)?, links).of_form(&form))
}

/// The answer to whoever asks for a user.
async fn shown(app: &App, id: UserId, links: Links) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let account = users::read(snapshot, id)?;
        item(snapshot, account, links)
    });
    Ok(Saved::seen(&seen.await?))
}

/// What may have been deleted since it was named.
fn there<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What is stored of a user; 422 with every name that leads nowhere.
fn fields(conn: &mut Conn, input: &UserInput) -> Result<UserFields> {
    let mut faults = Faults::default();
    let author = match &input.author {
        Some(name) => {
            let id = addresses::known_id(conn, Kind::Author, name.as_str())?;
            if id.is_none() {
                let words = format!("there is no author `{}`", name.as_str());
                faults.add("/author", "unknown_reference", words);
            }
            id
        }
        None => None,
    };
    let mut desks = Vec::new();
    for (place, name) in input.desks.iter().flatten().enumerate() {
        match addresses::known_id(conn, Kind::Section, name.as_str())? {
            Some(id) => desks.push(id),
            None => {
                let words = format!("there is no section `{}`", name.as_str());
                faults.add(format!("/desks/{place}"), "unknown_reference", words);
            }
        }
    }
    faults.into_body_error()?;
    Ok(input.fields(author, desks))
}

fn position(account: &Account) -> Position {
    Position { key: sort_key(&account.name), id: account.id.to_string() }
}

fn id(key: &str) -> Result<UserId> {
    key.parse().map_err(|_| Error::NotFound("user"))
}

async fn hashed(auth: &Auth, input: &UserInput) -> Result<Option<PasswordHash>> {
    match &input.password {
        Some(password) => auth.passwords.hash(password.0.clone()).await.map(Some),
        None => Ok(None),
    }
}

/// List the users
///
/// By name, disabled ones too.
#[utoipa::path(
    tag = "admin: users",
    params(Browsing),
    responses((status = 200, body = List<UserView>)),
    security(("bearer" = ["admin"]))
)]
#[get("/v1/admin/users")]
async fn list_users(app: Data<App>, _: Admin, query: Query<Browsing>, links: Links) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "admin/users", snapshot.epoch())?;
        let accounts = users::browse(snapshot, &page.browse(false, query.0.named()))?;
        let positions: Vec<Position> = accounts.iter().map(position).collect();
        let views =
            accounts.into_iter().map(|account| view(snapshot, account)).collect::<Result<Vec<_>>>()?;
        let rows = positions.into_iter().zip(views).collect();
        Ok(page.of(rows, |(position, _)| position.clone(), |(_, view)| view))
    });
    Ok(Saved::seen(&page.await?))
}

/// Make a user
///
/// Without a password nobody can sign in as them until one is set. 409 `taken` where another user has
/// the e-mail address.
#[utoipa::path(
    tag = "admin: users",
    request_body = UserInput,
    responses((status = 201, body = Item<UserView>)),
    security(("bearer" = ["admin"]))
)]
#[post("/v1/admin/users")]
async fn create_user(
    app: Data<App>,
    admin: Admin,
    once: Once,
    body: Body<UserInput>,
    links: Links,
) -> Result<Saved> {
    let password = hashed(&app.auth, &body.0).await?;
    let made = once.write(&app, admin.actor(), move |tx| {
        let fields = fields(tx, &body.0)?;
        let account = users::create(tx, fields, password)?;
        item(tx, account, links)
    });
    made.answer(|made| Saved::created(made, format!("/v1/admin/users/{}", made.value.data.id))).await
}

/// Read a user
#[utoipa::path(
    tag = "admin: users",
    responses((status = 200, body = Item<UserView>)),
    security(("bearer" = ["admin"]))
)]
#[get("/v1/admin/users/{user}")]
async fn get_user(
    app: Data<App>,
    _: Admin,
    user: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    shown(&app, id(&user)?, links).await
}

/// Change a user
///
/// A merge patch (RFC 7396). Another role, a password set here or being disabled counts at once, for
/// tokens that they hold already too. 409 `last_admin` where no active admin would be left.
#[utoipa::path(
    tag = "admin: users",
    request_body(content = UserInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<UserView>)),
    security(("bearer" = ["admin"]))
)]
#[patch("/v1/admin/users/{user}")]
async fn change_user(
    app: Data<App>,
    admin: Admin,
    user: Path<String>,
    if_match: IfMatch,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let id = id(&user)?;
    // Read once to hash before the transaction, and again in it for what changed meanwhile.
    let seen = app.db.read(move |snapshot| users::read(snapshot, id)).await?;
    let password = hashed(&app.auth, &patch.clone().onto::<UserInput>(UserView::form(&seen))?).await?;
    let changed = app.db.write(admin.actor(), move |tx| {
        let present = UserView::form(&users::read(tx, id)?);
        if_match.check_form(tx, &present)?;
        let fields = fields(tx, &patch.onto::<UserInput>(present)?)?;
        let account = users::update(tx, id, fields, password)?;
        item(tx, account, links)
    });
    Ok(Saved::ok(&changed.await?))
}

/// Read oneself
///
/// The user who signed in, or whose key asks. 403 for a key of the house.
#[utoipa::path(
    tag = "admin: users",
    responses((status = 200, body = Item<UserView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/users/me")]
async fn get_own_user(app: Data<App>, staff: Staff, _: Query<NoParameters>, links: Links) -> Result<Saved> {
    shown(&app, own(&staff)?, links).await
}

/// Change oneself
///
/// A merge patch (RFC 7396) of one's name. Everything else is an admin's to change; the password has an operation
/// of its own.
#[utoipa::path(
    tag = "admin: users",
    request_body(content = OwnInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<UserView>)),
    security(("bearer" = ["contributor"]))
)]
#[patch("/v1/admin/users/me")]
async fn change_own_user(
    app: Data<App>,
    staff: Staff,
    if_match: IfMatch,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let id = own(&staff)?;
    let changed = app.db.write(staff.actor(), move |tx| {
        let present = users::read(tx, id)?;
        if_match.check_form(tx, &UserView::form(&present))?;
        let input: OwnInput = patch.onto(json!({ "name": present.name }))?;
        let account = users::update_own(tx, id, input.name.into_string())?;
        item(tx, account, links)
    });
    Ok(Saved::ok(&changed.await?))
}

fn own(staff: &Staff) -> Result<UserId> {
    staff.0.user().ok_or_else(|| Error::Forbidden("this is a key of the house: it is nobody's".into()))
}

/// List the roles
///
/// What each may do with stories, and with which.
#[utoipa::path(
    tag = "admin: users",
    responses((status = 200, body = List<RoleView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/roles")]
async fn list_roles(_: Staff, _: Query<NoParameters>, links: Links) -> Result<Saved> {
    let roles = [Role::Contributor, Role::Author, Role::Editor, Role::Admin];
    Ok(Saved::seen(&List::whole(roles.into_iter().map(RoleView::of).collect(), links)))
}
