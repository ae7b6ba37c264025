//! Syndication told as one story: from an embargo to the last page that a partner takes down.

use serde_json::{Value, json};

use crate::harness::{Answer, Call, Desk, Receiver, postgres_url};

const UNDERWAY: &str = "/v1/syndication/articles/harbour";

/// Desks that may reach loopback, where the partner's receiver stands.
fn reaching_desks() -> Vec<Desk> {
    let settings = [("WIREDESK_ALLOW_PRIVATE_TARGETS", "127.0.0.0/8")];
    let mut desks = vec![Desk::on_sqlite(&settings)];
    desks.extend(postgres_url().map(|server| Desk::on_postgres(&server, &settings)));
    desks
}

fn pixel(package: &Answer) -> String {
    let html = package.at("/data/pixel_html").as_str().unwrap().to_owned();
    let from = html.find("/p/").unwrap();
    html[from..from + html[from..].find('"').unwrap()].to_owned()
}

fn page(head: &str, body: &str) -> Value {
    json!({"html": format!("<html><head>{head}</head><body>{body}</body></html>"), "headers": {},
           "url": "https://a.example/harbour"})
}

fn codes(check: &Answer, result: &str) -> Vec<String> {
    let rules = check.at("/data/rules");
    let of = rules.as_array().unwrap().iter().filter(|rule| rule["result"] == result);
    of.filter_map(|rule| rule["code"].as_str().map(str::to_owned)).collect()
}

