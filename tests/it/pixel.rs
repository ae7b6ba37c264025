//! The pixel's token.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use wiredesk::db::types::Id;
use wiredesk::republish::pixel::{GIF, MAX_LENGTH, Token};
use wiredesk::rights::Channel;

#[derive(Debug)]
struct Story;
#[derive(Debug)]
struct Partner;

const KEY: [u8; 32] = [7; 32];

#[test]
fn the_gif_is_43_bytes_of_one_pixel() {
    assert_eq!(GIF.len(), 43);
    assert!(GIF.starts_with(b"GIF89a\x01\x00\x01\x00") && GIF.ends_with(b"\x3b"));
}

#[test]
fn a_token_of_another_key_is_none_of_ours() {
    let token = Token::new::<Story, Partner>(&Id::new(), 3, None, Channel::Web).encode(&KEY);
    assert!(Token::decode(&token, &KEY).is_some());
    assert_eq!(Token::decode(&token, &[8; 32]), None);
}

#[test]
fn nonsense_is_no_token() {
    for text in ["", "a", "..%2F..%2Fx", "!!!!", &"A".repeat(5000), &"A".repeat(MAX_LENGTH)] {
        assert_eq!(Token::decode(text, &KEY), None);
    }
}

proptest! {
    #[test]
    fn a_token_reads_back_as_it_was(version in any::<u32>(), partnered in any::<bool>(), at in 0usize..7) {
        let (story, partner) = (Id::<Story>::new(), partnered.then(Id::<Partner>::new));
        let token = Token::new(&story, version, partner.as_ref(), Channel::ALL[at]);
        let text = token.encode(&KEY);
        prop_assert!(text.len() <= MAX_LENGTH);
        let read = Token::decode(&text, &KEY).unwrap();
        prop_assert_eq!(read.article::<Story>(), story);
        prop_assert_eq!(read.version(), version);
        prop_assert_eq!(read.partner::<Partner>(), partner);
        prop_assert_eq!(read.channel(), Channel::ALL[at]);
    }

    #[test]
    fn whatever_is_sent_is_read_without_harm(text in ".{0,120}", bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        use base64::Engine;
        let encoded = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
        prop_assert_eq!((Token::decode(&text, &KEY), Token::decode(&encoded, &KEY)), (None, None));
    }

    #[test]
    fn one_changed_character_makes_it_none_of_ours(at in any::<prop::sample::Index>(), other in "[A-Za-z0-9_=.+/-]") {
        let text = Token::new(&Id::<Story>::new(), 1, Some(&Id::<Partner>::new()), Channel::App).encode(&KEY);
        let at = at.index(text.len());
        let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
        prop_assume!(changed != text);
        prop_assert_eq!(Token::decode(&changed, &KEY), None);
        prop_assert_eq!(Token::decode(&text[..at], &KEY), None);
    }
}
