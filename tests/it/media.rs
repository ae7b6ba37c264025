//! Assets.

use serde_json::{Value, json};

use crate::harness::desks;

#[actix_web::test]
async fn an_asset_is_kept_with_all_that_is_known_of_it() {
    for desk in desks() {
        let editor = desk.editor().await;
        desk.partner("The Ferryman").await;
        let body = json!({
            "key": "harbour-at-dawn",
            "url": "https://media.courier.example/dawn.jpg",
            "mime": "Image/JPEG",
            "width": 2400,
            "height": 1600,
            "alt": "Three trawlers",
            "caption": "The fleet waited.",
            "credit": "Rui Faro",
            "focal": { "x": 0.5, "y": 1 },
            "syndication": "allowed",
            "leases": [{ "effect": "deny", "partner": "the-ferryman", "to": "2026-06-01T00:00:00Z" }],
        });
        let made = editor.post("/v1/admin/media", body).await.expect(201);
        assert_eq!(made.at("/data/mime"), "image/jpeg");
        assert_eq!(made.at("/data/focal"), json!({ "x": 0.5, "y": 1.0 }));
        assert_eq!(made.at("/data/leases/0/to"), "2026-06-01T00:00:00.000000Z");
        assert_eq!(made.at("/data/leases/0/group"), Value::Null);
        let found = editor.get("/v1/admin/media/harbour-at-dawn").await.expect(200);
        assert_eq!(found.data(), made.data());
        let sent_back = json!({ "leases": found.at("/data/leases"), "alt": null });
        let changed = editor.patch("/v1/admin/media/harbour-at-dawn", sent_back).await.expect(200);
        assert_eq!(changed.at("/data/alt"), Value::Null);
        assert_eq!(changed.at("/data/leases"), found.at("/data/leases"));
    }
}

#[actix_web::test]
async fn an_asset_without_a_key_is_called_by_its_file_and_denied_to_others() {
    for desk in desks() {
        let editor = desk.editor().await;
        let body = json!({ "url": "https://media.courier.example/a/North%20Pier.jpg?w=3" });
        let one = editor.post("/v1/admin/media", body.clone()).await.expect(201);
        assert_eq!(one.at("/data/key"), "north-pier");
        assert_eq!(one.at("/data/syndication"), "denied");
        assert_eq!(one.at("/data/decorative"), false);
        let other = editor.post("/v1/admin/media", body).await.expect(201);
        assert_eq!(other.at("/data/key"), "north-pier-2");
        let taken = json!({ "url": "https://media.courier.example/b.jpg", "key": "north-pier" });
        editor.post("/v1/admin/media", taken).await.problem(409, "taken");
    }
}

#[actix_web::test]
async fn assets_are_found_by_any_of_their_words() {
    for desk in desks() {
        let editor = desk.editor().await;
        for (key, alt, credit) in [("b-1", "Mist at Ílhavo", "Faro"), ("a-2", "Cranes", "Agência Norte")] {
            let url = format!("https://media.courier.example/{key}.jpg");
            let body = json!({ "key": key, "url": url, "alt": alt, "credit": credit });
            editor.post("/v1/admin/media", body).await.expect(201);
        }
        for (q, keys) in [("", vec!["a-2", "b-1"]), ("?q=ilha", vec!["b-1"]), ("?q=AGENCIA", vec!["a-2"])] {
            let list = editor.get(&format!("/v1/admin/media{q}")).await.expect(200).data();
            let found: Vec<&str> =
                list.as_array().unwrap().iter().map(|asset| asset["key"].as_str().unwrap()).collect();
            assert_eq!(found, keys, "{q}");
        }
        let first = editor.get("/v1/admin/media?limit=1").await.expect(200);
        let next = first.at("/links/next").as_str().unwrap().to_owned();
        let second = editor.get(next.trim_start_matches("https://api.courier.example")).await.expect(200);
        assert_eq!(second.at("/data/0/key"), "b-1");
    }
}

#[actix_web::test]
async fn a_changed_credit_shows_in_the_live_stories_that_show_the_asset() {
    for desk in desks() {
        desk.furnish().await;
        let editor = desk.editor().await;
        let body = json!({ "key": "dawn", "url": "https://media.courier.example/dawn.jpg", "alt": "Boats" });
        editor.post("/v1/admin/media", body).await.expect(201);
        let story = editor.live(json!({ "lead_media": "dawn" })).await;
        desk.pass(60);
        editor.patch("/v1/admin/media/dawn", json!({ "credit": "Rui Faro" })).await.expect(200);
        let card = desk.app().db.read_now(|snapshot| {
            Ok(wiredesk::articles::cards(snapshot, &[story.parse().unwrap()])?.remove(0))
        });
        let card = card.unwrap();
        assert_eq!(card.lead_media.unwrap().credit.as_deref(), Some("Rui Faro"));
        assert!(card.modified_at > card.published_at);
        let answer = editor.delete("/v1/admin/media/dawn").await.problem(409, "in_use");
        assert_eq!(answer.at("/counts/live"), 1);
    }
}

#[actix_web::test]
async fn every_fault_of_an_asset_is_told_at_once() {
    for desk in desks() {
        let editor = desk.editor().await;
        let body = json!({
            "key": "a b",
            "url": "javascript:alert(1)",
            "mime": "jpeg",
            "width": 0,
            "height": 9_223_372_036_854_775_807_i64,
            "focal": { "x": 1.5, "y": -1 },
            "syndication": "maybe",
            "leases": [{ "effect": "allow", "from": "2026-06-02T00:00:00Z", "to": "2026-06-01T00:00:00Z" }],
            "size": 3,
        });
        let faults = editor.post("/v1/admin/media", body).await.problem(422, "invalid_body").faults();
        let places: Vec<&str> = faults.iter().map(|(place, _)| place.as_str()).collect();
        for place in [
            "/key",
            "/url",
            "/mime",
            "/width",
            "/height",
            "/focal/x",
            "/focal/y",
            "/syndication",
            "/leases/0/to",
            "/size",
        ] {
            assert!(places.contains(&place), "{place} in {places:?}");
        }
        let unknown = json!({
            "url": "https://media.courier.example/a.jpg",
            "leases": [{ "effect": "allow", "partner": "nobody" }],
        });
        let answer = editor.post("/v1/admin/media", unknown).await.problem(422, "invalid_body");
        assert_eq!(answer.faults(), [("/leases/0/partner".to_owned(), "unknown_reference".to_owned())]);
        assert_eq!(editor.get("/v1/admin/media").await.data(), json!([]));
    }
}

#[actix_web::test]
async fn inj_01_and_inj_07_no_field_of_an_asset_takes_a_control_character() {
    for desk in desks() {
        let editor = desk.editor().await;
        for bad in ["\u{0}", "\u{7}", "\u{85}", "\u{1b}"] {
            let text = format!("a{bad}b");
            let body = json!({
                "key": text, "mime": text, "alt": text, "caption": text, "credit": text,
                "url": format!("https://media.courier.example/{bad}.jpg"),
                "leases": [{ "effect": "allow", "group": text }],
            });
            let faults = editor.post("/v1/admin/media", body).await.problem(422, "invalid_body").faults();
            assert_eq!(faults.len(), 7, "{faults:?}");
            assert!(faults.iter().all(|(_, code)| code == "control_character"), "{faults:?}");
        }
        for bad in ["a%00b", "%FF", "a%0D%0Ab"] {
            editor.get(&format!("/v1/admin/media/{bad}")).await.expect(404);
        }
    }
}
