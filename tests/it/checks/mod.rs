//! Checks of partner pages.

mod fetched;
mod pages;
mod partner;
mod properties;
mod resource;
mod website;
