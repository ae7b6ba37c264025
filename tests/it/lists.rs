//! Lists of stories: filters, orders, pages.

mod walk;

use serde_json::{Value, json};

use crate::harness::{Answer, Call, Desk, desks};

fn slugs(answer: &Answer) -> Vec<String> {
    let data = answer.data();
    data.as_array().unwrap().iter().map(|story| story["slug"].as_str().unwrap().to_owned()).collect()
}

async fn list(desk: &Desk, query: &str) -> Vec<String> {
    slugs(&desk.anyone().get(&format!("/v1/articles?{query}")).await.expect(200))
}

/// A newsroom with more to file under.
async fn filed(desk: &Desk) -> Call<'_> {
    let editor = desk.newsroom().await;
    for tag in ["ferries", "storms"] {
        editor.post("/v1/admin/tags", json!({"slug": tag, "name": tag})).await.expect(201);
    }
    editor.post("/v1/admin/sections", json!({"slug": "sport", "name": "Sport"})).await.expect(201);
    editor.post("/v1/admin/authors", json!({"slug": "rui-faro", "name": "Rui Faro"})).await.expect(201);
    editor.post("/v1/admin/series", json!({"slug": "lights", "title": "Lights"})).await.expect(201);
    editor
}

/// Six stories, `s6` the newest.
fn six() -> Vec<Value> {
    let story = |number: u32, with: Value| {
        let mut story = json!({
            "slug": format!("s{number}"), "published_at": format!("2026-04-0{number}T00:00:00Z"),
        });
        story.as_object_mut().unwrap().extend(with.as_object().cloned().unwrap());
        story
    };
    vec![
        story(1, json!({"section": "city", "tags": ["ferries"], "type": "opinion"})),
        story(2, json!({"section": "harbour", "tags": ["ferries", "storms"], "authors": ["ines-duarte"]})),
        story(3, json!({"section": "sport", "tags": ["storms"], "access": "subscribers"})),
        story(
            4,
            json!({"section": "harbour", "tags": ["lighthouses"], "origin": "wire", "series": "lights"}),
        ),
        story(
            5,
            json!({"section": "sport", "authors": [{"slug": "rui-faro", "role": "author"},
                {"slug": "rui-faro", "role": "photographer"}, "ines-duarte"]}),
        ),
        story(6, json!({"section": "city", "tags": ["ferries", "lighthouses"], "type": "analysis"})),
    ]
}

#[actix_web::test]
async fn commas_are_any_repetition_is_all_and_a_minus_is_not() {
    for desk in desks() {
        filed(&desk).await;
        desk.publishes_all(six()).await;
        for (query, wanted) in [
            ("", "s6 s5 s4 s3 s2 s1"),
            ("sort=published_at", "s1 s2 s3 s4 s5 s6"),
            ("section=city", "s6 s4 s2 s1"),
            ("section=harbour", "s4 s2"),
            ("section=city,sport", "s6 s5 s4 s3 s2 s1"),
            ("section=city&section=harbour", "s4 s2"),
            ("section=-harbour", "s6 s5 s3 s1"),
            ("section=city,-harbour", "s6 s1"),
            ("tag=ferries", "s6 s2 s1"),
            ("tag=ferries,storms", "s6 s3 s2 s1"),
            ("tag=ferries&tag=storms", "s2"),
            ("tag=ferries&tag=-storms", "s6 s1"),
            ("tag=FERRIES", "s6 s2 s1"),
            ("tag=ferries&section=city&sort=published_at", "s1 s2 s6"),
            ("author=rui-faro", "s5"),
            ("author=rui-faro,ines-duarte", "s5 s2"),
            ("author=-rui-faro&tag=storms", "s3 s2"),
            ("type=opinion,analysis", "s6 s1"),
            ("type=-news", "s6 s1"),
            ("type=nothing", ""),
            ("access=subscribers", "s3"),
            ("origin=wire", "s4"),
            ("origin=-wire&section=harbour", "s2"),
            ("series=lights", "s4"),
            ("series=-lights&section=harbour", "s2"),
            ("locale=en&tag=storms", "s3 s2"),
            ("republishable=false", "s4"),
            ("republishable=true&section=harbour", "s2"),
            ("published_after=2026-04-05T00:00:00Z", "s6 s5"),
            ("published_before=2026-04-02T00:00:00Z", "s1"),
            ("tag=ferries&published_after=2026-04-02T00:00:00Z&published_before=2026-04-06T00:00:00Z", "s2"),
            ("updated_after=2026-05-01T09:30:00Z&tag=storms", "s3 s2"),
            ("updated_before=2026-05-01T09:30:00Z", ""),
            ("exclude=s6,s5&section=city", "s4 s2 s1"),
            ("tag=ferries,storms&sort=published_at&limit=3", "s1 s2 s3"),
            ("tag=ferries&limit=1&page=2", "s2"),
            ("tag=ferries,storms&limit=1&page=2", "s3"),
            ("sort=headline&section=sport&limit=5", "s3 s5"),
            ("sort=-updated_at&tag=storms", "s3 s2"),
        ] {
            assert_eq!(list(&desk, query).await.join(" "), wanted, "{query}");
            let total = desk.anyone().get(&format!("/v1/articles?total=true&{query}")).await.expect(200);
            if !query.contains("limit") {
                assert_eq!(
                    total.at("/meta/total"),
                    wanted.split(' ').filter(|s| !s.is_empty()).count(),
                    "{query}"
                );
            }
        }
        let id = desk.anyone().get("/v1/tags/ferries").await.at("/data/id");
        let by_id = format!("tag={}", id.as_str().unwrap());
        assert_eq!(list(&desk, &by_id).await, ["s6", "s2", "s1"]);
        assert_eq!(list(&desk, &format!("{by_id},storms")).await, ["s6", "s3", "s2", "s1"]);
        assert_eq!(desk.anyone().get("/v1/articles").await.at("/meta/total"), Value::Null);
        desk.anyone().get("/v1/articles?locale=xx").await.problem(400, "invalid_parameter");
    }
}

