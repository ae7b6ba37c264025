//! Walking lists by cursor: each story exactly once, in order, whatever the filters and limits.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::slugs;
use crate::harness::{Desk, desks};

/// All slugs of a list, read page by page with these limits in turn.
pub async fn by_cursor(desk: &Desk, query: &str, limits: &[u32]) -> Vec<String> {
    let mut walked = Vec::new();
    let mut cursor = String::new();
    for limit in limits.iter().cycle() {
        let uri = format!("/v1/articles?{query}&limit={limit}{cursor}");
        let page = desk.anyone().get(&uri).await.expect(200);
        assert!(page.data().as_array().unwrap().len() <= *limit as usize);
        walked.extend(slugs(&page));
        match page.at("/links/next") {
            Value::String(next) => {
                assert_eq!(page.header("link"), format!("<{next}>; rel=\"next\""));
                cursor = format!("&cursor={}", next.rsplit("cursor=").next().unwrap());
            }
            _ => break,
        }
        assert!(walked.len() < 1000, "round and round");
    }
    walked
}

const TAGS: [&str; 3] = ["lighthouses", "ferries", "storms"];
const AUTHORS: [&str; 2] = ["ines-duarte", "rui-faro"];
const TYPES: [&str; 3] = ["news", "opinion", "review"];
const SECTIONS: [&str; 3] = ["city", "harbour", "sport"];
const HEADLINES: [&str; 4] = ["Äpfel", "apple", "Zebra", "10 boats"];

/// A story as the test knows it.
#[derive(Clone, Debug)]
struct Story {
    second: u32,
    headline: usize,
    tags: Vec<usize>,
    authors: Vec<(usize, bool)>,
    kind: usize,
    section: usize,
}

fn story() -> impl Strategy<Value = Story> {
    let tags = proptest::sample::subsequence(vec![0, 1, 2], 0..=3);
    let authors = proptest::sample::subsequence(vec![(0, true), (0, false), (1, true), (1, false)], 0..=4);
    (0..5_u32, 0..4_usize, tags, authors, 0..3_usize, 0..3_usize).prop_map(
        |(second, headline, tags, authors, kind, section)| Story {
            second,
            headline,
            tags,
            authors,
            kind,
            section,
        },
    )
}

impl Story {
    fn json(&self, number: usize) -> Value {
        let authors: Vec<Value> = self
            .authors
            .iter()
            .map(|(author, wrote)| {
                json!({"slug": AUTHORS[*author], "role": if *wrote { "author" } else { "photographer" }})
            })
            .collect();
        json!({
            "slug": format!("s{number}"),
            "headline": HEADLINES[self.headline],
            "published_at": format!("2026-04-01T10:00:0{}Z", self.second),
            "tags": self.tags.iter().map(|tag| TAGS[*tag]).collect::<Vec<_>>(),
            "authors": authors,
            "type": TYPES[self.kind],
            "section": SECTIONS[self.section],
        })
    }

    fn has(&self, filter: &str, value: &str) -> bool {
        match filter {
            "tag" => self.tags.iter().any(|tag| TAGS[*tag] == value),
            "author" => self.authors.iter().any(|(author, _)| AUTHORS[*author] == value),
            "type" => TYPES[self.kind] == value,
            "section" => {
                SECTIONS[self.section] == value || value == "city" && SECTIONS[self.section] == "harbour"
            }
            _ => unreachable!(),
        }
    }
}

/// A filter sent once: its name and its values, plain or with `-`.
type Sent = (&'static str, Vec<(&'static str, bool)>);

fn sent() -> impl Strategy<Value = Sent> {
    let names = prop_oneof![
        Just(("tag", TAGS.to_vec())),
        Just(("author", AUTHORS.to_vec())),
        Just(("type", TYPES.to_vec())),
        Just(("section", SECTIONS.to_vec())),
    ];
    names.prop_flat_map(|(name, values)| {
        let value = proptest::sample::select(values);
        (Just(name), proptest::collection::vec((value, proptest::bool::weighted(0.8)), 1..4))
    })
}

fn matches(story: &Story, (name, values): &Sent) -> bool {
    let plain: Vec<_> = values.iter().filter(|(_, wanted)| *wanted).collect();
    let any = plain.is_empty() || plain.iter().any(|(value, _)| story.has(name, value));
    any && !values.iter().any(|(value, wanted)| !wanted && story.has(name, value))
}

fn query(filters: &[Sent]) -> String {
    let one = |(name, values): &Sent| {
        let values: Vec<String> = values
            .iter()
            .map(|(value, wanted)| format!("{}{value}", if *wanted { "" } else { "-" }))
            .collect();
        format!("{name}={}", values.join(","))
    };
    filters.iter().map(one).collect::<Vec<_>>().join("&")
}

#[actix_web::test]
async fn walking_any_list_by_cursor_visits_each_story_once_in_order() {
    for desk in desks() {
        super::filed(&desk).await;
        let mut runner = TestRunner::deterministic();
        let mut stories = Vec::new();
        let mut ids = Vec::new();
        // Saved in several moments, so that orders by `updated_at` have something to tell.
        for _ in 0..4 {
            let some: Vec<Story> =
                proptest::collection::vec(story(), 12).new_tree(&mut runner).unwrap().current();
            let numbered = some.iter().enumerate().map(|(place, story)| story.json(stories.len() + place));
            ids.extend(desk.publishes_all(numbered.collect()).await);
            stories.extend(some);
            desk.pass(1);
        }
        let cases = (
            proptest::collection::vec(sent(), 0..4),
            proptest::sample::select(vec!["published_at", "updated_at", "headline"]),
            any::<bool>(),
            proptest::collection::vec(1..9_u32, 1..4),
        );
        for _ in 0..60 {
            let (filters, sort, backwards, limits) = cases.new_tree(&mut runner).unwrap().current();
            let key = |number: &usize| {
                let key = match sort {
                    "published_at" => stories[*number].second.to_string(),
                    "updated_at" => (number / 12).to_string(),
                    _ => wiredesk::fields::sort_key(HEADLINES[stories[*number].headline]),
                };
                (key, ids[*number].clone())
            };
            let mut wanted: Vec<usize> = (0..stories.len())
                .filter(|number| filters.iter().all(|filter| matches(&stories[*number], filter)))
                .collect();
            wanted.sort_by_key(key);
            if backwards {
                wanted.reverse();
            }
            let wanted: Vec<String> = wanted.iter().map(|number| format!("s{number}")).collect();
            let query = format!("{}&sort={}{sort}", query(&filters), if backwards { "-" } else { "" });
            assert_eq!(by_cursor(&desk, &query, &limits).await, wanted, "{query} {limits:?}");
        }
    }
}
