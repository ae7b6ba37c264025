//! Every test over HTTP, in process: one binary, a file a room.
// A test that cannot go on panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod access;
mod articles;
mod auth;
mod authors;
mod body;
mod byline;
mod cli;
mod curation;
mod edge;
mod env;
mod examples;
mod fields;
mod harness;
mod kill;
mod layout;
mod leak;
mod lists;
mod media;
mod newsroom;
mod openapi;
mod package;
mod pages;
mod paths;
mod pixel;
mod popularity;
mod publication;
mod receipts;
mod related;
mod resolve;
mod rights;
mod schema;
mod seo;
mod taxonomy;
mod transfer;
