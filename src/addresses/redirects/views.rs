//! Redirects as JSON, in and out.

use std::borrow::Cow;

use deserr::{Deserr, IntoValue, Value as Sent, ValuePointerRef};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{Draft, Redirect, Status, Target};
use crate::db::ids::RedirectId;
use crate::fields::{Faults, SitePath};

/// A path that leads elsewhere, or nowhere any more.
#[derive(Serialize, ToSchema)]
#[schema(as = Redirect)]
pub struct RedirectView {
    /// The key of the row.
    pub id: RedirectId,
    /// The path, percent-encoded.
    #[schema(example = "/harbour/old-pier")]
    pub from: String,
    /// The path of the site or the address elsewhere that it leads to; null where it is gone.
    #[schema(example = "/harbour/new-pier")]
    pub to: Option<String>,
    /// How it is answered.
    pub status: Status,
}

/// A redirect to make, or the whole of what one is changed to.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields, validate = RedirectInput::whole -> Faults)]
pub struct RedirectInput {
    /// A path of the site that begins with one `/`, unique, without query and fragment, at most 512
    /// characters once it is percent-encoded. It is compared as it is stored: case and a final slash count.
    #[schema(value_type = String, min_length = 1, max_length = 512, example = "/harbour/old-pier")]
    pub from: SitePath,
    /// The path of the site, or the http or https URL without a user name, that it leads to; null with
    /// 410, and needed otherwise.
    #[deserr(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000, example = "/harbour/new-pier")]
    pub to: Option<Target>,
    /// How it is answered. Default 301.
    #[deserr(default)]
    pub status: Option<Status>,
}

impl RedirectInput {
    fn whole(self, location: ValuePointerRef) -> Result<Self, Faults> {
        let is_gone = self.status == Some(Status::Gone);
        let to = location.push_key("to");
        match (is_gone, &self.to) {
            (true, Some(_)) => Err(Faults::one(to, "invalid_value", "must be null: with 410 it is gone")),
            (false, None) => Err(Faults::one(to, "missing_field", "where it leads is needed, but for 410")),
            _ => Ok(self),
        }
    }
}

impl From<RedirectInput> for Draft {
    fn from(input: RedirectInput) -> Self {
        Draft { from: input.from, to: input.to, status: input.status.unwrap_or_default() }
    }
}

impl RedirectView {
    /// The redirect.
    pub fn new(redirect: Redirect) -> Self {
        let Redirect { id, from, to, status } = redirect;
        RedirectView { id, from, to, status }
    }

    /// The form that a patch is laid over: what can be sent, as it stands.
    pub fn form(redirect: &Redirect) -> Value {
        json!({"from": redirect.from, "to": redirect.to, "status": redirect.status})
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(self.code())
    }
}

impl PartialSchema for Status {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .enum_values(Some(Status::ALL.map(Status::code)))
            .description(Some("301 for good, 302 for now, 410 gone for good."))
            .examples([json!(301)])
            .into()
    }
}

impl ToSchema for Status {
    fn name() -> Cow<'static, str> {
        "RedirectStatus".into()
    }
}

impl Deserr<Faults> for Status {
    fn deserialize_from_value<V: IntoValue>(
        value: Sent<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let code = i64::deserialize_from_value(value, location)?;
        let status = i32::try_from(code).ok().and_then(Status::of);
        status.ok_or_else(|| Faults::one(location, "invalid_value", "must be 301, 302 or 410"))
    }
}
