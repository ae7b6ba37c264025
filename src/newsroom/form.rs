//! A story as it can be sent: what a patch is laid over, and what two revisions are compared by.

use serde_json::{Value, json};

use super::Work;
use crate::articles::story::Story;

/// What can be sent of a story, as it stands, but for its body.
pub fn of(work: &Work) -> Value {
    let mut form = of_story(&work.story);
    form["owner"] = json!(work.desk.owner);
    form["assignee"] = json!(work.desk.assignee);
    form["notes"] = json!(work.desk.notes);
    form["source_id"] = json!(work.desk.source_id);
    form
}

/// What can be sent of what a revision says, but for its body.
pub fn of_story(story: &Story) -> Value {
    let authors: Vec<Value> =
        story.authors.iter().map(|credit| json!({"id": credit.author, "role": credit.role})).collect();
    let series = story.series.map(|part| json!({"id": part.series, "part": part.part}));
    json!({
        "slug": story.slug,
        "type": story.kind,
        "headline": story.headline,
        "kicker": story.kicker,
        "standfirst": story.standfirst,
        "summary": story.summary,
        "locale": story.locale,
        "access": story.access,
        "section": story.section,
        "primary_tag": story.primary_tag,
        "tags": story.tags,
        "authors": authors,
        "series": series,
        "lead_media": story.lead_media,
        "origin": story.origin,
        "source_url": story.source_url,
        "path": story.path,
        "published_at": story.published_at,
        "embargo_until": story.embargo_until,
        "expires_at": story.expires_at,
        "translation_group": story.translation_group,
        "rights": story.rights,
        "seo": story.seo,
    })
}
