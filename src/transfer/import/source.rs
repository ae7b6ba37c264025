//! Where a bundle is read from: a file, or what came through a pipe, put down in the data folder first.
//!
//! It is read twice, so it must be something that can be gone back in. A line is read into one buffer, and of
//! one that is too long nothing is kept, so memory does not grow with the file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;
use std::time::SystemTime;

use crate::error::{Error, Result};

/// The longest line that is read, in bytes.
pub const LONGEST: usize = 1024 * 1024;

/// A bundle.
pub struct Source(Held);

enum Held {
    File(File),
    Text(&'static str),
}

/// What a source looks like while it stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    length: u64,
    changed_at: Option<SystemTime>,
}

impl Source {
    /// A bundle in a file; a pipe is spooled into `folder`.
    pub fn open(path: &Path, folder: &Path) -> Result<Self> {
        let told = |error: io::Error| Error::Internal(format!("{}: {error}", path.display()));
        let file = File::open(path).map_err(told)?;
        let about = file.metadata().map_err(told)?;
        if about.is_dir() {
            return Err(Error::Internal(format!("{} is a folder", path.display())));
        }
        if about.is_file() { Ok(Source(Held::File(file))) } else { Self::spool(file, folder) }
    }

    /// A bundle that comes once: it is put down in `folder`, in a file that nobody else can open.
    pub fn spool(mut from: impl Read, folder: &Path) -> Result<Self> {
        let told = |error: io::Error| Error::Internal(format!("cannot keep the bundle: {error}"));
        let path = folder.join(format!("import-{}", uuid::Uuid::new_v4().simple()));
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(told)?;
        // Without a name it is gone with the process, however that ends.
        fs::remove_file(&path).map_err(told)?;
        io::copy(&mut from, &mut file).map_err(told)?;
        Ok(Source(Held::File(file)))
    }

    /// A bundle that is part of the program.
    pub fn text(text: &'static str) -> Self {
        Source(Held::Text(text))
    }

    /// How it looks now.
    pub fn look(&self) -> Result<Look> {
        match &self.0 {
            Held::File(file) => {
                let about = file.metadata().map_err(unreadable)?;
                Ok(Look { length: about.len(), changed_at: about.modified().ok() })
            }
            Held::Text(text) => Ok(Look { length: text.len() as u64, changed_at: None }),
        }
    }

    /// Its lines from the beginning.
    pub fn lines(&self) -> Lines<'_> {
        Lines {
            from: BufReader::with_capacity(64 * 1024, At { held: &self.0, offset: 0 }),
            next: 0,
            number: 0,
        }
    }

    /// The bytes of a line that was found before.
    pub fn line(&self, offset: u64, length: u32) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length as usize];
        let mut at = At { held: &self.0, offset };
        at.read_exact(&mut bytes).map_err(unreadable)?;
        Ok(bytes)
    }
}

impl Look {
    /// Its size in bytes.
    pub fn length(self) -> u64 {
        self.length
    }
}

fn unreadable(error: io::Error) -> Error {
    Error::Internal(format!("the bundle cannot be read: {error}"))
}

struct At<'s> {
    held: &'s Held,
    offset: u64,
}

impl Read for At<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match self.held {
            Held::File(file) => file.read_at(buffer, self.offset)?,
            Held::Text(text) => {
                let start = usize::try_from(self.offset).unwrap_or(usize::MAX);
                text.as_bytes().get(start..).unwrap_or_default().read(buffer)?
            }
        };
        self.offset += count as u64;
        Ok(count)
    }
}

/// The lines of a source, one at a time.
pub struct Lines<'s> {
    from: BufReader<At<'s>>,
    next: u64,
    number: usize,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Its number, from 1.
    pub number: usize,
    /// Where it begins, in bytes.
    pub offset: u64,
    /// How long it is; none where it is longer than [`LONGEST`].
    pub length: Option<u32>,
}

impl Lines<'_> {
    /// Reads the next line into `buffer`, its end left out.
    pub fn read(&mut self, buffer: &mut Vec<u8>) -> Result<Option<Found>> {
        buffer.clear();
        let offset = self.next;
        let most = LONGEST as u64 + 1;
        let read = self.from.by_ref().take(most).read_until(b'\n', buffer).map_err(unreadable)?;
        if read == 0 {
            return Ok(None);
        }
        self.next += read as u64;
        self.number += 1;
        let ended = buffer.last() == Some(&b'\n');
        if ended {
            buffer.pop();
        }
        let is_too_long = buffer.len() > LONGEST;
        if is_too_long && !ended {
            self.skip_rest()?;
        }
        let length = u32::try_from(buffer.len()).ok().filter(|_| !is_too_long);
        Ok(Some(Found { number: self.number, offset, length }))
    }

    fn skip_rest(&mut self) -> Result<()> {
        loop {
            let held = self.from.fill_buf().map_err(unreadable)?;
            let end = held.iter().position(|byte| *byte == b'\n');
            let skipped = end.map_or(held.len(), |end| end + 1);
            self.from.consume(skipped);
            self.next += skipped as u64;
            if end.is_some() || skipped == 0 {
                return Ok(());
            }
        }
    }
}
