//! Sign-ins, users, keys and partners over HTTP, a file each.

mod keys;
mod partners;
mod sessions;
mod users;

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the routes of this room.
pub fn configure(config: &mut ServiceConfig) {
    sessions::configure(config);
    users::configure(config);
    keys::configure(config);
    partners::configure(config);
}
