//! The people of the newsroom.

use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};

use crate::app::App;
use crate::auth::Auth;
use crate::auth::passwords::PasswordHash;
use crate::auth::users::{self, Account};
use crate::auth::views::{UserInput, UserView};
use crate::db::Position;
use crate::db::ids::UserId;
use crate::error::{Error, Result};
use crate::fields::sort_key;
use crate::http::caller::Admin;
use crate::http::paging::Browsing;
use crate::http::query::NoParameters;
use crate::http::{Body, Item, Links, List, Once, Patch, Query, Register, Saved};

pub fn configure(config: &mut impl Register) {
    config.service(list_users).service(create_user).service(get_user).service(change_user);
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
        Ok(page.of(accounts, position, UserView::from))
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
        let account = users::create(tx, body.0.fields(), password)?;
        Ok(Item::new(UserView::from(account), links))
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
    let id = id(&user)?;
    let account = app.db.read(move |snapshot| users::read(snapshot, id)).await?;
    Ok(Saved::seen(&Item::new(UserView::from(account), links)))
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
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let id = id(&user)?;
    // Read once to hash before the transaction, and again in it for what changed meanwhile.
    let seen = app.db.read(move |snapshot| users::read(snapshot, id)).await?;
    let password = hashed(&app.auth, &patch.clone().onto::<UserInput>(UserView::form(&seen))?).await?;
    let changed = app.db.write(admin.actor(), move |tx| {
        let present = UserView::form(&users::read(tx, id)?);
        let account = users::update(tx, id, patch.onto::<UserInput>(present)?.fields(), password)?;
        Ok(Item::new(UserView::from(account), links))
    });
    Ok(Saved::ok(&changed.await?))
}
