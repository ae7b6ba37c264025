//! Running text to Markdown.
//!
//! Promises: every sign that has a meaning is escaped; emphasis is written with asterisks only where CommonMark's
//! rules are sure to read it so, and as a tag elsewhere.

use super::super::inline::{Annotation, Decorator, Inline};
use super::super::links;
use super::super::marks::{self, Mark, Step};
use super::Writer;

/// How a line break is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Breaks {
    /// A backslash at the end of the line.
    Lines,
    /// `<br />`, where a text must stand on one line.
    Tags,
}

impl<'a> Writer<'a> {
    pub(super) fn inline(&mut self, inline: &'a Inline, breaks: Breaks) -> String {
        let steps = with_breaks_outside(marks::steps(inline));
        let mut out = String::new();
        // The end of each mark that is open: what closes it.
        let mut ends: Vec<String> = Vec::new();
        let mut is_emphasised = false;
        let mut at = 0;
        while let Some(step) = steps.get(at) {
            at += 1;
            match step {
                Step::Text(text) => push_escaped(&mut out, text),
                Step::Break if breaks == Breaks::Lines => out.push_str("\\\n"),
                Step::Break => out.push_str("<br />"),
                Step::Open(Mark::Decorator(Decorator::Code)) => {
                    let code = code_span(&steps[at..]).filter(|_| !out.ends_with('`'));
                    if let Some(code) = code {
                        out.push_str(&code);
                        at += 2;
                    } else {
                        open_tag(&mut out, &mut ends, "code");
                    }
                }
                Step::Open(Mark::Decorator(decorator @ (Decorator::Strong | Decorator::Em))) => {
                    let sign = if *decorator == Decorator::Strong { "**" } else { "*" };
                    if !is_emphasised && is_safe(&steps, at - 1, out.chars().next_back()) {
                        is_emphasised = true;
                        out.push_str(sign);
                        ends.push(sign.to_owned());
                    } else {
                        open_tag(&mut out, &mut ends, decorator.name());
                    }
                }
                Step::Open(Mark::Decorator(decorator)) => open_tag(&mut out, &mut ends, decorator.name()),
                Step::Open(Mark::Annotation(_, annotation)) => {
                    ends.push(self.open_annotation(&mut out, annotation))
                }
                Step::Close(_) => {
                    let end = ends.pop().unwrap_or_default();
                    is_emphasised &= !end.starts_with('*');
                    out.push_str(&end);
                }
            }
        }
        let blanks = [' ', '\t'];
        let mut text = out.trim_end_matches(blanks);
        while let Some(before) = text.strip_suffix("\\\n") {
            text = before.trim_end_matches(blanks);
        }
        lines_escaped(text)
    }

    /// Opens an annotation and gives what closes it.
    fn open_annotation(&mut self, out: &mut String, annotation: &'a Annotation) -> String {
        match annotation {
            Annotation::Link(link) => link.href.as_ref().map_or_else(String::new, |href| {
                if out.ends_with('!') {
                    out.pop();
                    out.push_str("\\!");
                }
                out.push('[');
                format!("]({})", links::for_markdown(href))
            }),
            Annotation::Footnote { text } => {
                self.notes.push(text);
                format!("\\[{}\\]", self.notes.len())
            }
            Annotation::Ruby { reading } => {
                let mut end = "(".to_owned();
                push_escaped(&mut end, reading);
                end.push(')');
                end
            }
            Annotation::Abbr { .. } | Annotation::Lang { .. } | Annotation::Dir { .. } => String::new(),
        }
    }
}

/// Line breaks at the edges of marks, moved out of them; a mark that holds nothing else goes.
fn with_breaks_outside(steps: Vec<Step<'_>>) -> Vec<Step<'_>> {
    let mut out: Vec<Step> = Vec::with_capacity(steps.len());
    for step in steps {
        match step {
            Step::Close(_) => {
                let words = out.iter().rposition(|step| *step != Step::Break).map_or(0, |at| at + 1);
                let breaks = out.split_off(words);
                if out.pop_if(|last| matches!(last, Step::Open(_))).is_none() {
                    out.push(step);
                }
                out.extend(breaks);
            }
            Step::Break => {
                let marks =
                    out.iter().rposition(|step| !matches!(step, Step::Open(_))).map_or(0, |at| at + 1);
                out.insert(marks, step);
            }
            Step::Open(_) | Step::Text(_) => out.push(step),
        }
    }
    out
}

fn open_tag(out: &mut String, ends: &mut Vec<String>, name: &str) {
    out.push_str(&format!("<{name}>"));
    ends.push(format!("</{name}>"));
}

/// A text of one line with nothing in it that is markup.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    push_escaped(&mut out, &text.replace('\n', " "));
    lines_escaped(&out)
}

