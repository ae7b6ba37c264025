//! The counting pixel: its token, its image, and its hits as they come in and are written down.
//!
//! A hit asks nothing of the database and waits for nothing: it is counted in memory and written down each
//! second, so that a page of a partner never waits for us. What is kept of it is the hour, the copy, the
//! host of the page and the class; neither an address nor a user agent.

pub mod routes;

mod counter;
mod referrer;
mod store;
mod token;

use crate::db::Db;
use crate::error::Result;

use super::placements;

pub use counter::{Counter, Hits, Spot};
pub use token::{Key, MAX_LENGTH, Token};

/// A transparent GIF of one pixel: the same 43 bytes for every hit.
pub const GIF: [u8; 43] = *b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff\
\x21\xf9\x04\x01\x00\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3b";

/// Writes down what was hit, and tells of copies that outlived their story. A job of every second, and the
/// last one of a shutdown; what cannot be written stays for the next time.
pub fn flush(counter: &Counter, db: &Db) -> Result<()> {
    let hits = counter.take();
    if hits.is_empty() {
        return Ok(());
    }
    let writing = hits.clone();
    if let Err(error) = db.write_unlogged_now(move |tx| store::add(tx, &writing)) {
        counter.put_back(&hits);
        return Err(error);
    }
    placements::tell_alive(db)
}
