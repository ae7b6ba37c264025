//! What is read most: views as they come in, by the hour, and the ranking made of them.
//!
//! A view is counted in memory, without a word about the reader that outlives the day, and written
//! down each second. What is ranked is always live: neither a view of a draft nor a story that went
//! off is ever told of.

pub mod routes;
pub mod views;

mod counter;
mod import;
mod ranking;
mod store;
mod window;

use crate::db::Snapshot;
use crate::db::ids::{ArticleId, SectionId};
use crate::error::Result;

pub use crate::readers::Reader;
pub use counter::{Counter, flush};
pub use import::ViewsImport;
pub use ranking::{MOST_RANKED, Ranked, rank, rank_all, standing};
pub use window::Window;

/// The live stories that are read most, the most read first; of one section and those below it where
/// one is named. At most `limit`. The answer depends on the ranking.
pub fn most_popular(
    snapshot: &mut Snapshot,
    window: Window,
    section: Option<SectionId>,
    limit: u32,
) -> Result<Vec<ArticleId>> {
    match section {
        Some(section) => {
            snapshot.depends_on("popular", "sections");
            snapshot.depends_on("section", section);
        }
        None => snapshot.depends_on_all("popular"),
    }
    let ranked = store::most_popular(snapshot, window, section, i64::from(limit))?;
    // What went off since the ranking was made may come back before the next one.
    if section.is_none() && store::is_outdated(snapshot, window, &ranked, limit)? {
        snapshot.depends_on("list", "articles");
    }
    Ok(ranked.into_iter().map(|(_, article)| article).collect())
}
