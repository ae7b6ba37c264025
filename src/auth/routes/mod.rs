//! Sign-ins, users and keys over HTTP, a file each.

mod keys;
mod sessions;
mod users;

use crate::http::Register;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    sessions::configure(config);
    users::configure(config);
    keys::configure(config);
}
