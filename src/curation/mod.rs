//! What the newsroom puts before readers by hand: lists of stories and promos, and appeals.
//!
//! Both are public as soon as they are saved, an appeal within its period. A list may hold stories
//! that are not live; readers are never told that these are there. Knows nothing of pages: what a
//! page shows of both is asked here.

pub mod appeals;
pub mod lists;

pub use appeals::{Appeal, appeal_for};
pub use lists::{ShownItem, ShownList, lists_for_page};
