//! Blocks to HTML.
//!
//! Plain blocks come out as npm's `@portabletext/to-html` writes them; strike-through is `<s>`, underline
//! `<u>`. The other kinds are marked by a class, so that `from_html` reads back what stood there:
//! `figure.embed`, `figure.gallery`, `figure.quote`, `aside.related`, `aside.promo`, `span.credit`,
//! `span.footnote`, `section.footnotes`. Every text and attribute is escaped here; nothing is passed through.

mod figures;
mod text;

use super::blocks::{Block, Code, Content, Promo, Related, Style, Text};
use super::lists::{self, Item, List, Node};
use super::{Document, ListKind};
use text::Notes;

/// What the caller decides about the HTML.
#[derive(Clone, Debug, Default)]
pub struct Rendering {
    /// Put behind the ids of footnotes and anchors (`fn-1-SUFFIX`), so that bodies may share a page.
    pub footnote_suffix: Option<String>,
}

/// The characters that mean something in HTML, as entities; for text and for attributes.
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#x27;"),
            _ => out.push(c),
        }
    }
}

impl Document {
    /// The body as HTML. Pictures without an address and unresolved `related` and `promo` blocks are not
    /// shown.
    pub fn to_html(&self, rendering: &Rendering) -> String {
        let mut writer = Writer { out: String::new(), notes: Notes::default(), rendering };
        writer.nodes(&lists::nest(&self.blocks));
        writer.footnotes();
        writer.out
    }
}

struct Writer<'a> {
    out: String,
    notes: Notes<'a>,
    rendering: &'a Rendering,
}

/// The attributes that the elements of blocks may have.
#[derive(Default)]
struct Attributes<'a> {
    class: Option<&'a str>,
    id: Option<&'a str>,
    lang: Option<&'a str>,
    dir: Option<super::Dir>,
}

impl<'a> Attributes<'a> {
    fn of(block: &'a Block) -> Self {
        Self { class: None, id: block.anchor.as_deref(), lang: block.lang.as_deref(), dir: block.dir }
    }
}

impl<'a> Writer<'a> {
    fn nodes(&mut self, nodes: &[Node<'a>]) {
        for node in nodes {
            match node {
                Node::Block(block) => self.block(block),
                Node::List(list) => self.list(list),
            }
        }
    }

    fn list(&mut self, list: &List<'a>) {
        let tag = if list.kind == ListKind::Number { "ol" } else { "ul" };
        self.open(tag, &[]);
        for item in &list.items {
            self.item(item);
        }
        self.close(tag);
    }

    /// An item. It bears the language and direction of its text, unless something inside it has none of its
    /// own and would inherit them.
    fn item(&mut self, item: &Item<'a>) {
        let Some(text) = item.block.as_text() else { return };
        let inherits = |has: fn(&Block) -> bool| has(item.block) && !lists::all(&item.rest, has);
        if inherits(|block| block.lang.is_some()) || inherits(|block| block.dir.is_some()) {
            let id = item.block.anchor.as_deref().map(|anchor| self.id(anchor));
            self.open("li", &[("id", id.as_deref())]);
            self.text("p", text, Attributes { id: None, ..Attributes::of(item.block) });
        } else {
            self.open_block("li", item.block);
            match text.style {
                Style::Normal => self.inline(&text.inline),
                Style::H2 | Style::H3 | Style::H4 | Style::Blockquote => {
                    self.text("", text, Attributes::default())
                }
            }
        }
        self.nodes(&item.rest);
        self.close("li");
    }

    fn block(&mut self, block: &'a Block) {
        match &block.content {
            Content::Text(text) => self.text("p", text, Attributes::of(block)),
            Content::Image(image) => self.image(image, Some(block)),
            Content::Gallery(gallery) => self.gallery(gallery, block),
            Content::Embed(embed) => self.embed(embed, block),
            Content::Quote(quote) => self.quote(quote, block),
            Content::Table(table) => self.table(table, block),
            Content::Code(code) => self.code(code, block),
            Content::Divider => self.open_block("hr", block),
            Content::Related(related) => self.related(related, block),
            Content::Promo(promo) => self.promo(promo, block),
        }
    }

    fn text(&mut self, normal: &'static str, text: &'a Text, attributes: Attributes<'a>) {
        let tag = match text.style {
            Style::Normal => normal,
            Style::H2 => "h2",
            Style::H3 => "h3",
            Style::H4 => "h4",
            Style::Blockquote => "blockquote",
        };
        self.open_with(tag, attributes);
        self.inline(&text.inline);
        self.close(tag);
    }

    fn code(&mut self, code: &'a Code, block: &'a Block) {
        self.open_block("pre", block);
        let class = code.language.as_ref().map(|language| format!("language-{language}"));
        self.open("code", &[("class", class.as_deref())]);
        push_escaped(&mut self.out, &code.code);
        self.out.push_str("</code></pre>");
    }

    fn related(&mut self, related: &'a Related, block: &'a Block) {
        if related.items.is_empty() {
            return;
        }
        self.open_classed("aside", "related", block);
        self.open("ul", &[]);
        for item in &related.items {
            self.open("li", &[]);
            self.open("a", &[("href", Some(&item.url)), ("data-article", Some(&item.id))]);
            push_escaped(&mut self.out, &item.headline);
            self.out.push_str("</a></li>");
        }
        self.out.push_str("</ul></aside>");
    }

    fn promo(&mut self, promo: &'a Promo, block: &'a Block) {
        let (Some(url), Some(title)) = (&promo.url, &promo.title) else { return };
        self.open_classed("aside", "promo", block);
        self.open("p", &[]);
        self.open("a", &[("href", Some(url)), ("data-article", promo.article.as_deref())]);
        push_escaped(&mut self.out, title);
        self.out.push_str("</a></p>");
        if let Some(text) = &promo.text {
            self.open("p", &[]);
            push_escaped(&mut self.out, text);
            self.close("p");
        }
        if let Some(image) = &promo.image {
            self.open("img", &[("src", Some(image)), ("alt", Some(""))]);
        }
        self.close("aside");
    }

    /// A start tag with the attributes that are there; `img` and `hr` close themselves.
    fn open(&mut self, tag: &str, attributes: &[(&str, Option<&str>)]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            let Some(value) = value else { continue };
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            push_escaped(&mut self.out, value);
            self.out.push('"');
        }
        self.out.push_str(if matches!(tag, "img" | "hr") { " />" } else { ">" });
    }

    fn open_block(&mut self, tag: &str, block: &Block) {
        self.open_with(tag, Attributes::of(block));
    }

    fn open_classed(&mut self, tag: &str, class: &str, block: &Block) {
        self.open_with(tag, Attributes { class: Some(class), ..Attributes::of(block) });
    }

    fn open_with(&mut self, tag: &str, attributes: Attributes) {
        let id = attributes.id.map(|anchor| self.id(anchor));
        let dir = attributes.dir.map(super::Dir::name);
        self.open(
            tag,
            &[("class", attributes.class), ("id", id.as_deref()), ("lang", attributes.lang), ("dir", dir)],
        );
    }

    fn close(&mut self, tag: &str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// An id with the suffix, once.
    fn id(&self, name: &str) -> String {
        match &self.rendering.footnote_suffix {
            Some(suffix) if !name.ends_with(&format!("-{suffix}")) => format!("{name}-{suffix}"),
            Some(_) | None => name.to_owned(),
        }
    }
}
