//! Stories as readers get them, in JSON.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::byline::Role;
use super::cards::{Card, Focal, LeadMedia, ShortAuthor, ShortOrigin, ShortSection, ShortSeries, ShortTag};
use super::facts::Translation;
use super::story::Correction;
use crate::body::{Document, Rendering};
use crate::db::ids::{ArticleId, AuthorId, MediaId, SectionId, SeriesId, TagId};
use crate::db::types::Stamp;
use crate::fields::Faults;

/// A live story.
#[derive(Serialize, ToSchema)]
#[schema(as = Article)]
pub struct ArticleView {
    /// The key.
    pub id: ArticleId,
    /// The name in addresses.
    #[schema(example = "last-night-at-the-lighthouse")]
    pub slug: String,
    /// What kind of story it is: `news analysis opinion review interview feature obituary live gallery
    /// video audio letter`.
    #[serde(rename = "type")]
    #[schema(rename = "type", example = "news")]
    pub kind: String,
    /// The headline, plain text.
    #[schema(example = "Last night at the lighthouse")]
    pub headline: String,
    /// The line above the headline.
    #[schema(example = "Harbour")]
    pub kicker: Option<String>,
    /// The sentence or two below the headline.
    #[schema(example = "After 140 years the lamp is switched off.")]
    pub standfirst: Option<String>,
    /// A summary; never derived.
    #[schema(example = "The keepers of the harbour light hand over to a sensor.")]
    pub summary: Option<String>,
    /// Its address on the publication's site.
    #[schema(example = "https://courier.example/last-night-at-the-lighthouse")]
    pub url: String,
    /// Its canonical address: `url`, or for a story of another origin its address there, where known.
    #[schema(example = "https://courier.example/last-night-at-the-lighthouse")]
    pub canonical_url: String,
    /// The language, BCP 47.
    #[schema(example = "en")]
    pub locale: String,
    /// Who may read it, for frontends: `free registered subscribers`. The body is served to everybody.
    #[schema(example = "free")]
    pub access: String,
    /// The date that readers see, and that lists sort by.
    #[schema(example = "2026-05-01T09:30:00.000000Z")]
    pub published_at: Stamp,
    /// When it was first public; set once.
    #[schema(example = "2026-05-01T09:30:00.000000Z")]
    pub first_published_at: Stamp,
    /// When it last changed in substance: a correction, or a publication that said so.
    #[schema(example = "2026-05-01T09:30:00.000000Z")]
    pub updated_at: Stamp,
    /// When anything that is shown last changed.
    #[schema(example = "2026-05-01T09:30:00.000000Z")]
    pub modified_at: Stamp,
    /// Published versions so far.
    #[schema(example = 1)]
    pub version: i32,
    /// The printed byline, in the story's language; null without authors.
    #[schema(example = "By Inês Duarte")]
    pub byline: Option<String>,
    /// Who made it, in order; with `include=authors` in full.
    pub authors: Vec<ArticleAuthor>,
    /// Where it runs; with `include=section` in full.
    pub section: ArticleSection,
    /// The tag that says most.
    pub primary_tag: Option<ArticleTag>,
    /// Its tags, in order; with `include=tags` in full.
    pub tags: Vec<ArticleTag>,
    /// The series that it is a part of; with `include=series` in full.
    pub series: Option<ArticleSeries>,
    /// The picture at its top; with `include=media` in full.
    pub lead_image: Option<LeadImage>,
    /// Where it comes from.
    pub origin: ArticleOrigin,
    /// Whether it may be republished: by anybody, or with a partner's key by that partner.
    #[schema(example = true)]
    pub republishable: bool,
    /// Words in its body, by Unicode; a Han, Kana, Thai, Lao or Khmer character counts one.
    #[schema(example = 640)]
    pub word_count: i32,
    /// Minutes to read it, at least 1.
    #[schema(example = 3)]
    pub reading_minutes: i32,
    /// The same story in other languages, as far as they are live.
    pub translations: Vec<Translation>,
    /// Its corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// Its body, as asked for; null in lists unless `body` asks for it.
    pub body: Option<ArticleBody>,
}

