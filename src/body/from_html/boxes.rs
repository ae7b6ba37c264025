//! Boxes: `aside.related` and `aside.promo` as `to_html` writes them; any other is unwrapped.
//!
//! Promises: a box is read as one of ours only where it holds exactly what ours hold, so that no word and no
//! picture is lost in it.

use super::super::blocks::{Content, Promo, Related};
use super::reader::Reader;
use super::tree::{Id, View};

impl Reader<'_> {
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
        let is_ours = |node: Id| match tree.view(node) {
            View::Element("a") => tree.attribute(node, "data-article").is_some(),
            View::Element(name) => matches!(name, "ul" | "li"),
            View::Text(_) | View::Other => true,
        };
        let links: Vec<Id> = tree.descendants(id).filter(|node| tree.name(*node) == "a").collect();
        let linked: usize = links.iter().map(|link| letters(&tree.text(*link))).sum();
        if links.is_empty() || linked != letters(&tree.text(id)) || !tree.descendants(id).all(is_ours) {
            return None;
        }
        let articles = links.into_iter().filter_map(|link| self.target(link)?.article).collect();
        Some(Content::Related(Related { articles, items: Vec::new() }))
    }

    /// `aside.promo`: a link in a paragraph, perhaps a paragraph of text, perhaps a picture, and nothing
    /// else.
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
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
