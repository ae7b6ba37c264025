//! Preview tokens over HTTP.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, post};

use super::{found, permitted};
use crate::app::App;
use crate::db::ids::PreviewId;
use crate::error::{Error, Result};
use crate::http::body::OptionalBody;
use crate::http::caller::Staff;
use crate::http::query::NoParameters;
use crate::http::{Item, Links, List, Once, Query, Register, Saved};
use crate::newsroom::input::PreviewInput;
use crate::newsroom::preview;
use crate::newsroom::views::{MadePreviewView, PreviewView};

/// Registers the routes of this file.
pub fn configure(config: &mut impl Register) {
    config.service(create_preview_token).service(list_preview_tokens).service(revoke_preview_token);
}

/// Make a preview token
///
/// Whoever has its `url` reads the story as readers would, whatever its state, until the token expires or is
/// revoked: its newest revision, or the one that is named. It is shown once; it opens this story alone.
#[utoipa::path(
    tag = "admin: articles",
    request_body = Option<PreviewInput>,
    responses((status = 201, body = Item<MadePreviewView>)),
    security(("bearer" = ["contributor"]))
)]
#[post("/v1/admin/articles/{article}/preview-tokens")]
async fn create_preview_token(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    once: Once,
    body: OptionalBody<PreviewInput>,
    links: Links,
) -> Result<Saved> {
    let input = body.0.unwrap_or_default();
    let (user, shared) = (staff.0.user(), app.clone());
    let made = once.write(&app, staff.actor(), move |tx| {
        let work = permitted(tx, &staff.0, &article, "preview")?;
        let made = preview::make(tx, &work, input.revision, input.expires_at, user)?;
        let token = preview::token(&shared.auth.secrets, made.id);
        Ok(Item::new(MadePreviewView::new(&made, token, &shared.config.public_url), links))
    });
    made.answer(|made| {
        let data = &made.value.data;
        let location = format!("/v1/admin/articles/{}/preview-tokens/{}", data.article, data.id);
        Saved::created(made, location).holds_secret_of(data.id)
    })
    .await
}

/// List the preview tokens of a story
///
/// Those that hold, the newest first, without the tokens themselves.
#[utoipa::path(
    tag = "admin: articles",
    responses((status = 200, body = List<PreviewView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/articles/{article}/preview-tokens")]
async fn list_preview_tokens(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let work = found(snapshot, &staff.0, &article)?;
        let now = snapshot.now();
        let all = preview::all(snapshot, &work, now)?;
        Ok(List::whole(all.iter().map(PreviewView::new).collect(), links))
    });
    Ok(Saved::seen(&seen.await?))
}

/// Revoke a preview token
///
/// It opens nothing from now on.
#[utoipa::path(tag = "admin: articles", responses((status = 204)), security(("bearer" = ["contributor"])))]
#[delete("/v1/admin/articles/{article}/preview-tokens/{preview_token}")]
async fn revoke_preview_token(app: Data<App>, staff: Staff, path: Path<(String, String)>) -> Result<Saved> {
    let (article, token) = path.into_inner();
    let id: PreviewId = token.parse().map_err(|_| Error::NotFound("preview token"))?;
    let gone = app.db.write(staff.actor(), move |tx| {
        let work = permitted(tx, &staff.0, &article, "preview")?;
        preview::revoke(tx, &work, id)
    });
    Ok(Saved::gone(&gone.await?))
}
