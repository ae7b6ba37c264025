//! Signing in, staying signed in, signing out; who am I.

use actix_web::web::Data;
use actix_web::{get, post};

use super::users;
use crate::app::App;
use crate::auth::sessions::{self, SignedIn};
use crate::auth::views::{PasswordInput, RefreshInput, SignInInput, SignedInView, WhoamiView};
use crate::db::{Actor, Written};
use crate::error::{Error, Result};
use crate::http::caller::{From, Known, Person};
use crate::http::query::NoParameters;
use crate::http::{Item, Links, Once, Query, Register, Saved, SmallBody};
use crate::republish::partners::Client;

pub fn configure(config: &mut impl Register) {
    config
        .service(sign_in)
        .service(refresh_sign_in)
        .service(sign_out)
        .service(change_password)
        .service(get_whoami);
}

/// The tokens of a sign-in, and who signed in.
async fn view(app: &App, signed_in: SignedIn) -> Result<SignedInView> {
    let account = signed_in.account.clone();
    let user = app.db.read(move |snapshot| users::view(snapshot, account)).await?;
    Ok(SignedInView::new(signed_in, user))
}

/// Sign in
///
/// E-mail and password for an access token of 15 minutes and a refresh token. After 5 failures for an
/// account from one address within 15 minutes, 429: other addresses are not affected.
#[utoipa::path(
    tag = "admin: sign-in",
    request_body = SignInInput,
    responses((status = 200, body = Item<SignedInView>))
)]
#[post("/v1/admin/auth/login")]
async fn sign_in(
    app: Data<App>,
    from: From,
    once: Once,
    body: SmallBody<SignInInput>,
    links: Links,
) -> Result<Saved> {
    let SignInInput { email, password } = body.0;
    let named = once.named(&app.auth.secrets);
    let signed_in = app.auth.sign_in(&app.db, &email, password.0, from.0, named).await?;
    let seq = signed_in.seq;
    let value = Item::new(view(&app, signed_in.value).await?, links);
    Ok(Saved::ok(&Written { value, seq }))
}

/// Stay signed in
///
/// A refresh token for new tokens. It is used up by that: when it comes again, the whole sign-in ends
/// with 401 `refresh_reused`.
#[utoipa::path(
    tag = "admin: sign-in",
    request_body = RefreshInput,
    responses((status = 200, body = Item<SignedInView>))
)]
#[post("/v1/admin/auth/refresh")]
async fn refresh_sign_in(
    app: Data<App>,
    once: Once,
    body: SmallBody<RefreshInput>,
    links: Links,
) -> Result<Saved> {
    let named = once.named(&app.auth.secrets);
    let signed_in = app.auth.refresh(&app.db, &body.0.refresh_token, named).await?;
    Ok(Saved::seen(&Item::new(view(&app, signed_in).await?, links)))
}

/// Sign out
///
/// The access token and the refresh token of this sign-in are nothing from now on.
#[utoipa::path(tag = "admin: sign-in", responses((status = 204)), security(("bearer" = ["contributor"])))]
#[post("/v1/admin/auth/logout")]
async fn sign_out(app: Data<App>, person: Person, once: Once) -> Result<Saved> {
    let session = person.0.session;
    let actor = Actor::new("user", person.0.user);
    once.write(&app, actor, move |tx| sessions::sign_out(tx, session)).answer(Saved::gone).await
}

/// Change one's own password
///
/// All other sign-ins end; this one gets new tokens.
#[utoipa::path(
    tag = "admin: sign-in",
    request_body = PasswordInput,
    responses((status = 200, body = Item<SignedInView>)),
    security(("bearer" = ["contributor"]))
)]
#[post("/v1/admin/auth/password")]
async fn change_password(
    app: Data<App>,
    person: Person,
    from: From,
    once: Once,
    body: SmallBody<PasswordInput>,
    links: Links,
) -> Result<Saved> {
    let PasswordInput { current, new } = body.0;
    let named = once.named(&app.auth.secrets);
    let changed = app.auth.change_password(&app.db, &person.0, current.0, new.0, from.0, named).await?;
    let seq = changed.seq;
    let value = Item::new(view(&app, changed.value).await?, links);
    Ok(Saved::ok(&Written { value, seq }))
}

/// Ask who one is
///
/// What the credential names, and what is open to it. 401 without one.
#[utoipa::path(
    tag = "whoami",
    responses((status = 200, body = Item<WhoamiView>)),
    security(("bearer" = []))
)]
#[get("/v1/whoami")]
async fn get_whoami(app: Data<App>, caller: Known, _: Query<NoParameters>, links: Links) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let partner = match Client::of(snapshot, caller.0.partner())? {
            Some(client) => Some(client.introduced(snapshot)?),
            None => None,
        };
        WhoamiView::new(caller.0, partner).ok_or(Error::MissingCredential)
    });
    Ok(Saved::seen(&Item::new(seen.await?, links)))
}
