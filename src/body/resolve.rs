//! What a body names by id, and how that is filled in.
//!
//! Promises: after `resolved` no story stands in the document that the caller did not name as live, neither
//! by id nor by slug nor by headline; the words of a link stay.

use std::collections::{BTreeSet, HashMap};

use super::Document;
use super::blocks::{Block, Content, Image, Promo, Related, RelatedItem};
use super::inline::{Annotation, Link};

/// What a body names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Ids or slugs of stories, from links, related blocks and promos; each once, in order.
    pub articles: Vec<String>,
    /// Ids or keys of assets; each once, in order.
    pub media: Vec<String>,
    /// URLs of pictures that name no asset; each once, in order.
    pub image_urls: Vec<String>,
}

/// What the caller knows of the things named, by the id, slug or key that the document uses.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The live stories.
    pub articles: HashMap<String, KnownArticle>,
    /// The assets.
    pub media: HashMap<String, KnownAsset>,
}

/// A live story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownArticle {
    /// Its id.
    pub id: String,
    /// Its slug.
    pub slug: String,
    /// Its headline.
    pub headline: String,
    /// Its address.
    pub url: String,
}

/// An asset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownAsset {
    /// Its id.
    pub id: String,
    /// Where it is served.
    pub url: String,
    /// What it shows.
    pub alt: Option<String>,
    /// Whether it is decorative.
    pub decorative: bool,
    /// The words under it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
}

impl Document {
    /// What the body names: what the caller must look up before `resolved`.
    pub fn mentions(&self) -> Mentions {
        let (mut articles, mut media, mut image_urls) =
            (Unique::default(), Unique::default(), Unique::default());
        for block in &self.blocks {
            for annotation in
                block.inlines().into_iter().flat_map(|inline| &inline.mark_defs).map(|def| &def.annotation)
            {
                if let Annotation::Link(link) = annotation {
                    articles.extend(link.article.as_ref());
                }
            }
            for image in block.images() {
                media.extend(image.media.as_ref());
                image_urls.extend(image.url.as_ref().filter(|_| image.media.is_none()));
            }
            match &block.content {
                Content::Related(related) => articles.extend(&related.articles),
                Content::Promo(promo) => articles.extend(promo.article.as_ref()),
                Content::Text(_) | Content::Image(_) | Content::Gallery(_) | Content::Embed(_) => {}
                Content::Quote(_) | Content::Table(_) | Content::Code(_) | Content::Divider => {}
            }
        }
        Mentions { articles: articles.list, media: media.list, image_urls: image_urls.list }
    }

    /// Names the asset of each picture whose URL is that of one: `assets` leads from URL to id.
    pub fn attach_media(&mut self, assets: &HashMap<String, String>) {
        for image in self.blocks.iter_mut().flat_map(Block::images_mut) {
            if image.media.is_none() {
                image.media = image.url.as_ref().and_then(|url| assets.get(url)).cloned();
            }
        }
    }

    /// The body with what it names filled in, as readers get it: links lead to live stories, pictures are
    /// those of their assets where the block does not say otherwise. What is not live or not known is taken
    /// out.
    #[must_use]
    pub fn resolved(&self, known: &Known) -> Self {
        let blocks = self.blocks.iter().filter_map(|block| {
            let mut block = block.clone();
            for inline in block.inlines_mut() {
                inline.retain_annotations(|annotation| match annotation {
                    Annotation::Link(link) => link.resolve(known),
                    Annotation::Footnote { .. } | Annotation::Abbr { .. } | Annotation::Ruby { .. } => true,
                    Annotation::Lang { .. } | Annotation::Dir { .. } => true,
                });
            }
            let stays = match &mut block.content {
                Content::Image(image) => image.resolve(known),
                Content::Gallery(gallery) => {
                    gallery.images.retain_mut(|image| image.resolve(known));
                    !gallery.images.is_empty()
                }
                Content::Related(related) => related.resolve(known),
                Content::Promo(promo) => promo.resolve(known),
                Content::Text(_) | Content::Embed(_) | Content::Quote(_) | Content::Table(_) => true,
                Content::Code(_) | Content::Divider => true,
            };
            stays.then_some(block)
        });
        Self { blocks: blocks.collect() }
    }
}

impl Link {
    fn resolve(&mut self, known: &Known) -> bool {
        let Some(reference) = &self.article else { return self.href.is_some() };
        let Some(article) = known.articles.get(reference) else { return false };
        *self = Self { href: Some(article.url.clone()), article: Some(article.id.clone()) };
        true
    }
}

impl Related {
    fn resolve(&mut self, known: &Known) -> bool {
        let live = self.articles.iter().filter_map(|reference| known.articles.get(reference));
        self.items = live.cloned().map(RelatedItem::from).collect();
        self.articles = self.items.iter().map(|item| item.id.clone()).collect();
        !self.items.is_empty()
    }
}

impl Promo {
    /// A promo of a story goes with the story, whose headline its words may be.
    fn resolve(&mut self, known: &Known) -> bool {
        let Some(reference) = &self.article else { return true };
        let Some(article) = known.articles.get(reference) else { return false };
        self.title.get_or_insert_with(|| article.headline.clone());
        self.url = Some(article.url.clone());
        self.article = Some(article.id.clone());
        true
    }
}

impl Image {
    fn resolve(&mut self, known: &Known) -> bool {
        let Some(asset) = self.media.as_ref().and_then(|media| known.media.get(media)) else {
            return self.url.is_some();
        };
        let some = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        self.media = Some(asset.id.clone());
        self.url = Some(asset.url.clone());
        (self.width, self.height) = (asset.width, asset.height);
        if self.alt.is_none() && !self.decorative {
            self.alt = some(&asset.alt);
            self.decorative = asset.decorative && self.alt.is_none();
        }
        if self.caption.is_empty() {
            self.caption = some(&asset.caption).map(super::Caption::plain).unwrap_or_default();
        }
        self.credit = self.credit.take().or_else(|| some(&asset.credit));
        true
    }
}

impl From<KnownArticle> for RelatedItem {
    fn from(article: KnownArticle) -> Self {
        Self { id: article.id, slug: article.slug, headline: article.headline, url: article.url }
    }
}

/// Strings in order, each once.
#[derive(Default)]
struct Unique {
    seen: BTreeSet<String>,
    list: Vec<String>,
}

impl<'a> Extend<&'a String> for Unique {
    fn extend<I: IntoIterator<Item = &'a String>>(&mut self, items: I) {
        for item in items {
            if self.seen.insert(item.clone()) {
                self.list.push(item.clone());
            }
        }
    }
}
