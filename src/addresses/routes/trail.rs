//! From a path to where it leads in the end: over redirects, and over addresses that things have left.

use std::collections::HashSet;

use super::standing::{Here, look};
use super::{Resolved, ResolvedKind};
use crate::addresses::redirects::{Redirect, Status, own_path};
use crate::db::Snapshot;
use crate::error::{Error, Result};
use crate::publication;

/// What stands at a path, or where it leads: 404 where that is nowhere, 410 where it is gone.
pub fn resolve(snapshot: &mut Snapshot, asked: &str) -> Result<Resolved> {
    let settings = publication::settings_at(snapshot)?;
    let site = settings.site();
    let own = |link: &str| own_path(&settings.base_url, link);
    let mut trail = Trail::default();
    let mut at = asked.to_owned();
    // A ring may be closed by what no save of a redirect could see: a tag's new slug, another `base_url`.
    let mut seen = HashSet::new();
    loop {
        let is_new = seen.insert(at.clone());
        let next = match look(snapshot, &site, &at, is_new)? {
            Here::Redirect(redirect) => {
                let link = site.link(redirect.to.as_deref().ok_or(Error::Gone)?);
                let next = own(&link);
                trail.follow(redirect, link);
                next
            }
            Here::Thing(thing) => {
                let address = own(&thing.url);
                let is_here = address.as_ref() == Some(&at);
                trail.reach(thing, is_here);
                address.filter(|_| is_new && !is_here)
            }
            Here::Nothing if is_new => None,
            Here::Nothing => return Err(Error::NotFound("address")),
        };
        match next {
            Some(path) => at = path,
            None => return trail.end(|url| own(url).as_deref() == Some(asked)),
        }
    }
}

/// What was met on the way.
#[derive(Default)]
struct Trail {
    first: Option<Redirect>,
    /// Whether a redirect on the way is for now.
    for_now: bool,
    /// The link by which the last path was reached.
    link: Option<String>,
    thing: Option<Resolved>,
}

impl Trail {
    fn follow(&mut self, redirect: Redirect, link: String) {
        self.for_now |= redirect.status == Status::Temporary;
        self.first.get_or_insert(redirect);
        self.link = Some(link);
        self.thing = None;
    }

    /// A thing was reached: at its own address, to which the link goes as it was written, or at one that it left.
    fn reach(&mut self, thing: Resolved, is_here: bool) {
        self.link = self.link.take().filter(|link| is_here && link.contains(['?', '#']));
        self.thing = Some(thing);
    }

    fn end(self, is_asked: impl Fn(&str) -> bool) -> Result<Resolved> {
        let Trail { first, for_now, link, thing } = self;
        let missing = Error::NotFound("address");
        let Some(first) = first else { return thing.ok_or(missing) };
        let url = link.or_else(|| thing.as_ref().map(|thing| thing.url.clone())).ok_or(missing)?;
        match thing {
            // What led away from it came back: it is shown where it stands.
            Some(thing) if is_asked(&url) => Ok(thing),
            _ => {
                let status = if for_now { Status::Temporary } else { Status::Permanent };
                let (kind, id) = (ResolvedKind::Redirect, first.id.to_string());
                Ok(Resolved { kind, id, slug: None, url, status: Some(status.code()) })
            }
        }
    }
}
