//! Checks: does a partner's page keep to the rules of a story that it runs?
//!
//! `reading` takes from a page what the rules are about, `ruling` holds it against the story; both are pure.
//! A page is submitted as HTML, or fetched from one of the partner's own hosts.

pub mod reading;
pub mod ruling;

pub use reading::{Page, Reading, read};
pub use ruling::{About, Code, Judged, Outcome, Required, Rule, Ruled, judge};
