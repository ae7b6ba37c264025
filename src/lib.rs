//! Wiredesk, a headless newsroom: the map of the house.
pub mod addresses;
pub mod api;
pub mod app;
pub mod articles;
pub mod auth;
pub mod authors;
pub mod cli;
pub mod config;
pub mod db;
pub mod error;
pub mod fields;
pub mod http;
pub mod ops;
pub mod publication;
pub mod server;
