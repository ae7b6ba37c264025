//! Pages that are fetched to be checked: politely, and from the partner's own hosts alone.
//!
//! A job takes the checks that are due, host by host. A host has one request at a time, whatever the node, and
//! none that its robots.txt does not allow; a redirect is followed on the same host alone. It promises that no
//! transaction is open while a site is waited for, and that of a page which cannot be read nothing is told but
//! that, with the status that it answered.

mod look;

use std::thread;

use url::Url;

use super::{Check, Code, Judged, Pixels, Reading, State, hold_against, is_on_a_host_of, store};
use crate::db::ids::ArticleId;
use crate::db::{Actor, Db, Snapshot};
use crate::error::Result;
use crate::outbound::Client;
use crate::republish::partners;
use look::{Looked, Site};

/// How many checks are taken at once.
const AT_ONCE: i64 = 500;
/// How many checks of one host are done before it is left alone for a moment.
const OF_ONE_HOST: usize = 4;
/// How many hosts are waited for at once.
const HOSTS: usize = 8;
/// How long a host is kept from others, in seconds: longer than all that is asked of it takes.
const HELD: i64 = 180;

/// Fetches the pages of the checks that are due, and notes what comes of each.
pub fn work(db: &Db, client: &Client, pixels: &Pixels) -> Result<()> {
    let due = db.read_now(|snapshot| {
        let now = snapshot.now();
        store::due(snapshot, now, AT_ONCE)
    })?;
    // The host that waits longest comes first.
    let mut hosts: Vec<(String, Vec<Check>)> = Vec::new();
    for (host, check) in due {
        match hosts.iter_mut().find(|(known, _)| *known == host) {
            Some((_, checks)) => checks.push(check),
            None => hosts.push((host, vec![check])),
        }
    }
    thread::scope(|scope| {
        let visits: Vec<_> = hosts
            .into_iter()
            .take(HOSTS)
            .map(|(host, checks)| scope.spawn(move || visit(db, client, pixels, &host, checks)))
            .collect();
        // A visit that panicked says so where it ran; its checks are taken again.
        visits.into_iter().filter_map(|visit| visit.join().ok()).collect()
    })
}

/// Does the checks of one host, one after another, unless another node is there.
fn visit(db: &Db, client: &Client, pixels: &Pixels, host: &str, checks: Vec<Check>) -> Result<()> {
    let taken = host.to_owned();
    let is_ours = db.write_unlogged_now(move |tx| {
        let now = tx.now();
        store::take_host(tx, &taken, now, now.plus_seconds(HELD))
    })?;
    if !is_ours {
        return Ok(());
    }
    let mut site = Site::new(client)?;
    // One that fails is tried again, and keeps none of the others waiting.
    let done: Vec<Result<()>> =
        checks.into_iter().take(OF_ONE_HOST).map(|check| one(db, &mut site, pixels, check)).collect();
    let left = host.to_owned();
    db.write_unlogged_now(move |tx| store::free_host(tx, &left))?;
    done.into_iter().collect()
}

/// Looks at the page of a check that still waits, and notes what came of it.
fn one(db: &Db, site: &mut Site<'_>, pixels: &Pixels, check: Check) -> Result<()> {
    let Some(url) = check.url.as_deref().and_then(|url| Url::parse(url).ok()) else { return Ok(()) };
    let (id, page) = (check.id, url.clone());
    let is_its_own = db.read_now(|snapshot| {
        let Some(Check { state: State::Pending { .. }, partner, .. }) = store::find(snapshot, id)? else {
            return Ok(None);
        };
        let partner = partners::read(snapshot, partner.as_str())?;
        Ok(Some(is_on_a_host_of(&partner, &page)))
    })?;
    let (article, judged) = match is_its_own {
        // Another node was first.
        None => return Ok(()),
        Some(false) => (None, Judged::of_page(Code::HostNotRegistered, url.host_str().map(str::to_owned))),
        Some(true) => {
            let looked = site.look(&url);
            db.read_now(|snapshot| judged(snapshot, &check, looked, pixels))?
        }
    };
    db.write_now(Actor::system(), move |tx| super::finish(tx, check, article, judged)).map(|_| ())
}

/// What is ruled about what was seen.
fn judged(
    snapshot: &mut Snapshot,
    check: &Check,
    looked: Looked,
    pixels: &Pixels,
) -> Result<(Option<ArticleId>, Judged)> {
    let reading: Box<Reading> = match looked {
        Looked::Page(reading) => reading,
        Looked::Gone => return Ok((None, Judged::of_removed())),
        Looked::Otherwise(code, evidence) => return Ok((None, Judged::of_page(code, evidence))),
    };
    let partner = partners::read(snapshot, check.partner.as_str())?;
    Ok(match hold_against(snapshot, &reading, partner, pixels, check.article)? {
        Some((article, judged)) => (Some(article), judged),
        None => (None, Judged::of_page(Code::ArticleUnknown, None)),
    })
}
