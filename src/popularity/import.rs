//! Views that an import brings along: they take the place of those imported before.

use std::collections::HashSet;

use super::store;
use crate::db::Tx;
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::error::Result;

/// The views of one run of an import. A run that is cut short, or whose transaction was undone, is
/// begun again with a new one.
#[derive(Clone, Debug, Default)]
pub struct ViewsImport {
    begun: HashSet<ArticleId>,
}

impl ViewsImport {
    /// Adds the views of a story within the hour of an instant. The first time that the run names the
    /// story, those imported before it go; views that were counted here stay.
    pub fn put(&mut self, tx: &mut Tx, article: ArticleId, at: Stamp, count: i64) -> Result<()> {
        if self.begun.insert(article) {
            store::forget_imported(tx, article)?;
        }
        store::add_imported(tx, article, at.hour(), count)
    }
}
