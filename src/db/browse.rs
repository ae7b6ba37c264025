//! Which page of a list of named things: authors, tags, series, assets, lists.

use serde::{Deserialize, Serialize};

/// Where a page ended: the sort key of its last row, and the id that breaks ties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The sort key of the last row, as text.
    #[serde(rename = "k")]
    pub key: String,
    /// Its id.
    #[serde(rename = "i")]
    pub id: String,
}

impl Position {
    /// The place of a row in a list that is sorted by ids.
    pub fn of_id(id: impl ToString) -> Self {
        Position { key: String::new(), id: id.to_string() }
    }
}

/// A page of a list that is sorted by name.
#[derive(Clone, Debug)]
pub struct Browse {
    /// Only what a live story shows.
    pub live_only: bool,
    /// Only those in whose folded name this stands, which is folded too.
    pub named: Option<String>,
    /// Where the page before it ended.
    pub after: Option<Position>,
    /// How many at the most.
    pub limit: i64,
}

impl Browse {
    /// The pattern for `LIKE … ESCAPE '\'` that finds `named` in a folded name.
    pub fn pattern(&self) -> Option<String> {
        let named = self.named.as_deref()?;
        let mut pattern = String::from("%");
        for c in named.chars() {
            if matches!(c, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern.push('%');
        Some(pattern)
    }
}
