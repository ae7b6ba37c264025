//! Which appeal a page shows, where several could (API.md §4).

use std::cmp::Reverse;

use super::Appeal;
use crate::db::Snapshot;
use crate::db::ids::SectionId;
use crate::error::Result;

/// The appeal of a page, now: of a story's section and its ancestors, the section first. The answer
/// depends on it, or on there being none.
pub fn appeal_for(snapshot: &mut Snapshot, sections: &[SectionId]) -> Result<Option<Appeal>> {
    let running = super::running(snapshot)?;
    Ok(appeals_for(running, sections).into_iter().next())
}

/// Of these appeals those that fit a page, the one that it shows first: the deepest section goes
/// before, then the latest beginning, then the key.
pub fn appeals_for(appeals: Vec<Appeal>, sections: &[SectionId]) -> Vec<Appeal> {
    let mut fitting: Vec<(usize, Appeal)> =
        appeals.into_iter().filter_map(|appeal| Some((height(&appeal, sections)?, appeal))).collect();
    fitting.sort_by(|(one, a), (other, b)| {
        let order = |height: usize, appeal: &Appeal| (height, Reverse(appeal.text.starts_at));
        order(*one, a).cmp(&order(*other, b)).then_with(|| a.key.cmp(&b.key))
    });
    fitting.into_iter().map(|(_, appeal)| appeal).collect()
}

/// How far above the page's section the appeal is at home; above all where it is at home everywhere.
fn height(appeal: &Appeal, sections: &[SectionId]) -> Option<usize> {
    if appeal.sections.is_empty() {
        return Some(sections.len());
    }
    sections.iter().position(|section| appeal.sections.contains(section))
}
