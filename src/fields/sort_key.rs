//! The key that texts are sorted by where case and accents do not count.
//!
//! It is stored beside the text and compared by code point, so that both database engines and
//! every collation give one order. It is made of the whole text and nothing else: the same text
//! always has the same key, and a key is its own key.

use caseless::default_case_fold_str;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The key of a text: compatibility decomposition (NFKD), accents and points taken off, Unicode's
/// default case folding.
pub fn sort_key(text: &str) -> String {
    let folded = default_case_fold_str(&strip(text));
    // Folding can bring composed letters and marks back.
    strip(&folded)
}

fn strip(text: &str) -> String {
    text.nfkd().filter(|c| !is_accent(*c)).collect()
}

/// An accent, nukta or point by its combining class. Vowel signs, viramas, voicing and tone marks
/// of scripts that write them as letters have other classes and stay.
fn is_accent(c: char) -> bool {
    matches!(canonical_combining_class(c), 1 | 7 | 10..=36 | 202..=240)
}
