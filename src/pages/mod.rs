//! Pages: everything that an article page shows, in one answer of fixed cost; and what `include=` adds
//! to an article.
//!
//! This room stands above all others that readers see: it puts their things together and has none of
//! its own.

mod head;

pub use head::head;