/// Somebody who made a story.
#[derive(Serialize, ToSchema)]
pub struct ArticleAuthor {
    /// The key.
    pub id: AuthorId,
    /// The name in addresses.
    #[schema(example = "ines-duarte")]
    pub slug: String,
    /// The printed name.
    #[schema(example = "Inês Duarte")]
    pub name: String,
    /// As what they are credited; only authors stand in the byline.
    pub role: Role,
}

/// The section that a story runs in.
#[derive(Serialize, ToSchema)]
pub struct ArticleSection {
    /// The key.
    pub id: SectionId,
    /// The name in addresses.
    #[schema(example = "harbour")]
    pub slug: String,
    /// The printed name.
    #[schema(example = "Harbour")]
    pub name: String,
    /// The slugs of its ancestors and its own, with `/` between.
    #[schema(example = "city/harbour")]
    pub path: String,
}

/// A tag of a story.
#[derive(Serialize, ToSchema)]
pub struct ArticleTag {
    /// The key.
    pub id: TagId,
    /// The name in addresses.
    #[schema(example = "lighthouses")]
    pub slug: String,
    /// The printed name.
    #[schema(example = "Lighthouses")]
    pub name: String,
    /// What kind of thing it names: `topic person place organisation event`.
    #[serde(rename = "type")]
    #[schema(rename = "type", example = "topic")]
    pub kind: String,
}

/// The series that a story is a part of.
#[derive(Serialize, ToSchema)]
pub struct ArticleSeries {
    /// The key.
    pub id: SeriesId,
    /// The name in addresses.
    #[schema(example = "harbour-lights")]
    pub slug: String,
    /// The title of the series.
    #[schema(example = "Harbour lights")]
    pub name: String,
    /// Which part the story is.
    #[schema(example = 2)]
    pub part: Option<i32>,
}

/// The picture at a story's top.
#[derive(Serialize, ToSchema)]
pub struct LeadImage {
    /// The key of the asset.
    pub id: MediaId,
    /// Its address.
    #[schema(example = "https://media.courier.example/lighthouse-dusk.jpg")]
    pub url: String,
    /// What it shows, for who cannot see it.
    #[schema(example = "A white lighthouse at dusk")]
    pub alt: Option<String>,
    /// The words under it.
    #[schema(example = "The harbour light on its last evening")]
    pub caption: Option<String>,
    /// Who made it; printed wherever the picture stands.
    #[schema(example = "Photo: Rui Teles")]
    pub credit: Option<String>,
    /// Width in pixels.
    #[schema(example = 1600)]
    pub width: Option<i32>,
    /// Height in pixels.
    #[schema(example = 1067)]
    pub height: Option<i32>,
    /// The point that a crop keeps.
    pub focal: Option<Focal>,
    /// The same picture in other sizes.
    pub renditions: Vec<Rendition>,
}

/// A picture in another size.
#[derive(Serialize, ToSchema)]
pub struct Rendition {
    /// Its address.
    #[schema(example = "https://media.courier.example/lighthouse-dusk-800.jpg")]
    pub url: String,
    /// Width in pixels.
    #[schema(example = 800)]
    pub width: i32,
    /// Height in pixels.
    #[schema(example = 534)]
    pub height: i32,
}

/// Where a story comes from.
#[derive(Serialize, ToSchema)]
pub struct ArticleOrigin {
    /// The code.
    #[schema(example = "courier")]
    pub code: String,
    /// The name.
    #[schema(example = "The Harbour Courier")]
    pub name: String,
    /// Whether it is this publication itself.
    #[schema(example = true)]
    pub in_house: bool,
}

/// A body, in the form that was asked for; the other forms are null.
#[derive(Default, Serialize, ToSchema)]
pub struct ArticleBody {
    /// As HTML, sanitised.
    #[schema(example = "<p>The lamp was lit for the last time on Friday.</p>")]
    pub html: Option<String>,
    /// As Portable Text.
    #[schema(value_type = Option<Vec<Object>>)]
    pub blocks: Option<Document>,
    /// As CommonMark.
    #[schema(example = "The lamp was lit for the last time on Friday.")]
    pub markdown: Option<String>,
    /// As plain text.
    #[schema(example = "The lamp was lit for the last time on Friday.")]
    pub text: Option<String>,
}

