//! A line of views: how often a story was read within an hour.

use deserr::Deserr;
use serde_json::{Map, Value};

use crate::addresses::{self, Kind as Addressed};
use crate::db::Tx;
use crate::db::types::Stamp;
use crate::error::{Error, Result};
use crate::fields::{Faults, Number, Ref, read_body};
use crate::popularity::ViewsImport;
use crate::transfer::Kind;
use crate::transfer::things::Named;

#[derive(Deserr)]
#[deserr(error = Faults, deny_unknown_fields)]
struct Input {
    article: Ref,
    #[deserr(default)]
    hour: Option<Stamp>,
    /// From the moment of import.
    #[deserr(default)]
    hours_ago: Option<Number<0, 87_600>>,
    count: Number<0, 2_000_000_000>,
}

/// A line of views.
pub struct ViewsLine {
    article: Ref,
    hour: Stamp,
    count: i32,
}

impl ViewsLine {
    /// Reads a line; `now` is the moment of import.
    pub fn read(members: &Map<String, Value>, now: Stamp) -> Result<Self> {
        let input: Input = read_body(Value::Object(members.clone()))?;
        let hour = match (input.hour, input.hours_ago) {
            (Some(hour), None) if hour > now => {
                return Err(Error::body("/hour", "invalid_value", "must not lie in the future"));
            }
            (Some(hour), None) => hour,
            (None, Some(ago)) => now.plus_seconds(-3600 * i64::from(ago.0)),
            (None, None) => {
                return Err(Error::body("/hour", "missing_field", "`hour` or `hours_ago` is needed"));
            }
            (Some(_), Some(_)) => {
                return Err(Error::body("/hour", "invalid_value", "send `hour` or `hours_ago`, not both"));
            }
        };
        Ok(ViewsLine { article: input.article, hour, count: input.count.0 })
    }

    /// The story that was read.
    pub fn named(&self) -> Named {
        Named::at("/article", Kind::Article, &self.article)
    }

    /// Stores the line.
    pub fn store(&self, tx: &mut Tx, views: &mut ViewsImport) -> Result<()> {
        let article = addresses::known_id(tx, Addressed::Article, self.article.as_str())?;
        let article = article.ok_or_else(|| {
            let detail = format!("there is no article `{}`", self.article.as_str());
            Error::body("/article", "unknown_reference", detail)
        })?;
        views.put(tx, article, self.hour, i64::from(self.count))
    }
}
