//! Open Graph of a story: the link preview.
//!
//! The names are those of ogp.me, of Twitter's cards and of Mastodon's `fediverse:creator`; each
//! member is the content of the `meta` tag of its name, a list that of several tags.

use super::facts::Story;
use super::views::OpenGraph;

/// The link preview of a story.
pub(super) fn of(story: &Story<'_>, title: &str, description: Option<&str>) -> OpenGraph {
    let article = &story.article;
    let image = story.lead_image.as_ref();
    OpenGraph {
        kind: "article",
        title: title.to_owned(),
        description: description.map(str::to_owned),
        url: article.canonical_url.to_owned(),
        site_name: story.publication.name.to_owned(),
        locale: locale(article.locale),
        image: image.map(|image| image.url.to_owned()),
        image_width: image.and_then(|image| image.width),
        image_height: image.and_then(|image| image.height),
        image_alt: image.and_then(|image| image.alt).map(str::to_owned),
        published_time: article.first_published_at,
        modified_time: article.updated_at,
        author: story.authors.iter().map(|author| author.url.to_owned()).collect(),
        section: story.section.as_ref().map(|section| section.name.to_owned()),
        tag: story.tags.iter().map(|tag| tag.name.to_owned()).collect(),
        card: if image.is_some() { "summary_large_image" } else { "summary" },
        creator: story.authors.iter().filter_map(|author| author.fediverse).map(str::to_owned).collect(),
    }
}

/// A locale as Open Graph writes it: language and country, as `he_IL`. A language without a
/// country gets the one where most of its readers live, one that we do not know stands alone.
pub fn locale(tag: &str) -> String {
    let mut subtags = tag.split('-');
    let language = subtags.next().unwrap_or_default().to_ascii_lowercase();
    let rest: Vec<&str> = subtags.collect();
    if let Some(country) =
        rest.iter().find(|subtag| subtag.len() == 2 && subtag.bytes().all(|b| b.is_ascii_alphabetic()))
    {
        return format!("{language}_{}", country.to_ascii_uppercase());
    }
    let traditional = rest.iter().any(|subtag| subtag.eq_ignore_ascii_case("Hant"));
    let country = match language.as_str() {
        "ar" => "AR",
        "cs" => "CZ",
        "da" => "DK",
        "el" => "GR",
        "en" => "US",
        "fa" => "IR",
        "he" => "IL",
        "hi" => "IN",
        "ja" => "JP",
        "ko" => "KR",
        "nb" => "NO",
        "sv" => "SE",
        "uk" => "UA",
        "yi" => "DE",
        "zh" if traditional => "TW",
        "zh" => "CN",
        "de" | "es" | "fi" | "fr" | "hu" | "it" | "nl" | "pl" | "pt" | "ro" | "ru" | "tr" => {
            return format!("{language}_{}", language.to_ascii_uppercase());
        }
        _ => return language,
    };
    format!("{language}_{country}")
}

/// The account of an author as `fediverse:creator` names it, `user@host`, from the address of a
/// profile such as `https://social.example/@user`.
pub fn fediverse_account(profile: &str) -> Option<String> {
    let url = url::Url::parse(profile).ok().filter(|url| url.scheme() == "https")?;
    let user = url.path().strip_prefix("/@")?.trim_end_matches('/');
    let plain = !user.is_empty()
        && user.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
    plain.then(|| format!("{user}@{}", url.host_str().unwrap_or_default()))
}
