//! Hostile HTML comes out harmless, and in time.

use super::{html, pass, read, warnings};
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::time::{Duration, Instant};
use wiredesk::body::Document;

/// Forty bodies that would run something, lead somewhere or break out of where they stand.
pub const BODIES: [&str; 40] = [
    "<script>alert(1)</script>ok",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>ok",
    "<img src=x onerror=alert(1)>ok",
    "<p onclick=\"alert(1)\" ONMOUSEOVER='x'>ok</p>",
    "<a href=\"javascript:alert(1)\">ok</a>",
    "<a href=\" jAvA\tscr\nipt:alert(1)\">ok</a>",
    "<a href=\"java&#x09;script&colon;alert(1)\">ok</a>",
    "<a href=\"&#106;avascript:alert(1)\">ok</a>",
    "<a href=\"\u{1}javascript:alert(1)\">ok</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">ok</a>",
    "<a href=\"vbscript:msgbox(1)\">ok</a>",
    "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">ok",
    "<img src=\"javascript:alert(1)\" srcset=\"x 1x\" lowsrc=\"y\">ok",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>ok",
    "<iframe src=\"javascript:alert(1)\"></iframe>ok",
    "<base href=\"https://evil.example/\"><a href=\"/x\">ok</a>",
    "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\">ok",
    "<link rel=stylesheet href=\"https://evil.example/x.css\">ok",
    "<style>@import 'https://evil.example/x.css';</style>ok",
    "<p style=\"background:url(javascript:alert(1))\">ok</p>",
    "<form action=\"https://evil.example\"><input name=p><button formaction=\"javascript:alert(1)\">b</button></form>ok",
    "<button formaction=\"javascript:alert(1)\">ok</button>",
    "<svg><script>alert(1)</script></svg>ok",
    "<svg onload=alert(1)><animate attributeName=href values=\"javascript:alert(1)\"></animate><a><text>x</text></a></svg>ok",
    "<svg><foreignObject><iframe src=\"javascript:alert(1)\"></iframe></foreignObject></svg>ok",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">ok",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>ok",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">ok",
    "<template><script>alert(1)</script></template>ok",
    "<object data=\"https://evil.example/x.swf\"><embed src=\"javascript:alert(1)\"></object>ok",
    "<embed src=\"https://evil.example/x.swf\">ok",
    "<animate attributeName=href to=javascript:alert(1)>ok</animate>",
    "<textarea></textarea><script>alert(1)</script>ok",
    "<title><img src=x onerror=alert(1)></title>ok",
    "<p title='\"><script>alert(1)</script>'>&lt;script&gt;alert(1)&lt;/script&gt; ok</p>",
    "<abbr title=\"&quot;><img src=x onerror=alert(1)>\">ok</abbr>",
    "<pre><code class=\"language-x&quot; onload=&quot;alert(1)\">ok</code></pre>",
    "<figure class=embed><a href=\"javascript:alert(1)\">ok</a></figure><aside class=promo><p><a href=\"data:x\">t</a></p></aside>",
    "<video src=x onerror=alert(1)><source onerror=alert(1)>ok</video><details ontoggle=alert(1) open>ok</details>",
    "<!--><img src=x onerror=alert(1)>--><![CDATA[<img src=y onerror=alert(1)>]]><?x <img src=z onerror=alert(1)>?>ok",
];

const ELEMENTS: [&str; 43] = [
    "p",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "code",
    "u",
    "s",
    "sub",
    "sup",
    "a",
    "abbr",
    "ruby",
    "rt",
    "span",
    "br",
    "hr",
    "img",
    "figure",
    "figcaption",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "pre",
    "aside",
    "section",
    "html",
    "head",
    "body",
    "",
    "",
    "",
    "",
    "",
];

const ATTRIBUTES: [&str; 14] = [
    "href",
    "src",
    "alt",
    "width",
    "height",
    "class",
    "id",
    "lang",
    "dir",
    "title",
    "colspan",
    "rowspan",
    "data-article",
    "",
];

const CLASSES: [&str; 8] =
    ["embed", "gallery", "quote", "related", "promo", "credit", "footnote", "footnotes"];