async fn codes_of(partner: &Call<'_>) -> Vec<String> {
    let rights = partner.get("/v1/articles/harbour/rights").await.expect(200);
    let reasons = rights.at("/data/reasons");
    reasons.as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn a_story_goes_out_to_partners_is_corrected_checked_and_taken_back_and_every_copy_is_known() {
    for desk in reaching_desks() {
        desk.set_clock("2026-05-02T09:00:00Z");
        let editor = desk.newsroom().await;
        let picture = json!({"key": "agency", "url": "https://media.courier.example/agency.jpg",
            "mime": "image/jpeg", "alt": "A pier", "credit": "Image by an agency", "syndication": "denied"});
        editor.post("/v1/admin/media", picture).await.expect(201);
        let story = editor
            .publishes(
                json!({"slug": "harbour", "lead_media": "agency", "rights": {"territories_out": ["US"]},
                "embargo_until": "2026-05-02T12:00:00Z"}),
            )
            .await;
        let id = story["id"].as_str().unwrap().to_owned();
        let agreed = json!({"name": "A", "terms_version": "1", "territory": "DE", "embargo_access": true,
            "hosts": ["a.example", "127.0.0.1"]});
        let a = desk.agreed(agreed).await;
        let b = desk.agreed(json!({"name": "B", "territory": "DE"})).await;
        let c = desk.agreed(json!({"name": "C", "terms_version": "1", "territory": "US"})).await;

        // Before its instant it is known to A alone, to be read and not run.
        for caller in [&b, &c, &desk.anyone()] {
            for uri in
                ["/v1/articles/harbour", "/v1/articles/harbour/rights", "/v1/articles/harbour/republish"]
            {
                caller.get(uri).await.problem(404, "not_found");
            }
        }
        a.get("/v1/articles/harbour").await.problem(404, "not_found");
        a.get(UNDERWAY).await.expect(200);
        let waits = a.get("/v1/articles/harbour/republish").await.problem(403, "embargo_active");
        assert_eq!(waits.header("retry-after"), "10800");

        // From then on each by its own terms.
        desk.set_clock("2026-05-02T12:00:00Z");
        desk.keeps_time();
        assert!(codes_of(&a).await.is_empty());
        assert_eq!(codes_of(&b).await, ["terms_not_accepted"]);
        assert_eq!(codes_of(&c).await, ["territory_excluded"]);
        let package = a.get("/v1/articles/harbour/republish").await.expect(200);
        let html = package.at("/data/html").as_str().unwrap().to_owned();
        assert_eq!((html.matches("<img").count(), html.matches("/p/").count()), (1, 1));
        assert_eq!(package.at("/data/omitted/0/credit"), "Image by an agency");
        assert_eq!(package.at("/data/version"), 1);
        let again = a.get("/v1/articles/harbour/republish").await.expect(200);
        assert_eq!(again.text(), package.text());
        let kept = a.clone().header("if-none-match", package.header("etag"));
        kept.get("/v1/articles/harbour/republish").await.expect(304);

        // A's page shows it, and A is told by webhook of what happens.
        let receiver = Receiver::saying("HTTP/1.1 204 No Content\r\n\r\n");
        let hook = json!({"url": receiver.url("/hook"), "events": ["article.corrected", "article.retracted", "notice.opened"]});
        a.post("/v1/syndication/webhooks", hook).await.expect(201);
        let first = pixel(&package);
        let reader = |number: u8| {
            desk.anyone()
                .header("user-agent", "Mozilla/5.0 Firefox/140.0")
                .header("referer", "https://a.example/")
                .from(&format!("203.0.113.{number}"))
        };
        reader(1).get(&first).await.expect(200);
        desk.counts();

        // A comma makes a version and no copy stale; a correction makes it stale, with a notice.
        let saved = editor
            .saves(
                &editor.get("/v1/admin/articles/harbour").await.expect(200).data(),
                json!({"standfirst": "A lamp, put out."}),
            )
            .await;
        editor
            .act(&format!("/v1/admin/articles/{}/publish", saved["id"].as_str().unwrap()))
            .await
            .expect(200);
        let stale = editor.get("/v1/admin/reports/stale").await.expect(200);
        assert_eq!(stale.data(), json!([]));
        let saved = editor.saves(&editor.get("/v1/admin/articles/harbour").await.expect(200).data(),
            json!({"body": {"html": "<p>The lamp was lit for the last time on Friday.</p><p>Nobody spoke.</p>"}})).await;
        assert_eq!(saved["revision"], 3);
        let order = json!({"kind": "correction", "text": "It was Friday.", "with_edits": true});
        editor.post("/v1/admin/articles/harbour/corrections", order).await.expect(200);
        desk.keeps_time();
        reader(2).get(&first).await.expect(200);
        desk.counts();
        let stale = editor.get("/v1/admin/reports/stale").await.expect(200);
        assert_eq!(stale.at("/data/0/corrections_missed"), 1, "{}", stale.text());
        assert_eq!(a.get("/v1/syndication/notices").await.expect(200).at("/data/0/kind"), "correction");
        let diff = a.get("/v1/syndication/articles/harbour/diff?from=1&to=3").await.expect(200);
        assert_eq!(diff.at("/data/blocks/0/op"), "changed", "{}", diff.text());

        // The old page fails where it should, the new one passes and answers the notice.
        let canonical = package.at("/data/head/tags/0").as_str().unwrap().to_owned();
        let bad = a.post("/v1/syndication/checks", page("", &format!("{canonical}{html}"))).await.expect(201);
        let failed = codes(&bad, "fail");
        assert!(
            failed.contains(&"canonical_not_in_head".into()) && failed.contains(&"noindex_missing".into()),
            "{failed:?}"
        );
        assert!(codes(&bad, "warn").contains(&"version_outdated".into()), "{}", bad.text());
        let newer = a.get("/v1/articles/harbour/republish").await.expect(200);
        let tags: String =
            newer.at("/data/head/tags").as_array().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect();
        let good = page(&tags, newer.at("/data/html").as_str().unwrap());
        let good = a.post("/v1/syndication/checks", good).await.expect(201);
        assert_eq!((codes(&good, "fail"), codes(&good, "warn")), (vec![], vec![]), "{}", good.text());
        desk.keeps_time();
        assert_eq!(a.get("/v1/syndication/notices").await.expect(200).at("/data/0/state"), "claimed");

        // The origin closes: simulated, then done, and told.
        let deny = json!({"policy": "deny"});
        let told = editor.post("/v1/admin/origins/own/simulate", deny.clone()).await.expect(200);
        assert_eq!((told.at("/data/total"), told.at("/data/partners/0/articles")), (json!(1), json!(1)));
        editor.patch("/v1/admin/origins/own", deny).await.expect(200);
        a.get("/v1/articles/harbour/republish").await.problem(403, "origin_reserved");
        let feed = a.get("/v1/syndication/changes?limit=100").await.expect(200).text();
        assert!(feed.contains("rights.changed"), "{feed}");

        // A is suspended, then the story killed: A still learns of it, by every way there is.
        editor.patch("/v1/admin/partners/a", json!({"state": "suspended"})).await.expect(200);
        let kill = json!({"kind": "kill", "public_reason": "It is not so."});
        editor.post("/v1/admin/articles/harbour/retract", kill).await.expect(200);
        for caller in [&a, &b, &c, &desk.anyone()] {
            for part in ["", "/rights", "/republish", "/page"] {
                caller.get(&format!("/v1/articles/harbour{part}")).await.problem(410, "retracted");
            }
        }
        desk.keeps_time();
        let notices = a.get("/v1/syndication/notices").await.expect(200);
        assert_eq!(
            (notices.at("/data/0/kind"), notices.at("/data/0/severity")),
            (json!("retraction"), json!("kill"))
        );
        let feed = a.get("/v1/syndication/changes").await.expect(200).data();
        assert_eq!(feed.as_array().unwrap().last().unwrap()["type"], "retracted", "{feed}");
        let heard: Vec<String> = receiver.heard().iter().map(|heard| heard.body.clone()).collect();
        assert!(
            heard.iter().any(|body| body.contains("article.retracted") && body.contains(&id)),
            "{heard:?}"
        );
        reader(3).get(&first).await.expect(200);
        desk.counts();
        let log = editor.get("/v1/admin/changes?kind=placement.live_after_kill").await.expect(200).data();
        assert_eq!(log.as_array().unwrap().len(), 1);
        let done = json!({"outcome": "removed"});
        let ack = format!("/v1/syndication/notices/{}/ack", notices.at("/data/0/id").as_str().unwrap());
        assert_eq!(a.post(&ack, done).await.expect(200).at("/data/state"), "acknowledged");
    }
}
