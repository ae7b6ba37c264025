//! Programs that fetch pages and say so: the kept list `crawlers.txt`, with its licence and its version.

use regex::bytes::Regex;

use crate::error::{Error, Result};

const LIST: &str = include_str!("crawlers.txt");

/// The user agents of programs.
#[derive(Clone)]
pub struct Crawlers(Regex);

impl Crawlers {
    /// Reads the list.
    pub fn known() -> Result<Self> {
        let patterns =
            LIST.lines().filter(|line| !line.is_empty() && !line.starts_with("# ") && *line != "#");
        let all: Vec<&str> = patterns.collect();
        let regex = Regex::new(&all.join("|"));
        regex.map(Crawlers).map_err(|error| Error::Internal(format!("the list of crawlers: {error}")))
    }

    /// Whether a program of this user agent is on the list.
    pub fn include(&self, user_agent: &[u8]) -> bool {
        self.0.is_match(user_agent)
    }
}