/// Fails where HTML, read by an HTML5 parser, holds anything that a body may not hold.
pub fn assert_harmless(output: &str) {
    let dom = html5ever::parse_document(RcDom::default(), Default::default()).one(output);
    let mut stack: Vec<Handle> = vec![dom.document.clone()];
    while let Some(node) = stack.pop() {
        if let NodeData::Element { name, attrs, .. } = &node.data {
            assert!(ELEMENTS.contains(&&*name.local), "<{}> in {output}", name.local);
            for attribute in attrs.borrow().iter() {
                let (name, value) = (&*attribute.name.local, &*attribute.value);
                assert!(ATTRIBUTES.contains(&name), "{name} in {output}");
                match name {
                    "href" | "src" => assert_safe(value, output),
                    "class" => assert!(
                        CLASSES.contains(&value) || value.starts_with("language-"),
                        "class {value} in {output}"
                    ),
                    _ => {}
                }
            }
        }
        assert!(
            !matches!(node.data, NodeData::Comment { .. } | NodeData::ProcessingInstruction { .. }),
            "comment in {output}"
        );
        stack.extend(node.children.borrow().iter().cloned());
    }
}

/// As a browser resolves it against a page of ours, the scheme is one of four, and a relative URL stays on
/// our host.
fn assert_safe(value: &str, output: &str) {
    let base = url::Url::parse("https://ours.example/a/b").unwrap();
    let url = base.join(value).unwrap_or_else(|error| panic!("{value}: {error} in {output}"));
    assert!(["http", "https", "mailto", "tel"].contains(&url.scheme()), "{value} in {output}");
    assert!(!value.starts_with("//"), "{value} in {output}");
}

#[test]
fn inj_04_forty_hostile_bodies_come_out_harmless_and_stable_with_a_warning_each() {
    for body in BODIES {
        let output = html(&read(body));
        assert_harmless(&output);
        let story = url::Url::parse("https://ours.example/a/b").unwrap();
        let package = html(&read(body).for_republishing(&story).0);
        assert_harmless(&package);
        assert!(!package.contains("<img") && !package.contains("href=\"/"), "{package}");
        assert!(
            output.contains("ok") || body.contains("<noscript>") || body.contains("<math><mtext>"),
            "{body} lost its words: {output}"
        );
        assert!(
            !warnings(body).is_empty()
                || ["<!-->", "<pre>", "<abbr"].iter().any(|kept| body.starts_with(kept)),
            "no warning: {body}"
        );
        pass(body);
    }
}

#[test]
fn inj_04_each_removal_is_told_once_with_its_count() {
    let told = warnings(&"<p onclick=x>a<script>b</script></p>".repeat(3000));
    let told: Vec<String> =
        told.into_iter().map(|warning| format!("{}: {}", warning.code, warning.detail)).collect();
    assert_eq!(told, ["attribute_removed: onclick (3000 times)", "element_removed: script (3000 times)"]);
    let many: String = (0..1000).map(|at| format!("<p data-{at}=x>a</p>")).collect();
    assert!(warnings(&many).len() <= 51);
}

/// The time that reading and writing take; unoptimised builds are given more of it.
fn assert_fast(name: &str, input: &str) {
    let start = Instant::now();
    let document = read(input);
    let output = html(&document);
    let limit = if cfg!(debug_assertions) { Duration::from_secs(3) } else { Duration::from_secs(1) };
    assert!(start.elapsed() < limit, "{name}: {:?}", start.elapsed());
    println!("{name}: {:?}, {} in, {} out", start.elapsed(), input.len(), output.len());
    let limit = 3 * limit;
    document.to_text();
    document.to_markdown();
    document.word_count();
    let mut again = document.clone();
    again.keep_keys_of(&document);
    drop((document, again));
    assert!(start.elapsed() < limit, "{name}, all formats: {:?}", start.elapsed());
}

/// A megabyte, or what an unoptimised build reads in like time.
const MIB: usize = if cfg!(debug_assertions) { 1 << 17 } else { 1 << 20 };

