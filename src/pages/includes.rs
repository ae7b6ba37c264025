//! What `include` adds to stories: read for all of them at once, then put into each.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;

use super::full::{FullAuthor, FullImage, FullSection, FullSeries, FullTag};
use super::showing::{Include, Showing};
use super::{Bodies, seo};
use crate::articles::site::Site;
use crate::articles::updates::Update;
use crate::articles::updates::views::UpdateView;
use crate::articles::views::{ArticleView, BodyForm};
use crate::articles::{self, Card};
use crate::authors::views::AuthorView;
use crate::authors::{self, Author};
use crate::body::Document;
use crate::db::Snapshot;
use crate::db::ids::{ArticleId, AuthorId, MediaId, SectionId, SeriesId, TagId};
use crate::error::{Error, Result};
use crate::media::{self, Asset};
use crate::publication::{self, Origin, Settings};
use crate::taxonomy::sections::{self, Family, Section};
use crate::taxonomy::series::views::SeriesView;
use crate::taxonomy::series::{self, Series};
use crate::taxonomy::tags::{self, Tag};

/// How many stories `related` holds.
const RELATED: usize = 5;
/// How many entries of live coverage `updates` holds.
const UPDATES: i64 = 20;

/// Everything that stories include.
pub struct Includes<'a> {
    showing: &'a Showing,
    bodies: &'a Bodies,
    settings: Settings,
    site: Site,
    authors: Vec<Author>,
    sections: (Vec<Section>, Family),
    tags: Vec<Tag>,
    series: Vec<Series>,
    media: Vec<Asset>,
    origins: Vec<Origin>,
    related: HashMap<ArticleId, Vec<Card>>,
    updates: HashMap<ArticleId, Vec<UpdateView>>,
}

