//! Placements: where partners' copies of a story run, and which version they show.
//!
//! A placement is made by the fetch of a package, by a hit of its pixel or by a partner's own word, one for
//! each version in each channel. Whether a copy is stale is asked of the story's versions when it is looked
//! at, so that it is stale from the instant of a correction on, and no job can be late.

mod store;

use crate::db::Tx;
use crate::error::Result;

use super::uses::{self, Use};

/// Writes down that a partner fetched a package: its placement, and a line of the ledger. Unlogged; also for
/// what the partner had already.
pub fn fetched(tx: &mut Tx, used: &Use) -> Result<()> {
    store::fetched(tx, used)?;
    uses::note_package(tx, used).map(|_| ())
}
