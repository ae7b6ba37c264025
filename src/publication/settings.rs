//! What a publication says about itself.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::articles::site::{Site, Templates};

/// The settings of the publication, as they are stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The name.
    pub name: String,
    /// The address of the publication's site, without a final slash.
    pub base_url: String,
    /// Template of a story's path.
    pub article_path: String,
    /// Template of a section's path.
    pub section_path: String,
    /// Template of a tag's path.
    pub tag_path: String,
    /// Template of an author's path.
    pub author_path: String,
    /// Template of a series' path.
    pub series_path: String,
    /// The main language, BCP 47.
    pub locale: String,
    /// All languages; empty means the main one alone.
    pub locales: Vec<String>,
    /// IANA timezone.
    pub timezone: String,
    /// Address of the logo.
    pub logo: Option<String>,
    /// Whom to write to about republishing.
    pub contact: Option<Contact>,
    /// Where the rules of republishing stand.
    pub guidelines_url: Option<String>,
    /// The licence that republished stories run under.
    pub license_url: Option<String>,
    /// What machines may do with the stories.
    pub machine_use: MachineUse,
    /// The credit under a republished story; `{publication}` stands for the name.
    pub credit_line: String,
    /// The version of the terms that partners accept.
    pub terms_version: String,
    /// How long partners have for what a notice asks.
    pub notice_due_hours: NoticeHours,
    /// Whether a partner with an overdue notice is suspended.
    pub suspend_overdue: bool,
    /// Whether a picture without alternative text stops publication.
    pub require_alt: bool,
    /// The person who answers for it.
    pub publisher: Option<PublisherSettings>,
    /// The site's menu.
    pub navigation: Vec<NavigationItem>,
}

/// Whom to write to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    /// The address.
    #[schema(example = "republish@courier.example")]
    pub email: String,
    /// The subject line that is asked for.
    #[schema(example = "republish")]
    pub subject: Option<String>,
}

/// What machines may do with the stories; of what is null nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct MachineUse {
    /// Whether text and data mining is reserved (TDMRep).
    #[schema(example = true)]
    pub tdm_reservation: Option<bool>,
    /// The policy under which mining is licensed.
    #[schema(example = "https://courier.example/mining")]
    pub tdm_policy_url: Option<String>,
    /// Whether search engines may index them.
    #[schema(example = true)]
    pub search: Option<bool>,
    /// Whether a model may be handed them to answer from.
    #[schema(example = false)]
    pub ai_input: Option<bool>,
    /// Whether models may be trained on them.
    #[schema(example = false)]
    pub ai_train: Option<bool>,
}

/// How many hours partners have for what a notice asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NoticeHours {
    /// To take a retracted story, or one with a correction of severity `kill`, off.
    #[schema(example = 24)]
    pub kill: u16,
    /// To run a substantive correction.
    #[schema(example = 72)]
    pub correction: u16,
}

impl Default for NoticeHours {
    fn default() -> Self {
        NoticeHours { kill: 24, correction: 72 }
    }
}

/// The person who answers for the publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Publisher)]
pub struct PublisherSettings {
    /// The name.
    #[schema(example = "Tomé Vidal")]
    pub name: String,
    /// The office.
    #[schema(example = "Publisher")]
    pub role: Option<String>,
}

/// An entry of the site's menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NavigationItem {
    /// What it says.
    #[schema(example = "Harbour")]
    pub label: String,
    /// Where it leads.
    #[schema(example = "https://courier.example/harbour")]
    pub url: String,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            name: "Newsroom".into(),
            base_url: "http://localhost".into(),
            article_path: "/{slug}".into(),
            section_path: "/{path}".into(),
            tag_path: "/tag/{slug}".into(),
            author_path: "/author/{slug}".into(),
            series_path: "/series/{slug}".into(),
            locale: "en".into(),
            locales: Vec::new(),
            timezone: "UTC".into(),
            logo: None,
            contact: None,
            guidelines_url: None,
            license_url: None,
            machine_use: MachineUse::default(),
            credit_line: "This story was originally published by {publication}.".into(),
            terms_version: "1".into(),
            notice_due_hours: NoticeHours::default(),
            suspend_overdue: false,
            require_alt: false,
            publisher: None,
            navigation: Vec::new(),
        }
    }
}

impl Settings {
    /// The site, as far as addresses go.
    pub fn site(&self) -> Site {
        Site::new(&Templates {
            base_url: &self.base_url,
            timezone: &self.timezone,
            article: &self.article_path,
            section: &self.section_path,
            tag: &self.tag_path,
            author: &self.author_path,
            series: &self.series_path,
        })
    }

    /// The languages of the publication; the main one is always among them.
    pub fn all_locales(&self) -> Vec<&str> {
        let mut locales: Vec<&str> = self.locales.iter().map(String::as_str).collect();
        if !locales.contains(&self.locale.as_str()) {
            locales.insert(0, &self.locale);
        }
        locales
    }
}
