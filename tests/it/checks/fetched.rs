//! Pages that are fetched to be checked: from the partner's hosts, politely, and telling nothing of the rest.

use std::thread;

use serde_json::{Value, json};
use wiredesk::db::Actor;
use wiredesk::republish::checks::{self, fetching};

use super::partner::{Runner, page};
use super::resource::found;
use super::website::Website;
use crate::harness::{Answer, Desk, postgres_url};

const LOOPBACK: [(&str, &str); 1] = [("WIREDESK_ALLOW_PRIVATE_TARGETS", "127.0.0.0/8")];

/// A desk on each engine there is, whose checks reach this machine.
fn desks() -> Vec<Desk> {
    let mut desks = vec![Desk::on_sqlite(&LOOPBACK)];
    desks.extend(postgres_url().map(|server| Desk::on_postgres(&server, &LOOPBACK)));
    desks
}

/// A partner with a page on its website, and what it runs there.
struct Scene<'d> {
    desk: &'d Desk,
    echo: Runner<'d>,
    site: Website,
    story: Value,
    package: Value,
}

impl<'d> Scene<'d> {
    async fn at(desk: &'d Desk) -> Self {
        let story = desk.newsroom().await.publishes(json!({})).await;
        let echo = Runner::of(desk, "The Northern Echo", "127.0.0.1").await;
        let package = echo.package(&story).await;
        Scene { desk, echo, site: Website::open(), story, package }
    }

    /// A page that keeps to every rule.
    fn good(&self) -> String {
        page(&self.echo.head(&self.package), self.package["html"].as_str().unwrap())
    }

    async fn asks(&self, url: &str) -> Answer {
        let body = json!({"url": url, "article": self.story["id"]});
        self.echo.call.post("/v1/syndication/checks", body).await.expect(201)
    }

    /// A check of an address, done.
    async fn checks(&self, url: &str) -> Answer {
        let location = self.asks(url).await.header("location");
        self.desk.keeps_time();
        let done = self.echo.call.get(&location).await.expect(200);
        assert_eq!(done.at("/data/state"), "done", "{}", done.text());
        done
    }

    /// What is found of the page itself.
    async fn of_page(&self, url: &str) -> (String, Value) {
        let done = self.checks(url).await;
        (found(&done).first().cloned().unwrap_or_default(), done.at("/data/rules/0/evidence"))
    }
}

#[actix_web::test]
async fn a_page_is_fetched_by_the_job_and_its_end_is_logged() {
    for desk in desks() {
        let scene = Scene::at(&desk).await;
        scene.site.shows("/news/lighthouse", &scene.good());
        let url = scene.site.url("/news/lighthouse");
        assert_eq!(scene.asks(&url).await.at("/data/state"), "pending");
        assert!(scene.site.asked().is_empty());
        let done = scene.checks(&url).await;
        assert_eq!(found(&done), Vec::<String>::new());
        assert_eq!(
            (done.at("/data/source"), done.at("/data/article")),
            (json!("fetched"), scene.story["id"].clone())
        );
        assert_eq!(scene.site.asked(), ["/robots.txt", "/news/lighthouse", "/news/lighthouse"]);
        assert!(scene.site.asked_by().starts_with("Wiredesk/"), "{}", scene.site.asked_by());
        let log = desk.admin().await.get("/v1/admin/changes?kind=check.done").await.expect(200);
        assert_eq!(log.data().as_array().unwrap().len(), 2);
        let detail = log.at("/data/0/detail");
        assert_eq!(
            (&detail["passed"], &detail["source"], &detail["url"]),
            (&json!(true), &json!("fetched"), &json!(url))
        );
    }
}

#[actix_web::test]
async fn robots_txt_is_obeyed() {
    for desk in desks() {
        let scene = Scene::at(&desk).await;
        scene.site.shows("/open", &scene.good());
        scene.site.shows("/closed", &scene.good());
        scene.site.serves(
            "/robots.txt",
            200,
            &[],
            "User-agent: *\nDisallow: /\n\nUser-agent: wiredesk\nDisallow: /closed\n",
        );
        assert_eq!(scene.of_page(&scene.site.url("/open")).await.0, "");
        assert_eq!(
            scene.of_page(&scene.site.url("/closed")).await,
            ("na closed_by_robots_txt".to_owned(), json!(["/closed"]))
        );
        scene.site.serves("/robots.txt", 503, &[], "");
        assert_eq!(scene.of_page(&scene.site.url("/open")).await.0, "fail page_unreachable");
        assert_eq!(scene.site.asked(), ["/robots.txt", "/open", "/robots.txt", "/robots.txt"]);
    }
}

#[actix_web::test]
async fn ssrf_07_a_redirect_to_another_host_is_told_and_not_followed() {
    for desk in desks() {
        let scene = Scene::at(&desk).await;
        let other = Website::open();
        let elsewhere = other.url_by_name("/page");
        scene.site.serves("/away", 302, &[("Location", &elsewhere)], "");
        scene.site.serves("/moved", 301, &[("Location", "/page")], "");
        scene.site.shows("/page", &scene.good());
        assert_eq!(
            scene.of_page(&scene.site.url("/away")).await,
            ("fail redirect_to_other_host".to_owned(), json!([elsewhere]))
        );
        assert!(other.asked().is_empty());
        assert_eq!(scene.of_page(&scene.site.url("/moved")).await.0, "");
        assert_eq!(scene.site.asked(), ["/robots.txt", "/away", "/robots.txt", "/moved", "/page"]);
    }
}

