//! Stories as lines: as they are live, or would go live, with the edits that wait behind that apart.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::things::rename;
use super::{Bundle, PAGE, some};
use crate::addresses::Gone;
use crate::articles::story::Story;
use crate::db::Conn;
use crate::db::ids::ArticleId;
use crate::db::types::{Id, Stamp};
use crate::error::Result;
use crate::newsroom::form;
use crate::newsroom::{self, State, Work};
use crate::transfer::things::there;
use crate::transfer::{Kind, store};

/// Writes every story, in the order of slugs.
pub fn write(conn: &mut Conn, bundle: &mut Bundle) -> Result<()> {
    let mut after = String::new();
    loop {
        let page = store::stories(conn, &after, PAGE)?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after.clone_from(last);
        let ids: Vec<ArticleId> = page.iter().map(|(_, id)| *id).collect();
        let mut beside = Beside {
            former_slugs: store::former_slugs(conn, &ids)?,
            gone: store::gone_by_id(conn, &ids)?,
            live_modified: store::live_modified(conn, &ids)?,
            names: Names::default(),
        };
        for id in ids {
            // One at a time: a page of the longest stories would be large.
            if let Some(work) = there(newsroom::find(conn, id.as_str()))? {
                write_one(conn, bundle, &mut beside, work)?;
            }
        }
    }
}

/// What stands beside the stories of a page.
struct Beside {
    former_slugs: HashMap<String, Vec<String>>,
    gone: HashMap<String, Gone>,
    live_modified: HashMap<String, Stamp>,
    names: Names,
}

fn write_one(conn: &mut Conn, bundle: &mut Bundle, beside: &mut Beside, work: Work) -> Result<()> {
    let pinned = match work.state {
        State::Live => work.live_revision,
        State::Scheduled => work.scheduled_revision,
        State::Draft | State::InReview | State::Approved => None,
        State::Unpublished | State::Retracted | State::Trash => None,
    };
    let shown = match pinned {
        Some(revision) if revision != work.revision => newsroom::revision(conn, work.id, revision)?,
        Some(_) | None => work.story.clone(),
    };
    let newest = work.story.clone();
    let work = Work { story: shown, ..work };
    let mut fields = story_fields(conn, &mut beside.names, &work)?;
    if newest != work.story {
        let edited = story_fields(conn, &mut beside.names, &Work { story: newest, ..work.clone() })?;
        let edits: Map<String, Value> =
            edited.into_iter().filter(|(name, value)| fields.get(name) != Some(value)).collect();
        fields.insert("edits".to_owned(), Value::Object(edits));
    }
    let mut members = past(beside, &work);
    members.extend(fields);
    // The date that readers see, whoever set it.
    members.insert("published_at".to_owned(), json!(work.story.published_at.or(work.published_at)));
    let what = format!("story `{}`", work.story.slug);
    bundle.worded(Kind::Article, &what, members, &work.story.body)
}

/// What an import takes only where it makes the story.
fn past(beside: &Beside, work: &Work) -> Map<String, Value> {
    let id = work.id.as_str();
    let scheduled_at = work
        .scheduled_at
        .filter(|at| work.state == State::Scheduled && work.story.embargo_until != Some(*at));
    let former = beside.former_slugs.get(id).into_iter().flatten();
    let former: Vec<&String> = former.filter(|slug| **slug != work.story.slug).collect();
    let gone = beside.gone.get(id).filter(|_| work.state != State::Live);
    let modified_at = beside.live_modified.get(id).copied().or(work.modified_at);
    let fields = json!({
        "id": work.id,
        "status": work.state,
        "scheduled_at": scheduled_at,
        "first_published_at": work.first_published_at,
        "updated_at": work.substantive_at,
        "modified_at": modified_at,
        "version": Some(work.version).filter(|version| *version > 0),
        "created_at": work.created_at,
        "former_slugs": former,
        "retracted": gone.map(|gone| json!({"at": gone.at, "kind": gone.kind, "reason": gone.reason})),
    });
    let Value::Object(fields) = fields else { return Map::new() };
    fields
}

/// What a revision says, as staff send it, with names in the place of ids.
fn story_fields(conn: &mut Conn, names: &mut Names, work: &Work) -> Result<Map<String, Value>> {
    let story = &work.story;
    names.learn(conn, story)?;
    let mut fields = form::of(work);
    // Accounts are no part of a bundle.
    for account in ["owner", "assignee"] {
        if let Some(members) = fields.as_object_mut() {
            members.shift_remove(account);
        }
    }
    rename(&mut fields, "type", "article_type");
    for member in ["section", "primary_tag", "lead_media", "origin"] {
        if let Some(place) = fields.get_mut(member) {
            names.put(place);
        }
    }
    let tags = fields.get_mut("tags").and_then(Value::as_array_mut);
    tags.into_iter().flatten().for_each(|tag| names.put(tag));
    let authors = fields.get_mut("authors").and_then(Value::as_array_mut);
    authors.into_iter().flatten().for_each(|author| names.put_slug(author));
    if let Some(series) = fields.get_mut("series") {
        names.put_slug(series);
    }
    let mut body = story.body.clone();
    body.name_media(&names.0);
    let Value::Object(mut members) = fields else { return Ok(Map::new()) };
    members.insert("corrections".to_owned(), json!(story.corrections));
    members.insert("body".to_owned(), json!({"blocks": body}));
    Ok(members)
}

/// The names of what stories name by id.
#[derive(Default)]
struct Names(HashMap<String, String>);

impl Names {
    /// Looks up what a story names and was not looked up before.
    fn learn(&mut self, conn: &mut Conn, story: &Story) -> Result<()> {
        let section: Vec<_> = self.unknown(story.section);
        self.0.extend(some(conn, &section, store::section_slugs)?);
        let tags = self.unknown(story.tags.iter().copied().chain(story.primary_tag));
        self.0.extend(some(conn, &tags, store::tag_slugs)?);
        let authors = self.unknown(story.authors.iter().map(|credit| credit.author));
        self.0.extend(some(conn, &authors, store::author_slugs)?);
        let series = self.unknown(story.series.map(|part| part.series));
        self.0.extend(some(conn, &series, store::series_slugs)?);
        let origin = self.unknown(story.origin);
        self.0.extend(some(conn, &origin, store::origin_codes)?);
        let shown = story.body.mentions().media;
        let media = self.unknown(shown.iter().filter_map(|id| id.parse().ok()).chain(story.lead_media));
        self.0.extend(some(conn, &media, store::media_keys)?);
        Ok(())
    }

    fn unknown<T>(&self, ids: impl IntoIterator<Item = Id<T>>) -> Vec<Id<T>> {
        let ids: BTreeSet<Id<T>> = ids.into_iter().filter(|id| !self.0.contains_key(id.as_str())).collect();
        ids.into_iter().collect()
    }

    /// Puts a name in the place of an id.
    fn put(&self, place: &mut Value) {
        if let Some(name) = place.as_str().and_then(|id| self.0.get(id)) {
            *place = Value::from(name.as_str());
        }
    }

    /// Puts `slug` in the place of `id` in an object.
    fn put_slug(&self, object: &mut Value) {
        if let Some(id) = object.get_mut("id") {
            self.put(id);
            rename(object, "id", "slug");
        }
    }
}
