//! Answers compressed by what the client takes: zstd, br, gzip, or as they are.

use std::io::Write;

use actix_web::HttpRequest;
use actix_web::http::header;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Below this size, in bytes, compression costs more than it saves.
const WORTH_IT: usize = 1024;

/// A content coding (RFC 9110 §8.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
    /// RFC 8878.
    Zstd,
}

// The order of preference where the client likes several as much.
const OFFERED: [Encoding; 4] = [Encoding::Zstd, Encoding::Brotli, Encoding::Gzip, Encoding::Identity];

impl Encoding {
    /// The coding to answer with, by `Accept-Encoding` (RFC 9110 §12.5.3).
    pub fn wanted(request: &HttpRequest, size: usize) -> Self {
        let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        match accepted {
            Some(accepted) if size >= WORTH_IT => best(accepted),
            _ => Encoding::Identity,
        }
    }

    /// Its name in headers; none where nothing is coded.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Encoding::Identity => None,
            Encoding::Gzip => Some("gzip"),
            Encoding::Brotli => Some("br"),
            Encoding::Zstd => Some("zstd"),
        }
    }

    /// What sets the ETag of this coding apart from those of the others.
    pub fn mark(self) -> &'static str {
        match self {
            Encoding::Identity => "",
            Encoding::Gzip => ".g",
            Encoding::Brotli => ".b",
            Encoding::Zstd => ".z",
        }
    }

    /// The bytes, coded; as they are where coding fails, which no encoder into memory does.
    pub fn encode(self, bytes: Vec<u8>) -> Vec<u8> {
        let coded = match self {
            Encoding::Identity => return bytes,
            Encoding::Gzip => gzip(&bytes),
            Encoding::Brotli => brotli(&bytes),
            Encoding::Zstd => zstd::encode_all(bytes.as_slice(), 3),
        };
        coded.unwrap_or(bytes)
    }
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(5));
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut coded = Vec::with_capacity(bytes.len() / 3);
    let settings = brotli::enc::BrotliEncoderParams { quality: 4, lgwin: 20, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut coded, &settings)?;
    Ok(coded)
}

fn best(accepted: &str) -> Encoding {
    let weights: Vec<(&str, f32)> = accepted.split(',').filter_map(weighed).collect();
    let weight = |encoding: Encoding| {
        let name = encoding.name().unwrap_or("identity");
        let named = weights.iter().find(|(coding, _)| coding.eq_ignore_ascii_case(name));
        let any = || weights.iter().find(|(coding, _)| *coding == "*" && encoding != Encoding::Identity);
        // Identity is always acceptable unless refused, but never preferred to what was asked for.
        let unsaid = if encoding == Encoding::Identity { 0.0001 } else { 0.0 };
        named.or_else(any).map_or(unsaid, |(_, weight)| *weight)
    };
    let mut chosen = (Encoding::Identity, 0.0);
    for encoding in OFFERED {
        if weight(encoding) > chosen.1 {
            chosen = (encoding, weight(encoding));
        }
    }
    chosen.0
}

fn weighed(part: &str) -> Option<(&str, f32)> {
    let mut pieces = part.split(';').map(str::trim);
    let coding = pieces.next()?;
    let weight =
        pieces.find_map(|piece| piece.strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse().ok())?;
    Some((coding, weight))
}
