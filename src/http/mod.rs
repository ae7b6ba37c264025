//! HTTP as the house speaks it: who asks, what was sent, how it is answered.
//!
//! Everything that is the same for every route stands here once: strict parameters, bodies whose
//! faults are all named, problem details, conditional requests, compression, caching headers and
//! limits. Knows `auth`, `receipts` and `changes`, and nothing of the newsroom's other rooms.

pub mod answer;
pub mod body;
pub mod caller;
pub mod encoding;
pub mod envelope;
pub mod json;
pub mod paging;
pub mod problem;
pub mod query;

mod batches;
mod conditional;
mod edge;
mod lifetime;
mod once;
mod reader;
mod register;
mod routes_table;
mod sequence;

pub use answer::{Answer, Reply, deliver};
pub use batches::{in_batches, json_lines};
pub use body::{BeaconBody, Body, MergeInput, Patch, SmallBody};
pub use conditional::{IfMatch, not_modified};
pub use edge::{REQUEST_ID, edge, is_served, request_id};
pub use envelope::{Item, Links, List, Meta, Saved};
pub use lifetime::Lifetime;
pub use once::Once;
pub use query::{Both, Query};
pub use reader::{By, reader};
pub use register::Register;
pub use routes_table::{RoutesTable, no_such_route};
pub use sequence::MinSequence;
