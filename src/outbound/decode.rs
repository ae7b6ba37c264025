//! What an answer says: its compression undone, up to a limit, and its bytes read as text.

use std::io::Read;

use encoding_rs::{Encoding, UTF_8};
use flate2::read::MultiGzDecoder;

use super::Failure;

/// A body without its compression, of at most this many bytes; one that we did not ask for stays as it is.
pub fn decoded(body: &[u8], coding: Option<&str>, most: usize) -> Result<Vec<u8>, Failure> {
    match coding.map(str::to_ascii_lowercase).as_deref() {
        Some("gzip" | "x-gzip") => read(MultiGzDecoder::new(body), most),
        Some("br") => read(brotli::Decompressor::new(body, 4096), most),
        _ => Ok(body.to_vec()),
    }
}

fn read(decoder: impl Read, most: usize) -> Result<Vec<u8>, Failure> {
    let mut whole = Vec::new();
    let read = decoder.take(most as u64 + 1).read_to_end(&mut whole).map_err(|_| Failure::Unreachable)?;
    if read > most { Err(Failure::TooLarge) } else { Ok(whole) }
}

/// A body as text, in the encoding of its byte order mark, else of its media type, else UTF-8.
pub fn text(body: &[u8], media_type: Option<&str>) -> String {
    let parameters = media_type.into_iter().flat_map(|text| text.split(';').skip(1));
    let label = parameters
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .map(|(_, label)| label.trim().trim_matches('"'));
    let encoding = label.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8);
    encoding.decode(body).0.into_owned()
}
