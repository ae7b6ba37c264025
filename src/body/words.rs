//! Measures of a body: words, reading time, the words with which it begins.
//!
//! Counted is what is read as the story: text, quotes, tables and code; not captions, embeds, promos and
//! related stories, so that a package without pictures has as many words.

use std::ops::RangeInclusive;

use unicode_segmentation::UnicodeSegmentation;

use super::blocks::Content;
use super::{Document, to_text};

/// Words read in a minute.
const WORDS_A_MINUTE: usize = 230;

/// Characters read in a minute in scripts that do not part words by blanks.
const CHARACTERS_A_MINUTE: usize = 500;

impl Document {
    /// Unicode words; each Han, Kana, Thai, Lao and Khmer character counts one.
    pub fn word_count(&self) -> usize {
        let (words, characters) = self.measure();
        words + characters
    }

    /// Minutes to read it, at least one.
    pub fn reading_minutes(&self) -> usize {
        let (words, characters) = self.measure();
        // ⌈words/230 + characters/500⌉ in whole numbers.
        let parts = words * CHARACTERS_A_MINUTE + characters * WORDS_A_MINUTE;
        parts.div_ceil(WORDS_A_MINUTE * CHARACTERS_A_MINUTE).max(1)
    }

    /// The first words of the text, at most so many graphemes, cut at the end of a word; none if there is no
    /// text.
    pub fn excerpt(&self, max_graphemes: usize) -> Option<String> {
        let mut text = String::new();
        for block in &self.blocks {
            let Content::Text(block) = &block.content else { continue };
            for word in block.inline.text().split_whitespace() {
                text.push_str(if text.is_empty() { "" } else { " " });
                text.push_str(word);
            }
            // A grapheme may be long; this is enough text for any that are met.
            if text.len() / 64 > max_graphemes && text.graphemes(true).nth(max_graphemes).is_some() {
                break;
            }
        }
        let cut = cut(&text, max_graphemes);
        (!cut.is_empty()).then(|| cut.to_owned())
    }

    /// Words of scripts with blanks, and characters of those without.
    fn measure(&self) -> (usize, usize) {
        let (mut words, mut characters) = (0, 0);
        for block in &self.blocks {
            let text = to_text::block_words(block);
            let spaced: String = text.chars().map(|c| if is_unspaced(c) { ' ' } else { c }).collect();
            words += spaced.unicode_words().count();
            characters += text.chars().filter(|c| is_unspaced(*c)).count();
        }
        (words, characters)
    }
}

/// The beginning of a text, cut at the end of a word; a first word that is too long is cut between graphemes.
fn cut(text: &str, max_graphemes: usize) -> &str {
    let Some((limit, _)) = text.grapheme_indices(true).nth(max_graphemes) else { return text };
    let ends = |(at, c): (usize, char)| {
        (c == ' ' || text[..at].chars().next_back().is_some_and(is_unspaced)).then_some(at)
    };
    let boundaries =
        text.grapheme_indices(true).map(|(at, grapheme)| (at, grapheme.chars().next().unwrap_or(' ')));
    let end = boundaries.take_while(|(at, _)| *at <= limit).filter_map(ends).last();
    text[..end.filter(|end| *end > 0).unwrap_or(limit)].trim_end()
}

/// Letters, digits and marks of Han, Kana, Thai, Lao and Khmer.
const UNSPACED: [RangeInclusive<char>; 31] = [
    '\u{0E01}'..='\u{0E3A}',
    '\u{0E40}'..='\u{0E4E}',
    '\u{0E50}'..='\u{0E59}',
    '\u{0E80}'..='\u{0EDF}',
    '\u{1780}'..='\u{17B3}',
    '\u{17B6}'..='\u{17D3}',
    '\u{17D7}'..='\u{17D7}',
    '\u{17DC}'..='\u{17DD}',
    '\u{17E0}'..='\u{17E9}',
    '\u{2E80}'..='\u{2FD5}',
    '\u{3005}'..='\u{3005}',
    '\u{3007}'..='\u{3007}',
    '\u{3021}'..='\u{3029}',
    '\u{3038}'..='\u{303B}',
    '\u{3041}'..='\u{3096}',
    '\u{309D}'..='\u{309F}',
    '\u{30A1}'..='\u{30FA}',
    '\u{30FC}'..='\u{30FF}',
    '\u{31F0}'..='\u{31FF}',
    '\u{3400}'..='\u{4DBF}',
    '\u{4E00}'..='\u{9FFF}',
    '\u{F900}'..='\u{FAFF}',
    '\u{FF66}'..='\u{FF9F}',
    '\u{1AFF0}'..='\u{1AFFE}',
    '\u{1B000}'..='\u{1B122}',
    '\u{1B132}'..='\u{1B132}',
    '\u{1B150}'..='\u{1B152}',
    '\u{1B155}'..='\u{1B155}',
    '\u{1B164}'..='\u{1B167}',
    '\u{20000}'..='\u{2FA1F}',
    '\u{30000}'..='\u{323AF}',
];

/// Whether a character is of a script that does not part words by blanks.
fn is_unspaced(c: char) -> bool {
    c >= '\u{0E01}' && UNSPACED.iter().any(|range| range.contains(&c))
}
