//! Redirects as they will be: no ring, however many lines it goes over, and those that others lead to first.

use std::collections::{HashMap, HashSet};

use crate::addresses::redirects;
use crate::db::Conn;
use crate::error::Result;

/// Where the lines of a bundle lead paths.
#[derive(Default)]
pub struct Ways {
    lines: HashMap<String, (usize, Option<String>)>,
}

/// A line that leads a path somewhere.
pub struct Way {
    /// The number of the line.
    pub line: usize,
    /// How many redirects follow it; none where it leads back to itself.
    pub followed_by: Option<u32>,
}

impl Ways {
    /// Notes where a line leads a path.
    pub fn add(&mut self, line: usize, from: String, to: Option<String>) {
        self.lines.insert(from, (line, to));
    }

    /// How far each line leads, on the site at `base_url`.
    pub fn judge(&self, conn: &mut Conn, base_url: &str) -> Result<Vec<Way>> {
        let mut ways = Vec::with_capacity(self.lines.len());
        for (from, (line, to)) in &self.lines {
            let is_ring = match to {
                Some(to) => redirects::ring(conn, base_url, from, to, |conn, path| self.target(conn, path))?,
                None => false,
            };
            let followed_by = if is_ring { None } else { Some(self.length(conn, base_url, from)?) };
            ways.push(Way { line: *line, followed_by });
        }
        Ok(ways)
    }

    /// How many redirects follow the one from a path.
    fn length(&self, conn: &mut Conn, base_url: &str, from: &str) -> Result<u32> {
        let mut length = 0;
        let mut at = from.to_owned();
        // A ring further on is the fault of its own lines.
        let mut seen = HashSet::new();
        while seen.insert(at.clone()) {
            let target = self.target(conn, &at)?;
            let Some(next) = target.and_then(|to| redirects::own_path(base_url, &to)) else { break };
            length += 1;
            at = next;
        }
        Ok(length)
    }

    fn target(&self, conn: &mut Conn, path: &str) -> Result<Option<String>> {
        match self.lines.get(path) {
            Some((_, to)) => Ok(to.clone()),
            None => Ok(redirects::from_path(conn, path)?.and_then(|redirect| redirect.to)),
        }
    }
}
