//! What a story's newest revision names: so that nothing in use can be deleted.

use std::collections::BTreeSet;

use super::{Work, store};
use crate::articles::Shown;
use crate::articles::story::Story;
use crate::db::Tx;
use crate::db::ids::MediaId;
use crate::error::Result;

/// Writes down what the newest revision names, in place of what the one before named.
pub fn note(tx: &mut Tx, work: &Work) -> Result<()> {
    store::uses::replace(tx, work.id, &names(&work.story))
}

fn names(story: &Story) -> BTreeSet<(&'static str, String)> {
    let mut names = BTreeSet::new();
    let mut add = |shown: Shown, id: String| {
        names.insert((shown.name(), id));
    };
    story.section.iter().for_each(|id| add(Shown::Section, id.to_string()));
    story.tags.iter().chain(&story.primary_tag).for_each(|id| add(Shown::Tag, id.to_string()));
    story.authors.iter().for_each(|credit| add(Shown::Author, credit.author.to_string()));
    story.series.iter().for_each(|part| add(Shown::Series, part.series.to_string()));
    story.origin.iter().for_each(|id| add(Shown::Origin, id.to_string()));
    media(story).iter().for_each(|id| add(Shown::Media, id.to_string()));
    names
}

/// The assets that a story shows, in its lead or its body.
pub fn media(story: &Story) -> BTreeSet<MediaId> {
    let mentioned = story.body.mentions().media;
    mentioned.iter().filter_map(|id| id.parse().ok()).chain(story.lead_media).collect()
}
