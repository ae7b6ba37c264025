//! The publication's site, as far as addresses go: what its templates make of slugs and paths.

use std::fmt::Display;

use chrono_tz::Tz;

use super::paths::{self, Kind, PathFacts, Read, Template};
use crate::db::types::Stamp;

/// What the addresses of a site are made by.
pub struct Templates<'a> {
    /// The address of the site, without a final slash.
    pub base_url: &'a str,
    /// IANA timezone of years and months in paths.
    pub timezone: &'a str,
    /// Paths of stories.
    pub article: &'a str,
    /// Paths of sections.
    pub section: &'a str,
    /// Paths of tags.
    pub tag: &'a str,
    /// Paths of authors.
    pub author: &'a str,
    /// Paths of series.
    pub series: &'a str,
}

/// Makes the addresses of what is public.
#[derive(Clone, Debug)]
pub struct Site {
    base_url: String,
    zone: Tz,
    article: Template,
    section: Template,
    tag: Template,
    author: Template,
    series: Template,
}

impl Site {
    /// The site by these templates. They were checked when they were saved.
    pub fn new(templates: &Templates) -> Self {
        let template =
            |kind, text: &str| Template::parse(kind, text).unwrap_or_else(|_| Template::default_of(kind));
        Site {
            base_url: templates.base_url.to_owned(),
            zone: templates.timezone.parse().unwrap_or(Tz::UTC),
            article: template(Kind::Article, templates.article),
            section: template(Kind::Section, templates.section),
            tag: template(Kind::Tag, templates.tag),
            author: template(Kind::Author, templates.author),
            series: template(Kind::Series, templates.series),
        }
    }

    /// The path of a story under its section, first published at an instant.
    pub fn article_path(
        &self,
        slug: &str,
        id: impl Display,
        section_path: &str,
        first_published_at: Stamp,
    ) -> String {
        self.path(&self.article, slug, id, section_path, first_published_at)
    }

    /// The address of a section's page.
    pub fn section(&self, slug: &str, id: impl Display, section_path: &str) -> String {
        self.url(&self.path(&self.section, slug, id, section_path, Stamp(0)))
    }

    /// The address of a tag's page.
    pub fn tag(&self, slug: &str, id: impl Display) -> String {
        self.url(&self.path(&self.tag, slug, id, "", Stamp(0)))
    }

    /// The address of an author's page.
    pub fn author(&self, slug: &str, id: impl Display) -> String {
        self.url(&self.path(&self.author, slug, id, "", Stamp(0)))
    }

    /// The address of a series' page.
    pub fn series(&self, slug: &str, id: impl Display) -> String {
        self.url(&self.path(&self.series, slug, id, "", Stamp(0)))
    }

    /// A link as readers follow it: a path becomes its address on the publication's site.
    pub fn link(&self, link: &str) -> String {
        if link.starts_with('/') { self.url(link) } else { link.to_owned() }
    }

    /// The address of a path on the publication's site.
    pub fn url(&self, path: &str) -> String {
        paths::url(&self.base_url, path)
    }

    /// What a path could be the address of, the likeliest first.
    pub fn read(&self, path: &str) -> Vec<(Kind, Read)> {
        let templates = [
            (Kind::Section, &self.section),
            (Kind::Tag, &self.tag),
            (Kind::Author, &self.author),
            (Kind::Series, &self.series),
            (Kind::Article, &self.article),
        ];
        let read = templates.into_iter().map(|(kind, template)| (kind, template.read(path)));
        read.filter_map(|(kind, read)| Some((kind, read?))).collect()
    }

    fn path(
        &self,
        template: &Template,
        slug: &str,
        id: impl Display,
        section_path: &str,
        first: Stamp,
    ) -> String {
        let id = id.to_string();
        template.path(&PathFacts { slug, id: &id, section_path, first_published_at: first, zone: self.zone })
    }
}
