//! `fields`: which fields of a story are left, by dot paths.

use std::collections::BTreeMap;

use deserr::{Deserr, IntoValue, Value as Sent, ValuePointerRef};
use serde_json::{Map, Value};

use super::names::NAMES;
use crate::fields::{Faults, Names};

/// The deepest path.
const DEEPEST: usize = 10;

/// Which fields are left of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Only these; all where there is none.
    only: Tree,
    /// But not these.
    not: Tree,
}

/// Fields by name; one without fields of its own is meant whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tree(BTreeMap<String, Tree>);

impl Fields {
    /// Whether a field of the story is left, or a part of it.
    pub fn keep(&self, field: &str) -> bool {
        let wanted = self.only.0.is_empty() || self.only.0.contains_key(field);
        wanted && self.not.0.get(field).is_none_or(|part| !part.0.is_empty())
    }

    /// What is left of a story.
    pub fn cut(&self, story: Value) -> Value {
        let mut left = if self.only.0.is_empty() { story } else { self.only.pick(story) };
        self.not.drop_from(&mut left);
        left
    }

    fn add(&mut self, path: &str) -> Result<(), String> {
        let (path, wanted) = path.strip_prefix('-').map_or((path, true), |path| (path, false));
        let names: Vec<&str> = path.split('.').collect();
        if names.len() > DEEPEST {
            return Err(format!("a path is at most {DEEPEST} deep"));
        }
        NAMES.check(&names)?;
        if !wanted && path == "id" {
            return Err("`id` always stays".into());
        }
        let tree = if wanted { &mut self.only } else { &mut self.not };
        tree.add(&names);
        Ok(())
    }
}

impl Tree {
    fn add(&mut self, names: &[&str]) {
        let Some((first, rest)) = names.split_first() else { return };
        match self.0.get_mut(*first) {
            // Already meant whole.
            Some(part) if part.0.is_empty() => {}
            Some(part) if rest.is_empty() => part.0.clear(),
            Some(part) => part.add(rest),
            None => {
                let mut part = Tree::default();
                part.add(rest);
                self.0.insert((*first).to_owned(), part);
            }
        }
    }

    fn pick(&self, value: Value) -> Value {
        match value {
            Value::Object(fields) => {
                let picked = fields.into_iter().filter_map(|(name, value)| {
                    let part = self.0.get(&name)?;
                    Some((name, if part.0.is_empty() { value } else { part.pick(value) }))
                });
                Value::Object(picked.collect::<Map<_, _>>())
            }
            Value::Array(items) => items.into_iter().map(|item| self.pick(item)).collect(),
            other => other,
        }
    }

    fn drop_from(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (name, part) in &self.0 {
                    if part.0.is_empty() {
                        fields.shift_remove(name);
                    } else if let Some(inner) = fields.get_mut(name) {
                        part.drop_from(inner);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.drop_from(item)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

impl Deserr<Faults> for Fields {
    fn deserialize_from_value<V: IntoValue>(
        value: Sent<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let paths = Names::<100>::deserialize_from_value(value, location)?;
        let mut fields = Fields::default();
        let mut faults = Faults::default();
        for path in &paths.0 {
            if let Err(detail) = fields.add(path) {
                faults.0.extend(Faults::one(location, "invalid_value", detail).0);
            }
        }
        if !faults.0.is_empty() {
            return Err(faults);
        }
        if !fields.only.0.is_empty() {
            fields.only.add(&["id"]);
        }
        Ok(fields)
    }
}
