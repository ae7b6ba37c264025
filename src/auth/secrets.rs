//! The secret ring: the first entry signs, all verify, and each purpose has a key of its own.
//!
//! Secrets come from `WIREDESK_SECRETS`, or from a file in the data folder that only its owner can
//! read and that the first start makes.

use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use rand::distr::{Alphanumeric, SampleString};
use sha2::Sha256;

use crate::config::{Config, PIXELS_ALONE};
use crate::error::{Error, Result};

/// What a derived key is for; a token made for one purpose is nothing elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Staff access tokens.
    AccessToken,
    /// Refresh tokens.
    RefreshToken,
    /// Cursors of lists.
    Cursor,
    /// Pixel tokens.
    Pixel,
    /// Preview tokens.
    Preview,
    /// Seals of requests that may come again: a body may hold a password.
    Receipt,
    /// Secrets of webhooks.
    Webhook,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Purpose::AccessToken => "wiredesk/access-token/1",
            Purpose::RefreshToken => "wiredesk/refresh-token/1",
            Purpose::Cursor => "wiredesk/cursor/1",
            Purpose::Pixel => "wiredesk/pixel/1",
            Purpose::Preview => "wiredesk/preview/1",
            Purpose::Receipt => "wiredesk/receipt/1",
            Purpose::Webhook => "wiredesk/webhook/1",
        }
    }
}

/// The ring.
pub struct Secrets {
    entries: Vec<Entry>,
}

struct Entry {
    kid: String,
    secret: Vec<u8>,
    /// Kept for the copies out there whose pixels it signed, and for nothing else.
    pixels_alone: bool,
}

impl Entry {
    fn of(text: &str) -> Option<Self> {
        let (kid, secret) = text.trim().split_once(':')?;
        let (secret, pixels_alone) = match secret.strip_suffix(PIXELS_ALONE) {
            Some(secret) => (secret, true),
            None => (secret, false),
        };
        Some(Entry { kid: kid.to_owned(), secret: secret.as_bytes().to_vec(), pixels_alone })
    }
}

impl Secrets {
    /// Reads the ring that the settings name, or the data folder's, made at the first start.
    pub fn open(config: &Config) -> Result<Self> {
        let text = match &config.secrets {
            Some(text) => text.clone(),
            None => from_folder(&config.data_dir)?,
        };
        let entries: Vec<_> = text.split(',').filter_map(Entry::of).collect();
        if entries.is_empty() {
            return Err(Error::Internal("the secret ring is empty".into()));
        }
        Ok(Secrets { entries })
    }

    /// The key that signs for a purpose, with the id of its entry.
    pub fn signing_key(&self, purpose: Purpose) -> (&str, [u8; 32]) {
        let first = &self.entries[0];
        (&first.kid, derive(&first.secret, purpose))
    }

    /// The keys that verify for a purpose, each with the id of its entry; the signing one first.
    pub fn verifying_keys<'s>(&'s self, purpose: Purpose) -> impl Iterator<Item = (&'s str, [u8; 32])> {
        let verifying = move |entry: &&Entry| !entry.pixels_alone || purpose == Purpose::Pixel;
        let key = move |entry: &'s Entry| (entry.kid.as_str(), derive(&entry.secret, purpose));
        self.entries.iter().filter(verifying).map(key)
    }
}

/// HMAC-SHA-256 (RFC 2104) over the parts, each led by its length so that they cannot run together.
pub fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC fills a short key up with zeros: this is the same key.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn derive(secret: &[u8], purpose: Purpose) -> [u8; 32] {
    let mut ikm = [0; 32];
    let digest = <Sha256 as sha2::Digest>::digest(secret);
    ikm.copy_from_slice(&digest);
    mac(&ikm, &[purpose.name().as_bytes()])
}

/// Random bytes for a new secret.
pub fn random<const N: usize>() -> [u8; N] {
    rand::random()
}

fn from_folder(folder: &Path) -> Result<String> {
    make_folder(folder)?;
    let path = folder.join("secrets");
    match fs::read_to_string(&path) {
        Ok(text) => {
            let mode = fs::metadata(&path).map_err(storage)?.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(Error::Internal(format!(
                    "{} can be read by others: chmod 600 it",
                    path.display()
                )));
            }
            Ok(text.trim().to_owned())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let text = format!("k1:{}", URL_SAFE_NO_PAD.encode(random::<32>()));
            write_private(&path, &text)
        }
        Err(error) => Err(storage(error)),
    }
}

/// The data folder, which nobody else may enter.
pub fn make_folder(folder: &Path) -> Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(storage)
}

fn write_private(path: &Path, text: &str) -> Result<String> {
    // Two first starts at once: the one that comes second reads what the first wrote.
    match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => {
            file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(storage)?;
            Ok(text.to_owned())
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Ok(fs::read_to_string(path).map_err(storage)?.trim().to_owned())
        }
        Err(error) => Err(storage(error)),
    }
}

fn storage(error: std::io::Error) -> Error {
    Error::Internal(format!("the data folder: {error}"))
}

/// The SHA-256 of a key or refresh token in hexadecimal: all that is stored of it.
pub fn fingerprint(secret: &str) -> String {
    let digest = <Sha256 as sha2::Digest>::digest(secret.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a secret is the one of a stored fingerprint, in constant time.
pub fn is_of(secret: &str, stored: &str) -> bool {
    constant_time_eq::constant_time_eq(fingerprint(secret).as_bytes(), stored.as_bytes())
}

/// 256 random bits as letters and digits, so that a double click selects the whole.
pub fn random_word() -> String {
    Alphanumeric.sample_string(&mut rand::rng(), 43)
}
