//! A line of a bundle, taken apart: what it is, whose it is, and what it says in the words of the API.
//!
//! A bundle says a few things in words of its own (`article_type`, `republishable`, `contact_email`); here they
//! become the fields that the rooms read, and faults are told under the names that stand in the line.

use serde_json::{Map, Value, json};

use crate::error::{Error, Fault, Place};
use crate::fields::json;
use crate::transfer::Kind;

/// A line that can be read.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// What it is.
    pub kind: Kind,
    /// The slug, code or key by which it is matched; empty where its kind has none.
    pub name: String,
    /// What it says.
    pub members: Map<String, Value>,
    /// What an article line says beside the fields that staff send.
    pub beside: Map<String, Value>,
    /// Names of fields as the rooms have them, and as they stand in the line.
    renamed: Vec<(&'static str, &'static str)>,
}

/// What an article line may hold beside the fields that staff send.
const BESIDE: [&str; 11] = [
    "status",
    "scheduled_at",
    "corrections",
    "id",
    "first_published_at",
    "updated_at",
    "modified_at",
    "version",
    "created_at",
    "former_slugs",
    "retracted",
];

impl Line {
    /// Takes a line apart; everything that is wrong with its form.
    pub fn read(number: usize, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let Value::Object(mut members) = json::parse(bytes).map_err(|error| vec![unreadable(error)])? else {
            return Err(vec![Fault::at("", "wrong_type", "must be a JSON object")]);
        };
        let kind = match members.shift_remove("type") {
            Some(Value::String(word)) => Kind::parse(&word).map_err(|fault| vec![fault])?,
            Some(_) => return Err(vec![Fault::at("/type", "wrong_type", "must be a string")]),
            None => return Err(vec![Fault::at("/type", "missing_field", "`type` is needed")]),
        };
        let mut line =
            Line { number, kind, name: String::new(), members, beside: Map::new(), renamed: Vec::new() };
        let mut faults = Vec::new();
        line.take_name().unwrap_or_else(|fault| faults.push(fault));
        line.translate(&mut faults);
        if faults.is_empty() { Ok(line) } else { Err(faults) }
    }

    fn take_name(&mut self) -> Result<(), Fault> {
        let Some(field) = self.kind.name_field() else { return Ok(()) };
        match self.members.get(field) {
            Some(Value::String(text)) => {
                // What is wrong with a name is told where the room reads it.
                self.name = self.kind.name(text).unwrap_or_default();
                Ok(())
            }
            Some(Value::Null) | None => {
                let detail = format!("`{field}` is needed: it is what the line is matched by");
                Err(Fault::at(format!("/{field}"), "missing_field", detail))
            }
            Some(_) => Err(Fault::at(format!("/{field}"), "wrong_type", "must be a string")),
        }
    }

    /// Puts what a bundle says in words of its own into the words of the rooms.
    fn translate(&mut self, faults: &mut Vec<Fault>) {
        match self.kind {
            Kind::Article => {
                self.rename("article_type", "type");
                for name in BESIDE {
                    if let Some(value) = self.members.shift_remove(name) {
                        self.beside.insert(name.to_owned(), value);
                    }
                }
            }
            Kind::Tag => self.rename("tag_type", "type"),
            Kind::Publication => self.translate_contact(faults),
            Kind::Origin => self.translate_republishable(faults),
            Kind::Partner | Kind::Section | Kind::Author | Kind::Series | Kind::Media => {}
            Kind::Update | Kind::List | Kind::Appeal | Kind::Redirect | Kind::Views => {}
        }
    }

    fn rename(&mut self, ours: &'static str, rooms: &'static str) {
        if let Some(value) = self.members.shift_remove(ours) {
            self.members.insert(rooms.to_owned(), value);
            self.renamed.push((rooms, ours));
        }
    }

    fn translate_contact(&mut self, faults: &mut Vec<Fault>) {
        let mut contact = Map::new();
        for (ours, rooms, pointer) in
            [("contact_email", "email", "contact/email"), ("contact_subject", "subject", "contact/subject")]
        {
            if let Some(value) = self.members.shift_remove(ours) {
                contact.insert(rooms.to_owned(), value);
                self.renamed.push((pointer, ours));
            }
        }
        if contact.is_empty() {
            return;
        }
        if self.members.contains_key("contact") {
            faults.push(Fault::at(
                "/contact",
                "invalid_value",
                "send `contact` or `contact_email`, not both",
            ));
        }
        self.members.insert("contact".to_owned(), Value::Object(contact));
    }

    fn translate_republishable(&mut self, faults: &mut Vec<Fault>) {
        let Some(value) = self.members.shift_remove("republishable") else { return };
        let policy = match value {
            Value::Bool(true) => json!("allow"),
            Value::Bool(false) => json!("deny"),
            Value::Null => Value::Null,
            Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                faults.push(Fault::at("/republishable", "wrong_type", "must be true, false or null"));
                return;
            }
        };
        if self.members.contains_key("policy") {
            faults.push(Fault::at("/policy", "invalid_value", "send `policy` or `republishable`, not both"));
        }
        self.members.insert("policy".to_owned(), policy);
    }

    /// A fault's place under the names that stand in the line, such as `tags/2`.
    pub fn field(&self, fault: &Fault) -> String {
        let place = match &fault.place {
            Place::Pointer(pointer) => pointer.trim_start_matches('/'),
            Place::Parameter(name) => name,
        };
        let renamed = self.renamed.iter().find(|(rooms, _)| {
            place.strip_prefix(rooms).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        match renamed {
            Some((rooms, ours)) => place.replacen(rooms, ours, 1),
            None => place.to_owned(),
        }
    }
}

fn unreadable(error: Error) -> Fault {
    let code = error.code();
    match error {
        Error::MalformedJson(detail) => {
            // A line is one line: where in it is told by the column alone.
            let detail = detail.replace(" at line 1 column ", " at column ");
            Fault::at("", code, format!("cannot be read as JSON: {detail}"))
        }
        Error::TooDeep(levels) => Fault::at("", code, format!("is nested deeper than {levels} levels")),
        other => Fault::at("", code, other.to_string()),
    }
}