#[actix_web::test]
async fn an_old_slug_means_its_present_holder() {
    for desk in desks() {
        let editor = filed(&desk).await;
        desk.publishes_all(six()).await;
        assert_eq!(list(&desk, "tag=gales").await, Vec::<String>::new());
        editor.patch("/v1/admin/tags/storms", json!({"slug": "gales"})).await.expect(200);
        editor
            .patch("/v1/admin/sections/harbour", json!({"slug": "port", "parent": "sport"}))
            .await
            .expect(200);
        for tag in ["storms", "gales", "-ferries,gales"] {
            assert!(list(&desk, &format!("tag={tag}")).await.contains(&"s3".to_owned()), "{tag}");
        }
        assert_eq!(list(&desk, "section=harbour").await, ["s4", "s2"]);
        assert_eq!(list(&desk, "section=sport").await, ["s5", "s4", "s3", "s2"]);
        assert_eq!(list(&desk, "section=city").await, ["s6", "s1"]);
    }
}

#[actix_web::test]
async fn ids_keep_their_order_and_what_is_not_live_is_named_whatever_the_cause() {
    for desk in desks() {
        let editor = filed(&desk).await;
        let ids = desk.publishes_all(six()).await;
        let draft = editor.writes(json!({"slug": "draft"})).await;
        let draft = draft["id"].as_str().unwrap();
        let never = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f";
        let asked = format!("{},{draft},{},nothing,{never},{}", ids[3], ids[0], ids[3]);
        let answer = desk.anyone().get(&format!("/v1/articles?ids={asked}")).await.expect(200);
        assert_eq!(slugs(&answer), ["s4", "s1"]);
        assert_eq!(answer.at("/meta/missing"), json!([draft, "nothing", never]));
        assert_eq!(answer.at("/links/next"), Value::Null);
        let filtered = desk.anyone().get(&format!("/v1/articles?ids={asked}&tag=ferries&limit=1")).await;
        assert_eq!(slugs(&filtered), ["s1"]);
        let first = desk.anyone().get(&format!("/v1/articles?ids={asked}&limit=1")).await.expect(200);
        assert_eq!(slugs(&first), ["s4"]);
        let next = first.at("/links/next");
        let next = next.as_str().unwrap().strip_prefix("https://api.courier.example").unwrap();
        assert_eq!(slugs(&desk.anyone().get(next).await.expect(200)), ["s1"]);
        let twice = format!("/v1/articles?ids={}&sort=headline", ids[0]);
        desk.anyone().get(&twice).await.problem(400, "invalid_parameter");
    }
}