/// What is included in one story, by the name of its field.
#[derive(Default)]
pub struct Added(Vec<(&'static str, Value)>);

impl Added {
    /// The story with what is added, in the place of the short object where there is one.
    pub fn onto(self, mut story: Value) -> Value {
        if let Value::Object(fields) = &mut story {
            fields.extend(self.0.into_iter().map(|(name, value)| (name.to_owned(), value)));
        }
        story
    }

    fn put(&mut self, name: &'static str, value: &impl Serialize) -> Result<()> {
        let value = serde_json::to_value(value).map_err(|error| Error::Internal(error.to_string()))?;
        self.0.push((name, value));
        Ok(())
    }
}

/// Whether something that is included is made from the body.
pub fn need_bodies(showing: &Showing, cards: &[Card]) -> bool {
    let seo = showing.includes(Include::Seo) && cards.iter().any(seo::needs_body);
    seo || showing.includes(Include::Related)
}

impl<'a> Includes<'a> {
    /// Reads what the stories include: a statement for each kind of thing.
    pub fn read(
        snapshot: &mut Snapshot,
        cards: &[Card],
        bodies: &'a Bodies,
        showing: &'a Showing,
    ) -> Result<Self> {
        let settings = publication::settings_at(snapshot)?;
        let wants = |include| showing.includes(include);
        if showing.include.is_some() {
            snapshot.depends_on_all("publication");
        }
        Ok(Includes {
            site: settings.site(),
            settings,
            showing,
            bodies,
            authors: match wants(Include::Authors) || wants(Include::Seo) {
                true => authors::by_ids(snapshot, &authors_of(cards))?,
                false => Vec::new(),
            },
            sections: match wants(Include::Section) {
                true => sections::with_family(snapshot, &sections_of(cards))?,
                false => Default::default(),
            },
            tags: if wants(Include::Tags) { tags::by_ids(snapshot, &tags_of(cards))? } else { Vec::new() },
            series: match wants(Include::Series) {
                true => series::by_ids(snapshot, &series_of(cards))?,
                false => Vec::new(),
            },
            media: match wants(Include::Media) {
                true => media::by_ids(snapshot, &media_of(cards))?,
                false => Vec::new(),
            },
            origins: match wants(Include::Seo) {
                true => seo::origins(snapshot, cards)?,
                false => Vec::new(),
            },
            related: match wants(Include::Related) {
                true => related(snapshot, cards, bodies)?,
                false => HashMap::new(),
            },
            updates: match wants(Include::Updates) {
                true => updates(snapshot, cards, showing.form(None).unwrap_or(BodyForm::Html))?,
                false => HashMap::new(),
            },
        })
    }

    /// What a story includes.
    pub fn of(&self, card: &Card) -> Result<Added> {
        let mut added = Added::default();
        let wants = |include| self.showing.includes(include);
        if wants(Include::Authors) {
            added.put("authors", &self.authors_of(card))?;
        }
        if wants(Include::Section) {
            self.put_section(card, &mut added)?;
        }
        if wants(Include::Tags) {
            let tags: Vec<_> = card.tags.iter().filter_map(|tag| self.tag(tag.id)).collect();
            added.put("tags", &tags)?;
            added.put("primary_tag", &card.primary_tag.as_ref().and_then(|tag| self.tag(tag.id)))?;
        }
        if wants(Include::Series) {
            added.put("series", &self.series_of(card))?;
        }
        if wants(Include::Media) {
            let lead = card.lead_media.as_ref();
            let asset = lead.and_then(|lead| self.media.iter().find(|asset| asset.id == lead.id));
            added.put("lead_image", &asset.cloned().map(FullImage::new))?;
        }
        if wants(Include::Related) {
            let related = self.related.get(&card.id).cloned().unwrap_or_default();
            let related: Vec<_> = related.into_iter().map(ArticleView::new).collect();
            added.put("related", &related)?;
        }
        if wants(Include::Updates) {
            let none = Vec::new();
            added.put("updates", self.updates.get(&card.id).unwrap_or(&none))?;
        }
        if wants(Include::Seo) {
            let facts = seo::Facts {
                card,
                body: self.bodies.get(&card.id),
                settings: &self.settings,
                site: &self.site,
                authors: &self.authors,
                origin: self.origins.iter().find(|origin| origin.id == card.origin.id),
            };
            added.put("seo", &facts.seo())?;
        }
        Ok(added)
    }

    fn authors_of(&self, card: &Card) -> Vec<FullAuthor> {
        let full = card.authors.iter().filter_map(|credit| {
            let author = self.authors.iter().find(|author| author.id == credit.id)?.clone();
            Some(FullAuthor { author: AuthorView::new(&self.site, author), role: credit.role })
        });
        full.collect()
    }

    fn put_section(&self, card: &Card, added: &mut Added) -> Result<()> {
        let (sections, family) = &self.sections;
        match sections.iter().find(|section| section.id == card.section.id) {
            Some(section) => added.put("section", &FullSection::new(&self.site, family, section.clone())),
            None => Ok(()),
        }
    }

    fn tag(&self, id: TagId) -> Option<FullTag> {
        let tag = self.tags.iter().find(|tag| tag.id == id)?;
        Some(FullTag::new(&self.site, tag.clone()))
    }

    fn series_of(&self, card: &Card) -> Option<FullSeries> {
        let short = card.series.as_ref()?;
        let series = self.series.iter().find(|series| series.id == short.id)?.clone();
        let series = SeriesView::new(&self.site, series);
        Some(FullSeries { series, name: short.title.clone(), part: short.part })
    }
}

fn authors_of(cards: &[Card]) -> Vec<AuthorId> {
    distinct(cards.iter().flat_map(|card| card.authors.iter().map(|author| author.id)))
}

fn sections_of(cards: &[Card]) -> Vec<SectionId> {
    distinct(cards.iter().map(|card| card.section.id))
}

fn tags_of(cards: &[Card]) -> Vec<TagId> {
    distinct(cards.iter().flat_map(|card| card.tags.iter().chain(&card.primary_tag).map(|tag| tag.id)))
}

fn series_of(cards: &[Card]) -> Vec<SeriesId> {
    distinct(cards.iter().filter_map(|card| card.series.as_ref().map(|series| series.id)))
}

fn media_of(cards: &[Card]) -> Vec<MediaId> {
    distinct(cards.iter().filter_map(|card| card.lead_media.as_ref().map(|media| media.id)))
}

fn distinct<T: Ord>(ids: impl Iterator<Item = T>) -> Vec<T> {
    let mut ids: Vec<T> = ids.collect();
    ids.sort();
    ids.dedup();
    ids
}

fn related(
    snapshot: &mut Snapshot,
    cards: &[Card],
    bodies: &Bodies,
) -> Result<HashMap<ArticleId, Vec<Card>>> {
    let none = Document::default();
    let stories: Vec<_> = cards.iter().map(|card| (card, bodies.get(&card.id).unwrap_or(&none))).collect();
    let related = articles::related_of(snapshot, &stories, RELATED)?;
    snapshot.depends_on("list", "articles");
    for card in related.values().flatten() {
        card.noted_in(snapshot);
    }
    Ok(related)
}

/// The newest updates of each story: a statement for all of them, and one for the stories and one for the assets
/// that their bodies name, where they name any.
fn updates(
    snapshot: &mut Snapshot,
    cards: &[Card],
    form: BodyForm,
) -> Result<HashMap<ArticleId, Vec<UpdateView>>> {
    let ids: Vec<ArticleId> = cards.iter().map(|card| card.id).collect();
    let newest = articles::updates::newest_of_each(snapshot, &ids, UPDATES)?;
    ids.iter().for_each(|id| snapshot.depends_on("updates", id));
    let mut of_each: HashMap<ArticleId, Vec<UpdateView>> = HashMap::new();
    newest.iter().for_each(|update| update.noted_in(snapshot));
    for (update, body) in media::resolved(snapshot, newest.into_iter().map(Update::apart).collect())? {
        of_each.entry(update.article).or_default().push(UpdateView::new(update, &body, form));
    }
    Ok(of_each)
}
