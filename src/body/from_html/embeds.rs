//! What lives elsewhere: frames, and posts quoted by the snippets of the networks.
//!
//! Promises: an embed has an absolute `http` or `https` address; a post without one stays a quotation; the words
//! of a post are the embed's title.

use super::super::blocks::{Content, Embed};
use super::super::links;
use super::reader::Reader;
use super::tree::{Id, View};

/// The classes that the networks' snippets give to a quoted post.
const POSTS: [&str; 9] = [
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "tiktok-embed",
    "bluesky-embed",
    "text-post-media",
    "reddit-embed-bq",
    "reddit-card",
    "mastodon-embed",
];

impl Reader<'_> {
    /// A frame; its content is never shown, so it goes whole where it has no address.
    pub(super) fn frame(&mut self, id: Id) {
        self.leave_attributes(id, &["src", "data-src", "title"]);
        let sources = ["src", "data-src"].into_iter().filter_map(|name| self.tree.attribute(id, name));
        let Some(url) = sources.filter_map(embeddable).next() else {
            return self.removed.one("element_removed", "iframe");
        };
        let title = self.plain(id, "title");
        self.name_block(id);
        self.wait(embed(url, title));
    }

    /// A post of a network, titled by its words; false where it is just a quotation.
    pub(super) fn post(&mut self, id: Id) -> bool {
        if !self.has_any_class(id, &POSTS) {
            return false;
        }
        let tree = self.tree;
        let own = ["cite", "data-instgrm-permalink", "data-text-post-permalink"];
        let links: Vec<Id> = tree.descendants(id).filter(|node| tree.name(*node) == "a").collect();
        let hrefs = links.into_iter().rev().filter_map(|link| tree.attribute(link, "href"));
        let addresses = own.into_iter().filter_map(|name| tree.attribute(id, name)).chain(hrefs);
        let Some(url) = addresses.filter_map(embeddable).next() else { return false };
        let words = Some(tree.text(id)).filter(|words| !words.is_empty());
        self.within(id, |reader| reader.push(embed(url, words)));
        true
    }

    /// An embed as `to_html` writes it: a figure that is one link.
    pub(super) fn linked_embed(&mut self, id: Id) -> bool {
        let children: Vec<Id> = self.tree.children(id).collect();
        let [link] = children.as_slice() else { return false };
        let is_words = self.tree.children(*link).all(|node| matches!(self.tree.view(node), View::Text(_)));
        let href = self.tree.attribute(*link, "href").filter(|_| self.tree.name(*link) == "a" && is_words);
        let Some(url) = href.and_then(embeddable) else { return false };
        let title = Some(self.tree.text(*link)).filter(|title| !title.is_empty());
        self.leave_attributes(id, &["class"]);
        self.within(id, |reader| reader.push(embed(url, title)));
        true
    }
}

/// An address that an embed may have: whole, and of the web.
fn embeddable(raw: &str) -> Option<String> {
    links::check_html(raw).ok().filter(|url| links::is_web(url))
}

fn embed(url: String, title: Option<String>) -> Content {
    let title = title.filter(|title| *title != url);
    Content::Embed(Embed { provider: links::provider(&url), url, title })
}
