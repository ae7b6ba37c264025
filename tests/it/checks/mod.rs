//! Checks of partner pages.

mod pages;
mod properties;
