//! Where a story is used: on the web, in an app, in print …
//!
//! The channels that rights and tokens name. Our own site is none of them: what our readers get is
//! ruled elsewhere.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a story is used.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(example = "web")]
pub enum Channel {
    /// A website.
    #[default]
    Web,
    /// A mobile app.
    App,
    /// A newsletter.
    Newsletter,
    /// A printed paper.
    Print,
    /// Radio or podcast.
    Radio,
    /// Television.
    Tv,
    /// A social network.
    Social,
}

impl Channel {
    /// Every channel, in order.
    pub const ALL: [Channel; 7] = [
        Channel::Web,
        Channel::App,
        Channel::Newsletter,
        Channel::Print,
        Channel::Radio,
        Channel::Tv,
        Channel::Social,
    ];

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Web => "web",
            Channel::App => "app",
            Channel::Newsletter => "newsletter",
            Channel::Print => "print",
            Channel::Radio => "radio",
            Channel::Tv => "tv",
            Channel::Social => "social",
        }
    }

    /// The channel of a word of the API.
    pub fn parse(word: &str) -> Option<Self> {
        Channel::ALL.into_iter().find(|channel| channel.as_str() == word)
    }
}
