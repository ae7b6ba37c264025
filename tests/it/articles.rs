//! One story as readers get it: its fields, its body, its addresses, and what is not told.

use serde_json::{Value, json};

use crate::harness::{Answer, Desk, desks};

const LIGHTHOUSE: &str = "/v1/articles/last-night-at-the-lighthouse";

/// The fields of API.md §3, in their order.
const FIELDS: [&str; 30] = [
    "id",
    "slug",
    "type",
    "headline",
    "kicker",
    "standfirst",
    "summary",
    "url",
    "canonical_url",
    "locale",
    "access",
    "published_at",
    "first_published_at",
    "updated_at",
    "modified_at",
    "version",
    "byline",
    "authors",
    "section",
    "primary_tag",
    "tags",
    "series",
    "lead_image",
    "origin",
    "republishable",
    "word_count",
    "reading_minutes",
    "translations",
    "corrections",
    "body",
];

fn names(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The answer less what differs from request to request or echoes what was asked.
fn told(answer: &Answer, asked: &[&str]) -> (u16, Vec<(String, String)>, String) {
    // The CORS layer names what it exposes in an order of its own.
    let unlike = ["x-request-id", "date", "access-control-expose-headers"];
    let plain = |text: &str| asked.iter().fold(text.to_owned(), |text, asked| text.replace(asked, "ASKED"));
    let mut headers: Vec<(String, String)> = answer
        .headers
        .iter()
        .filter(|(name, _)| !unlike.contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), plain(value.to_str().unwrap())))
        .collect();
    headers.sort();
    let body = match serde_json::from_slice::<Value>(&answer.bytes) {
        Ok(mut body) => {
            body.as_object_mut().unwrap().remove("request_id");
            body.to_string()
        }
        Err(_) => answer.text(),
    };
    (answer.status, headers, plain(&body))
}

async fn rich(desk: &Desk) -> Value {
    let editor = desk.newsroom().await;
    let picture = json!({
        "key": "lamp", "url": "https://media.courier.example/lamp.jpg", "alt": "A lamp", "width": 800,
        "height": 600, "credit": "Photo: Rui Teles", "focal": {"x": 0.5, "y": 0.25},
    });
    editor.post("/v1/admin/media", picture).await.expect(201);
    editor.post("/v1/admin/series", json!({"slug": "lights", "title": "Lights"})).await.expect(201);
    let email = json!({"email": "ines@courier.example", "bio": "Covers the harbour."});
    editor.patch("/v1/admin/authors/ines-duarte", email).await.expect(200);
    editor
        .publishes(json!({
            "primary_tag": "lighthouses",
            "series": {"slug": "lights", "part": 2},
            "lead_media": "lamp",
            "notes": "zq7 for the desk",
            "source_id": "zq7-import",
            "kicker": "Harbour",
            "body": {"html": "<p>The lamp <strong>was lit</strong>.</p>"},
        }))
        .await
}

#[actix_web::test]
async fn an_article_has_the_contracts_fields_in_list_and_item_alike() {
    for desk in desks() {
        rich(&desk).await;
        let item = desk.anyone().get(LIGHTHOUSE).await.expect(200);
        let list = desk.anyone().get("/v1/articles").await.expect(200);
        assert_eq!(names(&item.data()), FIELDS);
        assert_eq!(names(&list.at("/data/0")), FIELDS);
        assert_eq!(names(&item.at("/data/authors/0")), ["id", "slug", "name", "role"]);
        assert_eq!(names(&item.at("/data/section")), ["id", "slug", "name", "path"]);
        assert_eq!(names(&item.at("/data/tags/0")), ["id", "slug", "name", "type"]);
        assert_eq!(names(&item.at("/data/series")), ["id", "slug", "name", "part"]);
        assert_eq!(names(&item.at("/data/origin")), ["code", "name", "in_house"]);
        assert_eq!(item.at("/data/lead_image/renditions"), json!([]));
        assert_eq!(item.at("/data/byline"), "By Inês Duarte");
        assert_eq!(list.at("/data/0/body"), Value::Null);
        assert_eq!(item.header("content-language"), "en");
        assert_eq!(item.header("last-modified"), "Fri, 01 May 2026 09:30:00 GMT");
        assert_eq!(list.at("/meta/limit"), 20);
        assert_eq!(list.at("/links/next"), Value::Null);
    }
}

