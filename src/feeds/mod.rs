//! Stories in the formats that other systems read.
//!
//! Each format is a pure builder over what the rooms below have read: it asks no verdict and reads no table, so
//! that a document shows what its caller was allowed to hand out and nothing else.

pub mod ninjs;
