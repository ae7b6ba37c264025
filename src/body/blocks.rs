//! The kinds of blocks and their stored form.
//!
//! A `Block` is what all kinds share (key, place in a list, language) and its `Content`. Absent is left out
//! of the stored form and never `""`. A block that has `level` but is no list item continues the item before
//! it.

use serde::{Deserialize, Serialize};

use super::inline::{Dir, Inline};

/// The deepest list level that is kept; deeper items stand on it.
pub const MAX_LEVEL: u8 = 32;

/// One block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    #[serde(flatten)]
    pub content: Content,
    /// Unique within the document; stays with the block through edits.
    #[serde(rename = "_key")]
    pub key: String,
    /// Level in a list from 1: of an item, or of the item that this block continues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Language, a BCP 47 tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Direction of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dir: Option<Dir>,
    /// Name by which links of this document (`#name`) reach the block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
}

/// What a block is, told by `_type`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "_type", rename_all = "snake_case")]
pub enum Content {
    /// Running text: a paragraph, heading, quotation or list item.
    #[serde(rename = "block")]
    Text(Text),
    /// A picture.
    Image(Image),
    /// Pictures that belong together.
    Gallery(Gallery),
    /// Something that lives elsewhere: a video, a post.
    Embed(Embed),
    /// A pull quote.
    Quote(Quote),
    /// A table.
    Table(Table),
    /// Preformatted text.
    Code(Code),
    /// A thematic break.
    Divider,
    /// Stories to read beside this one.
    Related(Related),
    /// A box that advertises a story or a page.
    Promo(Promo),
}

/// Style of a text block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// A paragraph.
    #[default]
    Normal,
    /// A heading of the second rank, the highest in a body.
    H2,
    /// A heading of the third rank.
    H3,
    /// A heading of the fourth rank.
    H4,
    /// A quotation.
    Blockquote,
}

/// Kind of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ListKind {
    /// `ul`.
    Bullet,
    /// `ol`.
    Number,
}

/// A text block.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// Paragraph, heading or quotation.
    #[serde(default)]
    pub style: Style,
    /// Present where the block is a list item.
    #[serde(rename = "listItem", default, skip_serializing_if = "Option::is_none")]
    pub list_item: Option<ListKind>,
    /// The words.
    #[serde(flatten)]
    pub inline: Inline,
}

/// The words under a picture or over a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Caption {
    /// Plain text.
    #[serde(rename = "caption", default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The same words with their marks, where they have any.
    #[serde(rename = "caption_spans", default, skip_serializing_if = "Option::is_none")]
    pub spans: Option<Inline>,
}

/// A picture. It has `media`, `url` or both.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Image {
    /// Id or key of our asset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<String>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What it shows, for those who do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// The words under it.
    #[serde(flatten)]
    pub caption: Caption,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// Width in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Whether it says nothing that the words do not.
    #[serde(default, skip_serializing_if = "is_false")]
    pub decorative: bool,
}

/// Pictures in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gallery {
    /// At least one.
    pub images: Vec<Image>,
}

/// Something that lives elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Embed {
    /// Where it lives.
    pub url: String,
    /// What it is called, or the words of a post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Whose it is, such as `youtube`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
}

/// A pull quote.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// The words.
    #[serde(flatten)]
    pub inline: Inline,
    /// Who said them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The words over it.
    #[serde(flatten)]
    pub caption: Caption,
    /// Its rows, at least one.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its cells; those covered by a span from elsewhere are not there.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Whether it heads its row or column.
    #[serde(default, skip_serializing_if = "is_false")]
    pub header: bool,
    /// How many columns it covers; left out: one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colspan: Option<u16>,
    /// How many rows it covers; left out: one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rowspan: Option<u16>,
    /// Its words.
    #[serde(flatten)]
    pub inline: Inline,
}

/// Preformatted text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Code {
    /// The language, such as `rust`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The text with its blanks and line ends.
    pub code: String,
}

/// Stories to read beside this one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Related {
    /// Ids or slugs.
    pub articles: Vec<String>,
    /// The same stories as they are shown; filled when the document is resolved, and only with live ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<RelatedItem>,
}

/// A story as a `related` block shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelatedItem {
    /// Its id.
    pub id: String,
    /// Its slug.
    pub slug: String,
    /// Its headline.
    pub headline: String,
    /// Its address.
    pub url: String,
}

/// A box that leads to `url`, or to a story of ours by `article`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Promo {
    /// Its heading; left out, the story's headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// More words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where it leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Id or slug of the story to which it leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// URL of its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl Caption {
    /// A caption without marks; of nothing but blanks there is none.
    pub fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.trim().is_empty() { Self::default() } else { Self { text: Some(text), spans: None } }
    }

    /// Whether there is no caption.
    pub fn is_empty(&self) -> bool {
        self.text.is_none()
    }

    /// The caption with its marks.
    pub fn inline(&self) -> Option<Inline> {
        self.spans.clone().or_else(|| self.text.clone().map(Inline::plain))
    }
}

impl From<Inline> for Caption {
    fn from(inline: Inline) -> Self {
        let caption = Self::plain(inline.text());
        let spans = (!caption.is_empty() && inline.is_marked()).then_some(inline);
        Self { spans, ..caption }
    }
}