#[actix_web::test]
async fn a_body_comes_in_the_form_that_is_asked_for_and_the_others_are_null() {
    for desk in desks() {
        rich(&desk).await;
        let forms = [
            ("html", json!("<p>The lamp <strong>was lit</strong>.</p>")),
            ("markdown", json!("The lamp **was lit**.")),
            ("text", json!("The lamp was lit.")),
        ];
        for (form, wanted) in forms {
            let body =
                desk.anyone().get(&format!("{LIGHTHOUSE}?body={form}")).await.expect(200).at("/data/body");
            for (name, value) in body.as_object().unwrap() {
                assert_eq!(*value, if name == form { wanted.clone() } else { Value::Null }, "{form} {name}");
            }
        }
        let blocks = desk.anyone().get(&format!("{LIGHTHOUSE}?body=blocks")).await.expect(200);
        assert_eq!(blocks.at("/data/body/blocks/0/_type"), "block");
        assert_eq!(desk.anyone().get(&format!("{LIGHTHOUSE}?body=none")).await.at("/data/body"), Value::Null);
        let html = desk.anyone().get(LIGHTHOUSE).await.at("/data/body/html");
        assert_eq!(html, "<p>The lamp <strong>was lit</strong>.</p>");
        let list = desk.anyone().get("/v1/articles?body=text").await.expect(200);
        assert_eq!(list.at("/data/0/body/text"), "The lamp was lit.");
        desk.anyone().get(&format!("{LIGHTHOUSE}?body=pdf")).await.problem(400, "invalid_parameter");
    }
}

#[actix_web::test]
async fn fields_keep_or_drop_by_dot_paths_and_id_always_stays() {
    for desk in desks() {
        rich(&desk).await;
        let get =
            async |query: &str| desk.anyone().get(&format!("{LIGHTHOUSE}?{query}")).await.expect(200).data();
        let kept = get("fields=headline,section.name,authors.role").await;
        assert_eq!(names(&kept), ["id", "headline", "authors", "section"]);
        assert_eq!(kept["section"], json!({"name": "Harbour"}));
        assert_eq!(kept["authors"], json!([{"role": "author"}]));
        let dropped = get("fields=-body,-section.path").await;
        assert_eq!(
            names(&dropped),
            FIELDS.iter().filter(|name| **name != "body").copied().collect::<Vec<_>>()
        );
        assert_eq!(names(&dropped["section"]), ["id", "slug", "name"]);
        let both = get("fields=section,-section.id&fields=type").await;
        assert_eq!(names(&both), ["id", "type", "section"]);
        assert_eq!(names(&both["section"]), ["slug", "name", "path"]);
        let included = get("fields=authors.bio,seo.title&include=authors,seo").await;
        assert_eq!(included["authors"], json!([{"bio": "Covers the harbour."}]));
        assert_eq!(included["seo"], json!({"title": "Last night at the lighthouse"}));
    }
}

#[actix_web::test]
async fn leak_06_an_unknown_name_is_refused_with_the_nearest_delivery_name() {
    for desk in desks() {
        rich(&desk).await;
        let asked = [
            ("fields=notes", "fields"),
            ("fields=assignee", "fields"),
            ("fields=section.nam", "fields"),
            ("fields=headline.x", "fields"),
            ("fields=-id", "fields"),
            ("include=revisions", "include"),
            ("state=draft", "state"),
            ("sort=revision", "sort"),
            ("author.email=a", "author.email"),
            ("scheduled_after=2020-01-01T00:00:00Z", "scheduled_after"),
        ];
        for (query, parameter) in asked {
            let refused = desk.anyone().get(&format!("/v1/articles?{query}")).await.expect(400);
            assert_eq!(refused.faults().len(), 1, "{query}: {}", refused.text());
            assert_eq!(refused.faults()[0].0, parameter, "{query}");
            let detail = refused.at("/errors/0/detail").to_string();
            for staff in ["lead_media", "live_revision", "scheduled_at", "owner", "embargo", "source_id"] {
                assert!(!detail.contains(staff), "{detail}");
            }
        }
        let typo = desk.anyone().get("/v1/articles?fields=headlin").await.expect(400);
        assert!(typo.at("/errors/0/detail").as_str().unwrap().contains("`headline`"), "{}", typo.text());
        let typo = desk.anyone().get("/v1/articles?feilds=headline").await.problem(400, "unknown_parameter");
        assert!(typo.at("/errors/0/detail").as_str().unwrap().contains("`fields`"), "{}", typo.text());
        let all = desk.anyone().get("/v1/articles?limit=0&sort=x&fields=zz&include=zz&zz=1&tag=").await;
        let mut places: Vec<String> = all.expect(400).faults().into_iter().map(|(place, _)| place).collect();
        places.sort();
        assert_eq!(places, ["fields", "include", "limit", "sort", "tag", "zz"]);
    }
}

