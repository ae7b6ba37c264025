//! What holds for any body.

use super::hostile::{BODIES, assert_harmless};
use super::{html, markdown_words, read};
use proptest::prelude::*;
use serde_json::json;
use wiredesk::body::{Document, diff};

/// A word that can be found again.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,6}",
        Just("R&amp;D".to_owned()),
        Just("«&nbsp;oui&nbsp;»".to_owned()),
        Just("*a_b*`".to_owned()),
        Just("1.".to_owned()),
        Just("#".to_owned()),
        Just("שלום".to_owned()),
        Just("東京".to_owned()),
        Just("(x)".to_owned()),
        Just("\\".to_owned()),
        Just("!".to_owned()),
        Just("-".to_owned()),
        Just("&lt;b&gt;".to_owned()),
    ]
}

/// HTML of words, marks and blocks, mostly well formed.
fn markup() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        6 => word(),
        3 => Just(" ".to_owned()),
        1 => Just("\n\t ".to_owned()),
        1 => Just("<br>".to_owned()),
        1 => Just("<img src='/a.jpg' alt='x'>".to_owned()),
        1 => Just("<hr>".to_owned()),
        1 => Just("<script>gone</script>".to_owned()),
        1 => Just("<iframe src='https://vimeo.com/1'></iframe>".to_owned()),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let element = prop::sample::select(vec![
            "p",
            "div",
            "b",
            "i",
            "em",
            "strong",
            "code",
            "u",
            "s",
            "sub",
            "sup",
            "span",
            "span lang='fr'",
            "span dir='rtl'",
            "p dir='rtl'",
            "a href='/x'",
            "a href='https://y.example/?a=1&b=2'",
            "a href='javascript:x'",
            "a href='#n'",
            "ul",
            "ol",
            "li",
            "li id='n'",
            "h2",
            "h3",
            "blockquote",
            "figure",
            "figcaption",
            "figcaption lang='fr'",
            "figure class='quote'",
            "figure class='gallery'",
            "table",
            "tr",
            "td",
            "th colspan='2'",
            "td lang='de'",
            "caption",
            "pre",
            "abbr title='t'",
            "ruby",
            "rt",
            "dl",
            "dd",
            "aside",
            "aside class='promo'",
            "aside class='related'",
            "font color='red'",
            "section class='footnotes'",
            "span class='footnote'",
            "span class='credit'",
            "cite",
            "bdi",
        ]);
        (element, prop::collection::vec(inner, 0..6), prop::bool::weighted(0.9)).prop_map(
            |(element, children, is_closed)| {
                let name = element.split(' ').next().unwrap_or(element);
                let end = if is_closed { format!("</{name}>") } else { String::new() };
                format!("<{element}>{}{end}", children.concat())
            },
        )
    })
}

fn bodies() -> impl Strategy<Value = String> {
    prop::collection::vec(markup(), 1..6).prop_map(|parts| parts.concat())
}

/// Spans of blocks, of whatever has a meaning in Markdown or HTML.
fn spans() -> impl Strategy<Value = Vec<serde_json::Value>> {
    let mark = prop::sample::select(vec!["strong", "em", "code", "u", "s", "sub", "sup", "l", "f"]);
    let span =
        ("[ a-c1*_`\\[\\]<>&#!\\\\|~:;.()+=\n\u{a0}\u{300}é-]{0,8}", prop::collection::vec(mark, 0..4));
    prop::collection::vec(
        span.prop_map(|(text, marks)| json!({"_type": "span", "text": text, "marks": marks})),
        0..6,
    )
}

/// Fragments of hostile bodies, put together anyhow.
fn hostile() -> impl Strategy<Value = String> {
    let pieces: Vec<String> =
        BODIES.iter().flat_map(|body| body.split_inclusive(['>', '"', ' '])).map(str::to_owned).collect();
    prop::collection::vec(prop::sample::select(pieces), 1..40).prop_map(|parts| parts.concat())
}

/// The letters and signs of a text, without white space.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The letters that a browser shows, and of each picture or frame nothing.
fn shown(input: &str) -> String {
    use html5ever::tendril::TendrilSink;
    use markup5ever_rcdom::{NodeData, RcDom};
    let context = html5ever::QualName::new(None, html5ever::ns!(html), html5ever::local_name!("body"));
    let dom =
        html5ever::parse_fragment(RcDom::default(), Default::default(), context, vec![], false).one(input);
    let mut out = String::new();
    let mut stack = vec![dom.document.clone()];
    while let Some(node) = stack.pop() {
        match &node.data {
            NodeData::Text { contents } => out.push_str(&contents.borrow()),
            NodeData::Element { name, .. } if matches!(&*name.local, "script" | "iframe") => continue,
            _ => {}
        }
        stack.extend(node.children.borrow().iter().rev().cloned());
    }
    letters(&out)
}

fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters
}

/// Every letter that a document holds, in whatever field.
fn held(document: &Document) -> String {
    let stripped = html(document).replace(" <span class=\"credit\">", "<span class=\"credit\">");
    // An embed without a title shows its address, which is no word of the body.
    shown(&stripped.replace(">https://vimeo.com/1</a>", "></a>"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost(body in bodies()) {
        let document = read(&body);
        prop_assert_eq!(sorted(&held(&document)), sorted(&shown(&body)), "{} -> {}", body, html(&document));
    }

    #[test]
    fn html_blocks_html_is_stable(body in bodies()) {
        let once = html(&read(&body));
        let (again, _) = Document::from_html(&once);
        prop_assert_eq!(html(&again), once);
    }

    #[test]
    fn hostile_bodies_are_harmless_and_stable(body in hostile()) {
        let once = html(&read(&body));
        assert_harmless(&once);
        prop_assert_eq!(html(&read(&once)), once);
    }

    #[test]
    fn any_text_is_harmless(body in "\\PC{0,80}") {
        assert_harmless(&html(&read(&body)));
    }

    #[test]
    fn markdown_reads_back_as_the_same_words(body in bodies()) {
        let document = read(&body);
        let markdown = document.to_markdown();
        let words = letters(&markdown_words(&markdown));
        let mut text = document.clone();
        text.blocks.retain(|block| block.list_item().is_none());
        let lines = letters(&markdown_words(&text.to_markdown()));
        prop_assert!(lines.len() <= words.len());
        let expected: String = document.blocks.iter().map(markdown_letters).collect();
        prop_assert_eq!(words, expected, "{}", markdown);
    }

    #[test]
    fn any_spans_read_back_as_the_same_words(spans in spans(), style in prop::sample::select(vec!["normal", "h2", "blockquote"])) {
        let sent = json!([{"_type": "block", "style": style, "children": spans, "markDefs": [
            {"_key": "l", "_type": "link", "href": "https://a.example/(x)?a=1&copy=2"}, {"_key": "f", "_type": "lang", "lang": "fr"}]}]);
        let document = super::blocks(sent);
        let words = letters(&document.to_text());
        prop_assert_eq!(letters(&markdown_words(&document.to_markdown())), words.clone(), "{}", document.to_markdown());
        prop_assert_eq!(shown(&html(&document)), words);
        assert_harmless(&html(&document));
        let once = html(&read(&html(&document)));
        prop_assert_eq!(html(&read(&once)), once);
    }

    #[test]
    fn stored_blocks_can_be_sent_back(body in bodies()) {
        let document = read(&body);
        let stored = serde_json::to_value(&document).unwrap();
        let (sent, _) = Document::from_blocks(&stored).map_err(|faults| TestCaseError::fail(format!("{faults:?}")))?;
        prop_assert_eq!(&sent, &document);
        prop_assert_eq!(serde_json::from_value::<Document>(stored).unwrap(), document);
    }

    #[test]
    fn keys_stay_unique_and_the_diff_is_empty_exactly_for_equal_documents(old in bodies(), new in bodies()) {
        let (old, mut new) = (read(&old), read(&new));
        new.keep_keys_of(&old);
        let keys: std::collections::HashSet<&str> = new.blocks.iter().map(|block| block.key.as_str()).collect();
        prop_assert_eq!(keys.len(), new.blocks.len());
        prop_assert_eq!(diff(&old, &new).is_empty(), old == new);
        let mut same = read(&html(&old));
        same.keep_keys_of(&old);
        let keys = |document: &Document| document.blocks.iter().map(|block| block.key.clone()).collect::<Vec<_>>();
        prop_assert!(same.blocks.len() != old.blocks.len() || keys(&same) == keys(&old));
    }
}

/// The letters of a block as its Markdown says them.
fn markdown_letters(block: &wiredesk::body::Block) -> String {
    use wiredesk::body::Content;
    match &block.content {
        Content::Image(image) => letters(
            &[&image.alt, &image.caption.text, &image.credit]
                .into_iter()
                .flatten()
                .cloned()
                .collect::<String>(),
        ),
        Content::Gallery(gallery) => {
            let image = |image: &wiredesk::body::Image| {
                [&image.alt, &image.caption.text, &image.credit]
                    .into_iter()
                    .flatten()
                    .cloned()
                    .collect::<String>()
            };
            letters(&gallery.images.iter().map(image).collect::<String>())
        }
        Content::Embed(embed) => letters(embed.title.as_ref().unwrap_or(&embed.url)),
        Content::Divider => String::new(),
        _ => {
            let mut alone = block.clone();
            alone.level = None;
            if let Content::Text(text) = &mut alone.content {
                text.list_item = None;
            }
            letters(&Document { blocks: vec![alone] }.to_text())
        }
    }
}
