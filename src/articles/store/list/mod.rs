//! Which live stories are in a list: one statement, read from the index that fits the filters.
//!
//! By date, a list of a section, tag or author is read along that one's own index, and a list of any of
//! several along a range of each, laid together. Everything else is read from the stories, in order.

mod filed;
mod offer;
mod order;
mod search;

use std::collections::BTreeSet;

use diesel::sql_types::{BigInt, Text};

use super::super::list::{Buyer, ListParameters, Place, Start};
use crate::db::ids::ArticleId;
use crate::db::{Conn, Position, Statement};
use crate::error::Result;
use filed::{AUTHOR, Filed, SECTION, TAG};
use order::Order;
use search::{Form, Search};

/// A page of a list, and one story more where there is a next page.
pub fn page(conn: &mut Conn, asked: &ListParameters, start: &Start) -> Result<Vec<Place>> {
    let order = Order::of(asked.sort.unwrap_or_default());
    let range = Range { asked, start, order, most: i64::from(asked.limit()) + 1 };
    let statement = match driver(asked, order) {
        Some(driver) => range.along(&driver)?,
        None => range.of_all()?,
    };
    if order.by_text {
        let rows = statement.load::<(Text, Text), (ArticleId, String)>(conn)?;
        return Ok(rows.into_iter().map(|(id, key)| place(id, key)).collect());
    }
    let rows = statement.load::<(Text, BigInt), (ArticleId, i64)>(conn)?;
    Ok(rows.into_iter().map(|(id, key)| place(id, key.to_string())).collect())
}

fn place(id: ArticleId, key: String) -> Place {
    Place { id, position: Position { key, id: id.to_string() } }
}

/// How many stories match.
pub fn count(conn: &mut Conn, asked: &ListParameters) -> Result<i64> {
    let mut search = Search::of_stories(asked, "SELECT count(*)");
    search.ids().filters(Form::Set);
    let counts = search.statement.load::<BigInt, i64>(conn)?;
    Ok(counts.first().copied().unwrap_or_default())
}

/// The stories that are named by `ids` and match, in no order.
pub fn all(conn: &mut Conn, asked: &ListParameters) -> Result<Vec<ArticleId>> {
    let mut search = Search::of_stories(asked, "SELECT a.id");
    search.ids().filters(Form::Probe);
    search.statement.load::<Text, ArticleId>(conn)
}

/// Which of these stories are open to a partner.
pub fn open_to(conn: &mut Conn, ids: &[ArticleId], buyer: &Buyer) -> Result<BTreeSet<ArticleId>> {
    let mut statement = Statement::default();
    statement.varied().sql("SELECT a.id FROM live_articles a WHERE a.id IN ");
    statement.texts(ids.iter().map(ToString::to_string)).sql(" AND ");
    offer::open_to(&mut statement, buyer);
    Ok(statement.load::<Text, ArticleId>(conn)?.into_iter().collect())
}

/// The filter that a list is read along.
struct Driver<'a> {
    filed: &'static Filed,
    /// Which of the groups of that filter.
    group: usize,
    values: &'a [String],
}

/// The filter that a list by date is best read along: few values, and of a kind that has few stories.
fn driver(asked: &ListParameters, order: Order) -> Option<Driver<'_>> {
    if !order.by_date {
        return None;
    }
    let filters = [(&AUTHOR, &asked.author), (&TAG, &asked.tag), (&SECTION, &asked.section)];
    let groups = filters.into_iter().flat_map(|(filed, choice)| {
        let groups = choice.iter().flat_map(|choice| choice.all.iter().enumerate());
        groups.map(move |(group, values)| Driver { filed, group, values })
    });
    groups.min_by_key(|driver| driver.values.len())
}

/// A page as it is looked for.
struct Range<'a> {
    asked: &'a ListParameters,
    start: &'a Start,
    order: Order,
    most: i64,
}

impl Range<'_> {
    /// How many stories are passed over.
    fn passed(&self) -> i64 {
        match self.start {
            Start::After(_) => 0,
            Start::At(offset) => *offset,
        }
    }

    /// Along the index of a section, tag or author, or of several, laid together.
    fn along(&self, driver: &Driver) -> Result<Statement> {
        if let [value] = driver.values {
            let mut statement = self.part(driver, value)?;
            statement.sql(" LIMIT ").number(self.most).sql(" OFFSET ").number(self.passed());
            return Ok(statement);
        }
        let mut merged = Statement::default();
        merged.sql("SELECT id, stamp FROM (").varied();
        for (place, value) in driver.values.iter().enumerate() {
            merged.sql(if place == 0 { "SELECT * FROM (" } else { " UNION SELECT * FROM (" });
            merged.all_of(&self.part(driver, value)?);
            merged.sql(" LIMIT ").number(self.most + self.passed()).sql(") AS part");
        }
        merged.sql(") AS merged").sql(self.order.merged);
        merged.sql(" LIMIT ").number(self.most).sql(" OFFSET ").number(self.passed());
        Ok(merged)
    }

    /// The stories of one section, tag or author, in order.
    fn part(&self, driver: &Driver, value: &str) -> Result<Statement> {
        let mut search = Search::along(self.asked, driver.filed, driver.group);
        search.and(driver.filed.is);
        search.id_of(driver.filed, value).filters(Form::Probe);
        self.order.along_index().push(&mut search, self.start)?;
        Ok(search.statement)
    }

    /// From all stories, in order.
    fn of_all(&self) -> Result<Statement> {
        let mut search = Search::of_stories(self.asked, self.order.select);
        search.filters(Form::Set);
        self.order.push(&mut search, self.start)?;
        search.statement.sql(" LIMIT ").number(self.most).sql(" OFFSET ").number(self.passed());
        Ok(search.statement)
    }
}