/// The forms of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(rename_all = "lowercase")]
pub enum BodyForm {
    /// HTML.
    Html,
    /// Portable Text.
    Blocks,
    /// CommonMark.
    Markdown,
    /// Plain text.
    Text,
}

impl BodyForm {
    /// The form of a word of the API; `none` is none, and so is any other word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "html" => Some(BodyForm::Html),
            "blocks" => Some(BodyForm::Blocks),
            "markdown" => Some(BodyForm::Markdown),
            "text" => Some(BodyForm::Text),
            _ => None,
        }
    }
}

impl ArticleBody {
    /// The body as blocks.
    pub fn blocks(body: &Document) -> Self {
        ArticleBody { blocks: Some(body.clone()), ..Self::default() }
    }

    /// A resolved body in a form; footnotes are told apart by the end of the story's id.
    pub fn of(body: &Document, id: ArticleId, form: BodyForm) -> Self {
        let suffix = id.as_str().rsplit('-').next().map(str::to_owned);
        match form {
            BodyForm::Html => {
                let html = body.to_html(&Rendering { footnote_suffix: suffix });
                ArticleBody { html: Some(html), ..Self::default() }
            }
            BodyForm::Blocks => Self::blocks(body),
            BodyForm::Markdown => ArticleBody { markdown: Some(body.to_markdown()), ..Self::default() },
            BodyForm::Text => ArticleBody { text: Some(body.to_text()), ..Self::default() },
        }
    }
}

impl ArticleView {
    /// The story without its body.
    pub fn new(card: Card) -> Self {
        let byline = card.byline();
        ArticleView {
            id: card.id,
            slug: card.slug,
            kind: card.kind,
            headline: card.headline,
            kicker: card.kicker,
            standfirst: card.standfirst,
            summary: card.summary,
            url: card.url,
            canonical_url: card.canonical_url,
            locale: card.locale,
            access: card.access,
            published_at: card.published_at,
            first_published_at: card.first_published_at,
            updated_at: card.updated_at,
            modified_at: card.modified_at,
            version: card.version,
            byline,
            authors: card.authors.into_iter().map(ArticleAuthor::from).collect(),
            section: card.section.into(),
            primary_tag: card.primary_tag.map(ArticleTag::from),
            tags: card.tags.into_iter().map(ArticleTag::from).collect(),
            series: card.series.map(ArticleSeries::from),
            lead_image: card.lead_media.map(LeadImage::from),
            origin: card.origin.into(),
            republishable: card.republishable,
            word_count: card.word_count,
            reading_minutes: card.reading_minutes,
            translations: card.facts.translations,
            corrections: card.facts.corrections,
            body: None,
        }
    }

    /// The story with its body.
    pub fn with_body(mut self, body: ArticleBody) -> Self {
        self.body = Some(body);
        self
    }
}

impl From<ShortAuthor> for ArticleAuthor {
    fn from(author: ShortAuthor) -> Self {
        ArticleAuthor { id: author.id, slug: author.slug, name: author.name, role: author.role }
    }
}

impl From<ShortSection> for ArticleSection {
    fn from(section: ShortSection) -> Self {
        ArticleSection { id: section.id, slug: section.slug, name: section.name, path: section.path }
    }
}

impl From<ShortTag> for ArticleTag {
    fn from(tag: ShortTag) -> Self {
        ArticleTag { id: tag.id, slug: tag.slug, name: tag.name, kind: tag.kind }
    }
}

impl From<ShortSeries> for ArticleSeries {
    fn from(series: ShortSeries) -> Self {
        ArticleSeries { id: series.id, slug: series.slug, name: series.title, part: series.part }
    }
}

impl From<LeadMedia> for LeadImage {
    fn from(media: LeadMedia) -> Self {
        LeadImage {
            id: media.id,
            url: media.url,
            alt: media.alt,
            caption: media.caption,
            credit: media.credit,
            width: media.width,
            height: media.height,
            focal: media.focal,
            renditions: Vec::new(),
        }
    }
}

impl From<ShortOrigin> for ArticleOrigin {
    fn from(origin: ShortOrigin) -> Self {
        ArticleOrigin { code: origin.code, name: origin.name, in_house: origin.in_house }
    }
}
