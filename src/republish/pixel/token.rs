//! The token of a counting pixel.
//!
//! A token names the story, its version, the partner (or none) and the channel of one package, and
//! carries a MAC over these, so a hit is understood without the database and nobody can make one
//! up. It holds no reader, no instant and nothing secret. The key is the caller's: it is derived
//! for pixels alone.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use crate::db::types::Id;
use crate::rights::Channel;

/// The key of pixels, derived for them alone.
pub type Key = [u8; 32];

const MAC_BYTES: usize = 16;
const ANONYMOUS_BYTES: usize = 1 + 16 + 4;
const PARTNER_BYTES: usize = ANONYMOUS_BYTES + 16;
/// The longest token in characters; what is longer is none of ours.
pub const MAX_LENGTH: usize = (PARTNER_BYTES + MAC_BYTES).div_ceil(3) * 4;
/// Set in the channel's byte where a partner follows.
const HAS_PARTNER: u8 = 0x80;

/// What a pixel counts: one version of a story, in a partner's copy or an anonymous one, in one
/// channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token {
    article: Uuid,
    version: u32,
    partner: Option<Uuid>,
    channel: Channel,
}

impl Token {
    /// The token of a package.
    pub fn new<A, P>(article: &Id<A>, version: u32, partner: Option<&Id<P>>, channel: Channel) -> Self {
        Token { article: uuid(article), version, partner: partner.map(uuid), channel }
    }

    /// The story.
    pub fn article<A>(&self) -> Id<A> {
        id(self.article)
    }

    /// The published version that the copy shows.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The partner whose copy it is; `None` for one taken without a key.
    pub fn partner<P>(&self) -> Option<Id<P>> {
        self.partner.map(id)
    }

    /// Where the copy was to be used.
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// The copy without its version: what a reader comes back to.
    pub(super) fn copy(&self) -> [u8; 33] {
        let mut copy = [0; 33];
        copy[0] = number(self.channel);
        copy[1..17].copy_from_slice(self.article.as_bytes());
        if let Some(partner) = &self.partner {
            copy[17..].copy_from_slice(partner.as_bytes());
        }
        copy
    }

    /// The token in base64url without padding, signed under a key.
    pub fn encode(&self, key: &Key) -> String {
        let mut bytes = Vec::with_capacity(PARTNER_BYTES + MAC_BYTES);
        bytes.push(number(self.channel) | if self.partner.is_some() { HAS_PARTNER } else { 0 });
        bytes.extend_from_slice(self.article.as_bytes());
        bytes.extend_from_slice(&self.version.to_be_bytes());
        if let Some(partner) = &self.partner {
            bytes.extend_from_slice(partner.as_bytes());
        }
        let mac = mac(key, &bytes).finalize().into_bytes();
        bytes.extend(mac.into_iter().take(MAC_BYTES));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The token of a text, where it was signed under this key. The MAC is compared in constant
    /// time, and before anything is read.
    pub fn decode(text: &str, key: &Key) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (signed, tag) = bytes.split_at_checked(bytes.len().checked_sub(MAC_BYTES)?)?;
        mac(key, signed).verify_truncated_left(tag).ok()?;
        let (head, rest) = signed.split_first()?;
        let (article, rest) = rest.split_first_chunk::<16>()?;
        let (version, rest) = rest.split_first_chunk::<4>()?;
        let partner = match (head & HAS_PARTNER != 0, rest.len()) {
            (false, 0) => None,
            (true, 16) => Some(Uuid::from_slice(rest).ok()?),
            _ => return None,
        };
        Some(Token {
            article: Uuid::from_bytes(*article),
            version: u32::from_be_bytes(*version),
            partner,
            channel: channel(head & !HAS_PARTNER)?,
        })
    }
}

fn mac(key: &Key, bytes: &[u8]) -> Hmac<Sha256> {
    // HMAC fills a key up to the block with zeros (RFC 2104 §2); doing it here leaves no error.
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let mut mac = Hmac::new(&block.into());
    mac.update(bytes);
    mac
}

/// The number of a channel in tokens: copies out there keep it for ever, so it never changes.
fn number(channel: Channel) -> u8 {
    match channel {
        Channel::Web => 1,
        Channel::App => 2,
        Channel::Newsletter => 3,
        Channel::Print => 4,
        Channel::Radio => 5,
        Channel::Tv => 6,
        Channel::Social => 7,
    }
}

fn channel(wanted: u8) -> Option<Channel> {
    Channel::ALL.into_iter().find(|channel| number(*channel) == wanted)
}

fn uuid<T>(id: &Id<T>) -> Uuid {
    // An `Id` holds nothing but the text of a UUID.
    Uuid::try_parse(id.as_str()).unwrap_or_default()
}

fn id<T>(uuid: Uuid) -> Id<T> {
    uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer()).parse().unwrap_or_default()
}