#[actix_web::test]
async fn leak_17_what_is_included_is_what_readers_may_know() {
    for desk in desks() {
        rich(&desk).await;
        let uri = format!("{LIGHTHOUSE}?include=authors,section,tags,media,series,related,seo");
        let item = desk.anyone().get(&uri).await.expect(200);
        let text = item.text();
        for name in [
            "email",
            "notes",
            "assignee",
            "state",
            "revision",
            "live_revision",
            "source_id",
            "lock",
            "actor",
            "owner",
            "leases",
            "syndication",
            "key",
        ] {
            assert!(!text.contains(&format!("\"{name}\":")), "{name}: {text}");
        }
        assert!(!text.contains("zq7") && !text.contains("ines@"), "{text}");
        assert_eq!(item.at("/data/authors/0/bio"), "Covers the harbour.");
        assert_eq!(item.at("/data/authors/0/role"), "author");
        assert_eq!(item.at("/data/section/parent/slug"), "city");
        assert_eq!(item.at("/data/section/path"), "city/harbour");
        assert_eq!(item.at("/data/tags/0/url"), "https://courier.example/tag/lighthouses");
        assert_eq!(item.at("/data/primary_tag/url"), "https://courier.example/tag/lighthouses");
        assert_eq!(item.at("/data/series/part"), 2);
        assert_eq!(item.at("/data/series/title"), "Lights");
        assert_eq!(item.at("/data/lead_image/decorative"), false);
        assert_eq!(item.at("/data/related"), json!([]));
        assert_eq!(item.at("/data/seo/canonical"), "https://courier.example/last-night-at-the-lighthouse");
        assert_eq!(item.at("/data/seo/description"), "The lamp was lit.");
    }
}

#[actix_web::test]
async fn leak_02_what_is_not_live_is_told_as_what_never_was() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let draft = editor.writes(json!({"slug": "a-draft"})).await;
        let off = editor.publishes(json!({"slug": "was-here"})).await;
        let renamed = editor.saves(&off, json!({"slug": "was-here-too"})).await;
        let id = |story: &Value| story["id"].as_str().unwrap().to_owned();
        let act = async |story: &Value, verb: &str| {
            editor.act(&format!("/v1/admin/articles/{}/{verb}", id(story))).await.expect(200)
        };
        act(&renamed, "publish").await;
        act(&renamed, "unpublish").await;
        let trashed = editor.writes(json!({"slug": "thrown-away"})).await;
        let trash = editor.clone().header("if-match", "*");
        trash.delete(&format!("/v1/admin/articles/{}", id(&trashed))).await.expect(204);
        let reader = desk.reader().await;
        let never_id = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f";
        let ids = [id(&draft), id(&off), id(&trashed)];
        let slugs = ["a-draft", "was-here", "was-here-too", "thrown-away"];
        let asked: Vec<(&str, &str)> = ids
            .iter()
            .map(|id| (id.as_str(), never_id))
            .chain(slugs.iter().map(|slug| (*slug, "never-was")))
            .collect();
        for caller in [desk.anyone(), reader] {
            for (there, never) in &asked {
                for tail in ["", "/related", "?limit=0&zz=1", "?fields=headline"] {
                    let (a, b) =
                        (format!("/v1/articles/{there}{tail}"), format!("/v1/articles/{never}{tail}"));
                    let (one, other) = (caller.get(&a).await, caller.get(&b).await);
                    assert_eq!(told(&one, &[there]), told(&other, &[never]), "{a}");
                    let wanted = if tail.contains('=') && tail.contains("zz") { 400 } else { 404 };
                    assert_eq!(one.status, wanted, "{a}");
                }
                let uri = format!("/v1/articles/{there}");
                let conditional = caller.clone().header("if-none-match", "*").header("range", "bytes=0-9");
                let answer = conditional.get(&uri).await.problem(404, "not_found");
                for name in ["etag", "last-modified", "location"] {
                    assert_eq!(answer.header(name), "", "{name}");
                }
                assert_eq!(caller.head(&uri).await.status, 404);
            }
        }
    }
}

