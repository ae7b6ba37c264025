//! The description of a story: what search engines, link previews and feeds print below its title.
//!
//! The first there is of the description for search engines, the summary, the standfirst and the
//! first words of the body. The body's words are cut to 160 grapheme clusters between two words,
//! so that neither a character nor a word is ever split.

use unicode_segmentation::UnicodeSegmentation;

use super::{DESCRIPTION_GRAPHEMES, filled};

/// The description of a story; `None` where it has no words at all.
pub fn description(
    seo_description: Option<&str>,
    summary: Option<&str>,
    standfirst: Option<&str>,
    body_text: Option<&str>,
) -> Option<String> {
    filled(seo_description)
        .or_else(|| filled(summary))
        .or_else(|| filled(standfirst))
        .map(str::to_owned)
        .or_else(|| body_text.map(|text| cut(text, DESCRIPTION_GRAPHEMES)).filter(|text| !text.is_empty()))
}

/// The first words of a text, at most so many grapheme clusters. Runs of white space count as one
/// blank. In a script without blanks it ends between two words of UAX #29; a single word that is
/// too long is cut between two clusters.
pub fn cut(text: &str, most: usize) -> String {
    let line = first_words(text, most);
    let Some((past, _)) = line.grapheme_indices(true).nth(most) else { return line };
    let (kept, rest) = line.split_at(past);
    if rest.starts_with(' ') {
        return kept.trim_end().to_owned();
    }
    let blank = kept.rfind(' ').filter(|at| *at >= past / 2);
    let boundary = || line.split_word_bound_indices().map(|(at, _)| at).take_while(|at| *at <= past).last();
    let end = blank.or_else(boundary).filter(|end| *end > 0).unwrap_or(past);
    line.get(..end).unwrap_or(kept).trim_end().to_owned()
}

/// Words joined by one blank each, as many as are needed to know where to cut.
fn first_words(text: &str, most: usize) -> String {
    let mut line = String::new();
    let mut graphemes = 0;
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        graphemes += word.graphemes(true).count() + 1;
        if graphemes > most + 1 {
            break;
        }
    }
    line
}