#[actix_web::test]
async fn numbered_pages_have_neighbours_and_an_end() {
    for desk in desks() {
        filed(&desk).await;
        desk.publishes_all(six()).await;
        let second = desk.anyone().get("/v1/articles?limit=2&page=2").await.expect(200);
        assert_eq!(slugs(&second), ["s4", "s3"]);
        assert_eq!(second.at("/links/next"), "https://api.courier.example/v1/articles?limit=2&page=3");
        assert_eq!(second.at("/links/prev"), "https://api.courier.example/v1/articles?limit=2&page=1");
        assert!(second.header("link").contains("page=3>; rel=\"next\""));
        let last = desk.anyone().get("/v1/articles?limit=2&page=3").await.expect(200);
        assert_eq!(last.at("/links/next"), Value::Null);
        assert_eq!(list(&desk, "limit=2&page=4").await, Vec::<String>::new());
        assert_eq!(list(&desk, "limit=100&page=100").await, Vec::<String>::new());
        for wrong in ["limit=100&page=101", "page=0", "page=501", "page=1&cursor=x"] {
            desk.anyone().get(&format!("/v1/articles?{wrong}")).await.problem(400, "invalid_parameter");
        }
    }
}

#[actix_web::test]
async fn leak_05_what_only_a_draft_names_is_as_if_it_had_never_been() {
    for desk in desks() {
        let editor = filed(&desk).await;
        let draft =
            editor.writes(json!({"tags": ["storms"], "authors": ["rui-faro"], "series": "lights"})).await;
        let publish = format!("/v1/admin/articles/{}", draft["id"].as_str().unwrap());
        let caller = desk.reader().await;
        let there = [("tag", "storms"), ("author", "rui-faro"), ("series", "lights")];
        for (filter, slug) in there {
            let one = caller.get(&format!("/v1/articles?{filter}={slug}&limit=100")).await.expect(200);
            let other = caller.get(&format!("/v1/articles?{filter}=never&limit=100")).await.expect(200);
            assert_eq!(one.text().replace(slug, "never"), other.text());
            for (name, value) in &one.headers {
                let echoes =
                    ["etag", "x-request-id", "access-control-expose-headers"].contains(&name.as_str());
                let value = value.to_str().unwrap().replace(slug, "never");
                assert!(echoes || value == other.header(name.as_str()), "{name}: {value}");
            }
            assert_eq!(one.data(), json!([]));
        }
        editor.act(&format!("{publish}/publish")).await.expect(200);
        for (filter, slug) in there {
            assert_eq!(list(&desk, &format!("{filter}={slug}")).await.len(), 1);
        }
        editor.act(&format!("{publish}/unpublish")).await.expect(200);
        for (filter, slug) in there {
            assert_eq!(list(&desk, &format!("{filter}={slug}")).await.len(), 0);
        }
    }
}

#[actix_web::test]
async fn leak_07_a_cursor_of_another_list_or_caller_is_refused_in_the_same_words() {
    for desk in desks() {
        filed(&desk).await;
        desk.publishes_all(six()).await;
        let admin = desk.admin().await;
        let partner = desk.partner("The Ferryman").await;
        let cursor = async |caller: &Call<'_>, uri: &str| {
            let next = caller.get(uri).await.expect(200).at("/links/next");
            next.as_str().unwrap().rsplit("cursor=").next().unwrap().to_owned()
        };
        let staff = cursor(&admin, "/v1/admin/articles?limit=1").await;
        let partners = cursor(&partner, "/v1/articles?limit=1").await;
        let own = cursor(&desk.anyone(), "/v1/articles?limit=1").await;
        let mut wrong = vec![
            ("".to_owned(), staff),
            ("".to_owned(), partners),
            ("&sort=published_at".to_owned(), own.clone()),
            ("&sort=headline".to_owned(), own.clone()),
            ("&tag=ferries".to_owned(), own.clone()),
            ("".to_owned(), "x".to_owned()),
        ];
        for place in 0..own.len() {
            let other = if &own[place..=place] == "A" { "B" } else { "A" };
            wrong.push((String::new(), format!("{}{other}{}", &own[..place], &own[place + 1..])));
        }
        let said = |answer: Answer| {
            let mut body = answer.problem(400, "invalid_cursor").json();
            body.as_object_mut().unwrap().remove("request_id");
            body
        };
        let mut bodies = Vec::new();
        for (query, cursor) in wrong {
            let uri = format!("/v1/articles?limit=1{query}&cursor={cursor}");
            bodies.push(said(desk.anyone().get(&uri).await));
        }
        assert!(bodies.iter().all(|body| *body == bodies[0]));
        for more in ["&limit=3", "&limit=1&fields=slug", "&limit=1&total=true", "&limit=1&body=text"] {
            let uri = format!("/v1/articles?cursor={own}{more}");
            assert_eq!(slugs(&desk.anyone().get(&uri).await.expect(200))[0], "s5");
        }
    }
}

