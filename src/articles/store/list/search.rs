//! The filters of a list as conditions in SQL.

use super::super::super::list::{Choice, ListParameters, as_stored};
use super::filed::{ARTICLE_SLUGS, AUTHOR, Filed, SECTION, SERIES_SLUGS, TAG};
use super::offer;
use crate::db::Statement;
use crate::db::ids::ArticleId;

/// How stories that are filed under something are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Each story is asked: right where few are looked at.
    Probe,
    /// The stories of the thing are gathered first: right where the order is another than theirs.
    Set,
}

/// A statement in the making, over stories as `a` or over their rows in an index as `d`.
pub struct Search<'a> {
    pub statement: Statement,
    asked: &'a ListParameters,
    /// The story's id and date, as the statement has them.
    id: &'static str,
    is_since: &'static str,
    is_before: &'static str,
    begun: bool,
    /// The group of a filter that the index already answers for.
    driven: Option<(&'static Filed, usize)>,
}

impl<'a> Search<'a> {
    /// Over the stories themselves.
    pub fn of_stories(asked: &'a ListParameters, select: &'static str) -> Self {
        let mut statement = Statement::default();
        statement.sql(select).sql(" FROM live_articles a");
        if asked.filters() > 0 {
            statement.varied();
        }
        Search {
            statement,
            asked,
            id: "a.id",
            is_since: "a.published_at >= ",
            is_before: "a.published_at < ",
            begun: false,
            driven: None,
        }
    }

    /// Along the index of a section, tag or author. The stories are read only where a filter needs it,
    /// and then after the index: a cross join keeps SQLite from turning that round.
    pub fn along(asked: &'a ListParameters, filed: &'static Filed, group: usize) -> Self {
        let mut statement = Statement::default();
        statement.sql(if filed.repeats { "SELECT DISTINCT" } else { "SELECT" });
        statement.sql(" d.article_id AS id, d.published_at AS stamp").sql(filed.from);
        if asked.filters() > 1 {
            statement.varied();
        }
        let mut search = Search {
            statement,
            asked,
            id: "d.article_id",
            is_since: "d.published_at >= ",
            is_before: "d.published_at < ",
            begun: false,
            driven: Some((filed, group)),
        };
        if asked.reads_stories() {
            search.statement.sql(" CROSS JOIN live_articles a");
            search.and("a.id = d.article_id");
        }
        search
    }

    /// Adds a condition.
    pub fn and(&mut self, condition: &'static str) -> &mut Statement {
        let joint = if self.begun { " AND " } else { " WHERE " };
        self.begun = true;
        self.statement.sql(joint).sql(condition)
    }

    /// Adds the id of one thing.
    pub fn id_of(&mut self, filed: &Filed, value: &str) -> &mut Self {
        match value.parse::<ArticleId>() {
            Ok(id) => self.statement.text(id.to_string()),
            Err(_) => self.statement.sql(filed.slugs).sql("slug = ").text(as_stored(value)).sql(")"),
        };
        self
    }

    /// Adds the ids that `ids` names; those that are none name nothing.
    pub fn ids(&mut self) -> &mut Self {
        let Some(ids) = &self.asked.ids else { return self };
        let ids: Vec<String> = ids.0.iter().filter_map(|id| as_id(id)).collect();
        if ids.is_empty() {
            self.and("1 = 0");
        } else {
            self.and("a.id IN ").texts(ids);
        }
        self
    }

    /// Adds every filter.
    pub fn filters(&mut self, form: Form) {
        let asked = self.asked;
        self.filed(&SECTION, asked.section.as_ref(), form);
        self.filed(&TAG, asked.tag.as_ref(), form);
        self.filed(&AUTHOR, asked.author.as_ref(), form);
        self.words(asked.kind.as_ref(), "a.type IN ", "a.type NOT IN ");
        if asked.fallback.is_some() {
            self.languages(&asked.languages());
        } else {
            self.words(asked.locale.as_ref(), "a.locale IN ", "a.locale NOT IN ");
        }
        self.words(asked.access.as_ref(), "a.access IN ", "a.access NOT IN ");
        self.series(asked.series.as_ref());
        self.origin(asked.origin.as_ref());
        if let Some(republishable) = asked.republishable {
            match &asked.buyer {
                None => drop(self.and("a.republishable = ").truth(republishable.0)),
                Some(buyer) => {
                    let statement = self.and(if republishable.0 { "" } else { "NOT " });
                    offer::open_to(statement.varied(), buyer);
                }
            }
        }
        let instants = [
            (self.is_since, asked.published_after),
            (self.is_before, asked.published_before),
            ("a.updated_at >= ", asked.updated_after),
            ("a.updated_at < ", asked.updated_before),
        ];
        for (condition, instant) in instants {
            if let Some(instant) = instant {
                self.and(condition).number(instant.0.0);
            }
        }
        self.exclude();
    }

