//! Making the package of a live story for one caller.

use chrono_tz::Tz;
use url::Url;

use super::package::{self, Extent, Package, Source};
use super::partners::Portion;
use super::pixel::Token;
use super::{Asked, Circumstances};
use crate::articles::Card;
use crate::articles::byline::Role;
use crate::articles::site::Site;
use crate::auth::secrets::{Purpose, Secrets};
use crate::body::Document;
use crate::db::ids::PartnerId;
use crate::error::{Error, Result};
use crate::media;
use crate::publication::Settings;

/// The package of a story that the verdict permits.
pub fn make(
    card: &Card,
    body: &Document,
    asked: &Asked,
    settings: &Settings,
    portion: Portion,
    pixel_url: Option<&str>,
) -> Result<Package> {
    let site = settings.site();
    let url = Url::parse(&card.url).map_err(|error| Error::Internal(format!("{}: {error}", card.url)))?;
    let urls = author_urls(card, &site);
    let byline = card.byline();
    let authors: Vec<_> = card
        .authors
        .iter()
        .zip(&urls)
        .filter(|(author, _)| author.role == Role::Author)
        .map(|(author, url)| package::Author { name: &author.name, url })
        .collect();
    let corrections: Vec<_> = card
        .facts
        .corrections
        .iter()
        .map(|told| package::Correction { at: told.at, kind: told.kind.as_str(), text: &told.text })
        .collect();
    let assets: Vec<_> = asked.assets.iter().map(asset).collect();
    let source = Source {
        story: package::Story {
            id: card.id.as_str(),
            slug: &card.slug,
            version: u32::try_from(card.version).unwrap_or_default(),
            locale: &card.locale,
            headline: &card.headline,
            standfirst: card.standfirst.as_deref(),
            summary: card.summary.as_deref(),
            byline: byline.as_deref(),
            authors: &authors,
            published_at: card.published_at,
            modified_at: card.modified_at,
            url: &url,
            canonical_url: &card.canonical_url,
            corrections: &corrections,
        },
        body,
        assets: &assets,
        publication: publication(settings),
        verdict: &asked.verdict,
        extent: match portion {
            Portion::Full => Extent::Full,
            Portion::Summary => Extent::Summary,
        },
        pixel_url,
    };
    package::package(&source).ok_or_else(|| Error::Internal("a denied story was to be packed".into()))
}

fn author_urls(card: &Card, site: &Site) -> Vec<String> {
    card.authors.iter().map(|author| site.author(&author.slug, author.id)).collect()
}

fn asset(asset: &media::Asset) -> package::Asset<'_> {
    let facts = &asset.facts;
    let pixels = |size: Option<i32>| size.and_then(|size| u32::try_from(size).ok());
    package::Asset {
        id: asset.id.as_str(),
        key: Some(&asset.key),
        url: &facts.url,
        mime: facts.mime.as_deref().unwrap_or("image/jpeg"),
        width: pixels(facts.width),
        height: pixels(facts.height),
        alt: facts.alt.as_deref(),
        caption: facts.caption.as_deref(),
        credit: facts.credit.as_deref(),
    }
}

fn publication(settings: &Settings) -> package::Publication<'_> {
    let contact = settings.contact.as_ref();
    package::Publication {
        name: &settings.name,
        zone: settings.timezone.parse().unwrap_or(Tz::UTC),
        credit_line: Some(&settings.credit_line),
        guidelines_url: settings.guidelines_url.as_deref(),
        contact_email: contact.map(|contact| contact.email.as_str()),
        contact_subject: contact.and_then(|contact| contact.subject.as_deref()),
        terms_version: &settings.terms_version,
    }
}

/// The address of the pixel that names the story, its version, and who runs the copy.
pub fn pixel_url(public_url: &str, secrets: &Secrets, card: &Card, circumstances: &Circumstances) -> String {
    let (_, key) = secrets.signing_key(Purpose::Pixel);
    let partner: Option<PartnerId> = circumstances.partner.as_ref().map(|client| client.partner.id);
    let version = u32::try_from(card.version).unwrap_or_default();
    let token = Token::new(&card.id, version, partner.as_ref(), circumstances.channel);
    format!("{public_url}/p/{}.gif", token.encode(&key))
}
