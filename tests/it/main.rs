//! Every test over HTTP, in process: one binary, a file a room.
// A test that cannot go on panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod auth;
mod authors;
mod harness;
mod openapi;
