//! Sign-ins, users, keys and partners over HTTP, a file each.

mod keys;
mod partners;
mod sessions;
mod users;

use crate::http::Register;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    sessions::configure(config);
    users::configure(config);
    keys::configure(config);
    partners::configure(config);
}
