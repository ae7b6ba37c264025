//! Wiredesk, a headless newsroom: the map of the house.
pub mod addresses;
pub mod app;
pub mod auth;
pub mod config;
pub mod db;
pub mod error;
pub mod fields;
pub mod http;