#[actix_web::test]
async fn r02_capitals_lead_to_the_lower_case_form_where_that_is_live() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({"slug": "tide-table"})).await;
        for typed in ["Tide-Table", "TIDE-TABLE"] {
            let answer = desk.anyone().get(&format!("/v1/articles/{typed}?body=text&x=1")).await.expect(301);
            let location = "https://api.courier.example/v1/articles/tide-table?body=text&x=1";
            assert_eq!(answer.header("location"), location);
        }
        desk.anyone().get("/v1/articles/No-Table").await.problem(404, "not_found");
        let id = story["id"].as_str().unwrap();
        let answer =
            desk.anyone().get(&format!("/v1/articles/{}/related", id.to_uppercase())).await.expect(301);
        assert_eq!(
            answer.header("location"),
            format!("https://api.courier.example/v1/articles/{id}/related")
        );
        desk.anyone().get(&format!("/v1/articles/{id}")).await.expect(200);
        for never in ["%00", "%FF", "a%20b", "index.html", "a--b", "-"] {
            desk.anyone().get(&format!("/v1/articles/{never}")).await.problem(404, "not_found");
        }
    }
}

#[actix_web::test]
async fn r04_an_old_slug_is_one_redirect_to_the_present_one_and_a_new_one_waits_for_publish() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({"slug": "a1"})).await;
        let publish = format!("/v1/admin/articles/{}/publish", story["id"].as_str().unwrap());
        let rename = async |story: &Value, slug: &str| {
            editor.saves(story, json!({"slug": slug})).await;
            editor.act(&publish).await.expect(200).at("/data/article")
        };
        let story = rename(&story, "b1").await;
        let story = rename(&story, "a1").await;
        let leads = async |from: &str, to: &str| {
            let answer = desk.anyone().get(&format!("/v1/articles/{from}/related?limit=3")).await.expect(301);
            let wanted = format!("https://api.courier.example/v1/articles/{to}/related?limit=3");
            assert_eq!(answer.header("location"), wanted);
            let found = desk.anyone().get(&format!("/v1/resolve?path=/{from}")).await.expect(200);
            assert_eq!(found.at("/data/url"), format!("https://courier.example/{to}"));
        };
        desk.anyone().get("/v1/articles/a1").await.expect(200);
        leads("b1", "a1").await;
        editor.saves(&story, json!({"slug": "c1"})).await;
        desk.anyone().get("/v1/articles/a1").await.expect(200);
        desk.anyone().get("/v1/articles/c1").await.problem(404, "not_found");
        desk.anyone().get("/v1/resolve?path=/c1").await.problem(404, "not_found");
        leads("b1", "a1").await;
        editor.act(&publish).await.expect(200);
        desk.anyone().get("/v1/articles/c1").await.expect(200);
        leads("a1", "c1").await;
        leads("b1", "c1").await;
    }
}

#[actix_web::test]
async fn r06_words_of_routes_are_good_slugs() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        for slug in [
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
            editor.publishes(json!({"slug": slug})).await;
            for tail in ["", "/related", "/rights", "/republish"] {
                desk.anyone().get(&format!("/v1/articles/{slug}{tail}")).await.expect(200);
            }
            let found = desk.anyone().get(&format!("/v1/resolve?path=/{slug}")).await.expect(200);
            assert_eq!(found.at("/data/slug"), slug);
        }
    }
}

#[actix_web::test]
async fn a_retracted_story_is_gone_under_every_address_that_it_had() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({"slug": "first"})).await;
        editor.saves(&story, json!({"slug": "second"})).await;
        let id = story["id"].as_str().unwrap();
        editor.act(&format!("/v1/admin/articles/{id}/publish")).await.expect(200);
        let etag = desk.anyone().get("/v1/articles/second").await.expect(200).header("etag");
        desk.retracts(id, "kill", Some("Untrue.")).await;
        for key in ["first", "second", id] {
            let conditional = desk.anyone().header("if-none-match", etag.clone());
            let answer = conditional.get(&format!("/v1/articles/{key}")).await.problem(410, "retracted");
            assert_eq!(answer.at("/retracted/kind"), "kill");
            assert_eq!(answer.at("/retracted/reason"), "Untrue.");
            assert!(!answer.text().contains("headline"));
            assert!(!answer.header("cache-control").contains("stale"));
        }
        desk.anyone().get("/v1/resolve?path=/first").await.problem(410, "retracted");
        desk.anyone().get("/v1/articles/Second").await.problem(404, "not_found");
        assert_eq!(desk.anyone().get("/v1/articles").await.data(), json!([]));
    }
}

