//! The pixel: there, of this story and this partner, and asked for by every browser.

use percent_encoding::percent_decode_str;
use url::Url;

use super::{About, Code, Rule, Ruled};
use crate::db::ids::PartnerId;
use crate::republish::checks::reading::{Held, Picture, Reading};
use crate::republish::pixel::{Key, Token};

/// How our pixels are known.
#[derive(Clone, Debug)]
pub struct Pixels {
    /// The host that they come from.
    pub host: String,
    /// The keys that sign or signed their tokens.
    pub keys: Vec<Key>,
}

/// A picture of the page that has a pixel's address, with its token where that is one of ours.
struct Pixel<'r> {
    picture: &'r Picture,
    token: Option<Token>,
}

/// The tokens of a page's pixels that are ours, in the order of the page.
pub fn tokens(reading: &Reading, pixels: &Pixels) -> Vec<Token> {
    found(reading, pixels).into_iter().filter_map(|pixel| pixel.token).collect()
}

/// The published version that the pixel of this story names.
pub(super) fn version(reading: &Reading, about: &About) -> Option<i32> {
    let own = tokens(reading, &about.pixels).into_iter().filter(|token| token.article() == about.article);
    own.filter_map(|token| i32::try_from(token.version()).ok()).max()
}

/// The elements that hold a pixel of this story.
pub(super) fn quotes(reading: &Reading, about: &About) -> Vec<String> {
    let own = found(reading, &about.pixels).into_iter().filter(|pixel| pixel.is_of(about));
    own.map(|pixel| pixel.picture.quote.clone()).collect()
}

/// What is wrong with the pixel.
pub(super) fn rule(reading: &Reading, about: &About) -> Vec<Ruled> {
    let all = found(reading, &about.pixels);
    let (own, others): (Vec<&Pixel<'_>>, Vec<&Pixel<'_>>) = all.iter().partition(|pixel| pixel.is_of(about));
    if own.is_empty() {
        let code = match (others.is_empty(), others.iter().any(|pixel| pixel.token.is_some())) {
            (true, _) => Code::PixelMissing,
            (false, true) => Code::PixelOfAnotherStory,
            (false, false) => Code::PixelUnknown,
        };
        return vec![ruled(code, &others)];
    }
    let held =
        |held: Held| own.iter().copied().filter(|pixel| pixel.picture.held == held).collect::<Vec<_>>();
    let shown = held(Held::Shown);
    let mut rules = Vec::new();
    if shown.is_empty() {
        let code = if !held(Held::Lazy).is_empty() {
            Code::PixelLazy
        } else if !held(Held::Deferred).is_empty() {
            Code::PixelNotInSrc
        } else {
            Code::PixelOnlyInNoscript
        };
        rules.push(ruled(code, &own));
    }
    rules.extend(about_whose(&own, about));
    if shown.len() > 1 {
        rules.push(ruled(Code::PixelRepeated, &shown));
    }
    let proxied: Vec<_> = own.iter().copied().filter(|pixel| !pixel.is_from(&about.pixels.host)).collect();
    if !proxied.is_empty() {
        rules.push(ruled(Code::PixelProxied, &proxied));
    }
    let latest = about.versions.last().map(|text| text.version);
    if version(reading, about) < latest {
        rules.push(ruled(Code::VersionOutdated, &own));
    }
    rules
}

/// A pixel of somebody else's copy counts for them. Who that is, is not told.
fn about_whose(own: &[&Pixel<'_>], about: &About) -> Option<Ruled> {
    let partners = || own.iter().filter_map(|pixel| pixel.token).map(|token| token.partner::<_>());
    if partners().any(|partner: Option<PartnerId>| partner == Some(about.partner)) {
        return None;
    }
    let is_anonymous = partners().any(|partner: Option<PartnerId>| partner.is_none());
    let code = if is_anonymous { Code::PixelWithoutPartner } else { Code::PixelOfAnotherPartner };
    Some(ruled(code, own))
}

fn ruled(code: Code, pixels: &[&Pixel<'_>]) -> Ruled {
    Ruled::found(Rule::Pixel, code, pixels.iter().map(|pixel| pixel.picture.quote.clone()))
}

fn found<'r>(reading: &'r Reading, pixels: &Pixels) -> Vec<Pixel<'r>> {
    let named = reading.pictures.iter().filter_map(|picture| {
        let text = token_text(&picture.address)?;
        let token = pixels.keys.iter().find_map(|key| Token::decode(&text, key));
        let is_ours = token.is_some() || is_from(&picture.address, &pixels.host);
        is_ours.then_some(Pixel { picture, token })
    });
    named.collect()
}

impl Pixel<'_> {
    fn is_of(&self, about: &About) -> bool {
        self.token.is_some_and(|token| token.article() == about.article)
    }

    fn is_from(&self, host: &str) -> bool {
        is_from(&self.picture.address, host)
    }
}

fn is_from(address: &str, host: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.host_str() == Some(host))
}

/// The token in an address that ends like a pixel's, also where a proxy carries it in its own.
fn token_text(address: &str) -> Option<String> {
    let once = percent_decode_str(address).decode_utf8_lossy();
    let twice = percent_decode_str(&once).decode_utf8_lossy();
    let (before, _) = twice.split_once(".gif")?;
    let (_, token) = before.rsplit_once("/p/")?;
    Some(token.to_owned())
}
