//! Every test over HTTP, in process: one binary, a file a room.

mod auth;
mod authors;
mod curation;
mod harness;
