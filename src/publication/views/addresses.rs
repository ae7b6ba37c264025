//! What the settings hold that decides addresses: the base URL, the templates, links of the menu.

use deserr::Deserr;
use url::Url;
use utoipa::ToSchema;

use crate::articles::paths::{Kind, Template};
use crate::fields::{Faults, Rule, WebUrl};

/// An http(s) address without query and fragment; a final slash is dropped.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = BaseUrl::parse -> Rule)]
#[schema(value_type = String, format = Uri, example = "https://courier.example", max_length = 2000)]
pub struct BaseUrl(pub String);

impl BaseUrl {
    fn parse(text: String) -> Result<Self, Rule> {
        Rule::plain(&text, 2000)?;
        let url = WebUrl::parse(text.trim()).map_err(|rule| Rule("unsafe_url", rule.to_owned()))?;
        if url.as_str().contains(['?', '#']) {
            return Err(Rule::invalid("must have no query and no fragment"));
        }
        Ok(BaseUrl(url.as_str().trim_end_matches('/').to_owned()))
    }
}

/// A path on the publication's site that begins with `/`, or an http(s) address.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = MenuUrl::parse -> Rule)]
#[schema(value_type = String, example = "/harbour", min_length = 1, max_length = 2000)]
pub struct MenuUrl(pub String);

impl MenuUrl {
    fn parse(text: String) -> Result<Self, Rule> {
        Rule::plain(&text, 2000)?;
        let text = text.trim();
        if !text.starts_with('/') {
            let url = WebUrl::parse(text).map_err(|rule| Rule("unsafe_url", rule.to_owned()))?;
            return Ok(MenuUrl(url.into_string()));
        }
        // Browsers read `//host` and `/\host` as another site's address.
        let stays = !text.starts_with("//") && !text.contains('\\') && !text.contains(char::is_whitespace);
        let there = Url::parse("https://site.invalid").and_then(|site| site.join(text));
        if stays && there.is_ok_and(|url| url.host_str() == Some("site.invalid")) {
            Ok(MenuUrl(text.to_owned()))
        } else {
            Err(Rule("unsafe_url", "must be a path like /harbour, or an http or https URL".into()))
        }
    }
}

fn template(kind: Kind, text: String) -> Result<String, Rule> {
    Rule::plain(&text, 512)?;
    match Template::parse(kind, &text) {
        Ok(template) => Ok(template.as_str().to_owned()),
        Err(fault) => Err(Rule::invalid(fault.to_string())),
    }
}

/// Template of a story's path: `{slug} {id} {section} {yyyy} {mm}`, with `{slug}` or `{id}`.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = ArticlePath::parse -> Rule)]
#[schema(value_type = String, example = "/{yyyy}/{mm}/{slug}", max_length = 512)]
pub struct ArticlePath(pub String);

impl ArticlePath {
    fn parse(text: String) -> Result<Self, Rule> {
        template(Kind::Article, text).map(Self)
    }
}

/// Template of a section's path: `{path} {slug} {id}`, with one of them.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = SectionPath::parse -> Rule)]
#[schema(value_type = String, example = "/{path}", max_length = 512)]
pub struct SectionPath(pub String);

impl SectionPath {
    fn parse(text: String) -> Result<Self, Rule> {
        template(Kind::Section, text).map(Self)
    }
}

/// Template of a tag's path: `{slug} {id}`, with one of them.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = TagPath::parse -> Rule)]
#[schema(value_type = String, example = "/tag/{slug}", max_length = 512)]
pub struct TagPath(pub String);

impl TagPath {
    fn parse(text: String) -> Result<Self, Rule> {
        template(Kind::Tag, text).map(Self)
    }
}

/// Template of an author's path: `{slug} {id}`, with one of them.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = AuthorPath::parse -> Rule)]
#[schema(value_type = String, example = "/author/{slug}", max_length = 512)]
pub struct AuthorPath(pub String);

impl AuthorPath {
    fn parse(text: String) -> Result<Self, Rule> {
        template(Kind::Author, text).map(Self)
    }
}

/// Template of a series' path: `{slug} {id}`, with one of them.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = SeriesPath::parse -> Rule)]
#[schema(value_type = String, example = "/series/{slug}", max_length = 512)]
pub struct SeriesPath(pub String);

impl SeriesPath {
    fn parse(text: String) -> Result<Self, Rule> {
        template(Kind::Series, text).map(Self)
    }
}
