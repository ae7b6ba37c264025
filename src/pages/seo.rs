//! The head of a story's page, from what the rooms below know of it.

use crate::articles::Card;
use crate::articles::byline::Role;
use crate::articles::cards::ShortAuthor;
use crate::articles::site::Site;
use crate::articles::story::Access;
use crate::authors::Author;
use crate::body::Document;
use crate::db::Conn;
use crate::db::ids::OriginId;
use crate::error::Result;
use crate::publication::{self, Origin, Settings};
use crate::seo::open_graph::fediverse_account;
use crate::seo::{self, Seo};

/// Whether the description of a story is made of the first words of its body.
pub fn needs_body(card: &Card) -> bool {
    let filled = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    !(filled(&card.facts.seo.description) || filled(&card.summary) || filled(&card.standfirst))
}

/// The origins of stories that are not this publication's own.
pub fn origins(conn: &mut Conn, cards: &[Card]) -> Result<Vec<Origin>> {
    let ids: Vec<OriginId> =
        cards.iter().filter(|card| !card.origin.in_house).map(|card| card.origin.id).collect();
    if ids.is_empty() { Ok(Vec::new()) } else { publication::origins_by_ids(conn, &ids) }
}

/// What the head of a story's page is made of.
pub struct Facts<'a> {
    /// The story.
    pub card: &'a Card,
    /// Its body, where the description is made of it.
    pub body: Option<&'a Document>,
    /// The publication.
    pub settings: &'a Settings,
    /// Its site.
    pub site: &'a Site,
    /// Authors, among them the story's.
    pub authors: &'a [Author],
    /// Where the story comes from, where that is another publication.
    pub origin: Option<&'a Origin>,
}

impl Facts<'_> {
    /// The head.
    pub fn seo(&self) -> Seo {
        let card = self.card;
        let text = self.body.and_then(|body| body.excerpt(seo::DESCRIPTION_GRAPHEMES));
        let accounts = self.accounts();
        let authors: Vec<_> = accounts
            .iter()
            .map(|(name, url, account)| seo::Author { name, url, fediverse: account.as_deref() })
            .collect();
        let tags: Vec<_> =
            card.tags.iter().map(|tag| seo::Tag { name: &tag.name, uri: tag.uri.as_deref() }).collect();
        let corrections: Vec<_> = card
            .facts
            .corrections
            .iter()
            .map(|correction| seo::Correction { at: correction.at, text: &correction.text })
            .collect();
        let credit_line = self.settings.credit_line.replace("{publication}", &self.settings.name);
        seo::seo(&seo::Story {
            article: self.article(text.as_deref(), &corrections),
            section: Some(seo::Section { name: &card.section.name }),
            authors: &authors,
            tags: &tags,
            lead_image: self.lead_image(),
            origin: (!card.origin.in_house).then(|| seo::Organisation {
                name: &card.origin.name,
                url: self.origin.and_then(|origin| origin.url.as_deref()),
            }),
            publication: seo::Publication {
                name: &self.settings.name,
                base_url: &self.settings.base_url,
                logo: self.settings.logo.as_deref(),
                credit_line: Some(&credit_line),
                guidelines_url: self.settings.guidelines_url.as_deref(),
                license_url: self.settings.license_url.as_deref(),
            },
        })
    }

    /// Names, pages and fediverse accounts of those in the byline.
    fn accounts(&self) -> Vec<(&str, String, Option<String>)> {
        let in_byline = self.card.authors.iter().filter(|credit| credit.role == Role::Author);
        let account = |credit: &ShortAuthor| {
            let author = self.authors.iter().find(|author| author.id == credit.id)?;
            author.profile.social.iter().find_map(|account| fediverse_account(&account.url))
        };
        in_byline
            .map(|credit| (credit.name.as_str(), self.site.author(&credit.slug, credit.id), account(credit)))
            .collect()
    }

    fn article<'b>(
        &'b self,
        text: Option<&'b str>,
        corrections: &'b [seo::Correction<'b>],
    ) -> seo::Article<'b> {
        let card = self.card;
        seo::Article {
            id: card.id.as_str(),
            version: u32::try_from(card.version).unwrap_or_default(),
            kind: &card.kind,
            headline: &card.headline,
            standfirst: card.standfirst.as_deref(),
            summary: card.summary.as_deref(),
            seo_title: card.facts.seo.title.as_deref(),
            seo_description: card.facts.seo.description.as_deref(),
            body_text: text,
            url: &card.url,
            canonical_url: &card.canonical_url,
            source_url: card.facts.source_url.as_deref(),
            locale: &card.locale,
            free: card.access == Access::Free.as_str(),
            first_published_at: card.first_published_at,
            updated_at: card.updated_at,
            expires_at: card.facts.expires_at,
            word_count: u32::try_from(card.word_count).unwrap_or_default(),
            corrections,
        }
    }

    fn lead_image(&self) -> Option<seo::Image<'_>> {
        let lead = self.card.lead_media.as_ref()?;
        let pixels = |size: Option<i32>| size.and_then(|size| u32::try_from(size).ok());
        let photographer = self.card.authors.iter().find(|credit| credit.role == Role::Photographer);
        let named = |name: &str| lead.credit.as_ref().is_some_and(|credit| credit.contains(name));
        Some(seo::Image {
            url: &lead.url,
            width: pixels(lead.width),
            height: pixels(lead.height),
            alt: lead.alt.as_deref(),
            caption: lead.caption.as_deref(),
            credit: lead.credit.as_deref(),
            creator: photographer.map(|credit| credit.name.as_str()).filter(|name| named(name)),
        })
    }
}
