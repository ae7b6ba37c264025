//! The publication's settings as JSON, in and out.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::addresses::{ArticlePath, AuthorPath, BaseUrl, MenuUrl, SectionPath, SeriesPath, TagPath};
use crate::fields::{Email, Faults, Locale, Name, Number, Text, Timezone, WebUrl};
use crate::publication::{Contact, MachineUse, NavigationItem, NoticeHours, PublisherSettings, Settings};

/// What the publication says about itself.
#[derive(Serialize, ToSchema)]
#[schema(as = Publication)]
pub struct PublicationView {
    /// The name.
    #[schema(example = "The Courier")]
    pub name: String,
    /// The address of the publication's site, without a final slash.
    #[schema(example = "https://courier.example")]
    pub base_url: String,
    /// Template of a story's path: `{slug} {id} {section} {yyyy} {mm}`.
    #[schema(example = "/{slug}")]
    pub article_path: String,
    /// Template of a section's path: `{path} {slug} {id}`.
    #[schema(example = "/{path}")]
    pub section_path: String,
    /// Template of a tag's path: `{slug} {id}`.
    #[schema(example = "/tag/{slug}")]
    pub tag_path: String,
    /// Template of an author's path: `{slug} {id}`.
    #[schema(example = "/author/{slug}")]
    pub author_path: String,
    /// Template of a series' path: `{slug} {id}`.
    #[schema(example = "/series/{slug}")]
    pub series_path: String,
    /// The main language (BCP 47).
    #[schema(example = "en")]
    pub locale: String,
    /// All languages (BCP 47); the main one is among them.
    #[schema(example = json!(["en", "pt-PT"]))]
    pub locales: Vec<String>,
    /// Timezone of years and months in paths (IANA).
    #[schema(example = "Europe/Lisbon")]
    pub timezone: String,
    /// Address of the logo.
    #[schema(example = "https://media.courier.example/logo.svg")]
    pub logo: Option<String>,
    /// Whom to write to about republishing.
    pub contact: Option<Contact>,
    /// Where the rules of republishing stand.
    #[schema(example = "https://courier.example/republish")]
    pub guidelines_url: Option<String>,
    /// The licence that republished stories run under; null where the guidelines alone say it.
    #[schema(example = "https://creativecommons.org/licenses/by-nd/4.0/")]
    pub license_url: Option<String>,
    /// How long partners have for what a notice asks.
    pub notice_due_hours: NoticeHours,
    /// Whether a partner with an overdue notice is suspended.
    #[schema(example = false)]
    pub suspend_overdue: bool,
    /// What machines may do with the stories, as TDMRep, RSL and the headers of packages say it.
    pub machine_use: MachineUse,
    /// The credit under a republished story; `{publication}` stands for the name.
    #[schema(example = "This story was originally published by {publication}.")]
    pub credit_line: String,
    /// The version of the terms that partners accept.
    #[schema(example = "1")]
    pub terms_version: String,
    /// Whether a picture without alternative text stops publication.
    #[schema(example = false)]
    pub require_alt: bool,
    /// The person who answers for the publication.
    pub publisher: Option<PublisherSettings>,
    /// The site's menu, in order.
    pub navigation: Vec<NavigationItem>,
}