#[actix_web::test]
async fn leak_09_a_body_names_only_what_is_live() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let other = editor.writes(json!({"slug": "zq7-other", "headline": "Zq7 other"})).await;
        let id = other["id"].as_str().unwrap();
        let text = json!({"_type": "block", "markDefs": [{"_key": "m", "_type": "link", "article": id}],
            "children": [{"_type": "span", "text": "the words stay", "marks": ["m"]}]});
        let related = json!({"_type": "related", "articles": [id, "zq7-other"]});
        let promo = json!({"_type": "promo", "article": id, "text": "Read on"});
        editor.publishes(json!({"slug": "names", "body": {"blocks": [text, related, promo]}})).await;
        let forms = ["html", "blocks", "markdown", "text"];
        for form in forms {
            let uri = format!("/v1/articles/names?body={form}");
            let before = desk.anyone().get(&uri).await.expect(200);
            assert!(before.text().contains("the words stay"));
            let whole = format!("{}{:?}", before.text(), before.headers).to_lowercase();
            assert!(!whole.contains("zq7") && !whole.contains(id), "{form}: {whole}");
        }
        editor.act(&format!("/v1/admin/articles/{id}/publish")).await.expect(200);
        for form in forms {
            let uri = format!("/v1/articles/names?body={form}");
            let after = desk.anyone().get(&uri).await.expect(200);
            assert!(after.text().contains("https://courier.example/zq7-other"), "{form}: {}", after.text());
            assert!(after.header("surrogate-key").contains(&format!("article:{id}")));
        }
    }
}

#[actix_web::test]
async fn r28_a_client_that_has_the_answer_gets_304_in_every_form_of_its_tag() {
    for desk in desks() {
        rich(&desk).await;
        let fresh = desk.anyone().get(LIGHTHOUSE).await.expect(200);
        let tag = fresh.header("etag");
        for (sent, status) in [
            (format!("W/{tag}"), 304),
            (format!("\"other\", W/{tag}"), 304),
            ("*".to_owned(), 304),
            (format!("{}-gzip\"", tag.trim_end_matches('"')), 200),
            (tag.trim_matches('"').to_owned(), 200),
        ] {
            let answer = desk.anyone().header("if-none-match", sent.clone()).get(LIGHTHOUSE).await;
            assert_eq!(answer.status, status, "{sent}");
            for name in ["etag", "cache-control", "vary"] {
                assert_eq!(answer.header(name), fresh.header(name));
            }
        }
        let long = json!({"slug": "long", "body": {"html": format!("<p>{}</p>", "word ".repeat(900))}});
        desk.editor().await.publishes(long).await;
        let zipped =
            desk.anyone().header("accept-encoding", "gzip").head("/v1/articles/long").await.expect(200);
        assert_eq!(zipped.header("content-encoding"), "gzip");
        let plain = desk.anyone().header("if-none-match", zipped.header("etag"));
        plain.header("accept-encoding", "identity").get("/v1/articles/long").await.expect(200);
    }
}

#[actix_web::test]
async fn cache_06_a_public_answer_says_nothing_of_the_caller() {
    for desk in desks() {
        rich(&desk).await;
        for uri in [LIGHTHOUSE, "/v1/articles", "/v1/articles/none"] {
            let one = desk.anyone().from("192.0.2.1").get(uri).await;
            let other = desk.anyone().from("198.51.100.7").get(uri).await;
            assert_eq!(told(&one, &[]), told(&other, &[]));
            assert_eq!(one.header("server-timing"), "");
            assert!(one.header("vary").starts_with("Accept-Encoding"));
            assert!(!one.headers.iter().any(|(name, _)| name.as_str().starts_with("ratelimit")));
        }
    }
}

#[actix_web::test]
async fn cache_03_no_lifetime_outlasts_what_is_about_to_end() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({"slug": "short", "expires_at": "2026-05-01T09:30:40Z"})).await;
        for uri in ["/v1/articles/short", "/v1/articles", "/v1/articles/short/related", "/v1/articles/none"] {
            let control = desk.anyone().get(uri).await.header("cache-control");
            let seconds = |name: &str| {
                let directive = control.split(", ").find_map(|part| part.strip_prefix(&format!("{name}=")));
                directive.map_or(0, |value| value.parse::<i64>().unwrap())
            };
            let stale = seconds("stale-while-revalidate").max(seconds("stale-if-error"));
            assert!(
                seconds("s-maxage") + stale <= 40 && seconds("max-age") + stale <= 40,
                "{uri}: {control}"
            );
        }
    }
}
