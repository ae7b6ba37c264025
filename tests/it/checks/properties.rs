//! No page makes a check panic, take long, or say two things.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use url::Url;
use wiredesk::republish::checks::{Judged, Page, Rule, judge, read};

use super::pages::{about, filled};

fn checked(html: &str, headers: &[(String, String)]) -> Judged {
    let url = Url::parse("https://northern-echo.example/news/lighthouse").unwrap();
    judge(&read(&Page { html, headers, url: &url }), &about())
}

/// Pieces that pages are made of, whole and broken.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "<head>",
            "</head>",
            "<body>",
            "<p>",
            "</p>",
            "<div",
            ">",
            "<template>",
            "</template>",
            "<noscript>",
            "</noscript>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<svg>",
            "<math>",
            "<table>",
            "<td>",
            "<b>",
            "<link rel=canonical href=//courier.example/x>",
            "<meta name=robots content=noindex>",
            "<img src=https://api.courier.example/p/{{own}}.gif>",
            "<img srcset=', , a 1x,,b'>",
            "<i style=\"background:url(\">",
            "<a href='https://courier.example/last-night-at-the-lighthouse'>",
            "The Harbour Courier",
            "The lamp at Skerry Point was lit for the last time",
            "Inês Duarte",
        ])
        .prop_map(str::to_owned),
        "[<>/=\"' a-z&;\u{0}\u{202e}\u{5d0}%]{0,12}",
        any::<char>().prop_map(String::from),
    ]
}

proptest! {
    #[test]
    fn whatever_a_page_holds_each_rule_is_ruled_and_again_the_same(
        pieces in prop::collection::vec(piece(), 0..60),
        link in "[<>,;= \"rel/a-z]{0,40}",
        robots in "[a-z:, _-]{0,40}",
    ) {
        let html = filled(&pieces.concat());
        let headers = [("Link".to_owned(), link), ("X-Robots-Tag".to_owned(), robots)];
        let judged = checked(&html, &headers);
        let rules: Vec<Rule> = judged.rules.iter().map(|ruled| ruled.rule).collect();
        prop_assert!(rules.is_sorted(), "{rules:?}");
        prop_assert!(Rule::REQUIRABLE.iter().all(|rule| rules.contains(rule)));
        prop_assert!(judged.rules.iter().flat_map(|ruled| &ruled.evidence).all(|quote| quote.chars().count() <= 650));
        prop_assert_eq!(checked(&html, &headers), judged);
    }
}

#[test]
fn a_page_of_two_mebibytes_takes_no_longer_than_its_length_asks_for() {
    let hostile = [
        "<div>",
        "<b><p>",
        "<table><tr><td>",
        "<noscript><img src=a>",
        "<img src=a srcset='a,b,c,d'>",
        "<svg><image href=x>",
        "The lamp at Skerry Point was lit ",
        "<p>The lighthouse opened in 1911 and guided the",
        "<link rel=canonical href=x>",
        "<meta name=robots content=none>",
        "<a href=x>y</a>",
        "<i style='background:url(a) url(b)'>",
        "&amp;",
        "<a b=c ",
        "<!--",
    ];
    for piece in hostile {
        let page = piece.repeat(2 * 1024 * 1024 / piece.len() + 1);
        let begun = Instant::now();
        let judged = checked(&page, &[("Link".to_owned(), "<a>; rel=canonical, ".repeat(5_000))]);
        assert!(judged.rules.len() >= 9);
        // Seconds even where nothing is optimised; what is not linear takes minutes.
        assert!(begun.elapsed() < Duration::from_secs(20), "{piece}: {:?}", begun.elapsed());
    }
}
