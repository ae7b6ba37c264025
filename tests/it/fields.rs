//! Slugs, sort keys and the text of answers.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Value, json};
use wiredesk::db::types::Id;
use wiredesk::fields::{Slug, SlugFault, sort_key};
use wiredesk::http::json::print;

const MAX: usize = 96;

struct Thing;

fn slug(text: &str) -> Result<String, SlugFault> {
    Slug::parse(text).map(String::from)
}

#[test]
fn words_of_routes_are_good_slugs() {
    for word in [
        "page",
        "related",
        "updates",
        "rights",
        "republish",
        "actions",
        "admin",
        "rss",
        "null",
        "undefined",
        "0",
        "page-2",
    ] {
        assert_eq!(slug(word).as_deref(), Ok(word));
    }
}

#[test]
fn each_broken_rule_is_named() {
    let long = "a".repeat(97);
    let cases = [
        ("", SlugFault::Empty),
        ("-", SlugFault::OuterHyphen),
        ("-a", SlugFault::OuterHyphen),
        ("a-", SlugFault::OuterHyphen),
        ("a--b", SlugFault::DoubleHyphen),
        ("index.html", SlugFault::Character('.')),
        ("robots.txt", SlugFault::Character('.')),
        ("two words", SlugFault::Character(' ')),
        ("café", SlugFault::Character('é')),
        ("a\u{0}b", SlugFault::Character('\u{0}')),
        ("a/b", SlugFault::Character('/')),
        (long.as_str(), SlugFault::TooLong(97)),
        ("01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f", SlugFault::UuidForm),
        ("01970F3A-5B00-7C3E-9D5F-2A1B3C4D5E6F", SlugFault::UuidForm),
        ("01970f3a5b007c3e9d5f2a1b3c4d5e6f", SlugFault::UuidForm),
    ];
    for (text, fault) in cases {
        assert_eq!(slug(text), Err(fault), "{text:?}");
    }
}

#[test]
fn a_typed_slug_is_brought_to_lower_case_and_nfc_and_no_further() {
    assert_eq!(slug("Tide-TABLE").as_deref(), Ok("tide-table"));
    // KELVIN SIGN is K in NFC.
    assert_eq!(slug("\u{212a}elp").as_deref(), Ok("kelp"));
    assert_eq!(slug("cafe\u{301}"), Err(SlugFault::Character('é')));
}

#[test]
fn headlines_become_slugs_by_transliteration() {
    let cases = [
        ("Harbour’s  “Last” Ferry — at 5:30!", Some("harbours-last-ferry-at-5-30")),
        ("Salt & “Pepper”", Some("salt-pepper")),
        ("Äpfel für die Straße", Some("apfel-fur-die-strasse")),
        ("cafe\u{301}", Some("cafe")),
        ("Мост", Some("most")),
        ("中文", Some("zhong-wen")),
        ("---", None),
        ("   ", None),
        ("01970f3a5b007c3e9d5f2a1b3c4d5e6f", None),
    ];
    for (words, made) in cases {
        assert_eq!(Slug::from_words(words).as_ref().map(Slug::as_str), made, "{words:?}");
    }
    assert!(Slug::from_words("נמל").is_some());
}

#[test]
fn a_long_headline_is_cut_at_a_word_and_leaves_room_for_a_number() {
    let made = Slug::from_words(&"harbour ".repeat(40)).unwrap();
    assert!(made.as_str().ends_with("-harbour") && made.as_str().len() <= MAX - 6);
    let one = Slug::from_words(&"x".repeat(300)).unwrap();
    assert!(one.as_str().len() <= MAX - 6);
    assert_eq!(one.with_suffix(12).as_str(), format!("{}-12", one.as_str()));
    let full = Slug::parse(&"y".repeat(96)).unwrap();
    assert_eq!(full.with_suffix(2).as_str(), format!("{}-2", "y".repeat(94)));
}

#[test]
fn a_name_that_leaves_nothing_gets_the_end_of_its_id() {
    let id: Id<Thing> = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f".parse().unwrap();
    assert_eq!(Slug::from_id("story", &id).as_str(), "story-2a1b3c4d5e6f");
}

#[test]
fn headlines_sort_without_case_and_accents_by_code_point() {
    let mut headlines = vec![
        "Zebra",
        "apple",
        "apple",
        "Äpfel",
        "10 boats",
        "9 boats",
        "Éclair",
        "Жук",
        "中文",
        "apple pie",
        "“Quoted”",
    ];
    headlines.sort_by_key(|headline| sort_key(headline));
    assert_eq!(
        headlines,
        [
            "10 boats",
            "9 boats",
            "Äpfel",
            "apple",
            "apple",
            "apple pie",
            "Éclair",
            "Zebra",
            "Жук",
            "“Quoted”",
            "中文"
        ]
    );
}

#[test]
fn sort_keys_fold_case_accents_width_and_points_and_keep_letters() {
    for (one, other) in [
        ("STRASSE", "straße"),
        ("Ｃａｆé", "cafe"),
        ("ΟΔΟΣ", "οδός"),
        ("İstanbul", "istanbul"),
        ("שָׁלוֹם", "שלום"),
        ("café", "cafe\u{301}"),
    ] {
        assert_eq!(sort_key(one), sort_key(other), "{one} {other}");
    }
    // Vowel signs and voicing marks are letters of their own.
    assert_ne!(sort_key("कि"), sort_key("की"));
    assert_ne!(sort_key("か"), sort_key("が"));
}

#[test]
fn an_answer_can_be_put_into_a_script_and_reads_as_it_was() {
    let value = json!({"</k>": "</script><b>\"'&]]>", "c": "<!-- <script>", "e": "<\u{2028}/", "n": [1.5, null, true]});
    let text = String::from_utf8(print(&value).unwrap()).unwrap();
    assert!(!text.contains("</") && !text.contains("<!"));
    assert!(text.contains("<b>"), "other tags stay as they are");
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
}

proptest! {
    #[test]
    fn a_slug_of_words_is_a_valid_slug_whatever_the_words(words in ".{0,200}", n in 1u32..=u32::MAX) {
        if let Some(made) = Slug::from_words(&words) {
            prop_assert_eq!(Slug::parse(made.as_str()), Ok(made.clone()));
            prop_assert!(made.as_str().len() + 6 <= MAX);
            let numbered = made.with_suffix(n);
            prop_assert_eq!(Slug::parse(numbered.as_str()), Ok(numbered));
        }
    }

    #[test]
    fn a_slug_that_parses_is_never_an_id(text in "[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}") {
        prop_assert!(Slug::parse(&text).is_err() || text.parse::<Id<Thing>>().is_err());
    }

    #[test]
    fn a_sort_key_is_its_own_key(text in "\\PC{0,40}") {
        let key = sort_key(&text);
        prop_assert_eq!(sort_key(&key), key);
    }

    #[test]
    fn printing_keeps_every_string_and_never_ends_a_script(text in "[<>/!a-z\"\\\\\u{0}-\u{20}\u{1f600}-]{0,60}") {
        let printed = String::from_utf8(print(&json!([text])).unwrap()).unwrap();
        prop_assert!(!printed.contains("</") && !printed.contains("<!"));
        prop_assert_eq!(serde_json::from_str::<Vec<String>>(&printed).unwrap(), vec![text]);
    }
}
