//! Words, minutes, excerpts.

use super::read;
use unicode_segmentation::UnicodeSegmentation;

#[test]
fn words_are_unicode_words_and_unspaced_characters_count_one_each() {
    assert_eq!(read("<p>It's 3.5 <b>tide</b>-tables, née!</p>").word_count(), 5);
    assert_eq!(read("<p>東京タワー</p>").word_count(), 5);
    assert_eq!(read("<p>สวัสดี hello</p>").word_count(), 7);
    assert_eq!(read("<p>un<b>broken</b></p><p>two</p>").word_count(), 2);
    assert_eq!(read("<figure><img src='/a'><figcaption>not counted</figcaption></figure>").word_count(), 0);
    assert_eq!(read("").reading_minutes(), 1);
    assert_eq!(read(&format!("<p>{}</p>", "word ".repeat(230))).reading_minutes(), 1);
    assert_eq!(read(&format!("<p>{}</p>", "word ".repeat(231))).reading_minutes(), 2);
    assert_eq!(read(&format!("<p>{}{}</p>", "word ".repeat(115), "東".repeat(250))).reading_minutes(), 1);
    assert_eq!(read(&format!("<p>{}{}</p>", "word ".repeat(115), "東".repeat(251))).reading_minutes(), 2);
}

#[test]
fn r42_an_excerpt_is_cut_at_the_end_of_a_word_and_never_in_a_grapheme() {
    let text = "Word 👩🏿‍⚖️ and 🏴󠁧󠁢󠁷󠁬󠁳󠁿 flag क्षि & \"quoted\" <less> ".repeat(9);
    let document = read(&format!("<h2>{}</h2><p>tail</p>", wiredesk::body::escape_html(&text)));
    let whole = format!("{}tail", text);
    for max in 1..340 {
        let excerpt = document.excerpt(max).unwrap();
        assert!(excerpt.graphemes(true).count() <= max);
        assert!(whole.starts_with(&excerpt), "{max}: {excerpt}");
        if max >= 10 {
            assert!(whole[excerpt.len()..].starts_with(' ') || whole == excerpt, "{max}: {excerpt}");
        }
    }
    assert_eq!(read("<p>一二三四 五六</p>").excerpt(3).as_deref(), Some("一二三"));
    assert_eq!(read("<p>incomprehensible</p>").excerpt(5).as_deref(), Some("incom"));
    assert_eq!(read("<p>a b</p><hr><p>c</p>").excerpt(160).as_deref(), Some("a b c"));
    assert_eq!(read("<img src='/a.jpg'>").excerpt(160), None);
}

#[test]
fn a_body_is_empty_without_words_and_media() {
    for input in ["", "<p> <br> </p>", "<p>&nbsp;</p>", "<hr>", "<ul><li></li></ul>", "<script>x</script>"] {
        assert!(read(input).is_empty(), "{input}");
    }
    for input in [
        "<p>a</p>",
        "<img src='/a.jpg'>",
        "<iframe src='https://a.example'></iframe>",
        "<table><tr><td>x</td></tr></table>",
    ] {
        assert!(!read(input).is_empty(), "{input}");
    }
    assert_eq!(read("<p>a</p><ul><li>b</li><li>c</li></ul>").block_count(), 3);
}
