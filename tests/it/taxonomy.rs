//! Sections, tags and series.

use serde_json::{Value, json};

use crate::harness::{Call, desks};

async fn section(editor: &Call<'_>, slug: &str, parent: Value, position: i32) {
    let body = json!({ "slug": slug, "name": slug, "parent": parent, "position": position });
    editor.post("/v1/admin/sections", body).await.expect(201);
}

fn slugs(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn sections_are_public_at_once_in_order_with_those_around_them() {
    for desk in desks() {
        let editor = desk.editor().await;
        for (slug, parent, position) in [
            ("opinion", json!(null), 2),
            ("harbour", json!(null), 1),
            ("town", json!(null), 1),
            ("fishing", json!("harbour"), 5),
            ("ferries", json!({ "slug": "harbour" }), 5),
        ] {
            section(&editor, slug, parent, position).await;
        }
        let list = desk.anyone().get("/v1/sections").await.expect(200);
        assert_eq!(slugs(&list.data()), ["harbour", "town", "opinion", "ferries", "fishing"]);
        assert_eq!(slugs(&list.at("/data/0/children")), ["ferries", "fishing"]);
        assert_eq!(list.at("/data/3/parent/slug"), "harbour");
        let one = desk.anyone().get("/v1/sections/fishing").await.expect(200);
        assert_eq!(one.at("/data/path"), "harbour/fishing");
        assert_eq!(one.at("/data/parent/path"), "harbour");
        assert_eq!(one.at("/data/children"), json!([]));
        let id = one.at("/data/id").as_str().unwrap().to_owned();
        let by_id = desk.anyone().get(&format!("/v1/sections/{id}")).await.expect(200);
        assert_eq!(by_id.data(), one.data());
        let typed = desk.anyone().get("/v1/sections?q=FERR%C3%8D").await.expect(200);
        assert_eq!(slugs(&typed.data()), ["ferries"]);
    }
}

#[actix_web::test]
async fn sections_are_paged_through_without_a_gap() {
    for desk in desks() {
        let editor = desk.editor().await;
        for (slug, position) in [("a", 10), ("b", 9), ("c", 9), ("d", 100), ("e", 0)] {
            section(&editor, slug, json!(null), position).await;
        }
        let mut seen = Vec::new();
        let mut next = json!("/v1/sections?limit=2");
        while let Some(uri) = next.as_str() {
            let page =
                desk.anyone().get(uri.trim_start_matches("https://api.courier.example")).await.expect(200);
            seen.extend(slugs(&page.data()));
            next = page.at("/links/next");
        }
        assert_eq!(seen, ["e", "b", "c", "a", "d"]);
    }
}

#[actix_web::test]
async fn a_section_that_moves_takes_along_what_stands_below_it_and_its_stories() {
    for desk in desks() {
        desk.furnish().await;
        let editor = desk.editor().await;
        section(&editor, "fishing", json!("harbour"), 0).await;
        section(&editor, "nets", json!("fishing"), 0).await;
        section(&editor, "work", json!(null), 0).await;
        let story = editor.live(json!({ "section": "nets" })).await;
        let patch = json!({ "slug": "fleet", "parent": "work" });
        let moved = editor.patch("/v1/admin/sections/fishing", patch).await.expect(200);
        assert_eq!(moved.at("/data/path"), "work/fleet");
        let below = desk.anyone().get("/v1/sections/nets").await.expect(200);
        assert_eq!(below.at("/data/path"), "work/fleet/nets");
        let rows = desk.app().db.read_now(|snapshot| {
            let id = story.parse().unwrap();
            Ok(wiredesk::articles::cards(snapshot, &[id])?.remove(0).section.path)
        });
        assert_eq!(rows.unwrap(), "work/fleet/nets");
        for (slug, shows) in [("work", true), ("fleet", true), ("nets", true), ("harbour", false)] {
            let shown = desk.app().db.read_now(|snapshot| {
                let section = wiredesk::taxonomy::sections::find(snapshot, slug)?;
                wiredesk::articles::shows(snapshot, wiredesk::articles::Shown::Section, section.id)
            });
            assert_eq!(shown.unwrap(), shows, "{slug}");
        }
        let old = desk.anyone().get("/v1/sections/fishing").await.expect(301);
        assert!(old.header("location").ends_with("/v1/sections/fleet"), "{}", old.header("location"));
    }
}

#[actix_web::test]
async fn r62_a_section_never_stands_below_itself() {
    for desk in desks() {
        let editor = desk.editor().await;
        section(&editor, "a", json!(null), 0).await;
        section(&editor, "b", json!("a"), 0).await;
        section(&editor, "c", json!("b"), 0).await;
        for parent in ["c", "a", "nowhere"] {
            let answer = editor.patch("/v1/admin/sections/a", json!({ "parent": parent })).await;
            let answer = answer.problem(422, "invalid_body");
            assert_eq!(answer.faults()[0].0, "/parent", "{parent}");
        }
        let one = desk.anyone().get("/v1/sections/a").await.expect(200);
        assert_eq!(one.at("/data/parent"), Value::Null);
        assert_eq!(desk.anyone().get("/v1/sections/c").await.at("/data/path"), "a/b/c");
    }
}

#[actix_web::test]
async fn r62_of_two_moves_that_together_make_a_ring_one_is_refused() {
    for desk in desks() {
        let editor = desk.editor().await;
        section(&editor, "a", json!(null), 0).await;
        section(&editor, "b", json!(null), 0).await;
        let (one, other) = futures_util::future::join(
            editor.patch("/v1/admin/sections/a", json!({ "parent": "b" })),
            editor.patch("/v1/admin/sections/b", json!({ "parent": "a" })),
        )
        .await;
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 422]);
    }
}

