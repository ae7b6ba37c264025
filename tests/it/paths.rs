//! Templates, paths and canonical URLs.
#![allow(clippy::unwrap_used)]

use wiredesk::articles::paths::{
    Kind, PathFacts, PathFault, Template, canonical_url, own_canonical, parse_path, url,
};
use wiredesk::db::types::Stamp;

fn facts() -> PathFacts<'static> {
    PathFacts {
        slug: "tide",
        id: "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f",
        section_path: "harbour",
        first_published_at: Stamp::parse("2026-01-01T03:00:00Z").unwrap(),
        zone: chrono_tz::America::New_York,
    }
}

fn path(kind: Kind, template: &str) -> Result<String, PathFault> {
    Template::parse(kind, template).map(|template| template.path(&facts()))
}

#[test]
fn a_path_holds_the_year_and_month_of_the_publications_timezone() {
    assert_eq!(path(Kind::Article, "/{section}/{yyyy}/{mm}/{slug}").as_deref(), Ok("/harbour/2025/12/tide"));
    assert_eq!(path(Kind::Article, "/{slug}/").as_deref(), Ok("/tide/"));
    assert_eq!(
        path(Kind::Article, "/a-{id}.html").as_deref(),
        Ok("/a-01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f.html")
    );
}

#[test]
fn every_default_template_is_a_good_one() {
    for kind in [Kind::Article, Kind::Section, Kind::Tag, Kind::Author, Kind::Series] {
        assert_eq!(Template::parse(kind, kind.default_template()).unwrap(), Template::default_of(kind));
    }
    let section = PathFacts { section_path: "culture/music", ..facts() };
    assert_eq!(Template::default_of(Kind::Section).path(&section), "/culture/music");
}

#[test]
fn a_template_that_cannot_make_good_paths_is_refused() {
    let cases = [
        ("{slug}", PathFault::NoSlash),
        ("/{yyyy}/{mm}", PathFault::NotUnique),
        ("/{section}", PathFault::NotUnique),
        ("/{title}", PathFault::Unknown("title".into())),
        ("/{slug", PathFault::Brace),
        ("/slug}/{slug}", PathFault::Brace),
        ("//{slug}", PathFault::EmptySegment),
        ("/../{slug}", PathFault::DotSegment),
        ("/%2e%2E/{slug}", PathFault::DotSegment),
        ("/{slug}?x=1", PathFault::Character('?')),
        ("/a b/{slug}", PathFault::Character(' ')),
        ("/{slug}%", PathFault::Encoding),
        ("/{slug}\r\n", PathFault::Character('\r')),
    ];
    for (template, fault) in cases {
        assert_eq!(path(Kind::Article, template), Err(fault), "{template}");
    }
    assert_eq!(path(Kind::Tag, "/{section}/{slug}"), Err(PathFault::Unknown("section".into())));
}

#[test]
fn a_path_has_one_stored_form() {
    let stored = "/%D7%A0%D7%9E%D7%9C/caf%C3%A9-a&b";
    for written in ["/נמל/café-a&b", "/נמל/cafe\u{301}-a&b", "/%d7%a0%D7%9E%D7%9C/caf%C3%A9-a%26b"] {
        assert_eq!(parse_path(written).as_deref(), Ok(stored), "{written}");
    }
    assert_eq!(parse_path(stored).as_deref(), Ok(stored));
    assert_eq!(parse_path("/a%2Fb"), Err(PathFault::EmptySegment));
    assert_eq!(parse_path("/a\\b"), Err(PathFault::EmptySegment));
    assert_eq!(parse_path("/%ff"), Err(PathFault::Encoding));
    assert_eq!(parse_path(&format!("/{}", "x".repeat(600))), Err(PathFault::TooLong));
}

#[test]
fn a_url_is_the_base_and_the_path() {
    assert_eq!(url("https://Courier.example/", "/harbour/tide"), "https://courier.example/harbour/tide");
    assert_eq!(url("https://courier.example/news", "/tide"), "https://courier.example/news/tide");
}

#[test]
fn a_canonical_url_of_our_own_story_is_dropped_or_refused() {
    let own = "https://courier.example/harbour/tide";
    for given in [
        own,
        "http://courier.example/harbour/tide",
        "https://COURIER.example/harbour/tide/",
        "https://courier.example/harbour/tide?utm=1",
        "HTTPS://courier.example:443/harbour/tide/?a=b",
    ] {
        assert_eq!(own_canonical(given, own), Ok(None), "{given}");
    }
    for given in [
        "https://other.example/harbour/tide",
        "https://courier.example/harbour/Tide",
        "https://courier.example/harbour",
        "https://courier.example:8443/harbour/tide",
        "ftp://courier.example/harbour/tide",
        "/harbour/tide",
        "",
    ] {
        assert!(own_canonical(given, own).is_err(), "{given}");
    }
}

#[test]
fn a_story_of_another_origin_has_its_canonical_there_where_known() {
    assert_eq!(
        canonical_url("https://a.example/1", false, Some("https://o.example/2")),
        "https://o.example/2"
    );
    assert_eq!(canonical_url("https://a.example/1", false, None), "https://a.example/1");
    assert_eq!(
        canonical_url("https://a.example/1", true, Some("https://o.example/2")),
        "https://a.example/1"
    );
}
