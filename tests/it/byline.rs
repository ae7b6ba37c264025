//! The printed byline and date.
#![allow(clippy::unwrap_used)]

use wiredesk::articles::byline::{Role, byline};
use wiredesk::articles::printed_date::printed_date;
use wiredesk::db::types::Stamp;

fn by(locale: &str, names: &[&str]) -> Option<String> {
    byline(locale, names.iter().map(|name| (Role::Author, *name)))
}

#[test]
fn one_two_and_three_authors_read_as_printed() {
    assert_eq!(by("en", &["Ana"]).as_deref(), Some("By Ana"));
    assert_eq!(by("en", &["Ana", "Bo"]).as_deref(), Some("By Ana and Bo"));
    assert_eq!(by("en", &["Ana", "Bo", "Cy"]).as_deref(), Some("By Ana, Bo and Cy"));
}

#[test]
fn each_language_of_the_table_has_its_form() {
    let cases = [
        ("en-GB", "By Ana, Bo and Cy"),
        ("he", "מאת Ana, Bo ו-Cy"),
        ("iw-IL", "מאת Ana, Bo ו-Cy"),
        ("ar", "بقلم Ana وBo وCy"),
        ("fr", "Par Ana, Bo et Cy"),
        ("es", "Por Ana, Bo y Cy"),
        ("de-AT", "Von Ana, Bo und Cy"),
        ("ru", "Авторы: Ana, Bo и Cy"),
        ("zh-Hant", "作者：Ana、Bo和Cy"),
        ("ja", "文：Ana、Bo、Cy"),
        ("pt", "Ana, Bo, Cy"),
    ];
    for (locale, printed) in cases {
        assert_eq!(by(locale, &["Ana", "Bo", "Cy"]).as_deref(), Some(printed), "{locale}");
    }
    assert_eq!(by("ru", &["Ana"]).as_deref(), Some("Автор: Ana"));
    assert_eq!(by("sv", &["Ana"]).as_deref(), Some("Ana"));
}

#[test]
fn hebrew_and_is_joined_to_a_hebrew_name() {
    assert_eq!(by("he", &["דנה", "רון"]).as_deref(), Some("מאת דנה ורון"));
}

#[test]
fn spanish_and_changes_before_the_sound_i() {
    assert_eq!(by("es", &["Ana", "Irene"]).as_deref(), Some("Por Ana e Irene"));
    assert_eq!(by("es", &["Ana", "Hilda"]).as_deref(), Some("Por Ana e Hilda"));
    assert_eq!(by("es", &["Ana", "Hierro"]).as_deref(), Some("Por Ana y Hierro"));
    assert_eq!(by("es", &["Ana", "Yago"]).as_deref(), Some("Por Ana y Yago"));
}

#[test]
fn only_authors_are_in_the_byline() {
    let credits =
        [(Role::Photographer, "Pia"), (Role::Author, "Ana"), (Role::Editor, "Ed"), (Role::Author, " Bo ")];
    assert_eq!(byline("en", credits).as_deref(), Some("By Ana and Bo"));
    assert_eq!(byline("en", [(Role::Photographer, "Pia"), (Role::Translator, "Tom")]), None);
    assert_eq!(byline("en", []), None);
}

#[test]
fn a_date_is_printed_in_the_storys_language_and_the_publications_day() {
    let at = Stamp::parse("2026-05-01T02:30:00Z").unwrap();
    let zone = chrono_tz::America::New_York;
    for (locale, printed) in [
        ("en", "April 30, 2026"),
        ("he", "30 באפריל 2026"),
        ("fr", "30 avril 2026"),
        ("es", "30 de abril de 2026"),
        ("de", "30. April 2026"),
        ("ru", "30 апреля 2026"),
        ("ja", "2026年4月30日"),
        ("pt", "2026-04-30"),
    ] {
        assert_eq!(printed_date(at, zone, locale), printed);
    }
    assert_eq!(printed_date(at, chrono_tz::UTC, "fr"), "1er mai 2026");
}
