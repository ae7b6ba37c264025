//! Going live and off again: the two verbs by which the newsroom changes what the world sees.
//!
//! What goes live is written whole, so no answer ever mixes two versions. A translation that comes or
//! goes renews the answers of its siblings, whose `modified_at` and `version` stay.

use std::collections::BTreeSet;

use super::store::{corrections, merge as merging, write};
use super::story::Story;
use super::{Shown, Translation};
use crate::addresses::{self, Kind};
use crate::db::ids::{ArticleId, MediaId, OriginId, SectionId};
use crate::db::types::Stamp;
use crate::db::{Audience, Change, Tx};
use crate::error::Result;

/// A story as it goes live.
pub struct GoingLive<'a> {
    /// Which story.
    pub id: ArticleId,
    /// Which revision of it.
    pub revision: i32,
    /// Which published version it becomes.
    pub version: i32,
    /// What it says.
    pub story: &'a Story,
    /// The headline, which a story that goes live has.
    pub headline: &'a str,
    /// Its section first, then that one's ancestors.
    pub sections: &'a [SectionId],
    /// Where it comes from.
    pub origin: OriginId,
    /// The assets that it shows.
    pub media: &'a BTreeSet<MediaId>,
    /// Its path on the site.
    pub path: &'a str,
    /// Its address.
    pub url: &'a str,
    /// Its canonical address.
    pub canonical_url: &'a str,
    /// The date that readers see.
    pub published_at: Stamp,
    /// When it was first public.
    pub first_published_at: Stamp,
    /// When it last changed in substance.
    pub updated_at: Stamp,
    /// When anything of it last changed.
    pub modified_at: Stamp,
    /// To whom it is offered.
    pub offer: Offer,
    /// Held back from partners until released.
    pub withheld: bool,
}

/// To whom a live story is offered, as far as no partner is concerned: what lists are filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Whether anybody may republish it.
    pub to_anyone: bool,
    /// Whether anybody may somewhere: nothing but its countries keeps it from nobody in particular.
    pub somewhere: bool,
}

/// Makes a version of a story the one that the world sees.
pub fn go_live(tx: &mut Tx, live: &GoingLive) -> Result<()> {
    let siblings_before = write::group_of(tx, live.id)?;
    write::replace(tx, live)?;
    write::keep_version(tx, live)?;
    corrections::insert(tx, live.id, &live.story.corrections)?;
    addresses::note_public(tx, Kind::Article, &live.story.slug)?;
    addresses::take_path(tx, live.path, live.id)?;
    addresses::no_longer_gone(tx, live.id)?;
    for group in [siblings_before, live.story.translation_group.clone()].into_iter().flatten() {
        link_translations(tx, &group)?;
    }
    tx.set_due("article.expires", live.id, live.story.expires_at)?;
    tx.set_due("article.rights", live.id, live.story.rights.expires_at.filter(|at| *at > tx.now()))?;
    tx.touch_live();
    Ok(())
}

/// Takes a story off: the world no longer knows it, but for its old addresses.
pub fn take_down(tx: &mut Tx, id: ArticleId) -> Result<()> {
    let group = write::group_of(tx, id)?;
    write::remove(tx, id)?;
    if let Some(group) = group {
        link_translations(tx, &group)?;
    }
    tx.set_due("article.expires", id, None)?;
    tx.set_due("article.rights", id, None)?;
    tx.touch_live();
    Ok(())
}

/// Tells each live story of a translation group about the others.
fn link_translations(tx: &mut Tx, group: &str) -> Result<()> {
    let members: Vec<Translation> = write::group_members(tx, group)?;
    for member in &members {
        let others: Vec<Translation> =
            members.iter().filter(|other| other.id != member.id).cloned().collect();
        write::put_translations(tx, member.id, &others)?;
    }
    Ok(())
}

/// Lets every story name one author, tag or section in the place of another: `modified_at` of the live ones
/// moves, their `version` does not, nor does a revision.
pub fn merge(tx: &mut Tx, shown: Shown, from: &str, into: &str) -> Result<()> {
    super::touch(tx, shown, from)?;
    merging::merge(tx, shown, from, into)
}

/// As `merge`, of sections: the stories run under the ancestors of the other.
pub fn merge_section(tx: &mut Tx, from: SectionId, into: SectionId, ancestors: &[SectionId]) -> Result<()> {
    merge(tx, Shown::Section, from.as_str(), into.as_str())?;
    write::refile_section(tx, into, ancestors)
}

/// The change that tells that a live story is offered otherwise than it was.
pub fn rights_changed(id: ArticleId) -> Change {
    let change = Change::new(Audience::Partner, "article.rights_changed", "article", id);
    change.key("article", id).key("list", "articles")
}

/// Holds a live story back from partners, or no longer.
pub fn put_withheld(tx: &mut Tx, id: ArticleId, withheld: bool) -> Result<()> {
    write::put_withheld(tx, id, withheld)?;
    tx.touch_live();
    Ok(())
}

/// Follows a section that moved in the tree: the rows that say under which ancestors stories run.
pub fn refile(tx: &mut Tx, section: SectionId, ancestors: &[SectionId]) -> Result<()> {
    write::refile_section(tx, section, ancestors)?;
    super::touch(tx, Shown::Section, section)
}

/// Writes down to whom a live story is offered; says whether that is another answer.
pub fn put_offer(tx: &mut Tx, id: ArticleId, offer: Offer) -> Result<bool> {
    let changed = write::put_offer(tx, id, offer)?;
    if changed {
        tx.touch_live();
    }
    Ok(changed)
}
