//! Rings: a redirect that leads back to itself, over others, over full addresses of the site, or over an
//! address that a story left behind.

use std::collections::HashSet;

use super::{Redirect, own_path, store};
use crate::db::Conn;
use crate::error::{Error, Result};

/// The code of a ring.
pub const LOOP: &str = "redirect_loop";

/// 422 where a redirect that was stored leads back to itself.
pub fn refuse(conn: &mut Conn, base_url: &str, redirect: &Redirect) -> Result<()> {
    let Some(to) = &redirect.to else { return Ok(()) };
    match ring(conn, base_url, &redirect.from, to, target)? {
        true => Err(Error::body("/to", LOOP, format!("`{}` would lead back to itself", redirect.from))),
        false => Ok(()),
    }
}

/// Whether a path that leads to a target leads back to itself. `leads` says where the redirect from a path leads.
///
/// A live story goes before the redirect from its address, and may be taken off: so both ways are gone.
pub fn ring(
    conn: &mut Conn,
    base_url: &str,
    from: &str,
    to: &str,
    mut leads: impl FnMut(&mut Conn, &str) -> Result<Option<String>>,
) -> Result<bool> {
    let mut open: Vec<String> = own_path(base_url, to).into_iter().collect();
    let mut seen = HashSet::new();
    while let Some(path) = open.pop() {
        if path == from {
            return Ok(true);
        }
        if !seen.insert(path.clone()) {
            continue;
        }
        let next = [leads(conn, &path)?, store::story_url(conn, &path)?];
        open.extend(next.into_iter().flatten().filter_map(|link| own_path(base_url, &link)));
    }
    Ok(false)
}

fn target(conn: &mut Conn, path: &str) -> Result<Option<String>> {
    Ok(store::by_path(conn, path)?.and_then(|redirect| redirect.to))
}
