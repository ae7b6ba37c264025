//! Markdown reads back as the same words.

use super::{blocks, markdown_words, read};
use serde_json::json;

#[test]
fn nothing_in_a_text_is_taken_for_markup() {
    for text in [
        "1986. A year",
        "# no heading",
        "- no item",
        "+ no item",
        "* no item",
        "a * b * c _d_ `e` [f](g) <h> &amp; ~~i~~ \\ | !",
        "===",
        "---",
        "> no quote",
        "R&D &copy; &#35;",
        "snake_case_name 2*3*4",
        "![not](an image)",
        "``` not code",
    ] {
        let document = blocks(json!([{"_type": "block", "children": [{"_type": "span", "text": text}]}]));
        assert_eq!(markdown_words(&document.to_markdown()).trim(), text, "{}", document.to_markdown());
        let heading = blocks(
            json!([{"_type": "block", "style": "h2", "children": [{"_type": "span", "text": format!("{text} #")}]}]),
        );
        assert_eq!(
            markdown_words(&heading.to_markdown()).trim(),
            format!("{text} #"),
            "{}",
            heading.to_markdown()
        );
    }
}

#[test]
fn emphasis_is_asterisks_where_that_is_read_and_tags_where_not() {
    for (html, markdown) in [
        ("<p>a <b>b</b> c</p>", "a **b** c"),
        ("<p>a<i>b</i>c</p>", "a*b*c"),
        ("<p>a<b>(b)</b>c</p>", "a<strong>(b)</strong>c"),
        ("<p><b>a </b>b</p>", "<strong>a </strong>b"),
        ("<p><b>a</b><i>b</i></p>", "**a**<em>b</em>"),
        ("<p><b><i>a</i></b></p>", "**<em>a</em>**"),
        (
            "<p><code>a`b</code> H<sub>2</sub>O <b><a href='/x (1)'>l</a></b></p>",
            "``a`b`` H<sub>2</sub>O [**l**](/x%20%281%29)",
        ),
    ] {
        assert_eq!(read(html).to_markdown(), markdown);
    }
}

#[test]
fn simple_tables_are_pipe_tables() {
    let document = read("<table><tr><th>a|b</th><th>c</th></tr><tr><td>1<br>2</td></tr></table>");
    assert_eq!(document.to_markdown(), "| a\\|b | c |\n| --- | --- |\n| 1<br />2 |  |");
    assert_eq!(read("<table><tr><td>x</td></tr></table>").to_markdown(), "|  |\n| --- |\n| x |");
}

#[test]
fn the_other_blocks_read_well() {
    let document = read(concat!(
        "<figure class='quote'><blockquote>Go.</blockquote><figcaption>Ana</figcaption></figure><pre>```\nx</pre><hr>",
        "<iframe src='https://vimeo.com/1' title='A [film]'></iframe><blockquote>a</blockquote><blockquote>b</blockquote>"
    ));
    assert_eq!(
        document.to_markdown(),
        "> Go.\n>\n> — Ana\n\n````\n```\nx\n````\n\n***\n\n[A \\[film\\]](https://vimeo.com/1)\n\n> a\n\n> b"
    );
}