/// A link that is a block of its own.
pub(super) fn linked(text: &str, url: &str) -> String {
    format!("[{}]({})", escaped(text), links::for_markdown(url))
}

fn push_escaped(out: &mut String, text: &str) {
    for (at, c) in text.char_indices() {
        let is_markup = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' => true,
            '&' => begins_entity(&text[at + 1..]),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(c);
    }
}

fn begins_entity(rest: &str) -> bool {
    // The `;` may stand in the next span.
    rest.is_empty() || rest.starts_with(|c: char| c == '#' || c.is_ascii_alphanumeric())
}

/// What begins a line must not be read as the sign of a heading, list or underline; blanks there mean
/// nothing.
fn lines_escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let line = line.trim_start_matches([' ', '\t']);
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        if line.starts_with(['#', '+', '-', '=', ':', '|']) {
            out.push('\\');
        } else if digits > 0 && line[digits..].starts_with(['.', ')']) {
            out.push_str(&line[..digits]);
            out.push('\\');
            out.push_str(&line[digits..]);
            continue;
        }
        out.push_str(line);
    }
    out
}

/// A code span, where the mark holds one text that a code span can show.
fn code_span(inside: &[Step<'_>]) -> Option<String> {
    let [Step::Text(text), Step::Close(_), ..] = inside else { return None };
    if text.trim_matches(' ').is_empty() {
        return None;
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let needs_room = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let room = if needs_room { " " } else { "" };
    Some(format!("{fence}{room}{text}{room}{fence}"))
}

/// Whether asterisks for the mark that opens at a step are read as emphasis: CommonMark's flanking rules,
/// strictly.
fn is_safe(steps: &[Step<'_>], open: usize, before: Option<char>) -> bool {
    let Some(close) = closing(steps, open) else { return false };
    let first = edge(steps.get(open + 1), |text| text.chars().next());
    let last = edge(steps.get(close - 1), |text| text.chars().next_back());
    // What is not known there is taken for a letter's accent: neither a blank nor a sign.
    let after =
        steps.get(close + 1).map(|step| edge(Some(step), |text| text.chars().next()).unwrap_or('\u{300}'));
    let (Some(first), Some(last)) = (first, last) else { return false };
    let flanks = |inner: char, outer: Option<char>| {
        !inner.is_whitespace()
            && (inner.is_alphanumeric() || outer.is_none_or(|c| c.is_whitespace() || is_punctuation(c)))
    };
    !matches!(before, Some('*' | '\\')) && flanks(first, before) && flanks(last, after)
}

fn closing(steps: &[Step<'_>], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    steps.iter().enumerate().skip(open).find_map(|(at, step)| {
        match step {
            Step::Open(_) => depth += 1,
            Step::Close(_) => depth -= 1,
            Step::Text(_) | Step::Break => {}
        }
        (depth == 0).then_some(at)
    })
}

/// The character that stands at an edge; none where that is not known, as annotations may write nothing.
fn edge(step: Option<&Step<'_>>, of_text: impl Fn(&str) -> Option<char>) -> Option<char> {
    match step? {
        Step::Text(text) => of_text(text),
        Step::Break => Some(' '),
        Step::Open(Mark::Annotation(_, annotation)) | Step::Close(Mark::Annotation(_, annotation)) => {
            match annotation {
                Annotation::Link(link) => link.href.as_ref().map(|_| ')'),
                Annotation::Footnote { .. } | Annotation::Abbr { .. } | Annotation::Ruby { .. } => None,
                Annotation::Lang { .. } | Annotation::Dir { .. } => None,
            }
        }
        Step::Open(Mark::Decorator(_)) | Step::Close(Mark::Decorator(_)) => Some('<'),
    }
}

/// Surely punctuation in CommonMark's sense.
fn is_punctuation(c: char) -> bool {
    let is_general = matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{3001}'..='\u{3003}');
    c.is_ascii_punctuation() || is_general || matches!(c, '«' | '»' | '¿' | '¡')
}
