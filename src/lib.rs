//! Wiredesk, a headless newsroom: the map of the house.
//!
//! Rooms by subject, the same file names in each: `mod.rs` types, rules and verbs; `routes.rs` thin handlers;
//! `views.rs` JSON in and out; `store.rs` rows and queries. A request passes `api` and `http` (match, caller,
//! parameters), `routes` (permit, call, view), a verb, a store; jobs and the command line enter at the verb.
//!
//! A room imports from rooms below it alone, and only their `mod.rs`. From low to high:
//!
//! 1. `error`, `config`: what can go wrong, what can be set
//! 2. `db`: the two engines, `read` and `write`, the change log · `fields`: what a field may hold
//! 3. `body`, `rights`, `seo`: pure: the document, the verdict, the head of a page · `changes`: the log as it
//!    is read and followed · `receipts`: what was answered to requests that may come again · `outbound`: the one
//!    guarded HTTP client
//! 4. `auth`: who asks · `addresses`: every slug and path that was ever public
//! 5. `articles`: stories as the world sees them: the live tables · `readers`: who reads, as far as counting goes
//! 6. `publication`, `authors`, `taxonomy`, `media`: what stories name
//! 7. `newsroom`: stories as staff see them: revisions, publishing
//! 8. `curation`, `popularity`: lists and appeals, views and rankings
//! 9. `republish`: rights, packages, the pixel · `webhooks`: who is told of changes
//! 10. `feeds`: stories in the formats that other systems read
//! 11. `pages`, `transfer`, `ops`: a whole page, import and export, health
//! 12. `app`: what every handler holds · `http`: HTTP as the house speaks it · `api`: the table of contents
//! 13. `server`, `cli`: serving, and the command line
//!
//! `routes.rs` of a room stands above them all. `tests/it/layout.rs` holds this order.

pub mod addresses;
pub mod api;
pub mod app;
pub mod articles;
pub mod auth;
pub mod authors;
pub mod body;
pub mod changes;
pub mod cli;
pub mod config;
pub mod curation;
pub mod db;
pub mod error;
pub mod feeds;
pub mod fields;
pub mod http;
pub mod media;
pub mod newsroom;
pub mod ops;
pub mod outbound;
pub mod pages;
pub mod popularity;
pub mod publication;
pub mod readers;
pub mod receipts;
pub mod republish;
pub mod rights;
pub mod seo;
pub mod server;
pub mod taxonomy;
pub mod transfer;
pub mod webhooks;
