//! Rows of `users`, `sessions`, `api_keys` and `partners`, a file each.

mod keys;
mod partners;
mod sessions;
mod users;

pub use keys::*;
pub use partners::*;
pub use sessions::*;
pub use users::*;
