//! Pictures, figures, galleries, pull quotes and boxes.

use super::super::blocks::{Block, Caption, Content, Gallery, Image, Promo, Quote, Related};
use super::super::inline::{Annotation, Inline};
use super::super::links::{self, Refused};
use super::reader::Reader;
use super::tree::{Id, View};

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
    fn picture_url(&mut self, id: Id, name: &str) -> Option<String> {
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
            let outer = std::mem::replace(&mut reader.skip, caption);
            reader.children(id);
            reader.end_line();
            reader.skip = outer;
            if let Some(caption) = caption {
                reader.caption(caption, before);
            }
        });
    }

    /// Gives a caption to the last picture, table or embed that was read since; lacking these it is a paragraph.
    fn caption(&mut self, id: Id, since: usize) {
        let mut takers = self.since(since).iter().enumerate().rev();
        let taker = takers
            .find(|(_, block)| takes_caption(&block.content))
            .map(|(at, block)| (at, block.images().len()));
        let credit = taker.filter(|(_, images)| *images == 1).and_then(|_| {
            let mut nodes = self.tree.descendants(id);
            nodes.find(|node| self.tree.has_class(*node, "credit"))
        });
        let skipped = std::mem::replace(&mut self.skip, credit);
        let (inline, others) = self.words(id);
        self.skip = skipped;
        let credit = credit.map(|node| self.tree.text(node)).filter(|credit| !credit.is_empty());
        match taker {
            None => self.push_paragraph(inline),
            Some((at, _)) => match &mut self.since(since)[at].content {
                Content::Image(image) => {
                    image.caption = Caption::from(inline);
                    image.credit = credit;
                }
                Content::Table(table) => table.caption = Caption::from(inline),
                Content::Embed(embed) => embed.title = Some(super::line::collapse(&inline.text())),
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
            for block in reader.apart(|reader| reader.children(id)) {
                match block.content {
                    Content::Image(image) => images.push(image),
                    content => others.push(Block { content, ..block }),
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
            let source = tree.descendants(id).find(|node| matches!(tree.name(*node), "figcaption" | "cite"));
            let outer = std::mem::replace(&mut reader.skip, source);
            let (inline, others) = reader.words(id);
            reader.skip = outer;
            let attribution = source.map(|node| tree.text(node)).filter(|text| !text.is_empty());
            if inline.is_empty() {
                reader.push_paragraph(Inline::plain(attribution.unwrap_or_default()));
            } else {
                reader.push(Content::Quote(Quote { inline, attribution }));
            }
            reader.push_all(others);
        });
    }

    /// A box: one of ours if it holds what ours hold, else its words.
    pub(super) fn aside(&mut self, id: Id) {
        let content = if self.tree.has_class(id, "related") {
            self.related(id)
        } else if self.tree.has_class(id, "promo") {
            self.promo(id)
        } else {
            None
        };
        match content {
            Some(content) => self.within(id, |reader| reader.push(content)),
            None => self.block(id, None),
        }
    }

    /// `aside.related`, all of whose words are links to stories of ours.
    fn related(&mut self, id: Id) -> Option<Content> {
        let tree = self.tree;
        let links: Vec<Id> =
            tree.descendants(id).filter(|node| tree.attribute(*node, "data-article").is_some()).collect();
        let linked: usize = links.iter().map(|link| letters(&tree.text(*link))).sum();
        if links.is_empty() || linked != letters(&tree.text(id)) {
            return None;
        }
        let targets: Vec<Id> = links.into_iter().filter(|link| tree.name(*link) == "a").collect();
        let articles = targets.into_iter().filter_map(|link| self.target(link)?.article).collect();
        Some(Content::Related(Related { articles, items: Vec::new() }))
    }

    /// `aside.promo`: a link in a paragraph, perhaps a paragraph of text, perhaps a picture, and nothing else.
    fn promo(&mut self, id: Id) -> Option<Content> {
        let tree = self.tree;
        let children: Vec<Id> = tree.children(id).collect();
        let (head, rest) = children.split_first()?;
        let mut head = tree.children(*head).filter(|_| tree.name(*head) == "p");
        let link = head.next().filter(|link| tree.name(*link) == "a" && head.next().is_none())?;
        let mut promo =
            Promo { title: Some(tree.text(link)).filter(|title| !title.is_empty()), ..Promo::default() };
        promo.title.as_ref()?;
        for node in rest {
            match tree.view(*node) {
                View::Element("p") if promo.text.is_none() && promo.image.is_none() => {
                    let mut words = tree.children(*node);
                    words
                        .next()
                        .filter(|word| matches!(tree.view(*word), View::Text(_)) && words.next().is_none())?;
                    promo.text = Some(tree.text(*node));
                }
                View::Element("img") if promo.image.is_none() => {
                    promo.image = Some(self.picture_url(*node, "src")?)
                }
                View::Element(_) | View::Text(_) | View::Other => return None,
            }
        }
        let target = self.target(link)?;
        (promo.url, promo.article) = (Some(target.href?), target.article);
        Some(Content::Promo(promo))
    }

    /// The words below a node as one text, paragraphs parted by line breaks, and the blocks that are no words.
    pub(super) fn words(&mut self, id: Id) -> (Inline, Vec<Block>) {
        let mut inline = Inline::plain("");
        let mut others = Vec::new();
        for block in self.apart(|reader| reader.within(id, |reader| reader.children(id))) {
            match block.content {
                Content::Text(mut text) => {
                    self.name_next(block.anchor);
                    let foreign = block.lang.filter(|lang| Some(lang) != self.place.lang.as_ref());
                    foreign.into_iter().for_each(|lang| text.inline.annotate_all(Annotation::Lang { lang }));
                    let turned = block.dir.filter(|dir| Some(*dir) != self.place.dir);
                    turned.into_iter().for_each(|dir| text.inline.annotate_all(Annotation::Dir { dir }));
                    inline.push_line(text.inline);
                }
                content => others.push(Block { content, ..block }),
            }
        }
        (inline, others)
    }

    pub(super) fn push_paragraph(&mut self, inline: Inline) {
        if !inline.is_empty() {
            self.push(Block::paragraph(inline).content);
        }
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

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
