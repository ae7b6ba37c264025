//! How long an answer may be kept by others, cut to the next thing that will change by itself.

use crate::db::types::Stamp;

const BROWSER: i64 = 30;
const SHARED: i64 = 300;
const WHILE_REVALIDATING: i64 = 60;
const ON_ERROR: i64 = 300;

/// The `Cache-Control` of a delivery answer (RFC 9111, RFC 5861).
///
/// A stale window counts as lifetime: no directive lets a cache show the answer after `next_due`.
/// The instant is one for the whole publication, so that a lifetime never tells what will appear.
pub fn cache_control(private: bool, may_be_stale: bool, now: Stamp, next_due: Option<Stamp>) -> String {
    let left = next_due.map_or(i64::MAX, |due| due.seconds_since(now).max(0));
    let browser = BROWSER.min(left);
    if private {
        return format!("private, max-age={browser}");
    }
    let shared = SHARED.min(left);
    let mut directives = format!("public, max-age={browser}, s-maxage={shared}");
    let stale = left - shared;
    for (name, window) in [("stale-while-revalidate", WHILE_REVALIDATING), ("stale-if-error", ON_ERROR)] {
        let window = window.min(stale);
        if may_be_stale && window > 0 {
            directives.push_str(&format!(", {name}={window}"));
        }
    }
    directives
}
