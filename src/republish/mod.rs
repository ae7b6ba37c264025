//! Republishing: what others may do with a story, and the story made ready for them.
//!
//! The verdict, the package and the pixel for one caller: nobody in particular, or a partner by its
//! key. It reads the live side alone; a story that is not live has no verdict here and is not there
//! for whoever asks.

pub mod bulletins;
pub mod checks;
pub mod compare;
pub mod notices;
pub mod package;
pub mod partners;
pub mod pixel;
pub mod placements;
pub mod routes;
pub mod simulate;
pub mod syndication;
pub mod terms;
pub mod uses;

mod ask;
mod make;

pub use ask::{Asked, Circumstances, Sought, Subject, ask, seek};
pub use make::{make, pixel_url};
