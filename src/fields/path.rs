//! The one form of a path.
//!
//! A path begins with one slash, is in NFC and percent-encoded as RFC 3986 has it, so that two
//! paths are one where their bytes are. Read from staff, templates and requests alike; what has no
//! place in a path is refused by its name.

use deserr::Deserr;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;

use super::{Faults, Rule};

const MAX_PATH: usize = 512;

/// A path of the publication's site, in its one form: at most 512 characters, without query and fragment.
#[derive(Clone, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = SitePath::read -> Rule)]
#[schema(value_type = String, example = "/harbour/old-pier", min_length = 1, max_length = 512)]
pub struct SitePath(String);

impl SitePath {
    fn read(text: String) -> Result<Self, Rule> {
        Ok(SitePath(parse_path(&text)?))
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl From<PathFault> for Rule {
    fn from(fault: PathFault) -> Self {
        let code = if fault == PathFault::TooLong { "too_long" } else { "invalid_value" };
        Rule(code, fault.to_string())
    }
}

/// Why a template or a path cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PathFault {
    /// It does not begin with a slash.
    #[error("a path begins with one `/`")]
    NoSlash,
    /// It has two slashes side by side, a backslash, or an encoded slash.
    #[error(
        "the parts of a path are parted by one `/` each; `//`, a backslash and `%2F` have no place in it"
    )]
    EmptySegment,
    /// It has a segment `.` or `..`, encoded or not.
    #[error("a path has no segments `.` and `..`")]
    DotSegment,
    /// It holds something that ends a path or must not stand in one.
    #[error("a path holds no {0:?}")]
    Character(char),
    /// A percent sign does not begin an encoded character.
    #[error("`%` in a path begins an encoded UTF-8 character, as `%C3%A9`")]
    Encoding,
    /// It is longer than 512 characters.
    #[error("a path has at most 512 characters")]
    TooLong,
    /// A brace without its other one.
    #[error("each `{{` of a template has its `}}`")]
    Brace,
    /// A placeholder that this kind of template does not have.
    #[error("`{{{0}}}` is not a placeholder of this template")]
    Unknown(String),
    /// Two things would share a path.
    #[error(
        "a template holds `{{slug}}` or `{{id}}` (that of sections `{{path}}`), or two would share one path"
    )]
    NotUnique,
}

/// A path that staff or a request wrote, in the one form that is stored: NFC, percent-encoded.
pub fn parse_path(text: &str) -> Result<String, PathFault> {
    if !text.starts_with('/') {
        return Err(PathFault::NoSlash);
    }
    let path = decode(text)?;
    if path.contains("//") || path.contains('\\') {
        return Err(PathFault::EmptySegment);
    }
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err(PathFault::DotSegment);
    }
    if let Some(other) =
        path.chars().find(|c| c.is_control() || c.is_whitespace() || matches!(c, '?' | '#' | '{' | '}'))
    {
        return Err(PathFault::Character(other));
    }
    let path = encode(&path);
    if path.len() > MAX_PATH { Err(PathFault::TooLong) } else { Ok(path) }
}

/// The characters of a path. An encoded slash would become a segment's end, so it is refused.
pub fn decode(text: &str) -> Result<String, PathFault> {
    let lower = text.to_ascii_lowercase();
    if lower.contains("%2f") || lower.contains("%5c") {
        return Err(PathFault::EmptySegment);
    }
    let broken = text.split('%').skip(1).any(|after| {
        let mut digits = after.bytes().take(2);
        !(digits.next().is_some_and(|b| b.is_ascii_hexdigit())
            && digits.next().is_some_and(|b| b.is_ascii_hexdigit()))
    });
    if broken {
        return Err(PathFault::Encoding);
    }
    let decoded =
        percent_encoding::percent_decode_str(text).decode_utf8().map_err(|_| PathFault::Encoding)?;
    Ok(decoded.nfc().collect())
}

/// RFC 3986: what a path holds as it is, beside letters and digits; all else is encoded.
const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// The same with all encoded that a path does not hold as it is.
pub fn encode(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, KEPT).to_string()
}