    fn filed(&mut self, filed: &'static Filed, choice: Option<&Choice>, form: Form) {
        let Some(choice) = choice else { return };
        for (group, values) in choice.all.iter().enumerate() {
            let is_driven = self.driven.is_some_and(|(by, driven)| by.from == filed.from && driven == group);
            match form {
                _ if is_driven => continue,
                Form::Probe => self.probe("", filed, values),
                Form::Set => {
                    push_ids(self.and(filed.set), filed.slugs, values);
                    self.statement.sql(")");
                }
            }
        }
        if !choice.none.is_empty() {
            self.probe("NOT ", filed, &choice.none);
        }
    }

    fn probe(&mut self, not: &'static str, filed: &'static Filed, values: &[String]) {
        let id = self.id;
        let statement = self.and(not).sql(filed.has).sql(id).sql(filed.of);
        push_ids(statement, filed.slugs, values);
        statement.sql(")");
    }

    fn words(&mut self, choice: Option<&Choice>, is_one: &'static str, is_none: &'static str) {
        let Some(choice) = choice else { return };
        for values in &choice.all {
            self.and(is_one).texts(values);
        }
        if !choice.none.is_empty() {
            self.and(is_none).texts(&choice.none);
        }
    }

    /// Each translation group once, in the first of these languages in which it is live.
    fn languages(&mut self, languages: &[&str]) {
        self.and("(").varied();
        for (place, language) in languages.iter().enumerate() {
            let statement = self.statement.sql(if place == 0 { "(a.locale = " } else { " OR (a.locale = " });
            statement.text(*language).sql(
                " AND NOT EXISTS (SELECT 1 FROM live_articles t WHERE t.translation_group = a.translation_group AND (",
            );
            if place > 0 {
                statement.sql("t.locale IN ").texts(languages[..place].iter().copied()).sql(" OR ");
            }
            statement.sql("(t.locale = a.locale AND t.id < a.id))))");
        }
        self.statement.sql(")");
    }

    fn series(&mut self, choice: Option<&Choice>) {
        let Some(choice) = choice else { return };
        for values in &choice.all {
            push_ids(self.and("a.series_id IN "), SERIES_SLUGS, values);
        }
        if !choice.none.is_empty() {
            push_ids(self.and("(a.series_id IS NULL OR a.series_id NOT IN "), SERIES_SLUGS, &choice.none);
            self.statement.sql(")");
        }
    }

    fn origin(&mut self, choice: Option<&Choice>) {
        let Some(choice) = choice else { return };
        let named = |statement: &mut Statement, values: &[String]| {
            statement.sql("(SELECT o.id FROM origins o WHERE o.code IN ").texts(values);
            statement.sql(" OR o.id IN ").texts(values).sql(")");
        };
        for values in &choice.all {
            named(self.and("a.origin_id IN "), values);
        }
        if !choice.none.is_empty() {
            named(self.and("a.origin_id NOT IN "), &choice.none);
        }
    }

    fn exclude(&mut self) {
        let Some(names) = &self.asked.exclude else { return };
        let id = self.id;
        push_ids(self.and(id).sql(" NOT IN "), ARTICLE_SLUGS, &names.0);
    }
}

fn as_id(value: &str) -> Option<String> {
    value.parse::<ArticleId>().ok().map(|id| id.to_string())
}

/// The ids that are sent as such, or those that hold the slugs that are.
fn push_ids(statement: &mut Statement, slugs: &'static str, values: &[String]) {
    let ids: Vec<String> = values.iter().filter_map(|value| as_id(value)).collect();
    let names: Vec<String> = values
        .iter()
        .filter(|value| as_id(value).is_none())
        .map(|slug| as_stored(slug).into_owned())
        .collect();
    if names.is_empty() {
        statement.texts(ids);
        return;
    }
    statement.sql(slugs).sql("(slug IN ").texts(names);
    if !ids.is_empty() {
        statement.sql(" OR entity_id IN ").texts(ids);
    }
    statement.sql("))");
}

impl ListParameters {
    /// How many filters there are; a filter with several values counts as several.
    fn filters(&self) -> usize {
        let choices = [
            &self.section,
            &self.tag,
            &self.author,
            &self.series,
            &self.kind,
            &self.locale,
            &self.access,
            &self.origin,
        ];
        let values = choices.into_iter().flatten().map(|choice| choice.values().count()).sum::<usize>();
        let instants = [self.published_after, self.published_before, self.updated_after, self.updated_before];
        let others = [
            self.republishable.is_some(),
            self.fallback.is_some(),
            self.ids.is_some(),
            self.exclude.is_some(),
        ];
        values + instants.iter().flatten().count() + others.iter().filter(|there| **there).count()
    }

    /// Whether a filter is answered by the stories alone, and not by where they are filed.
    fn reads_stories(&self) -> bool {
        let of_stories = [&self.series, &self.kind, &self.locale, &self.access, &self.origin];
        of_stories.into_iter().any(Option::is_some)
            || self.republishable.is_some()
            || self.fallback.is_some()
            || self.updated_after.is_some()
            || self.updated_before.is_some()
    }
}