#[test]
fn dos_02_deep_nesting_many_attributes_and_unclosed_elements_end_in_time() {
    let attributes: String = (0..50_000).map(|at| format!(" a{at}=1")).collect();
    let fill = |unit: &str| unit.repeat(MIB / unit.len());
    for (name, input) in [
        ("div", fill("<div>")),
        ("div x", fill("<div>x")),
        ("b", fill("<b>")),
        ("a", fill("<a href=/x>y")),
        ("fonts", (0..60_000).map(|at| format!("<font a={at}>x<p>")).collect::<String>()),
        ("b with attributes", (0..60_000).map(|at| format!("<b title={at}>x<p>")).collect::<String>()),
        ("attributes", format!("<p{attributes}>x</p>")),
        ("lists", fill("<ul><li>x")),
        ("quotes", fill("<blockquote>x")),
        ("tables", fill("<table><tr><td>x")),
        ("stray text in a table", format!("<table>{}", fill("x<b>y</b>"))),
        ("ruby", fill("<ruby>x<rt>y")),
        ("svg", fill("<svg><g>")),
        ("paragraphs", fill("<p>x")),
        ("links in one line", fill("<a href=/>x</a>")),
        ("marks in one line", format!("<b>{}", fill("x<i>y</i>"))),
        ("breaks", fill("<br>")),
        ("figures", fill("<figure><img src=/a>")),
        ("comments", fill("<!--")),
        ("open tags", fill("<a ")),
        ("quotes in tags", fill("<a b='")),
        ("raw text", fill("<style>")),
        ("entities", fill("&amp;&lt;")),
        ("rises", format!("{}x", "<div></x></x></x>".repeat(MIB / 17))),
        ("adopted", fill("<b><i><u><div>x</b></i></u>")),
        ("adopted deeply", fill(&format!("{}<div>x{}", "<b>".repeat(40), "</b>".repeat(40)))),
        ("links around blocks", fill("<a href=/><div>x")),
        ("titled marks around blocks", (0..MIB / 30).map(|at| format!("<i title={at}><p>x</i>")).collect()),
        ("control characters", fill("\u{1}a")),
        ("rows", format!("<table>{}", fill("<tr><td>x"))),
        ("related", format!("<aside class=related>{}", fill("<a data-article=x>y</a>"))),
        ("spans with notes", fill("<span class=footnote>x<sup><a href='#a'>1</a></sup></span>")),
    ] {
        assert_fast(name, &input);
    }
}

#[test]
fn dos_02_blocks_end_in_time() {
    let span =
        |at: usize, marks: &str| format!(r#"{{"_type":"span","_key":"s{at}","text":"x","marks":[{marks}]}}"#);
    let many =
        |count: usize, each: &dyn Fn(usize) -> String| (0..count).map(each).collect::<Vec<_>>().join(",");
    let defs = many(MIB / 100, &|at| format!(r#"{{"_type":"link","_key":"l{at}","href":"/{at}"}}"#));
    let spans = many(MIB / 100, &|at| span(at % 7, &format!(r#""l{at}","strong""#)));
    for (name, input) in [
        ("faults", format!("[{}]", many(MIB / 2, &|_| "0".into()))),
        ("fields", format!(r#"[{{"_type":"divider",{}}}]"#, many(MIB / 10, &|at| format!(r#""f{at}":0"#)))),
        ("links", format!(r#"[{{"_type":"block","children":[{spans}],"markDefs":[{defs}]}}]"#)),
        ("keys", format!("[{}]", many(MIB / 40, &|at| format!(r#"{{"_type":"divider","_key":"k-{at}"}}"#)))),
        ("same keys", format!("[{}]", many(MIB / 40, &|_| r#"{"_type":"divider","_key":"k"}"#.into()))),
    ] {
        let sent: serde_json::Value = serde_json::from_str(&input).unwrap();
        let start = Instant::now();
        match Document::from_blocks(&sent) {
            Ok((document, _)) => drop((html(&document), document.to_markdown())),
            Err(faults) => assert!(faults.len() <= 1000),
        }
        assert!(start.elapsed() < Duration::from_secs(3), "{name}: {:?}", start.elapsed());
    }
}

#[test]
fn dos_02_words_stay_however_deep_they_stand() {
    let input = format!("{}core{}after", "<div>".repeat(50_000), "</div>".repeat(50_000));
    assert_eq!(read(&input).to_text(), "core\n\nafter");
    let attributes: String = (0..50_000).map(|at| format!(" a{at}='>'")).collect();
    assert_eq!(read(&format!("<p{attributes}>x</p><p>y</p>")).to_text(), "x\n\ny");
    assert!(
        warnings(&format!("<p{attributes}>x</p>"))
            .iter()
            .any(|warning| warning.code == "too_many_attributes")
    );
}
