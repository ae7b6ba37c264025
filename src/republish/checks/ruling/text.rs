//! Which published version a page shows, and what was changed in it.
//!
//! A version is known by its runs of three words, wherever and in whatever markup they stand on the page, so
//! that other words around and between our passages count for nothing. Of several versions the page shows
//! the one of which it holds most and lacks least. Marks, blanks and kinds of quotes are no words.

use std::cmp::Reverse;
use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::{About, Code, Rule, Ruled, Text};

/// Words in a run.
const RUN: usize = 3;
/// Longer passages are looked for in parts of so many words.
const PART: usize = 200;
/// How many places of one run are remembered.
const PLACES: usize = 32;
/// How many words a changed passage may have more or less than ours.
const SLACK: usize = 30;
/// Words that are quoted before and after a change.
const AROUND: usize = 4;
/// Where a page holds less than this of a version, it does not run it.
const THERE: f64 = 0.3;
/// Where a page holds less than this of a version, its text is another.
const OURS: f64 = 0.7;
/// How many changed passages are looked into.
const MOST_EDITS: usize = 50;

/// The version that a page shows.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub version: i32,
    /// How much of it the page holds, in hundredths, rounded down.
    pub similarity: f64,
    pub edits: Vec<Edit>,
    more: usize,
}

/// A passage of ours that the page has otherwise, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    ours: String,
    theirs: Option<String>,
}

impl Shown {
    /// Whether the page runs the story at all.
    pub(super) fn is_there(&self) -> bool {
        self.similarity >= THERE
    }

    /// Which version, and how much of it, for a person.
    pub(super) fn told(&self) -> String {
        format!("{:.0} % of version {}", self.similarity * 100.0, self.version)
    }
}

impl Edit {
    fn told(&self, may_quote: bool) -> String {
        let short = super::super::reading::short;
        match (&self.theirs, may_quote) {
            (Some(theirs), true) => format!("“{}” reads “{}”", short(&self.ours), short(theirs)),
            (Some(theirs), false) => format!("changed: “{}”", short(theirs)),
            (None, true) => format!("“{}” is missing", short(&self.ours)),
            (None, false) => "a passage is missing".to_owned(),
        }
    }
}

/// What is to be said of the text.
pub(super) fn rule(shown: Option<&Shown>, about: &About) -> Vec<Ruled> {
    let Some(shown) = shown else { return Vec::new() };
    let mut edits: Vec<String> = shown.edits.iter().map(|edit| edit.told(about.may_quote)).collect();
    let rest = (edits.len() + shown.more).saturating_sub(super::MOST_EVIDENCE - 1);
    if rest > 1 {
        edits.truncate(super::MOST_EVIDENCE - 2);
        edits.push(format!("and {rest} more"));
    }
    let evidence = std::iter::once(shown.told()).chain(edits);
    if shown.similarity < OURS {
        return vec![Ruled::found(Rule::Text, Code::TextMissing, evidence)];
    }
    let mut rules = Vec::new();
    if about.versions.last().is_some_and(|latest| shown.version < latest.version) {
        rules.push(Ruled::found(Rule::Text, Code::VersionOutdated, Some(shown.told())));
    }
    if !shown.edits.is_empty() {
        rules.push(Ruled::found(Rule::Text, Code::TextEdited, evidence));
    }
    rules
}

/// The version that a page shows; `named` is what its pixel says, which decides between equals. None where
/// there is nothing to compare.
pub(super) fn shown(passages: &[String], versions: &[Text], named: Option<i32>) -> Option<Shown> {
    let mut words = Words::default();
    let parts: Vec<(i32, Vec<Part>)> =
        versions.iter().map(|text| (text.version, words.parts(&text.passages))).collect();
    let page = words.page(passages);
    let runs = Runs::of(&page.ids);
    let best = parts.iter().max_by_key(|(version, parts)| {
        let (held, all) = runs.held_of(parts);
        (2 * held - all, named == Some(*version), *version)
    });
    let (version, parts) = best.filter(|(_, parts)| !parts.is_empty())?;
    let (held, all) = runs.held_of(parts);
    let missing = parts.iter().filter(|part| !runs.hold(part, &page.ids));
    let (edits, more) = edits(missing, &runs, &page);
    let similarity = (held * 100 / all.max(1)) as f64 / 100.0;
    Some(Shown { version: *version, similarity, edits, more })
}

fn edits<'p>(missing: impl Iterator<Item = &'p Part>, runs: &Runs, page: &PageWords) -> (Vec<Edit>, usize) {
    let mut edits: Vec<Edit> = Vec::new();
    let mut more = 0;
    for part in missing {
        if edits.len() < MOST_EDITS { edits.extend(edit(part, runs, page)) } else { more += 1 }
    }
    (edits, more)
}

/// How the page has a part that was not found where its first words are; none where it has it elsewhere.
fn edit(part: &Part, runs: &Runs, page: &PageWords) -> Option<Edit> {
    let missing = || Some(Edit { ours: part.quote(0, part.ids.len()), theirs: None });
    let Some((from, to)) = runs.likely_place(part, page.ids.len()) else { return missing() };
    let ops = capture_diff_slices(Algorithm::Myers, &part.ids, &page.ids[from..to]);
    let kept: usize = ops.iter().map(|op| if is_kept(op) { op.old_range().len() } else { 0 }).sum();
    if kept * 2 < part.ids.len() {
        return missing();
    }
    // What stands before our first word and behind our last is not the passage.
    let is_inside = |op: &&DiffOp| {
        let place = op.old_range();
        !is_kept(op) && (!place.is_empty() || (place.start > 0 && place.start < part.ids.len()))
    };
    let inside: Vec<&DiffOp> = ops.iter().filter(is_inside).collect();
    let (first, last) = (inside.first()?, inside.last()?);
    let (start, end) = (first.old_range().start.saturating_sub(AROUND), last.old_range().end + AROUND);
    let theirs = (from + first.new_range().start, from + last.new_range().end);
    Some(Edit {
        ours: part.quote(start, end),
        theirs: Some(page.quote(theirs.0.saturating_sub(AROUND), theirs.1 + AROUND)),
    })
}