#[actix_web::test]
async fn r11_adjoining_windows_hold_each_story_once_and_the_cursor_loses_none() {
    for desk in desks() {
        filed(&desk).await;
        let at = |slug: &str, second: u32| json!({"slug": slug, "published_at": format!("2026-04-01T10:00:0{second}Z")});
        desk.publishes_all(vec![at("a", 0), at("b1", 1), at("b2", 1), at("b3", 1), at("c", 2)]).await;
        let window = async |from: u32, to: u32| {
            let query =
                format!("published_after=2026-04-01T10:00:0{from}Z&published_before=2026-04-01T10:00:0{to}Z");
            list(&desk, &query).await
        };
        assert_eq!(window(0, 1).await, ["a"]);
        assert_eq!(window(1, 2).await, ["b3", "b2", "b1"]);
        assert_eq!(walk::by_cursor(&desk, "", &[2]).await, ["c", "b3", "b2", "b1", "a"]);
    }
}

#[actix_web::test]
async fn r13_an_instant_has_a_zone_and_a_refusal_shows_the_form() {
    for desk in desks() {
        filed(&desk).await;
        let at = |slug: &str, at: &str| json!({"slug": slug, "published_at": at});
        desk.publishes_all(vec![at("a", "2026-04-30T23:59:59.999999Z"), at("b", "2026-05-01T00:00:00Z")])
            .await;
        for good in [
            "2026-05-01T00:00:00Z",
            "2026-05-01t00:00:00z",
            "2026-04-30T20:00:00-04:00",
            "2026-05-01T02:00:00%2B02:00",
        ] {
            assert_eq!(list(&desk, &format!("published_after={good}")).await, ["b"], "{good}");
        }
        for wrong in [
            "2026-05-01T02:00:00+02:00",
            "2026-05-01",
            "2026-05-01T00:00:00",
            "2026-05-01T00:00:00.123456789Z",
            "2026-02-30T00:00:00Z",
            "2026-05-01T00:00:60Z",
            "0000-05-01T00:00:00Z",
            "1899-05-01T00:00:00Z",
            "3000-05-01T00:00:00Z",
            "10000-05-01T00:00:00Z",
        ] {
            let uri = format!("/v1/articles?published_after={wrong}");
            let refused = desk.anyone().get(&uri).await.problem(400, "invalid_parameter");
            let detail = refused.at("/errors/0/detail").to_string();
            assert!(detail.contains("2026-05-01T09:30:00Z"), "{detail}");
            assert_eq!(detail.contains("%2B"), wrong.contains('+'), "{detail}");
        }
    }
}

#[actix_web::test]
async fn r15_headlines_sort_by_a_folded_key_the_same_on_every_engine() {
    for desk in desks() {
        filed(&desk).await;
        let headlines = [
            "Zebra",
            "apple",
            "Äpfel",
            "apple",
            "10 boats",
            "9 boats",
            "Éclair",
            "Жук",
            "中文",
            "apple pie",
            "“Quoted”",
        ];
        let stories = (0..).zip(headlines);
        desk.publishes_all(
            stories
                .map(|(n, headline): (u32, _)| json!({"slug": format!("h{n}"), "headline": headline}))
                .collect(),
        )
        .await;
        let shown = async |query: &str| {
            let slugs = walk::by_cursor(&desk, query, &[2]).await;
            slugs.iter().map(|slug| headlines[slug[1..].parse::<usize>().unwrap()]).collect::<Vec<_>>()
        };
        let mut wanted = vec![
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
            "中文",
        ];
        assert_eq!(shown("sort=headline").await, wanted);
        wanted.reverse();
        assert_eq!(shown("sort=-headline").await, wanted);
    }
}

