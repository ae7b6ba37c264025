//! Which live stories share tags or the section.

use diesel::sql_types::{BigInt, Text};

use crate::db::ids::ArticleId;
use crate::db::{Conn, Statement};
use crate::error::Result;

/// A story that is like another.
pub struct Alike {
    /// The story.
    pub story: ArticleId,
    /// The one that is like it.
    pub other: ArticleId,
    /// The tags they share, the primary tag of the story counting two; 0 where only the section.
    pub score: i64,
}

/// For each story the best `most` that are like it, by score, then the newest; of each tag the newest
/// `depth` are looked at, and one more than is asked for of the section, since the story may be of them.
pub fn alike(conn: &mut Conn, stories: &[ArticleId], depth: i64, most: i64) -> Result<Vec<Alike>> {
    if stories.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement::default();
    if stories.len() > 1 {
        statement.varied();
    }
    let ids = || stories.iter().map(|id| id.as_str());
    statement.sql(RANKED).sql(BY_TAGS).texts(ids()).sql(NEWEST_OF_TAG).number(depth - 1).sql(GROUPED);
    statement.sql(BY_SECTION).texts(ids()).sql(NEWEST_OF_SECTION).number(most).sql(PLACED).number(most);
    statement.sql(" ORDER BY story, place");
    let rows = statement.load::<(Text, Text, BigInt), (ArticleId, ArticleId, i64)>(conn)?;
    Ok(rows.into_iter().map(|(story, other, score)| Alike { story, other, score }).collect())
}

const RANKED: &str = "SELECT story, other, score FROM (
    SELECT story, other, score, ROW_NUMBER() OVER (
        PARTITION BY story ORDER BY score DESC, stamp DESC, other DESC) AS place
    FROM (";

// The bound on the date is the same for all rows of a tag: it makes the range of the index end there.
// Cross joins keep SQLite from beginning at the other end.
const BY_TAGS: &str = "
        SELECT m.article_id AS story, o.article_id AS other, o.published_at AS stamp,
            SUM(CASE WHEN m.tag_id = a.primary_tag_id THEN 2 ELSE 1 END) AS score
        FROM live_article_tags m CROSS JOIN live_articles a CROSS JOIN live_article_tags o
        WHERE a.id = m.article_id AND o.tag_id = m.tag_id AND o.article_id <> m.article_id
            AND m.article_id IN ";

const NEWEST_OF_TAG: &str = "
            AND o.published_at >= COALESCE((SELECT c.published_at FROM live_article_tags c
                WHERE c.tag_id = m.tag_id ORDER BY c.published_at DESC LIMIT 1 OFFSET ";

const GROUPED: &str = "), -100000000000000000)
        GROUP BY m.article_id, o.article_id, o.published_at";

const BY_SECTION: &str = "
        UNION ALL
        SELECT a.id, s.article_id, s.published_at, 0
        FROM live_articles a CROSS JOIN live_article_sections s
        WHERE s.section_id = a.section_id AND s.article_id <> a.id AND a.id IN ";

const NEWEST_OF_SECTION: &str = "
            AND s.published_at >= COALESCE((SELECT c.published_at FROM live_article_sections c
                WHERE c.section_id = a.section_id ORDER BY c.published_at DESC LIMIT 1 OFFSET ";

const PLACED: &str = "), -100000000000000000)
    ) AS alike
) AS placed WHERE place <= ";
