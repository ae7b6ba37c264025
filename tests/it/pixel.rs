//! The pixel: its token, and its hits by class.
#![allow(clippy::unwrap_used)]

use diesel::prelude::*;
use proptest::prelude::*;
use serde_json::json;
use wiredesk::auth::secrets::Purpose;
use wiredesk::db::Actor;
use wiredesk::db::schema::pixel_hits;
use wiredesk::db::types::Id;
use wiredesk::republish::pixel::{GIF, MAX_LENGTH, Token};
use wiredesk::rights::Channel;

use crate::harness::{Answer, Call, Desk, desks};

#[derive(Debug)]
struct Story;
#[derive(Debug)]
struct Partner;

const KEY: [u8; 32] = [7; 32];

#[test]
fn the_gif_is_43_bytes_of_one_pixel() {
    assert_eq!(GIF.len(), 43);
    assert!(GIF.starts_with(b"GIF89a\x01\x00\x01\x00") && GIF.ends_with(b"\x3b"));
}

#[test]
fn a_token_of_another_key_is_none_of_ours() {
    let token = Token::new::<Story, Partner>(&Id::new(), 3, None, Channel::Web).encode(&KEY);
    assert!(Token::decode(&token, &KEY).is_some());
    assert_eq!(Token::decode(&token, &[8; 32]), None);
}

#[test]
fn nonsense_is_no_token() {
    for text in ["", "a", "..%2F..%2Fx", "!!!!", &"A".repeat(5000), &"A".repeat(MAX_LENGTH)] {
        assert_eq!(Token::decode(text, &KEY), None);
    }
}

proptest! {
    #[test]
    fn a_token_reads_back_as_it_was(version in any::<u32>(), partnered in any::<bool>(), at in 0usize..7) {
        let (story, partner) = (Id::<Story>::new(), partnered.then(Id::<Partner>::new));
        let token = Token::new(&story, version, partner.as_ref(), Channel::ALL[at]);
        let text = token.encode(&KEY);
        prop_assert!(text.len() <= MAX_LENGTH);
        let read = Token::decode(&text, &KEY).unwrap();
        prop_assert_eq!(read.article::<Story>(), story);
        prop_assert_eq!(read.version(), version);
        prop_assert_eq!(read.partner::<Partner>(), partner);
        prop_assert_eq!(read.channel(), Channel::ALL[at]);
    }

    #[test]
    fn whatever_is_sent_is_read_without_harm(text in ".{0,120}", bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        use base64::Engine;
        let encoded = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
        prop_assert_eq!((Token::decode(&text, &KEY), Token::decode(&encoded, &KEY)), (None, None));
    }

    #[test]
    fn one_changed_character_makes_it_none_of_ours(at in any::<prop::sample::Index>(), other in "[A-Za-z0-9_=.+/-]") {
        let text = Token::new(&Id::<Story>::new(), 1, Some(&Id::<Partner>::new()), Channel::App).encode(&KEY);
        let at = at.index(text.len());
        let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
        prop_assume!(changed != text);
        prop_assert_eq!(Token::decode(&changed, &KEY), None);
        prop_assert_eq!(Token::decode(&text[..at], &KEY), None);
    }
}

const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// The path of the pixel in a package.
fn pixel_of(package: &Answer) -> String {
    let html = package.at("/data/pixel_html").as_str().unwrap().to_owned();
    let (_, rest) = html.split_once("https://api.courier.example").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// How many hits there are by class, in the order of the classes' names.
fn hits(desk: &Desk) -> Vec<(String, i64)> {
    desk.counts();
    let rows = desk.app().db.read_now(|snapshot| {
        let rows = pixel_hits::table.order((pixel_hits::class, pixel_hits::host));
        Ok(rows.select((pixel_hits::class, pixel_hits::count)).load(&mut **snapshot)?)
    });
    rows.unwrap()
}

fn one(class: &str, count: i64) -> (String, i64) {
    (class.to_owned(), count)
}

async fn hit(call: &Call<'_>, path: &str) {
    let answer = call.get(path).await.expect(200);
    assert_eq!(answer.bytes, GIF);
}

async fn package<'d>(desk: &'d Desk) -> (Call<'d>, Call<'d>, String) {
    let editor = desk.newsroom().await;
    editor.publishes(json!({"slug": "lamp"})).await;
    let partner = desk.partner("The Northern Echo").await;
    let pixel = pixel_of(&partner.get("/v1/articles/lamp/republish").await.expect(200));
    (editor, partner, pixel)
}

