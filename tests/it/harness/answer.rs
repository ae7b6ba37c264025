//! An answer as a test reads it.

use actix_web::http::header::HeaderMap;
use serde_json::Value;

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// What stands at a JSON Pointer in the body; null where nothing does.
    #[track_caller]
    pub fn at(&self, pointer: &str) -> Value {
        self.json().pointer(pointer).cloned().unwrap_or(Value::Null)
    }

    /// `data` of the body.
    #[track_caller]
    pub fn data(&self) -> Value {
        self.at("/data")
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header's value; empty where it is not there.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The answer, if it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// The answer, if it is a problem of this status and code.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Self {
        let answer = self.expect(status);
        assert_eq!(answer.at("/code"), code, "{}", answer.text());
        answer
    }

    /// The `code` and place of each fault of a problem, in order.
    pub fn faults(&self) -> Vec<(String, String)> {
        let errors = self.at("/errors");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let place =
            |fault: &Value| text(fault.get("pointer").or(fault.get("parameter")).unwrap_or(&Value::Null));
        errors.as_array().into_iter().flatten().map(|fault| (place(fault), text(&fault["code"]))).collect()
    }
}
