//! How long an answer may be kept by others, cut to the next thing that will change by itself.

use crate::db::types::Stamp;

/// How long answers of a kind may be kept, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    browser: i64,
    shared: i64,
    while_revalidating: i64,
    on_error: i64,
}

impl Lifetime {
    /// Of nearly everything.
    pub const USUAL: Lifetime = Lifetime { browser: 30, shared: 300, while_revalidating: 60, on_error: 300 };
    /// Of what is polled because it changes from minute to minute: never shown stale.
    pub const BRIEF: Lifetime = Lifetime { browser: 5, shared: 10, while_revalidating: 0, on_error: 0 };

    /// The same for what is not there: never shown stale.
    pub fn never_stale(self) -> Self {
        Lifetime { while_revalidating: 0, on_error: 0, ..self }
    }

    /// The `Cache-Control` of a delivery answer (RFC 9111, RFC 5861).
    ///
    /// A stale window counts as lifetime: no directive lets a cache show the answer after `next_due`.
    /// The instant is one for the whole publication, so that a lifetime never tells what will appear.
    pub fn cache_control(self, private: bool, now: Stamp, next_due: Option<Stamp>) -> String {
        let left = next_due.map_or(i64::MAX, |due| due.seconds_since(now).max(0));
        let browser = self.browser.min(left);
        if private {
            return format!("private, max-age={browser}");
        }
        let shared = self.shared.min(left);
        let mut directives = format!("public, max-age={browser}, s-maxage={shared}");
        let stale = left - shared;
        let windows =
            [("stale-while-revalidate", self.while_revalidating), ("stale-if-error", self.on_error)];
        for (name, window) in windows {
            let window = window.min(stale);
            if window > 0 {
                directives.push_str(&format!(", {name}={window}"));
            }
        }
        directives
    }
}