#[actix_web::test]
async fn dos_01_and_inj_03_numbers_are_plain_and_within_their_limits() {
    for desk in desks() {
        filed(&desk).await;
        for limit in ["0", "-1", "101", "1e1", "%2B5", "05", "%EF%BC%95", "", "1e400", "9223372036854775808"]
        {
            let answer = desk.anyone().get(&format!("/v1/articles?limit={limit}")).await;
            assert_eq!(
                answer.expect(400).faults(),
                [("limit".into(), "invalid_parameter".into())],
                "{limit}"
            );
        }
        let many = |count: usize| vec!["x"; count].join(",");
        for query in [
            "limit=5&limit=50".to_owned(),
            "page=101&limit=100".to_owned(),
            format!("ids={}", many(101)),
            format!("tag={}", many(21)),
            format!("tag={}", vec!["x"; 21].join("&tag=")),
            format!("fields={}", vec!["body"; 20].join(".")),
            format!("section={}", many(21)),
        ] {
            let answer = desk.anyone().get(&format!("/v1/articles?{query}")).await.expect(400);
            assert_eq!(answer.faults().len(), 1, "{query}");
        }
        list(&desk, &format!("tag={}&exclude={}&ids={}", many(20), many(100), many(100))).await;
        let all = format!("limit=0&tag={}&ids={}&total=yes&fields=a.b", many(21), many(101));
        assert_eq!(desk.anyone().get(&format!("/v1/articles?{all}")).await.expect(400).faults().len(), 5);
    }
}

#[actix_web::test]
async fn inj_01_and_02_hostile_values_name_nothing() {
    for desk in desks() {
        filed(&desk).await;
        desk.publishes_all(six()).await;
        for query in [
            "section=a')%20UNION%20SELECT",
            "author=%25",
            "tag=_",
            "tag=%2527%20OR%201=1--",
            "origin=';DROP%20TABLE%20articles",
            "type=%22",
            "series=%5C",
            "access=free'",
        ] {
            assert_eq!(list(&desk, query).await, Vec::<String>::new(), "{query}");
            assert_eq!(list(&desk, &format!("{query}&sort=headline")).await, Vec::<String>::new(), "{query}");
        }
        let named = desk.anyone().get("/v1/articles?ids='%20OR%201=1--").await.expect(200);
        assert_eq!(named.at("/meta/missing"), json!(["' OR 1=1--"]));
        assert_eq!(named.data(), json!([]));
        assert_eq!(list(&desk, "exclude='%20OR%201=1--&tag=storms").await, ["s3", "s2"]);
        let sort = "/v1/articles?sort=published_at;DROP%20TABLE%20articles";
        desk.anyone().get(sort).await.problem(400, "invalid_parameter");
        for name in ["tag", "cursor", "section", "ids", "fields", "limit", "published_after"] {
            for value in ["%00", "%FF%FE", "a%07", "%C2%85"] {
                let uri = format!("/v1/articles?{name}={value}");
                desk.anyone().get(&uri).await.problem(400, "invalid_parameter");
            }
        }
    }
}

#[actix_web::test]
async fn a_list_of_any_length_costs_four_statements_and_each_include_one() {
    for desk in desks() {
        let editor = filed(&desk).await;
        let picture =
            json!({"key": "lamp", "url": "https://media.courier.example/lamp.jpg", "alt": "A lamp"});
        editor.post("/v1/admin/media", picture).await.expect(201);
        let story = |number: u32| {
            json!({"slug": format!("n{number}"), "tags": ["ferries", "storms"], "primary_tag": "storms",
                "authors": ["ines-duarte", "rui-faro"], "series": "lights", "lead_media": "lamp"})
        };
        desk.publishes_all((0..110).map(story).collect()).await;
        let reader = desk.reader().await;
        for (query, wanted) in [
            ("limit=100", 2),
            ("limit=1", 2),
            ("limit=100&tag=ferries&section=city&author=rui-faro", 2),
            ("limit=100&tag=ferries,storms&type=news&locale=en", 2),
            ("limit=100&sort=headline&section=harbour", 2),
            ("limit=100&total=true", 3),
            ("limit=100&include=authors", 3),
            ("limit=100&include=section", 3),
            ("limit=100&include=tags", 3),
            ("limit=100&include=series", 3),
            ("limit=100&include=media", 3),
            ("limit=100&include=authors,section,tags,series,media", 7),
            ("limit=100&body=html", 3),
            ("limit=100&tag=nothing", 1),
        ] {
            let answer = reader.get(&format!("/v1/articles?{query}")).await.expect(200);
            assert_eq!(answer.header("server-timing"), format!("db;desc=\"{wanted} queries\""), "{query}");
        }
        let item = reader.get("/v1/articles/n7").await.expect(200);
        assert_eq!(item.header("server-timing"), "db;desc=\"3 queries\"");
    }
}
