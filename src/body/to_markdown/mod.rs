//! Blocks to Markdown: CommonMark, with inline HTML for marks that it lacks.
//!
//! Promises: a CommonMark parser reads the same words back, in the same blocks; nothing in a text is taken
//! for markup. A table is a pipe table (GFM) where that says all of it, else HTML. Ruby reads
//! `base(reading)`; notes are numbered, `[1]`, and stand at the end.

mod inline;
mod tables;

use super::blocks::{Block, Caption, Code, Content, Image, Promo, Quote, Related, Style, Text};
use super::lists::{self, Item, List, Node};
use super::{Document, ListKind};
use inline::{Breaks, escaped, linked};

impl Document {
    /// The body as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut writer = Writer { notes: Vec::new() };
        let mut parts = writer.nodes(&lists::nest(&self.blocks));
        parts.extend(
            writer.notes.iter().enumerate().map(|(at, note)| format!("\\[{}\\] {}", at + 1, escaped(note))),
        );
        parts.join("\n\n")
    }
}

struct Writer<'a> {
    notes: Vec<&'a str>,
}

impl<'a> Writer<'a> {
    /// The blocks that say anything.
    fn nodes(&mut self, nodes: &[Node<'a>]) -> Vec<String> {
        let parts = nodes.iter().map(|node| match node {
            Node::Block(block) => self.block(block),
            Node::List(list) => self.list(list),
        });
        parts.filter(|part| !part.is_empty()).collect()
    }

    fn list(&mut self, list: &List<'a>) -> String {
        let items: Vec<String> =
            list.items.iter().enumerate().map(|(at, item)| self.item(list.kind, at + 1, item)).collect();
        items.join("\n")
    }

    fn item(&mut self, kind: ListKind, number: usize, item: &Item<'a>) -> String {
        let marker = if kind == ListKind::Number { format!("{number}. ") } else { "- ".to_owned() };
        let mut content = self.block(item.block);
        for (at, node) in item.rest.iter().enumerate() {
            let is_close = at == 0 && matches!(node, Node::List(_));
            for part in self.nodes(std::slice::from_ref(node)) {
                if !content.is_empty() {
                    content.push_str(if is_close { "\n" } else { "\n\n" });
                }
                content.push_str(&part);
            }
        }
        if content.is_empty() {
            // Markers alone would be read as a line across the page.
            content.push_str("<!-- -->");
        }
        prefixed(&content, &marker, &" ".repeat(marker.len()))
    }

    fn block(&mut self, block: &'a Block) -> String {
        match &block.content {
            Content::Text(text) => self.text(text),
            Content::Image(image) => self.image(image),
            Content::Gallery(gallery) => {
                let images: Vec<String> = gallery.images.iter().map(|image| self.image(image)).collect();
                images.into_iter().filter(|image| !image.is_empty()).collect::<Vec<_>>().join("\n\n")
            }
            Content::Embed(embed) => linked(embed.title.as_ref().unwrap_or(&embed.url), &embed.url),
            Content::Quote(quote) => self.quote(quote),
            Content::Table(table) => self.table(table),
            Content::Code(code) => fenced(code),
            Content::Divider => "***".to_owned(),
            Content::Related(related) => related_links(related),
            Content::Promo(promo) => promo_words(promo),
        }
    }

    fn text(&mut self, text: &'a Text) -> String {
        let heading = |writer: &mut Self, sign: &str| {
            let words = writer.inline(&text.inline, Breaks::Tags);
            if words.is_empty() { words } else { format!("{sign} {}", without_closing_sign(&words)) }
        };
        match text.style {
            Style::Normal => self.inline(&text.inline, Breaks::Lines),
            Style::H2 => heading(self, "##"),
            Style::H3 => heading(self, "###"),
            Style::H4 => heading(self, "####"),
            Style::Blockquote => quoted(&self.inline(&text.inline, Breaks::Lines)),
        }
    }

    fn quote(&mut self, quote: &'a Quote) -> String {
        let mut words = self.inline(&quote.inline, Breaks::Lines);
        if let Some(attribution) = &quote.attribution {
            words.push_str("\n\n— ");
            words.push_str(&escaped(attribution));
        }
        quoted(&words)
    }

    /// The picture, then caption and credit on lines of their own.
    fn image(&mut self, image: &'a Image) -> String {
        let alt = escaped(image.alt.as_deref().unwrap_or_default());
        let picture = image.url.as_ref().map(|url| format!("![{alt}]({})", super::links::for_markdown(url)));
        let lines = [picture, self.caption(&image.caption), image.credit.as_deref().map(escaped)];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\\\n")
    }

    fn caption(&mut self, caption: &'a Caption) -> Option<String> {
        match (&caption.spans, &caption.text) {
            (Some(spans), _) => Some(self.inline(spans, Breaks::Lines)),
            (None, Some(text)) => Some(text.split('\n').map(escaped).collect::<Vec<_>>().join("\\\n")),
            (None, None) => None,
        }
    }
}

fn related_links(related: &Related) -> String {
    let items: Vec<String> =
        related.items.iter().map(|item| format!("* {}", linked(&item.headline, &item.url))).collect();
    items.join("\n")
}

fn promo_words(promo: &Promo) -> String {
    let title = promo.title.as_ref().map(|title| match &promo.url {
        Some(url) => linked(title, url),
        None => escaped(title),
    });
    [title, promo.text.as_deref().map(escaped)].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// Code between fences that are longer than any in it.
fn fenced(code: &Code) -> String {
    let longest = code.code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    let language = code.language.as_deref().unwrap_or_default();
    let end = if code.code.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{}{end}{fence}", code.code)
}

fn quoted(text: &str) -> String {
    if text.is_empty() { String::new() } else { prefixed(text, "> ", "> ") }
}

/// A `#` at the end of a heading would be read as its closing sign.
fn without_closing_sign(text: &str) -> String {
    let rest = text.strip_suffix('#').filter(|rest| !rest.ends_with('\\'));
    rest.map_or_else(|| text.to_owned(), |rest| format!("{rest}\\#"))
}

fn prefixed(text: &str, first: &str, others: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let prefix = if at == 0 { first } else { others };
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
    }
    out
}