/// The whole of what the settings are changed to; what is null or left out is the default.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct SettingsInput {
    /// The name, 1-200 characters.
    #[schema(inline, example = "The Courier")]
    pub name: Name<200>,
    /// The address of the publication's site, http or https; a final slash is dropped.
    #[schema(inline)]
    pub base_url: BaseUrl,
    /// Template of a story's path: `{slug} {id} {section} {yyyy} {mm}`, with `{slug}` or `{id}`.
    /// Default `/{slug}`. Stories that are live keep the address that they have.
    #[deserr(default)]
    #[schema(inline)]
    pub article_path: Option<ArticlePath>,
    /// Template of a section's path: `{path} {slug} {id}`, with one of them. Default `/{path}`.
    #[deserr(default)]
    #[schema(inline)]
    pub section_path: Option<SectionPath>,
    /// Template of a tag's path: `{slug} {id}`, with one of them. Default `/tag/{slug}`.
    #[deserr(default)]
    #[schema(inline)]
    pub tag_path: Option<TagPath>,
    /// Template of an author's path: `{slug} {id}`, with one of them. Default `/author/{slug}`.
    #[deserr(default)]
    #[schema(inline)]
    pub author_path: Option<AuthorPath>,
    /// Template of a series' path: `{slug} {id}`, with one of them. Default `/series/{slug}`.
    #[deserr(default)]
    #[schema(inline)]
    pub series_path: Option<SeriesPath>,
    /// The main language (BCP 47). Default `en`.
    #[deserr(default)]
    #[schema(inline)]
    pub locale: Option<Locale>,
    /// All languages (BCP 47); the main one need not be named. Default: the main one alone.
    #[deserr(default)]
    #[schema(inline, example = json!(["en", "pt-PT"]))]
    pub locales: Option<Vec<Locale>>,
    /// Timezone of years and months in paths (IANA). Default `UTC`.
    #[deserr(default)]
    #[schema(inline)]
    pub timezone: Option<Timezone>,
    /// Address of the logo.
    #[deserr(default)]
    #[schema(inline, example = "https://media.courier.example/logo.svg")]
    pub logo: Option<WebUrl>,
    /// Whom to write to about republishing.
    #[deserr(default)]
    pub contact: Option<ContactInput>,
    /// Where the rules of republishing stand.
    #[deserr(default)]
    #[schema(inline, example = "https://courier.example/republish")]
    pub guidelines_url: Option<WebUrl>,
    /// The licence that republished stories run under.
    #[deserr(default)]
    #[schema(inline, example = "https://creativecommons.org/licenses/by-nd/4.0/")]
    pub license_url: Option<WebUrl>,
    /// What machines may do with the stories.
    #[deserr(default)]
    pub machine_use: Option<MachineUseInput>,
    /// How long partners have for what a notice asks.
    #[deserr(default)]
    pub notice_due_hours: Option<NoticeHoursInput>,
    /// Whether a partner with an overdue notice is suspended. Default false.
    #[deserr(default)]
    #[schema(example = false)]
    pub suspend_overdue: Option<bool>,
    /// The credit under a republished story, 1-500 characters; `{publication}` stands for the name.
    #[deserr(default)]
    #[schema(inline, example = "This story was originally published by {publication}.")]
    pub credit_line: Option<Name<500>>,
    /// The version of the terms that partners accept, 1-50 characters. Default `1`.
    #[deserr(default)]
    #[schema(inline, example = "1")]
    pub terms_version: Option<Name<50>>,
    /// Whether a picture without alternative text stops publication. Default false.
    #[deserr(default)]
    #[schema(example = false)]
    pub require_alt: Option<bool>,
    /// The person who answers for the publication.
    #[deserr(default)]
    pub publisher: Option<PublisherInput>,
    /// The site's menu, in order.
    #[deserr(default)]
    pub navigation: Option<Vec<NavigationInput>>,
}

/// Whom to write to.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ContactInput {
    /// The address.
    #[schema(inline)]
    pub email: Email,
    /// The subject line that is asked for, at most 200 characters.
    #[deserr(default)]
    #[schema(inline, example = "republish")]
    pub subject: Option<Text<200>>,
}

/// How many hours partners have for what a notice asks.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct NoticeHoursInput {
    /// To take a retracted story, or one with a correction of severity `kill`, off: 1-720. Default 24.
    #[deserr(default)]
    #[schema(inline, nullable = false, example = 24)]
    pub kill: Option<Number<1, 720>>,
    /// To run a substantive correction: 1-720. Default 72.
    #[deserr(default)]
    #[schema(inline, nullable = false, example = 72)]
    pub correction: Option<Number<1, 720>>,
}

impl From<NoticeHoursInput> for NoticeHours {
    fn from(input: NoticeHoursInput) -> Self {
        let usual = NoticeHours::default();
        let hours = |sent: Option<Number<1, 720>>, usual: u16| {
            sent.and_then(|sent| u16::try_from(sent.0).ok()).unwrap_or(usual)
        };
        NoticeHours {
            kill: hours(input.kill, usual.kill),
            correction: hours(input.correction, usual.correction),
        }
    }
}

/// What machines may do with the stories; of what is null or left out nothing is said.
#[derive(Default, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct MachineUseInput {
    /// Whether text and data mining is reserved (TDMRep).
    #[deserr(default)]
    #[schema(example = true)]
    pub tdm_reservation: Option<bool>,
    /// The policy under which mining is licensed.
    #[deserr(default)]
    #[schema(inline, example = "https://courier.example/mining")]
    pub tdm_policy_url: Option<WebUrl>,
    /// Whether search engines may index them.
    #[deserr(default)]
    #[schema(example = true)]
    pub search: Option<bool>,
    /// Whether a model may be handed them to answer from.
    #[deserr(default)]
    #[schema(example = false)]
    pub ai_input: Option<bool>,
    /// Whether models may be trained on them.
    #[deserr(default)]
    #[schema(example = false)]
    pub ai_train: Option<bool>,
}

