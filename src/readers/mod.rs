//! Who reads, as far as counting goes: whether it is a reader at all, and the same one as before.
//!
//! Views of our own pages and hits of pixels are told apart by the same classes. A program is known by a
//! kept list of user agents, a page that nobody sees yet by what browsers say of it, and a reader who comes
//! again by a keyed hash under a key that lives for a day. Nothing of a reader is ever stored.

mod crawlers;
mod repeats;

use std::net::IpAddr;

pub use crawlers::Crawlers;
pub use repeats::{Mark, Repeats, Sighting};

/// Who views, as far as counting goes.
#[derive(Clone, Debug)]
pub enum Reader {
    /// Told apart by address and user agent, for a day at the most.
    Marked(IpAddr, Vec<u8>),
    /// Asks not to be tracked (`Sec-GPC: 1`, `DNT: 1`): no mark is made.
    Unmarked,
    /// A program that says so.
    Crawler,
    /// A browser that fetches what nobody sees yet.
    Prefetch,
}

/// What a hit or view is counted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A reader.
    Counted,
    /// The same reader within half an hour.
    Repeat,
    /// A program.
    Bot,
    /// A page that nobody saw yet.
    Prefetch,
    /// A reader who asks not to be tracked, so that nobody knows whether they came before.
    Undeduped,
}

impl Class {
    /// All of them, in order.
    pub const ALL: [Class; 5] =
        [Class::Counted, Class::Repeat, Class::Bot, Class::Prefetch, Class::Undeduped];

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Counted => "counted",
            Class::Repeat => "repeat",
            Class::Bot => "bot",
            Class::Prefetch => "prefetch",
            Class::Undeduped => "undeduped",
        }
    }
}
