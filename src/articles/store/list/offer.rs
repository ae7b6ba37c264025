//! Whether a story, as `a`, is open to a partner: the verdict as a condition.

use super::super::super::list::{Buyer, Granted};
use crate::db::Statement;

/// Adds the condition.
pub fn open_to(statement: &mut Statement, buyer: &Buyer) {
    if buyer.is_shut_out {
        statement.sql("1 = 0");
        return;
    }
    statement.sql("(a.offered = ").truth(true);
    if let Some(by) = buyer.public_by {
        statement.sql(" AND a.first_published_at <= ").number(by.0);
    }
    places(statement, buyer);
    if let Some(granted) = &buyer.granted {
        grants(statement, granted);
    }
    statement.sql(")");
}

/// A country that nobody told is outside every list: what may run in some alone is closed, what may not run in
/// some is open.
fn places(statement: &mut Statement, buyer: &Buyer) {
    const ROWS: &str =
        "EXISTS (SELECT 1 FROM live_article_territories t WHERE t.article_id = a.id AND t.allowed = ";
    let place = buyer.territory.as_ref().map(ToString::to_string);
    statement.sql(" AND (NOT ").sql(ROWS).truth(true).sql(")");
    if let Some(place) = &place {
        statement.sql(" OR ").sql(ROWS).truth(true).sql(" AND t.territory = ").text(place).sql(")");
    }
    statement.sql(")");
    if let Some(place) = place {
        statement.sql(" AND NOT ").sql(ROWS).truth(false).sql(" AND t.territory = ").text(place).sql(")");
    }
}

fn grants(statement: &mut Statement, granted: &Granted) {
    statement.sql(" AND (1 = 0");
    let rows = [
        (" OR a.id IN ", &granted.articles, ""),
        (" OR a.origin_id IN ", &granted.origins, ""),
        (
            " OR EXISTS (SELECT 1 FROM live_article_sections s WHERE s.article_id = a.id AND s.section_id IN ",
            &granted.sections,
            ")",
        ),
        (
            " OR EXISTS (SELECT 1 FROM live_article_tags g WHERE g.article_id = a.id AND g.tag_id IN ",
            &granted.tags,
            ")",
        ),
    ];
    for (condition, ids, end) in rows {
        if !ids.is_empty() {
            statement.sql(condition).texts(ids).sql(end);
        }
    }
    statement.sql(")");
}