/// The person who answers for the publication.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PublisherInput {
    /// The name, 1-200 characters.
    #[schema(inline, example = "Tomé Vidal")]
    pub name: Name<200>,
    /// The office, at most 200 characters.
    #[deserr(default)]
    #[schema(inline, example = "Publisher")]
    pub role: Option<Text<200>>,
}

/// An entry of the site's menu.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct NavigationInput {
    /// What it says, 1-200 characters.
    #[schema(inline, example = "Harbour")]
    pub label: Name<200>,
    /// Where it leads: a path on the site that begins with `/`, or an http(s) address.
    #[schema(inline)]
    pub url: MenuUrl,
}

impl PublicationView {
    /// The settings as they are shown.
    pub fn new(settings: Settings) -> Self {
        let locales = settings.all_locales().into_iter().map(str::to_owned).collect();
        PublicationView {
            name: settings.name,
            base_url: settings.base_url,
            article_path: settings.article_path,
            section_path: settings.section_path,
            tag_path: settings.tag_path,
            author_path: settings.author_path,
            series_path: settings.series_path,
            locale: settings.locale,
            locales,
            timezone: settings.timezone,
            logo: settings.logo,
            contact: settings.contact,
            guidelines_url: settings.guidelines_url,
            license_url: settings.license_url,
            machine_use: settings.machine_use,
            notice_due_hours: settings.notice_due_hours,
            suspend_overdue: settings.suspend_overdue,
            credit_line: settings.credit_line,
            terms_version: settings.terms_version,
            require_alt: settings.require_alt,
            publisher: settings.publisher,
            navigation: settings.navigation,
        }
    }
}

impl From<SettingsInput> for Settings {
    fn from(input: SettingsInput) -> Self {
        let unset = Settings::default();
        let contact = input.contact.map(|contact| Contact {
            email: contact.email.0,
            subject: contact.subject.and_then(Text::filled),
        });
        let publisher = input.publisher.map(|publisher| PublisherSettings {
            name: publisher.name.into_string(),
            role: publisher.role.and_then(Text::filled),
        });
        let navigation = input
            .navigation
            .unwrap_or_default()
            .into_iter()
            .map(|item| NavigationItem { label: item.label.into_string(), url: item.url.0 });
        Settings {
            name: input.name.into_string(),
            base_url: input.base_url.0,
            article_path: input.article_path.map_or(unset.article_path, |path| path.0),
            section_path: input.section_path.map_or(unset.section_path, |path| path.0),
            tag_path: input.tag_path.map_or(unset.tag_path, |path| path.0),
            author_path: input.author_path.map_or(unset.author_path, |path| path.0),
            series_path: input.series_path.map_or(unset.series_path, |path| path.0),
            locale: input.locale.map_or(unset.locale, Locale::into_string),
            locales: each_once(input.locales.unwrap_or_default()),
            timezone: input.timezone.map_or(unset.timezone, Timezone::into_string),
            logo: input.logo.map(WebUrl::into_string),
            contact,
            guidelines_url: input.guidelines_url.map(WebUrl::into_string),
            license_url: input.license_url.map(WebUrl::into_string),
            machine_use: input.machine_use.unwrap_or_default().into(),
            notice_due_hours: input.notice_due_hours.map_or(unset.notice_due_hours, NoticeHours::from),
            suspend_overdue: input.suspend_overdue.unwrap_or(unset.suspend_overdue),
            credit_line: input.credit_line.map_or(unset.credit_line, Name::into_string),
            terms_version: input.terms_version.map_or(unset.terms_version, Name::into_string),
            require_alt: input.require_alt.unwrap_or(unset.require_alt),
            publisher,
            navigation: navigation.collect(),
        }
    }
}

impl From<MachineUseInput> for MachineUse {
    fn from(input: MachineUseInput) -> Self {
        let MachineUseInput { tdm_reservation, tdm_policy_url, search, ai_input, ai_train } = input;
        let tdm_policy_url = tdm_policy_url.map(WebUrl::into_string);
        MachineUse { tdm_reservation, tdm_policy_url, search, ai_input, ai_train }
    }
}

fn each_once(locales: Vec<Locale>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for locale in locales {
        if !once.iter().any(|known| known == locale.as_str()) {
            once.push(locale.into_string());
        }
    }
    once
}
