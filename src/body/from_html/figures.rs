//! Pictures, figures, galleries and pull quotes.
//!
//! Promises: a `figcaption` stays with its picture, table or embed, with its links; without one of these it is a
//! paragraph. What stands in a figure and has no place there follows it as blocks of their own.

use super::super::blocks::{Block, Caption, Content, Gallery, Image, Quote};
use super::super::inline::{Annotation, Inline};
use super::super::links::{self, Refused};
use super::reader::Reader;
use super::tree::Id;

impl Reader<'_> {
    pub(super) fn image(&mut self, id: Id) {
        self.leave_attributes(id, &["src", "alt", "width", "height", "data-src"]);
        let Some(url) = self.picture_url(id, "src").or_else(|| self.picture_url(id, "data-src")) else {
            return self.removed.one("image_removed", "picture without an address that may be shown");
        };
        let pixels = |name| {
            self.tree.attribute(id, name).and_then(|value| value.trim().parse().ok()).filter(|px| *px > 0)
        };
        let alt = self.plain(id, "alt");
        let image = Image {
            url: Some(url),
            decorative: alt.is_none() && self.tree.attribute(id, "alt").is_some(),
            alt,
            width: pixels("width"),
            height: pixels("height"),
            ..Image::default()
        };
        self.name_block(id);
        self.wait(Content::Image(image));
    }

    /// The URL of a picture; a refused one is told.
    pub(super) fn picture_url(&mut self, id: Id, name: &str) -> Option<String> {
        match links::check_html(self.tree.attribute(id, name)?) {
            Ok(url) if links::is_fetchable(&url) => Some(url),
            Ok(_) | Err(Refused::Empty) => None,
            Err(Refused::Unsafe(what)) => {
                self.removed.one("image_removed", &what);
                None
            }
        }
    }

    pub(super) fn figure(&mut self, id: Id) {
        if self.has_any_class(id, &["quote", "pull-quote", "wp-block-pullquote"]) {
            return self.quote(id);
        }
        if self.has_any_class(id, &["gallery", "wp-block-gallery"]) {
            return self.gallery(id);
        }
        if self.tree.has_class(id, "embed") && self.linked_embed(id) {
            return;
        }
        self.leave_attributes(id, &[]);
        self.within(id, |reader| {
            let before = reader.count();
            let caption = reader.child(id, "figcaption");
            reader.without(caption, |reader| reader.children(id));
            reader.end_line();
            if let Some(caption) = caption {
                reader.caption(caption, before);
            }
        });
    }

    /// Gives a caption to the last picture, table or embed that was read since; lacking these it is a
    /// paragraph.
    fn caption(&mut self, id: Id, since: usize) {
        let mut takers = self.since(since).iter().enumerate().rev();
        let taker = takers
            .find(|(_, block)| takes_caption(&block.content))
            .map(|(at, block)| (at, block.images().len()));
        let credit = taker.filter(|(_, images)| *images == 1).and_then(|_| {
            let mut nodes = self.tree.descendants(id);
            nodes.find(|node| self.tree.has_class(*node, "credit") && self.is_in_plain_text(*node, id))
        });
        let (inline, others) = self.without(credit, |reader| reader.words(id));
        let credit = credit.map(|node| self.tree.text(node)).filter(|credit| !credit.is_empty());
        match taker {
            None => self.push_paragraph(inline),
            Some((at, _)) => match &mut self.since(since)[at].content {
                Content::Image(image) => {
                    image.caption = Caption::from(inline);
                    image.credit = credit;
                }
                Content::Table(table) => table.caption = Caption::from(inline),
                Content::Embed(embed) => {
                    embed.title =
                        Some(super::line::collapse(&inline.text())).filter(|title| !title.is_empty())
                }
                Content::Text(_) | Content::Gallery(_) | Content::Quote(_) | Content::Code(_) => {}
                Content::Divider | Content::Related(_) | Content::Promo(_) => {}
            },
        }
        self.push_all(others);
    }

    fn gallery(&mut self, id: Id) {
        self.leave_attributes(id, &["class"]);
        self.within(id, |reader| {
            let mut images = Vec::new();
            let mut others = Vec::new();
            for mut block in reader.apart(|reader| reader.children(id)) {
                match &mut block.content {
                    Content::Image(image) => images.push(std::mem::take(image)),
                    // Lists here are there for the pictures.
                    Content::Text(text) if text.inline.is_empty() => {}
                    Content::Text(text) => {
                        text.list_item = None;
                        others.push(Block { level: None, ..block });
                    }
                    Content::Gallery(_)
                    | Content::Embed(_)
                    | Content::Quote(_)
                    | Content::Table(_)
                    | Content::Code(_) => {
                        others.push(Block { level: None, ..block });
                    }
                    Content::Divider | Content::Related(_) | Content::Promo(_) => {
                        others.push(Block { level: None, ..block })
                    }
                }
            }
            if !images.is_empty() {
                reader.push(Content::Gallery(Gallery { images }));
            }
            reader.push_all(others);
        });
    }

    pub(super) fn quote(&mut self, id: Id) {
        self.leave_attributes(id, &["class"]);
        self.within(id, |reader| {
            let tree = reader.tree;
            let is_source = |node: &Id| {
                matches!(tree.name(*node), "figcaption" | "cite") && reader.is_in_plain_text(*node, id)
            };
            let source = tree.descendants(id).find(is_source);
            let (inline, others) = reader.without(source, |reader| reader.words(id));
            let attribution = source.map(|node| tree.text(node)).filter(|text| !text.is_empty());
            if inline.is_empty() {
                reader.push_paragraph(Inline::plain(attribution.unwrap_or_default()));
            } else {
                reader.push(Content::Quote(Quote { inline, attribution }));
            }
            reader.push_all(others);
        });
    }

    /// The words below a node as one text, paragraphs parted by line breaks, and the blocks that are no
    /// words.
    pub(super) fn words(&mut self, id: Id) -> (Inline, Vec<Block>) {
        let mut inline = Inline::plain("");
        let mut others = Vec::new();
        for block in self.apart(|reader| reader.within(id, |reader| reader.children(id))) {
            if let Content::Text(mut text) = block.content {
                self.name_next(block.anchor);
                let foreign = block.lang.filter(|lang| Some(lang) != self.place.lang.as_ref());
                foreign.into_iter().for_each(|lang| text.inline.annotate_all(Annotation::Lang { lang }));
                let turned = block.dir.filter(|dir| Some(*dir) != self.place.dir);
                turned.into_iter().for_each(|dir| text.inline.annotate_all(Annotation::Dir { dir }));
                inline.push_line(text.inline);
            } else {
                others.push(Block { level: None, ..block });
            }
        }
        (inline, others)
    }

    pub(super) fn push_paragraph(&mut self, inline: Inline) {
        if !inline.is_empty() {
            self.push(Block::paragraph(inline).content);
        }
    }

    /// Whether nothing but text containers stand between a node and one above it.
    fn is_in_plain_text(&self, node: Id, top: Id) -> bool {
        let containers = [
            "p",
            "div",
            "span",
            "a",
            "em",
            "i",
            "strong",
            "b",
            "small",
            "blockquote",
            "footer",
            "figcaption",
        ];
        self.tree
            .ancestors(node)
            .take_while(|ancestor| *ancestor != top)
            .all(|ancestor| containers.contains(&self.tree.name(ancestor)))
    }

    pub(super) fn child(&self, id: Id, name: &str) -> Option<Id> {
        self.tree.children(id).find(|child| self.tree.name(*child) == name)
    }

    pub(super) fn has_any_class(&self, id: Id, classes: &[&str]) -> bool {
        classes.iter().any(|class| self.tree.has_class(id, class))
    }
}

fn takes_caption(content: &Content) -> bool {
    match content {
        Content::Image(_) => true,
        Content::Table(table) => table.caption.is_empty(),
        Content::Embed(embed) => embed.title.is_none(),
        Content::Text(_) | Content::Gallery(_) | Content::Quote(_) | Content::Code(_) => false,
        Content::Divider | Content::Related(_) | Content::Promo(_) => false,
    }
}
