//! HTML is read as a browser shows it, and no word is lost.

use super::{html, json, markdown_words, pass, read, warnings, warns};

#[test]
fn r34_white_space_collapses_as_in_a_browser_and_no_break_spaces_stay() {
    let input = "<p><b>Salt</b> <i>Marsh</i>\n\t<a href=\"/x\">said</a>&nbsp;: «&nbsp;oui&nbsp;» <em> padded </em>end</p>";
    let document = read(input);
    assert_eq!(document.to_text(), "Salt Marsh said\u{a0}: «\u{a0}oui\u{a0}» padded end");
    assert_eq!(
        pass(input),
        "<p><strong>Salt</strong> <em>Marsh</em> <a href=\"/x\">said</a>\u{a0}: «\u{a0}oui\u{a0}» <em>padded </em>end</p>"
    );
    assert_eq!(markdown_words(&document.to_markdown()).trim(), document.to_text());
    assert_eq!(read("<p>a<!-- x --> <!-- y -->b<!-- z -->c</p>").to_text(), "a bc");
    assert_eq!(
        pass("<p><a href='/1'>a</a> <a href='/2'>b</a></p>"),
        "<p><a href=\"/1\">a</a> <a href=\"/2\">b</a></p>"
    );
}

#[test]
fn r36_a_wrapped_line_is_one_blank() {
    assert_eq!(read("<p>one\ntwo\r\n   three\n\tfour\n five</p>").to_text(), "one two three four five");
}

#[test]
fn r36_each_br_is_one_break_in_each_format_and_a_trailing_one_none() {
    for (input, output, text) in [
        ("<p>a<br>b</p>", "<p>a<br />b</p>", "a\nb"),
        ("<p>a <br> b</p>", "<p>a<br />b</p>", "a\nb"),
        ("<p>a<br><br>b</p>", "<p>a<br /><br />b</p>", "a\n\nb"),
        ("<p>a<br></p>", "<p>a</p>", "a"),
        ("<p><a href='/x'>a<br>b</a></p>", "<p><a href=\"/x\">a<br />b</a></p>", "a\nb"),
        ("<p><b>a<br>b</b></p>", "<p><strong>a<br />b</strong></p>", "a\nb"),
        ("<blockquote>a<br>b</blockquote>", "<blockquote>a<br />b</blockquote>", "a\nb"),
        ("<h2>a<br>b</h2>", "<h2>a<br />b</h2>", "a\nb"),
    ] {
        assert_eq!(pass(input), output);
        assert_eq!(read(input).to_text(), text);
        assert_eq!(markdown_words(&read(input).to_markdown()).trim(), text, "{}", read(input).to_markdown());
    }
    assert_eq!(pass("<ul><li>a<br>b</li></ul>"), "<ul><li>a<br />b</li></ul>");
    assert_eq!(read("<ul><li>a<br>b</li></ul>").to_markdown(), "- a\\\n  b");
}

#[test]
fn r38_direction_and_language_are_kept_on_blocks_and_marks() {
    let input = concat!(
        "<p dir=\"rtl\">שלום Anna 42</p><p>plain</p><blockquote dir=\"AUTO\">q</blockquote>",
        "<p>a <span dir=\"ltr\">b</span></p><p lang=\"ar\">ج</p><p dir=\"evil\">c</p><p lang=\"no tag\">d</p>",
    );
    let output = concat!(
        "<p dir=\"rtl\">שלום Anna 42</p><p>plain</p><blockquote dir=\"auto\">q</blockquote>",
        "<p>a <span dir=\"ltr\">b</span></p><p lang=\"ar\">ج</p><p>c</p><p>d</p>",
    );
    assert_eq!(pass(input), output);
    let blocks = json(&read(input));
    assert_eq!(blocks[0]["dir"], "rtl");
    assert_eq!(blocks[3]["markDefs"][0]["_type"], "dir");
    assert_eq!(blocks[4]["lang"], "ar");
    assert!(warns(input, "attribute_removed", "dir that is no direction"));
    assert!(warns(input, "attribute_removed", "lang that is no language tag"));
    assert_eq!(read(input).to_text(), "שלום Anna 42\n\nplain\n\nq\n\na b\n\nج\n\nc\n\nd");
    assert_eq!(
        pass("<div lang=\"fr\"><p>x</p><ul dir=\"rtl\"><li>y</li></ul></div>"),
        "<p lang=\"fr\">x</p><ul><li lang=\"fr\" dir=\"rtl\">y</li></ul>"
    );
}

const TABLE: &str = concat!(
    "<table><caption>Tides</caption><thead><tr><th>Port</th><th colspan=\"2\">Height</th></tr></thead>",
    "<tr><th rowspan=\"2\">Marsh</th><td><a href=\"/m\">high</a><br>4 m</td><td></td></tr><tr><td>low</td><td>1 m</td></tr></table>",
);