fn is_kept(op: &DiffOp) -> bool {
    matches!(op, DiffOp::Equal { .. })
}

/// The words of all versions by number; a word of the page that none of them has is `STRANGE`.
#[derive(Default)]
struct Words {
    numbers: HashMap<String, u32>,
}

const STRANGE: u32 = u32::MAX;
/// What fills up the runs of parts that are shorter than one.
const NONE: u32 = u32::MAX - 1;

/// A passage of a version, or a part of a long one.
struct Part {
    ids: Vec<u32>,
    words: Vec<String>,
}

impl Part {
    fn quote(&self, from: usize, to: usize) -> String {
        self.words[from..to.min(self.words.len())].join(" ")
    }

    fn runs(&self) -> impl DoubleEndedIterator<Item = [u32; RUN]> + ExactSizeIterator {
        let length = RUN.min(self.ids.len());
        self.ids.windows(length).map(run)
    }
}

fn run(ids: &[u32]) -> [u32; RUN] {
    let mut run = [NONE; RUN];
    run[..ids.len()].copy_from_slice(ids);
    run
}

impl Words {
    fn parts(&mut self, passages: &[String]) -> Vec<Part> {
        let mut parts = Vec::new();
        for passage in passages {
            let passage = plain(passage);
            let words: Vec<String> = passage.unicode_words().map(str::to_owned).collect();
            for words in words.chunks(PART) {
                let ids = words.iter().map(|word| self.number(word)).collect();
                parts.push(Part { ids, words: words.to_vec() });
            }
        }
        parts
    }

    fn number(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(STRANGE);
        *self.numbers.entry(word.to_owned()).or_insert(next)
    }

    fn page(&self, passages: &[String]) -> PageWords {
        let mut page = PageWords::default();
        for passage in passages {
            for word in plain(passage).unicode_words() {
                page.ids.push(self.numbers.get(word).copied().unwrap_or(STRANGE));
                page.words.push(word.to_owned());
            }
        }
        page
    }
}

/// The words of a page, in order.
#[derive(Default)]
struct PageWords {
    ids: Vec<u32>,
    words: Vec<String>,
}

impl PageWords {
    fn quote(&self, from: usize, to: usize) -> String {
        self.words[from..to.min(self.words.len())].join(" ")
    }
}

/// Where each run of words stands on a page; runs with a strange word are none of ours.
struct Runs {
    places: HashMap<[u32; RUN], Vec<usize>>,
}

impl Runs {
    fn of(ids: &[u32]) -> Self {
        let mut places: HashMap<[u32; RUN], Vec<usize>> = HashMap::new();
        for length in 1..=RUN {
            for (place, ids) in ids.windows(length).enumerate() {
                if ids.contains(&STRANGE) {
                    continue;
                }
                let known = places.entry(run(ids)).or_default();
                if known.len() < PLACES {
                    known.push(place);
                }
            }
        }
        Runs { places }
    }

    /// How many runs of a version the page holds, and how many there are.
    fn held_of(&self, parts: &[Part]) -> (i64, i64) {
        parts
            .iter()
            .flat_map(Part::runs)
            .fold((0, 0), |(held, all), run| (held + i64::from(self.places.contains_key(&run)), all + 1))
    }

    /// Whether the page has a part word for word.
    fn hold(&self, part: &Part, page: &[u32]) -> bool {
        let Some(places) = part.runs().next().and_then(|first| self.places.get(&first)) else {
            return part.ids.is_empty();
        };
        places.iter().any(|place| page[*place..].starts_with(&part.ids))
    }

    /// The words of the page that stand where a part should: from where its first run there says that it
    /// begins to where its last says that it ends.
    fn likely_place(&self, part: &Part, page: usize) -> Option<(usize, usize)> {
        let start = self.likely_start(part)?;
        let near = |(offset, run): (usize, [u32; RUN])| {
            let expected = start + offset;
            let places = self.places.get(&run)?.iter().copied();
            let place = places.min_by_key(|place| place.abs_diff(expected))?;
            (place.abs_diff(expected) <= SLACK).then_some((offset, place))
        };
        let mut held = part.runs().enumerate().filter_map(near);
        let first = held.next()?;
        let last = held.next_back().unwrap_or(first);
        let from = first.1.saturating_sub(first.0);
        let to = (last.1 + part.ids.len() - last.0).min(page);
        Some((from, to.max(from)))
    }

    /// Where most of the part's runs say that it begins; the first of several.
    fn likely_start(&self, part: &Part) -> Option<usize> {
        let mut votes: HashMap<usize, usize> = HashMap::new();
        for (offset, run) in part.runs().enumerate() {
            for place in self.places.get(&run).into_iter().flatten() {
                *votes.entry(place.saturating_sub(offset)).or_default() += 1;
            }
        }
        let most = votes.into_iter().max_by_key(|(start, votes)| (*votes, Reverse(*start)));
        most.map(|(start, _)| start)
    }
}

/// A text with one form for each letter, and without what is not seen.
fn plain(text: &str) -> String {
    let unseen =
        |c: &char| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}');
    text.nfc().filter(unseen).map(|c| if c == '’' { '\'' } else { c }).collect()
}