#[actix_web::test]
async fn ten_hits_are_told_apart_by_class() {
    for desk in desks() {
        let (_, partner, pixel) = package(&desk).await;
        let browser = |address: &str| desk.anyone().from(address).header("user-agent", BROWSER);
        for address in ["203.0.113.7", "203.0.113.8", "203.0.113.9", "203.0.113.7", "203.0.113.8"] {
            hit(&browser(address).header("referer", "https://Echo.example:8443/page"), &pixel).await;
        }
        for bot in ["Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8.5.0"] {
            hit(&desk.anyone().header("user-agent", bot), &pixel).await;
        }
        hit(&browser("203.0.113.1").header("sec-purpose", "prefetch;prerender"), &pixel).await;
        browser("203.0.113.2").head(&pixel).await.expect(200);
        hit(&browser("203.0.113.3").header("sec-gpc", "1"), &pixel).await;
        desk.anyone().act(&pixel).await.problem(405, "method_not_allowed");
        let told =
            [one("bot", 2), one("counted", 3), one("prefetch", 1), one("repeat", 2), one("undeduped", 1)];
        assert_eq!(hits(&desk), told);
        let placement = partner.get("/v1/syndication/placements").await.expect(200).at("/data/0");
        let wanted = json!({"counted": 3, "repeat": 2, "bot": 2, "prefetch": 1, "undeduped": 1});
        assert_eq!(placement["hits"], wanted);
        assert_eq!(placement["host"], "echo.example");
    }
}

#[actix_web::test]
async fn pix_01_a_token_that_is_none_of_ours_gets_the_same_image_and_is_not_counted() {
    for desk in desks() {
        let (_, _, pixel) = package(&desk).await;
        let good = desk.anyone().get(&pixel).await.expect(200);
        assert_eq!(hits(&desk), [one("counted", 1)]);
        let token = pixel.trim_start_matches("/p/").trim_end_matches(".gif");
        let flipped = if token.starts_with('A') { "B" } else { "A" };
        let forged = [
            format!("{flipped}{}", &token[1..]),
            String::new(),
            "x".repeat(5000),
            "..%2F..%2Fx".into(),
            "%ff%fe".into(),
        ];
        for token in forged {
            let answer = desk.anyone().get(&format!("/p/{token}.gif")).await.expect(200);
            assert_eq!(answer.bytes, good.bytes);
            for (name, value) in &good.headers {
                assert!(name == "x-request-id" || answer.headers.get(name) == Some(value), "{name}");
            }
        }
        assert_eq!(hits(&desk), [one("counted", 1)]);
    }
}

#[actix_web::test]
async fn pix_02_a_token_of_a_key_kept_for_pixels_is_counted_and_one_of_a_strange_key_is_not() {
    let (old, new) = (format!("k1:{}", "a".repeat(40)), format!("k2:{}", "b".repeat(40)));
    let desk = Desk::on_sqlite(&[("WIREDESK_SECRETS", &old)]);
    let (_, _, pixel) = package(&desk).await;
    let turned = desk.second_node(&[("WIREDESK_SECRETS", &format!("{new},{old}:pixel"))]);
    let kept = turned.app().auth.secrets.verifying_keys(Purpose::AccessToken).count();
    assert_eq!(kept, 1, "it verifies nothing else");
    hit(&turned.anyone(), &pixel).await;
    assert_eq!(hits(&turned), [one("counted", 1)]);
    let strange = desk.second_node(&[("WIREDESK_SECRETS", &new)]);
    hit(&strange.anyone(), &pixel).await;
    assert_eq!(hits(&strange), [one("counted", 1)]);
}

#[actix_web::test]
async fn pix_04_at_most_50_hosts_of_a_copy_are_kept_apart_in_an_hour() {
    for desk in desks() {
        let (_, _, pixel) = package(&desk).await;
        for number in 0..120 {
            let host = format!("https://h{number}.example/{}", "x".repeat(200));
            hit(&desk.anyone().header("referer", host).header("dnt", "1"), &pixel).await;
        }
        hit(&desk.anyone().header("referer", "https://[::1]/x y").header("dnt", "1"), &pixel).await;
        let rows = hits(&desk);
        assert_eq!(rows.len(), 51);
        assert_eq!(rows.iter().map(|(_, count)| count).sum::<i64>(), 121);
    }
}

#[actix_web::test]
async fn pix_05_what_cannot_be_written_is_written_when_the_database_is_back() {
    let desk = Desk::on_sqlite(&[]);
    let (_, _, pixel) = package(&desk).await;
    let statement = async |text: &'static str| {
        let done = desk
            .app()
            .db
            .write(Actor::system(), move |tx| Ok(diesel::sql_query(text).execute(&mut **tx).map(|_| ())?));
        done.await.unwrap();
    };
    statement("CREATE TRIGGER away BEFORE INSERT ON pixel_hits BEGIN SELECT RAISE(ABORT, 'no'); END").await;
    hit(&desk.anyone(), &pixel).await;
    assert!(desk.tries_to_count().is_err());
    hit(&desk.anyone(), &pixel).await;
    statement("DROP TRIGGER away").await;
    assert_eq!(hits(&desk), [one("counted", 1), one("repeat", 1)]);
    assert_eq!(hits(&desk), [one("counted", 1), one("repeat", 1)]);
}