#[test]
fn r40_tables_keep_rows_headers_spans_caption_and_links() {
    let output = concat!(
        "<table><caption>Tides</caption><tbody><tr><th>Port</th><th colspan=\"2\">Height</th></tr>",
        "<tr><th rowspan=\"2\">Marsh</th><td><a href=\"/m\">high</a><br />4 m</td><td></td></tr><tr><td>low</td><td>1 m</td></tr></tbody></table>",
    );
    assert_eq!(pass(TABLE), output);
    let document = read(TABLE);
    assert_eq!(document.to_text(), "Tides\nPort\tHeight\nMarsh\thigh 4 m\t\nlow\t1 m");
    assert_eq!(document.to_markdown(), output);
    let blocks = json(&document);
    assert_eq!(blocks[0]["caption"], "Tides");
    assert_eq!(blocks[0]["rows"][1]["cells"][0]["rowspan"], 2);
    assert_eq!(blocks[0]["rows"][1]["cells"][1]["markDefs"][0]["href"], "/m");
    assert!(warnings(TABLE).is_empty());
}

#[test]
fn r40_a_caption_stays_with_its_picture_and_keeps_its_link() {
    let input = "<figure><img src='/a.jpg' alt='A'><figcaption>By the <a href='/quay'>quay</a> <span class='credit'>Ana</span></figcaption></figure>";
    let output = concat!(
        "<figure><img src=\"/a.jpg\" alt=\"A\" /><figcaption>By the <a href=\"/quay\">quay</a> ",
        "<span class=\"credit\">Ana</span></figcaption></figure>"
    );
    assert_eq!(pass(input), output);
    let blocks = json(&read(input));
    assert_eq!(blocks[0]["caption"], "By the quay");
    assert_eq!(blocks[0]["caption_spans"]["markDefs"][0]["href"], "/quay");
    assert_eq!(blocks[0]["credit"], "Ana");
    assert_eq!(read(input).to_markdown(), "![A](/a.jpg)\\\nBy the [quay](/quay)\\\nAna");
}

#[test]
fn r40_dl_and_details_are_unwrapped_with_all_their_words() {
    let input =
        "<dl><dt>Ebb</dt><dd>out</dd></dl><details><summary>More</summary>hidden <b>words</b></details>";
    assert_eq!(pass(input), "<p>Ebb</p><p>out</p><p>More</p><p>hidden <strong>words</strong></p>");
    for name in ["dl", "dt", "dd", "details", "summary"] {
        assert!(warns(input, "element_unwrapped", name), "{name}");
    }
}

#[test]
fn a_picture_in_a_sentence_follows_it_and_one_before_it_precedes() {
    assert_eq!(
        pass("<p>one <a href='/l'><img src='/a.jpg' alt='x'> two</a> three</p><p><img src='/b.jpg'>four</p>"),
        concat!(
            "<p>one <a href=\"/l\">two</a> three</p><figure><img src=\"/a.jpg\" alt=\"x\" /></figure>",
            "<figure><img src=\"/b.jpg\" /></figure><p>four</p>"
        )
    );
    assert!(warns("<p><a href='/l'><img src='/a.jpg'></a></p>", "link_removed", "without words"));
}

#[test]
fn an_empty_alt_says_decorative_and_a_missing_one_says_nothing() {
    let document = json(&read("<img src='/a.jpg' alt=''><img src='/b.jpg'>"));
    assert_eq!(document[0]["decorative"], true);
    assert!(document[0].get("alt").is_none() && document[1].get("decorative").is_none());
}

#[test]
fn frames_and_post_quotes_become_embeds() {
    let input = concat!(
        "<iframe src=\"//www.youtube.com/embed/1\" title=\"Tide\"></iframe>",
        "<blockquote class=\"twitter-tweet\"><p>Storm <a href=\"https://t.co/1\">pic</a></p>— Ana <a href=\"https://twitter.com/a/status/1\">May 1</a></blockquote>",
        "<blockquote class=\"tiktok-embed\" cite=\"https://www.tiktok.com/@a/video/2\"><section>clip</section></blockquote>",
    );
    assert_eq!(
        pass(input),
        concat!(
            "<figure class=\"embed\"><a href=\"https://www.youtube.com/embed/1\">Tide</a></figure>",
            "<figure class=\"embed\"><a href=\"https://twitter.com/a/status/1\">Storm pic — Ana May 1</a></figure>",
            "<figure class=\"embed\"><a href=\"https://www.tiktok.com/@a/video/2\">clip</a></figure>"
        )
    );
    assert_eq!(json(&read(input))[1]["provider"], "x");
    assert!(warns("<iframe srcdoc='<p>x'></iframe>", "element_removed", "iframe"));
}

