//! A body as other sites may run it.
//!
//! Promises: it holds no picture that nobody allowed, no promo or related block, and no link that is relative
//! or names a story by id; embeds are links. What was taken out as a picture is told, in order, with its credit.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use url::Url;

use super::blocks::{Block, Content, Embed, Image};
use super::inline::{Annotation, Inline};
use super::{Document, links};

/// A picture that does not go with the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Omitted {
    /// What it is: `image`.
    pub kind: String,
    /// Its asset, where it has one.
    pub media: Option<String>,
    /// Its absolute URL.
    pub url: Option<String>,
    /// The words under it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}

impl Document {
    /// The body for a package: words only, links absolute against the story's address. Resolve it before.
    pub fn for_republishing(&self, story_url: &Url) -> (Self, Vec<Omitted>) {
        self.for_republishing_with(story_url, |_| false)
    }

    /// The same with those pictures that may be run.
    pub fn for_republishing_with(
        &self,
        story_url: &Url,
        may_run: impl Fn(&Image) -> bool,
    ) -> (Self, Vec<Omitted>) {
        let mut omitted = Vec::new();
        let mut blocks = Vec::new();
        for block in &self.blocks {
            let kept_back = block.images().iter().filter(|image| !may_run(image));
            omitted.extend(kept_back.map(|image| Omitted::new(image, story_url)));
            let content = match &block.content {
                Content::Image(image) if may_run(image) => block.content.clone(),
                Content::Gallery(gallery) => {
                    let mut gallery = gallery.clone();
                    gallery.images.retain(&may_run);
                    if gallery.images.is_empty() {
                        continue;
                    }
                    Content::Gallery(gallery)
                }
                Content::Image(_) | Content::Promo(_) | Content::Related(_) => continue,
                Content::Embed(embed) => embed.as_paragraph(),
                Content::Text(_)
                | Content::Quote(_)
                | Content::Table(_)
                | Content::Code(_)
                | Content::Divider => block.content.clone(),
            };
            blocks.push(Block { content, ..block.clone() });
        }
        let mut document = Self { blocks }.with_absolute_links(story_url);
        for inline in document.blocks.iter_mut().flat_map(Block::inlines_mut) {
            inline.retain_annotations(|annotation| {
                let Annotation::Link(link) = annotation else { return true };
                link.article = None;
                link.href.is_some()
            });
        }
        (document, omitted)
    }

    /// The body with every link and picture absolute against the story's address, as feeds need it. `#x`
    /// stays where `x` is in this document.
    #[must_use]
    pub fn with_absolute_links(&self, story_url: &Url) -> Self {
        let anchors: HashSet<String> = self.blocks.iter().filter_map(|block| block.anchor.clone()).collect();
        let stays = |href: &str| href.strip_prefix('#').is_some_and(|name| anchors.contains(name));
        let mut document = self.clone();
        for block in &mut document.blocks {
            for def in block.inlines_mut().into_iter().flat_map(|inline| &mut inline.mark_defs) {
                if let Annotation::Link(link) = &mut def.annotation
                    && let Some(href) = link.href.take_if(|href| !stays(href))
                {
                    link.href = Some(links::absolute(&href, story_url));
                }
            }
            for image in block.images_mut() {
                image.url = image.url.as_deref().map(|url| links::absolute(url, story_url));
            }
            block.absolute_urls(story_url);
        }
        document
    }
}

impl Block {
    /// The URLs that stand in the block itself.
    fn absolute_urls(&mut self, story_url: &Url) {
        match &mut self.content {
            Content::Embed(embed) => embed.url = links::absolute(&embed.url, story_url),
            Content::Related(related) => {
                for item in &mut related.items {
                    item.url = links::absolute(&item.url, story_url);
                }
            }
            Content::Promo(promo) => {
                promo.url = promo.url.as_deref().map(|url| links::absolute(url, story_url));
                promo.image = promo.image.as_deref().map(|url| links::absolute(url, story_url));
            }
            Content::Text(_) | Content::Image(_) | Content::Gallery(_) => {}
            Content::Quote(_) | Content::Table(_) | Content::Code(_) | Content::Divider => {}
        }
    }
}

impl Embed {
    /// A paragraph with a link in its place.
    fn as_paragraph(&self) -> Content {
        let title = self.title.as_ref().unwrap_or(&self.url);
        Block::paragraph(Inline::linked(title, &self.url)).content
    }
}

impl Omitted {
    fn new(image: &Image, story_url: &Url) -> Self {
        Self {
            kind: "image".to_owned(),
            media: image.media.clone(),
            url: image.url.as_deref().map(|url| links::absolute(url, story_url)),
            caption: image.caption.text.clone(),
            credit: image.credit.clone(),
        }
    }
}
