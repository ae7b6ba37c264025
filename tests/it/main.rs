//! Every test over HTTP, in process: one binary, a file a room.
// A test that cannot go on panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod articles;
mod auth;
mod authors;
mod body;
mod byline;
mod examples;
mod fields;
mod harness;
mod lists;
mod newsroom;
mod openapi;
mod package;
mod paths;
mod pixel;
mod related;
mod resolve;
mod rights;
mod seo;
