//! What a field of the API may hold, told once: the type that a view names is the type that reads,
//! limits and documents it.
//!
//! Bodies and queries are read with `deserr` into these types, and every fault is kept in `Faults`,
//! so that a client learns all of them at once. Knows no room and no table.

mod email;
mod faults;
mod instant;
pub mod json;
mod key;
mod link;
mod locale;
mod number;
mod parameter;
pub mod path;
mod reference;
mod rule;
mod site_link;
mod slug;
mod sort_key;
mod text;
mod timezone;
mod warning;

pub use email::Email;
pub use faults::{Faults, read_body, unknown};
pub use key::Key;
pub use link::WebUrl;
pub use locale::Locale;
pub use number::{Fraction, Number};
pub use parameter::{Flag, Moment, Names, Whole, word};
pub use path::{PathFault, SitePath, parse_path};
pub use reference::Ref;
pub use rule::Rule;
pub use site_link::SiteLink;
pub use slug::{Slug, SlugFault};
pub use sort_key::sort_key;
pub use text::{Name, Text, is_control};
pub use timezone::Timezone;
pub use warning::Warning;
