//! The names that `fields` may ask for: those of the views themselves, as their schemas tell them.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use utoipa::ToSchema;
use utoipa::openapi::schema::{ArrayItems, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};

use super::full;
use crate::articles::updates::views::UpdateView;
use crate::articles::views::ArticleView;
use crate::fields::unknown;
use crate::seo::Seo;

/// The fields of a story, with those of everything that can be included.
pub static NAMES: LazyLock<FieldNames> = LazyLock::new(|| {
    let mut names = FieldNames::of::<ArticleView>();
    names.extend("authors", FieldNames::of::<full::FullAuthor>());
    names.extend("section", FieldNames::of::<full::FullSection>());
    names.extend("tags", FieldNames::of::<full::FullTag>());
    names.extend("primary_tag", FieldNames::of::<full::FullTag>());
    names.extend("series", FieldNames::of::<full::FullSeries>());
    names.extend("lead_image", FieldNames::of::<full::FullImage>());
    names.extend("related", FieldNames::of::<ArticleView>());
    names.extend("updates", FieldNames::of::<UpdateView>());
    names.extend("seo", FieldNames::of::<Seo>());
    names
});

type Schemas = HashMap<String, RefOr<Schema>>;

/// Whether values of a type can hold fields.
fn is_object(kind: &SchemaType) -> bool {
    match kind {
        SchemaType::Type(kind) => *kind == Type::Object,
        SchemaType::Array(kinds) => kinds.contains(&Type::Object),
        SchemaType::AnyValue => true,
    }
}

/// Names of fields, each with those within it.
#[derive(Clone, Debug, Default)]
pub struct FieldNames {
    within: BTreeMap<String, FieldNames>,
    /// Whether it may hold fields of any name.
    open: bool,
}

impl FieldNames {
    fn of<T: ToSchema>() -> Self {
        let mut all = Vec::new();
        T::schemas(&mut all);
        Self::read(&T::schema(), &all.into_iter().collect())
    }

    fn read(schema: &RefOr<Schema>, all: &Schemas) -> Self {
        match schema {
            RefOr::Ref(reference) => {
                let name = reference.ref_location.rsplit('/').next().unwrap_or_default();
                all.get(name).map_or_else(Self::default, |schema| Self::read(schema, all))
            }
            RefOr::T(Schema::Object(object)) => {
                let within: BTreeMap<String, FieldNames> = object
                    .properties
                    .iter()
                    .map(|(name, schema)| (name.clone(), Self::read(schema, all)))
                    .collect();
                FieldNames { open: within.is_empty() && is_object(&object.schema_type), within }
            }
            RefOr::T(Schema::Array(array)) => match &array.items {
                ArrayItems::RefOrSchema(items) => Self::read(items, all),
                ArrayItems::False => Self::default(),
            },
            RefOr::T(Schema::OneOf(one)) => Self::all_of(&one.items, all),
            RefOr::T(Schema::AllOf(every)) => Self::all_of(&every.items, all),
            RefOr::T(Schema::AnyOf(any)) => Self::all_of(&any.items, all),
            RefOr::T(_) => Self::default(),
        }
    }

    fn all_of(schemas: &[RefOr<Schema>], all: &Schemas) -> Self {
        schemas.iter().map(|schema| Self::read(schema, all)).fold(Self::default(), |mut names, more| {
            names.merge(more);
            names
        })
    }

    fn merge(&mut self, more: FieldNames) {
        self.open |= more.open;
        for (name, within) in more.within {
            self.within.entry(name).or_default().merge(within);
        }
    }

    fn extend(&mut self, name: &str, more: FieldNames) {
        self.within.entry(name.to_owned()).or_default().merge(more);
    }

    /// Whether a path leads to a field; else what is wrong with it.
    pub fn check(&self, path: &[&str]) -> Result<(), String> {
        let Some((first, rest)) = path.split_first() else { return Ok(()) };
        if self.open {
            return Ok(());
        }
        match self.within.get(*first) {
            Some(within) if within.is_a_value() && !rest.is_empty() => {
                Err(format!("`{first}` has no fields of its own"))
            }
            Some(within) => within.check(rest),
            None => {
                let known: Vec<&str> = self.within.keys().map(String::as_str).collect();
                Err(unknown(first, &known))
            }
        }
    }

    fn is_a_value(&self) -> bool {
        self.within.is_empty() && !self.open
    }
}