#[test]
fn pull_quotes_galleries_code_and_rules_are_read_back() {
    let input = concat!(
        "<figure class=\"quote\"><blockquote>Out it goes.<br />Again.</blockquote><figcaption>Ana</figcaption></figure>",
        "<figure class=\"gallery\"><figure><img src=\"/a.jpg\" alt=\"a\" width=\"3\" height=\"2\" /><figcaption>One</figcaption></figure>",
        "<figure><img src=\"/b.jpg\" alt=\"\" /></figure></figure>",
        "<pre><code class=\"language-rust\">fn a() {\n\tb &lt; c\n}\n</code></pre><hr />",
    );
    assert_eq!(pass(input), input);
    let kinds = json(&read(input))
        .as_array()
        .unwrap()
        .iter()
        .map(|block| block["_type"].as_str().unwrap().to_owned())
        .collect::<Vec<_>>();
    assert_eq!(kinds, ["quote", "gallery", "code", "divider"]);
    assert_eq!(
        pass(
            "<figure class='wp-block-pullquote'><blockquote><p>a</p><p>b</p><cite>c</cite></blockquote></figure>"
        ),
        "<figure class=\"quote\"><blockquote>a<br />b</blockquote><figcaption>c</figcaption></figure>"
    );
}

#[test]
fn ruby_and_abbreviations_are_marks() {
    let input = "<p><ruby>漢<rt>kan</rt></ruby><ruby>字<rt>ji</rt></ruby> <abbr title=\"World Health Organization\">WHO</abbr></p>";
    assert_eq!(
        pass(
            "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby> <abbr title='World Health Organization'>WHO</abbr></p>"
        ),
        input
    );
    assert_eq!(read(input).to_text(), "漢(kan)字(ji) WHO");
    assert_eq!(read(input).to_markdown(), "漢(kan)字(ji) WHO");
}

#[test]
fn footnotes_are_read_back_and_their_ids_carry_the_suffix_once() {
    let input = "<p>Tide<sup><a href=\"#n1\">1</a></sup></p><ol><li id=\"n1\">Twice a day</li><li id=\"n2\">x</li></ol>";
    assert_eq!(
        pass(input),
        "<p>Tide<a href=\"#n1\"><sup>1</sup></a></p><ol><li id=\"n1\">Twice a day</li><li>x</li></ol>"
    );
    let rendering = wiredesk::body::Rendering { footnote_suffix: Some("ab12".into()) };
    let once = read(input).to_html(&rendering);
    assert!(once.contains("href=\"#n1-ab12\"") && once.contains("id=\"n1-ab12\""), "{once}");
    assert_eq!(read(&once).to_html(&rendering), once);

    let noted = super::blocks(serde_json::json!([{"_type": "block", "children": [
        {"_type": "span", "text": "Tide", "marks": ["f"]}, {"_type": "span", "text": " out"}],
        "markDefs": [{"_type": "footnote", "_key": "f", "text": "Twice a day"}]}]));
    let output = noted.to_html(&rendering);
    assert_eq!(
        output,
        concat!(
            "<p><span class=\"footnote\">Tide<sup><a href=\"#fn-1-ab12\" id=\"fnref-1-ab12\">1</a></sup></span> out</p>",
            "<section class=\"footnotes\"><ol><li id=\"fn-1-ab12\">Twice a day <a href=\"#fnref-1-ab12\">↩</a></li></ol></section>"
        )
    );
    let (again, told) = wiredesk::body::Document::from_html(&output);
    assert_eq!((again.to_html(&rendering), told), (output, vec![]));
    assert_eq!(json(&again)[0]["markDefs"][0]["text"], "Twice a day");
    assert_eq!(again.to_text(), "Tide[1] out\n\n[1] Twice a day");
    assert_eq!(again.to_markdown(), "Tide\\[1\\] out\n\n\\[1\\] Twice a day");
}

#[test]
fn whole_pages_broken_nesting_and_foreign_elements_keep_their_words() {
    for (input, text) in [
        ("<html><head><title>T</title></head><body><h1>a</h1><custom-x>b</custom-x></body></html>", "a\n\nb"),
        ("<b>a<p>b</b>c", "a\n\nbc"),
        (
            "<table>stray<tr><td>x<table><tr><td>inner</td></tr></table></td></tr></table>",
            "stray\n\nx\n\ninner",
        ),
        ("<select><option>a</option><option>b</option></select>", "a\n\nb"),
        ("<frameset><frame></frameset>a", "a"),
        ("x<noscript>n</noscript><template>t</template><svg><text>s</text></svg>y", "xy"),
    ] {
        assert_eq!(read(input).to_text(), text, "{input}");
        pass(input);
    }
    assert_eq!(html(&read("<h1>a</h1><h5>b</h5><h6>c</h6>")), "<h2>a</h2><h4>b</h4><h4>c</h4>");
}
