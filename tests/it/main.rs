//! Every test over HTTP, in process: one binary, a file a room.

mod auth;
mod authors;
mod body;
mod byline;
mod curation;
mod examples;
mod fields;
mod harness;
mod newsroom;
mod package;
mod paths;
mod pixel;
mod rights;
mod seo;
