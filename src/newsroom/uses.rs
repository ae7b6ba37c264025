//! What a story's newest revision and its updates name: so that nothing in use can be deleted.

use std::collections::BTreeSet;

use super::{Work, store};
use crate::articles::story::Story;
use crate::articles::{Shown, updates};
use crate::db::Tx;
use crate::db::ids::MediaId;
use crate::error::Result;

/// Writes down what the newest revision and the story's updates name, in place of what was named before.
pub fn note(tx: &mut Tx, work: &Work) -> Result<()> {
    let mut names = names(&work.story);
    let of_updates = updates::named_by(tx, work.id)?;
    names.extend(of_updates.into_iter().map(|(shown, id)| (shown.name(), id)));
    store::uses::replace(tx, work.id, &names)
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
