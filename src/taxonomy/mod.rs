//! How stories are ordered: sections (a tree), tags (typed) and series.
//!
//! Each kind is a room of its own with the usual files. Sections are navigation and always public;
//! a tag or a series is public only while a live story shows it. Knows nothing of what a story is
//! beyond whether one uses the thing.

pub mod sections;
pub mod series;
pub mod tags;
