//! The parameters that say how a story is shown.

use deserr::{Deserr, IntoValue, Value as Sent, ValuePointerRef};
use serde_json::Value;
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::fields::Fields;
use crate::articles::views::BodyForm;
use crate::fields::{Faults, Names, unknown};

/// How each story is shown.
#[derive(Clone, Debug, Default, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Showing {
    /// Only these fields, by dot paths such as `section.name`; with `-` before one all but it. `id`
    /// always stays. Works on what `include` made of the story. At most 100 paths, 10 deep.
    #[deserr(default)]
    #[param(value_type = Option<Vec<String>>, nullable = false, style = Form, explode = false, example = json!(["headline", "section.name"]))]
    pub fields: Option<Fields>,
    /// `authors section tags media series`: the full object in the place of the short one, which it
    /// contains; `related updates seo`: a field of that name.
    #[deserr(default)]
    #[param(value_type = Option<Vec<Include>>, nullable = false, style = Form, explode = false, example = json!(["authors", "section"]))]
    pub include: Option<IncludeList>,
    /// The form of the body: `html blocks markdown text`, or `none`. Default `html` for one story,
    /// `none` in lists.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub body: Option<BodyAsked>,
}

/// What can be included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Include {
    /// Authors in full.
    Authors,
    /// The section in full.
    Section,
    /// Tags in full.
    Tags,
    /// The lead image in full.
    Media,
    /// The series in full.
    Series,
    /// Stories to read next.
    Related,
    /// The newest 20 entries of live coverage.
    Updates,
    /// What stands in the head of its page.
    Seo,
}

impl Include {
    const ALL: [(&'static str, Include); 8] = [
        ("authors", Include::Authors),
        ("section", Include::Section),
        ("tags", Include::Tags),
        ("media", Include::Media),
        ("series", Include::Series),
        ("related", Include::Related),
        ("updates", Include::Updates),
        ("seo", Include::Seo),
    ];
}

/// What is to be included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncludeList(Vec<Include>);

/// In which form a body is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(rename_all = "lowercase")]
pub enum BodyAsked {
    /// HTML.
    Html,
    /// Portable Text.
    Blocks,
    /// CommonMark.
    Markdown,
    /// Plain text.
    Text,
    /// No body.
    None,
}

impl Showing {
    /// Whether each story is shown as it is.
    pub fn is_plain(&self) -> bool {
        self.fields.is_none() && self.include.is_none()
    }

    /// Whether something is to be included.
    pub fn includes(&self, include: Include) -> bool {
        self.include.as_ref().is_some_and(|list| list.0.contains(&include))
    }

    /// The form of the bodies; none where `fields` leaves them out.
    pub fn form(&self, usual: Option<BodyForm>) -> Option<BodyForm> {
        let asked = match self.body {
            None => usual,
            Some(BodyAsked::Html) => Some(BodyForm::Html),
            Some(BodyAsked::Blocks) => Some(BodyForm::Blocks),
            Some(BodyAsked::Markdown) => Some(BodyForm::Markdown),
            Some(BodyAsked::Text) => Some(BodyForm::Text),
            Some(BodyAsked::None) => None,
        };
        asked.filter(|_| self.keeps("body"))
    }

    /// Whether `fields` leaves a field of the story in its place, or a part of it.
    pub fn keeps(&self, field: &str) -> bool {
        self.fields.as_ref().is_none_or(|fields| fields.keep(field))
    }

    /// The story by `fields`.
    pub fn cut(&self, story: Value) -> Value {
        match &self.fields {
            Some(fields) => fields.cut(story),
            None => story,
        }
    }
}

impl Deserr<Faults> for IncludeList {
    fn deserialize_from_value<V: IntoValue>(
        value: Sent<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let names = Names::<20>::deserialize_from_value(value, location)?;
        let known: Vec<&str> = Include::ALL.iter().map(|(name, _)| *name).collect();
        let mut list = IncludeList::default();
        let mut faults = Faults::default();
        for name in &names.0 {
            match Include::ALL.iter().find(|(known, _)| known == name) {
                Some((_, include)) => list.0.push(*include),
                None => faults.0.extend(Faults::one(location, "invalid_value", unknown(name, &known)).0),
            }
        }
        if faults.0.is_empty() { Ok(list) } else { Err(faults) }
    }
}

impl PartialSchema for IncludeList {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        Vec::<Include>::schema()
    }
}
