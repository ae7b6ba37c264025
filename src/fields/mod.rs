//! What a field of the API may hold, told once: the type that a view names is the type that reads,
//! limits and documents it.
//!
//! Bodies and queries are read with `deserr` into these types, and every fault is kept in `Faults`,
//! so that a client learns all of them at once. Knows no room and no table.

mod faults;
mod instant;
mod link;
mod reference;
mod text;

pub use faults::{Faults, read_body};
pub use link::WebUrl;
pub use reference::Ref;
pub use text::{Name, Text};
