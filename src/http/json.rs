//! How an answer is printed as JSON.
//!
//! The text is ordinary JSON that may be put into an HTML `script` element as it is: `</` is
//! printed `<\/` and `<!` is printed `\u003c!`, so that nothing in it can end or open anything
//! there. It is done by the printer and not by the values, so it holds for every field, however
//! the answer was put together, and a reader gets exactly what was stored.

use std::io;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// The bytes of an answer: compact JSON in which neither `</` nor `<!` stands.
pub fn print<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(1024);
    value.serialize(&mut Serializer::with_formatter(&mut bytes, ScriptSafe))?;
    Ok(bytes)
}

/// The printing of strings that an HTML parser cannot misread.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScriptSafe;

impl Formatter for ScriptSafe {
    // `/` and `!` are never escaped by serde_json, so a pair always stands in one fragment.
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment.as_bytes();
        while let Some(at) = rest.windows(2).position(|pair| pair == b"</" || pair == b"<!") {
            let (before, from) = rest.split_at(at);
            writer.write_all(before)?;
            writer.write_all(if from.starts_with(b"</") { br"<\/" } else { br"\u003c!" })?;
            rest = from.get(2..).unwrap_or_default();
        }
        writer.write_all(rest)
    }
}