#[actix_web::test]
async fn ssrf_03_a_redirect_to_a_private_address_or_without_end_is_none() {
    for desk in desks() {
        let scene = Scene::at(&desk).await;
        for (path, to) in [("/in", "http://10.0.0.1/"), ("/file", "file:///etc/passwd"), ("/loop", "/loop")] {
            scene.site.serves(path, 302, &[("Location", to)], "");
            assert_eq!(
                scene.of_page(&scene.site.url(path)).await,
                ("fail page_unreachable".to_owned(), json!([]))
            );
        }
    }
}

#[actix_web::test]
async fn ssrf_05_a_page_without_end_is_none() {
    for desk in desks() {
        let scene = Scene::at(&desk).await;
        scene.site.shows("/long", &"<p>long".repeat(400_000));
        assert_eq!(scene.of_page(&scene.site.url("/long")).await.0, "fail page_unreachable");
    }
}

#[actix_web::test]
async fn ssrf_08_of_what_is_no_page_the_status_is_told_and_nothing_else() {
    for desk in desks() {
        let scene = Scene::at(&desk).await;
        let unreachable = "fail page_unreachable".to_owned();
        scene.site.serves("/500", 500, &[("X-Secret", "zq7")], "zq7 in the body");
        scene.site.serves("/json", 200, &[("Content-Type", "application/json")], "{\"zq7\":1}");
        assert_eq!(
            scene.of_page(&scene.site.url("/500")).await,
            (unreachable.clone(), json!(["status 500"]))
        );
        assert_eq!(
            scene.of_page(&scene.site.url("/json")).await,
            (unreachable.clone(), json!(["status 200"]))
        );
        let port = Website::open().url("/closed");
        assert_eq!(scene.of_page(&port).await.0, unreachable);
        assert!(!scene.checks(&scene.site.url("/500")).await.text().contains("zq7"));
    }
}

#[actix_web::test]
async fn a_page_that_is_gone_is_told_as_removed() {
    for desk in desks() {
        let scene = Scene::at(&desk).await;
        let done = scene.checks(&scene.site.url("/never")).await;
        assert!(found(&done).iter().all(|told| told == "na page_removed"), "{:?}", found(&done));
        let log = desk.admin().await.get("/v1/admin/changes?kind=check.done").await.expect(200);
        let detail = log.at("/data/0/detail");
        assert_eq!((&detail["removed"], &detail["article"]), (&json!(true), &scene.story["id"]));
    }
}

#[actix_web::test]
async fn a_private_address_that_no_setting_names_is_never_asked() {
    let desk = Desk::on_sqlite(&[]);
    let scene = Scene::at(&desk).await;
    scene.site.shows("/page", &scene.good());
    assert_eq!(scene.of_page(&scene.site.url("/page")).await.0, "fail page_unreachable");
    assert!(scene.site.asked().is_empty());
}

#[actix_web::test]
async fn a_host_that_is_no_longer_the_partners_is_not_asked() {
    for desk in desks() {
        let scene = Scene::at(&desk).await;
        scene.site.shows("/page", &scene.good());
        let location = scene.asks(&scene.site.url("/page")).await.header("location");
        let path = format!("/v1/admin/partners/{}", scene.echo.id);
        desk.admin().await.patch(&path, json!({"hosts": ["echo.example"]})).await.expect(200);
        desk.keeps_time();
        let done = scene.echo.call.get(&location).await.expect(200);
        assert_eq!(done.at("/data/rules/0/code"), "host_not_registered");
        assert!(scene.site.asked().is_empty());
    }
}

#[actix_web::test]
async fn a_host_is_asked_one_thing_at_a_time_by_all_nodes_together() {
    for desk in desks() {
        let scene = Scene::at(&desk).await;
        let paths: Vec<String> = (0..12).map(|number| format!("/{number}")).collect();
        for path in &paths {
            scene.site.shows(path, &scene.good());
            scene.asks(&scene.site.url(path)).await;
        }
        let nodes = [desk.second_node(&[]), desk.second_node(&[]), desk.second_node(&[])];
        thread::scope(|scope| {
            for node in &nodes {
                scope.spawn(|| {
                    let app = node.app();
                    let pixels = checks::pixels(&app.config.public_url, &app.auth.secrets);
                    for _ in 0..8 {
                        fetching::work(&app.db, &app.outbound, &pixels).unwrap();
                    }
                });
            }
        });
        desk.keeps_time();
        assert_eq!(scene.site.most_at_once(), 1);
        let mut asked: Vec<String> =
            scene.site.asked().into_iter().filter(|path| path != "/robots.txt").collect();
        asked.sort();
        let mut once = paths.clone();
        once.sort();
        assert_eq!(asked, once);
    }
}

#[actix_web::test]
async fn a_page_that_is_followed_is_looked_at_when_its_time_comes() {
    for desk in desks() {
        let scene = Scene::at(&desk).await;
        scene.site.shows("/page", &scene.good());
        let (partner, article) =
            (scene.echo.id.parse().unwrap(), scene.story["id"].as_str().unwrap().parse().unwrap());
        let url = scene.site.url("/page");
        let plan = move |tx: &mut wiredesk::db::Tx<'_>| checks::follow(tx, partner, article, &url);
        desk.app().db.write(Actor::system(), plan).await.unwrap();
        let looks = || scene.site.asked().iter().filter(|path| *path == "/page").count();
        for (seconds, times) in
            [(0, 1), (3_599, 1), (1, 2), (23 * 3_600, 3), (6 * 24 * 3_600, 4), (86_400, 4)]
        {
            desk.pass(seconds);
            desk.keeps_time();
            assert_eq!(looks(), times, "after {seconds} s more");
        }
        let done =
            desk.app().db.read(move |snapshot| checks::last_done(snapshot, partner, article)).await.unwrap();
        assert_eq!(done.len(), 4);
        assert!(done.iter().all(|done| done.passed && done.source == checks::Source::Fetched));
    }
}
