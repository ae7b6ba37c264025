//! The tables in which stories are filed by section, tag and author, as pieces of SQL.

/// A kind of thing that stories are filed under.
pub struct Filed {
    /// The rows of the kind, as `d`.
    pub from: &'static str,
    /// Whether a story can have several rows of one thing.
    pub repeats: bool,
    /// The row is of the thing that follows.
    pub is: &'static str,
    /// There is a row of the story that follows …
    pub has: &'static str,
    /// … of one of the things that follow.
    pub of: &'static str,
    /// The stories of the things that follow.
    pub set: &'static str,
    /// The things that hold the slugs that follow.
    pub slugs: &'static str,
}

macro_rules! filed {
    ($kind:literal, $table:literal, $column:literal, $repeats:literal) => {
        Filed {
            from: concat!(" FROM ", $table, " d"),
            repeats: $repeats,
            is: concat!("d.", $column, " = "),
            has: concat!("EXISTS (SELECT 1 FROM ", $table, " x WHERE x.article_id = "),
            of: concat!(" AND x.", $column, " IN "),
            set: concat!("a.id IN (SELECT x.article_id FROM ", $table, " x WHERE x.", $column, " IN "),
            slugs: concat!("(SELECT entity_id FROM slugs WHERE kind = '", $kind, "' AND "),
        }
    };
}

pub const SECTION: Filed = filed!("section", "live_article_sections", "section_id", false);
pub const TAG: Filed = filed!("tag", "live_article_tags", "tag_id", false);
pub const AUTHOR: Filed = filed!("author", "live_article_authors", "author_id", true);

/// The things that hold the slugs that follow, where stories have no table for them.
pub const SERIES_SLUGS: &str = "(SELECT entity_id FROM slugs WHERE kind = 'series' AND ";
pub const ARTICLE_SLUGS: &str = "(SELECT entity_id FROM slugs WHERE kind = 'article' AND ";