#[actix_web::test]
async fn r62_the_tree_has_at_most_ten_levels_also_after_a_move() {
    for desk in desks() {
        let editor = desk.editor().await;
        section(&editor, "s1", json!(null), 0).await;
        for level in 2..=10 {
            section(&editor, &format!("s{level}"), json!(format!("s{}", level - 1)), 0).await;
        }
        let eleventh = editor.post("/v1/admin/sections", json!({ "name": "s11", "parent": "s10" })).await;
        assert_eq!(eleventh.problem(422, "invalid_body").faults()[0].0, "/parent");
        section(&editor, "top", json!(null), 0).await;
        let moved = editor.patch("/v1/admin/sections/s1", json!({ "parent": "top" })).await;
        assert_eq!(moved.problem(422, "invalid_body").faults()[0].0, "/parent");
        assert_eq!(
            desk.anyone().get("/v1/sections/s10").await.at("/data/path"),
            "s1/s2/s3/s4/s5/s6/s7/s8/s9/s10"
        );
    }
}

#[actix_web::test]
async fn a_section_in_use_is_not_deleted() {
    for desk in desks() {
        desk.furnish().await;
        let editor = desk.editor().await;
        section(&editor, "fishing", json!("harbour"), 0).await;
        let answer = editor.delete("/v1/admin/sections/harbour").await.problem(409, "in_use");
        assert_eq!(answer.at("/counts/sections"), 1);
        editor.delete("/v1/admin/sections/fishing").await.expect(204);
        editor.draft(json!({})).await;
        let answer = editor.delete("/v1/admin/sections/harbour").await.problem(409, "in_use");
        assert_eq!(answer.at("/counts/draft"), 1);
        desk.anyone().get("/v1/sections/fishing").await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn leak_05_a_tag_or_series_of_a_draft_is_not_public() {
    for desk in desks() {
        desk.furnish().await;
        let editor = desk.editor().await;
        let tag = json!({ "slug": "zq7-pier", "name": "Pier", "type": "place" });
        editor.post("/v1/admin/tags", tag).await.expect(201);
        editor.post("/v1/admin/series", json!({ "slug": "zq7-tide", "title": "The Tide" })).await.expect(201);
        let draft = editor.draft(json!({ "tags": ["zq7-pier"], "series": "zq7-tide" })).await;
        for kind in ["tags", "series"] {
            let list = desk.anyone().get(&format!("/v1/{kind}?limit=100")).await.expect(200);
            assert_eq!(list.data(), json!([]), "{kind}");
        }
        let unknown = desk.anyone().get("/v1/tags/zq7-none").await.problem(404, "not_found");
        for uri in ["/v1/tags/zq7-pier", "/v1/series/zq7-tide"] {
            let hidden = desk.anyone().get(uri).await.problem(404, "not_found");
            assert_eq!(hidden.header("cache-control"), unknown.header("cache-control"));
            assert_eq!(hidden.header("etag"), "");
        }
        editor.act(&format!("/v1/admin/articles/{draft}/publish")).await.expect(200);
        assert_eq!(slugs(&desk.anyone().get("/v1/tags").await.data()), ["zq7-pier"]);
        assert_eq!(slugs(&desk.anyone().get("/v1/series").await.data()), ["zq7-tide"]);
        assert_eq!(desk.anyone().get("/v1/tags/zq7-pier").await.expect(200).at("/data/type"), "place");
        desk.anyone().get("/v1/series/zq7-tide").await.expect(200);
        editor.act(&format!("/v1/admin/articles/{draft}/unpublish")).await.expect(200);
        desk.anyone().get("/v1/tags/zq7-pier").await.problem(404, "not_found");
        desk.anyone().get("/v1/series/zq7-tide").await.problem(404, "not_found");
        assert_eq!(desk.anyone().get("/v1/tags").await.data(), json!([]));
    }
}

#[actix_web::test]
async fn r02_a_slug_is_taken_and_found_whatever_its_case() {
    for desk in desks() {
        desk.furnish().await;
        let editor = desk.editor().await;
        editor.post("/v1/admin/tags", json!({ "name": "Tide table" })).await.expect(201);
        for slug in ["Tide-Table", "TIDE-TABLE", "tide-table"] {
            let again = editor.post("/v1/admin/tags", json!({ "name": "Other", "slug": slug })).await;
            again.problem(409, "slug_taken");
        }
        desk.anyone().get("/v1/tags/Tide-Table").await.problem(404, "not_found");
        editor.live(json!({ "tags": ["tide-table"] })).await;
        let moved = desk.anyone().get("/v1/tags/Tide-Table").await.expect(301);
        assert!(moved.header("location").ends_with("/v1/tags/tide-table"), "{}", moved.header("location"));
        let moved = desk.anyone().get("/v1/sections/HARBOUR").await.expect(301);
        assert!(moved.header("location").ends_with("/v1/sections/harbour"));
    }
}

#[actix_web::test]
async fn r06_a_slug_may_be_a_word_of_a_route_and_must_be_a_slug() {
    for desk in desks() {
        let editor = desk.editor().await;
        for slug in ["page", "admin", "null", "0", "page-2"] {
            section(&editor, slug, json!(null), 0).await;
            desk.anyone().get(&format!("/v1/sections/{slug}")).await.expect(200);
        }
        let long = "a".repeat(97);
        for slug in ["-", "a--b", "index.html", &long, "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a"] {
            let refused = editor.post("/v1/admin/sections", json!({ "name": "A", "slug": slug })).await;
            assert_eq!(refused.problem(422, "invalid_body").faults()[0].0, "/slug", "{slug}");
        }
    }
}

#[actix_web::test]
async fn a_renamed_tag_shows_in_live_stories_and_its_old_slug_leads_on() {
    for desk in desks() {
        desk.furnish().await;
        let editor = desk.editor().await;
        editor.post("/v1/admin/tags", json!({ "name": "North pier" })).await.expect(201);
        let story = editor.live(json!({ "tags": ["north-pier"] })).await;
        desk.pass(60);
        let patch = json!({ "name": "Old pier", "slug": "old-pier", "type": null });
        let changed = editor.patch("/v1/admin/tags/north-pier", patch).await.expect(200);
        assert_eq!(changed.at("/data/type"), "topic");
        let card = desk.app().db.read_now(|snapshot| {
            Ok(wiredesk::articles::cards(snapshot, &[story.parse().unwrap()])?.remove(0))
        });
        let card = card.unwrap();
        assert_eq!(card.tags[0].slug, "old-pier");
        assert!(card.modified_at > card.published_at);
        let old = desk.anyone().get("/v1/tags/north-pier").await.expect(301);
        assert!(old.header("location").ends_with("/v1/tags/old-pier"));
        editor.delete("/v1/admin/tags/old-pier").await.problem(409, "in_use");
        editor
            .post("/v1/admin/tags", json!({ "name": "X", "slug": "north-pier" }))
            .await
            .problem(409, "slug_taken");
        let same = editor.patch("/v1/admin/tags/old-pier", json!({})).await.expect(200);
        assert_eq!(
            same.header("wiredesk-sequence"),
            changed.header("wiredesk-sequence"),
            "an identical change is none"
        );
    }
}

#[actix_web::test]
async fn a_tag_that_no_story_uses_is_deleted_and_its_slug_is_free() {
    for desk in desks() {
        let editor = desk.editor().await;
        for kind in ["tags", "series", "sections"] {
            let body = json!({ if kind == "series" { "title" } else { "name" }: "Tide" });
            let made = editor.post(&format!("/v1/admin/{kind}"), body.clone()).await.expect(201);
            assert_eq!(made.at("/data/slug"), "tide");
            let at = made.header("location");
            editor.get(&at).await.expect(200);
            editor.delete(&at).await.expect(204);
            editor.get(&at).await.problem(404, "not_found");
            let again = editor.post(&format!("/v1/admin/{kind}"), body).await.expect(201);
            assert_eq!(again.at("/data/slug"), "tide");
        }
    }
}

#[actix_web::test]
async fn inj_01_no_text_field_takes_a_control_character_and_no_path_a_nul() {
    for desk in desks() {
        let editor = desk.editor().await;
        for bad in ["\u{0}", "\u{7}", "\u{85}"] {
            let text = format!("a{bad}b");
            let cases = [
                ("sections", json!({ "name": text, "slug": text, "description": text, "parent": text })),
                ("tags", json!({ "name": text, "slug": text, "description": text, "uri": text })),
                ("series", json!({ "title": text, "slug": text, "description": text })),
            ];
            for (kind, body) in cases {
                let fields = body.as_object().unwrap().len();
                let answer = editor.post(&format!("/v1/admin/{kind}"), body).await;
                let faults = answer.problem(422, "invalid_body").faults();
                assert_eq!(faults.len(), fields, "{faults:?}");
                for (place, code) in faults {
                    assert!(code == "control_character" || place == "/parent", "{place} {code}");
                }
            }
        }
        for kind in ["sections", "tags", "series"] {
            for bad in ["a%00b", "%FF%FE", "%00"] {
                desk.anyone().get(&format!("/v1/{kind}/{bad}")).await.expect(404);
                editor.get(&format!("/v1/admin/{kind}/{bad}")).await.expect(404);
            }
            desk.anyone().get(&format!("/v1/{kind}?q=%00")).await.problem(400, "invalid_parameter");
            desk.anyone().get(&format!("/v1/{kind}?cursor=%00")).await.problem(400, "invalid_parameter");
            desk.anyone().get(&format!("/v1/{kind}?cursor=abc")).await.problem(400, "invalid_cursor");
        }
    }
}

#[actix_web::test]
async fn inj_02_what_is_looked_for_is_text_and_never_a_pattern() {
    for desk in desks() {
        let editor = desk.editor().await;
        editor.post("/v1/admin/tags", json!({ "name": "100% wool_x" })).await.expect(201);
        editor.post("/v1/admin/tags", json!({ "name": "1000 woolen" })).await.expect(201);
        for (q, found) in [("%25", 1), ("_", 1), ("l_x", 1), ("'%20OR%201=1--", 0), ("wool", 2), ("%5C", 0)] {
            let list = editor.get(&format!("/v1/admin/tags?q={q}")).await.expect(200);
            assert_eq!(list.data().as_array().unwrap().len(), found, "{q}");
        }
        desk.anyone().get("/v1/tags/'%20OR%201=1--").await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn inj_06_a_name_is_answered_as_it_was_stored() {
    for desk in desks() {
        let editor = desk.editor().await;
        let name = "</script><b>\"'&]]>";
        let made = editor.post("/v1/admin/sections", json!({ "name": name })).await.expect(201);
        let one =
            desk.anyone().get(&format!("/v1/sections/{}", made.at("/data/slug").as_str().unwrap())).await;
        assert_eq!(one.at("/data/name"), name);
        assert!(!one.text().contains("</"), "{}", one.text());
    }
}

#[actix_web::test]
async fn role_06_what_is_not_theirs_to_set_is_refused_and_nothing_is_stored() {
    for desk in desks() {
        let editor = desk.editor().await;
        section(&editor, "harbour", json!(null), 0).await;
        let patch = json!({ "name": "Docks", "id": "x", "path": "p", "children": [], "changed_seq": 1 });
        let answer = editor.patch("/v1/admin/sections/harbour", patch).await.problem(422, "invalid_body");
        let names: Vec<String> = answer.faults().into_iter().map(|(place, _)| place).collect();
        assert_eq!(names, ["/id", "/path", "/children", "/changed_seq"]);
        assert_eq!(desk.anyone().get("/v1/sections/harbour").await.at("/data/name"), "harbour");
    }
}

#[actix_web::test]
async fn only_an_editor_changes_what_stories_are_ordered_by() {
    for desk in desks() {
        let reader = desk.reader().await;
        for kind in ["sections", "tags", "series"] {
            let uri = format!("/v1/admin/{kind}");
            desk.anyone().get(&uri).await.problem(401, "missing_credential");
            let body = json!({ if kind == "series" { "title" } else { "name" }: "A" });
            reader.post(&uri, body).await.problem(403, "forbidden");
        }
    }
}
