//! Where sentences begin and end.
//!
//! Why it exists: what a citation covers is decided by sentence ends, so marks after a full stop, abbreviations
//! ("et al.", "Fig. 3"), initials, decimals, quotations and file names must be read right.
//! It leaves out what a sentence does ([`super::kind`]).
//!
//! Each full stop (or `!`, `?`, `…`) is a candidate; [`Scan::sentence_end`] takes in what belongs to the sentence
//! before (closing quotes and brackets, marks), [`Scan::goes_on`] judges the words on both sides. A block, a
//! table cell, a caption is at least one sentence; none crosses a block. A stretch that goes on for [`LONGEST`] bytes
//! without an end is cut: it is no sentence that a person wrote, and what reads a sentence compares its parts with one another.

use std::ops::Range;

use memchr::memchr3;

use super::abbreviation::{self, Follower, Shape};
use super::enclosure::{Enclosures, QuoteRole};
use super::flattened::is_bullet;
use super::kind::Kinds;
use super::lexis::{char_at, char_before};
use super::words::Words;
use super::{Sentence, mark_shape};
use crate::citation::Citations;
use crate::markdown::{BlockKind, Document, InlineKind, Place, Text};
use crate::text::Span;

/// Bytes after which a sentence is cut. Of 50,000 sentences of published articles the longest had 1,200.
const LONGEST: usize = 3_000;
/// Bytes in front of that in which a good place to cut is looked for.
const CUT_REACH: usize = 600;

/// A block, and a cell where it is a table.
pub(super) type Slot = (usize, Cell);
/// Row and column of a cell; `None` for the text of a block.
pub(super) type Cell = Option<(usize, usize)>;

/// Splits every running text of a document into sentences, in document order, and gives the words of each. Code is passed over.
pub(crate) fn split<'d>(
    document: &'d Document,
    citations: &Citations,
) -> (Vec<Sentence>, Vec<Words<'d>>) {
    let kinds = Kinds::new(document, citations);
    let mut sentences = Vec::new();
    let mut words_of = Vec::new();
    for (block, cell, text) in document.texts() {
        if document
            .blocks
            .get(block)
            .is_some_and(|found| matches!(found.kind, BlockKind::Code))
        {
            continue;
        }
        let marks = citations.pointers_in(block, cell).iter();
        let marks = marks.map(|pointer| pointer.place.range.clone());
        for range in ranges(text, marks) {
            let place = Place { block, cell, range };
            let words = Words::of(document.plain(&place));
            let kind = kinds.of(&place, &words);
            let span = marked_span(text, &place.range, document.span(&place));
            sentences.push(Sentence { place, span, kind });
            words_of.push(words);
        }
    }
    kinds.settle_lists(&mut sentences);
    (sentences, words_of)
}

/// The span of a sentence with the markers of what stands at its ends: the `</sup>` of a mark, the target of a link.
fn marked_span(text: &Text, range: &Range<usize>, span: Span) -> Span {
    let until = text
        .inlines
        .partition_point(|inline| inline.range.start < range.end);
    text.inlines
        .iter()
        .take(until)
        .rev()
        .take_while(|inline| inline.range.start >= range.start)
        .filter(|inline| {
            inline.range.end <= range.end
                && (inline.range.start == range.start || inline.range.end == range.end)
        })
        .fold(span, |span, inline| span.join(inline.span))
}

/// The sentences of one running text: bytes of its plain text, in order, disjoint, without white space around.
fn ranges(text: &Text, marks: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut attached: Vec<Range<usize>> = marks.collect();
    let mut passed = Vec::new();
    for inline in &text.inlines {
        match inline.kind {
            InlineKind::Superscript | InlineKind::FootnoteReference { .. } => {
                attached.push(inline.range.clone());
            }
            InlineKind::Code | InlineKind::Math => passed.push(inline.range.clone()),
            InlineKind::Emphasis
            | InlineKind::Strong
            | InlineKind::Strikethrough
            | InlineKind::Link { .. }
            | InlineKind::Image { .. }
            | InlineKind::Subscript => {}
        }
    }
    attached.sort_by_key(|range| (range.start, range.end));
    passed.sort_by_key(|range| (range.start, range.end));
    Scan {
        text: &text.plain,
        is_ascii: text.plain.is_ascii(),
        enclosures: Enclosures::find(&text.plain),
        marks: attached,
        passed,
        start: 0,
    }
    .run()
}

/// The text of a block or cell, read from its first byte to its last.
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    is_ascii: bool,
    enclosures: Enclosures,
    marks: Vec<Range<usize>>,
    passed: Vec<Range<usize>>,
    /// First byte of the sentence under way.
    pub(super) start: usize,
}

/// A run of terminators.
pub(super) struct Stop<'t> {
    /// Its first byte.
    pub(super) at: usize,
    /// The first byte after it.
    pub(super) end: usize,
    /// Whether it is one full stop.
    pub(super) plain: bool,
    /// The word in front.
    pub(super) before: &'t str,
}

impl<'t> Scan<'t> {
    fn run(mut self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = self.terminator(at) {
            let stop = self.stop(start);
            at = stop.end;
            let Some(end) = self.sentence_end(&stop) else {
                continue;
            };
            at = at.max(end);
            self.close(end, &mut found);
        }
        self.close(self.text.len(), &mut found);
        found
    }

    /// The first terminator from a byte on.
    fn terminator(&self, from: usize) -> Option<usize> {
        let rest = self.text.get(from..)?;
        if self.is_ascii {
            return memchr3(b'.', b'!', b'?', rest.as_bytes()).map(|at| from + at);
        }
        rest.find(is_terminator).map(|at| from + at)
    }

    fn close(&mut self, end: usize, found: &mut Vec<Range<usize>>) {
        let piece = self.text.get(self.start..end).unwrap_or_default();
        let opened = piece.trim_start();
        let trimmed = opened.trim_end();
        if !trimmed.is_empty() {
            let start = self.start + (piece.len() - opened.len());
            self.push(start..start + trimmed.len(), found);
        }
        self.start = end;
    }

    /// Adds a sentence, in pieces of at most [`LONGEST`] bytes.
    fn push(&self, mut range: Range<usize>, found: &mut Vec<Range<usize>>) {
        while range.len() > LONGEST {
            let cut = self.cut(range.start);
            let piece = self.text.get(range.start..cut).unwrap_or_default();
            found.push(range.start..range.start + piece.trim_end().len());
            let rest = self.text.get(cut..range.end).unwrap_or_default();
            range.start = range.end - rest.trim_start().len();
        }
        if !range.is_empty() {
            found.push(range);
        }
    }

    /// Where a sentence that starts at a byte is cut: behind a semicolon, else a comma, else a blank, and not inside a mark.
    fn cut(&self, start: usize) -> usize {
        let end = self.text.floor_char_boundary(start + LONGEST);
        let from = self.text.ceil_char_boundary(end - CUT_REACH);
        let window = self.text.get(from..end).unwrap_or_default();
        let found = ["; ", ", ", " "]
            .iter()
            .find_map(|stop| window.rfind(stop).map(|at| from + at + stop.len()));
        let cut = found.unwrap_or(end);
        let before = self.marks.partition_point(|mark| mark.start < cut);
        before
            .checked_sub(1)
            .and_then(|at| self.marks.get(at))
            .filter(|mark| mark.end > cut && mark.start > start)
            .map_or(cut, |mark| mark.start)
    }

    /// The run of terminators at a byte; `! . . .` with single spaces is one run.
    fn stop(&self, at: usize) -> Stop<'t> {
        let mut end = at;
        let mut count = 0;
        while let Some(c) = char_at(self.text, end).filter(|c| is_terminator(*c)) {
            end += c.len_utf8();
            count += 1;
            let next = self.skip_space(end);
            let spaced = char_at(self.text, next).is_some_and(is_terminator)
                && char_at(self.text, next + 1)
                    .is_none_or(|c| c.is_whitespace() || is_terminator(c) || is_closer(c));
            if next > end && spaced {
                end = next;
            }
        }
        let plain = count == 1 && char_at(self.text, at) == Some('.');
        Stop {
            at,
            end,
            plain,
            before: word_before(self.text, self.start, at),
        }
    }

    /// Where the sentence ends that this run of terminators ends; `None` where it goes on.
    fn sentence_end(&mut self, stop: &Stop<'_>) -> Option<usize> {
        if covers(&self.passed, stop.at) || (char_before(self.text, stop.at) == Some('[')) {
            return None;
        }
        if let Some(label) = self.flattened_item(stop) {
            return Some(label);
        }
        let (end, marked) = self
            .flattened_mark(stop)
            .map_or_else(|| self.take_in(stop.end), |end| (end, true));
        if self.enclosures.encloses(stop.at, end) {
            return None;
        }
        let next = self.skip_space(end);
        if next >= self.text.len() {
            return Some(self.text.len());
        }
        if next == end {
            return self.glued(stop, end).then_some(end);
        }
        (!self.goes_on(stop, next, marked)).then_some(end)
    }

    /// Takes in closing quotes and brackets and citation marks after the terminators. Says whether there were marks.
    fn take_in(&self, from: usize) -> (usize, bool) {
        let mut end = from;
        let mut marked = false;
        loop {
            let Some(c) = char_at(self.text, end) else {
                return (end, marked);
            };
            if let Some(mark_end) = self.mark_end(end) {
                end = mark_end;
                marked = true;
            } else if is_closer(c) {
                end += c.len_utf8();
            } else if let Some(further) = self.spaced_closer(end) {
                marked |= further.1;
                end = further.0;
            } else {
                return (end, marked);
            }
        }
    }

    /// A quote or mark that closes the sentence though a space stands before it: `gas. [1] It`.
    fn spaced_closer(&self, end: usize) -> Option<(usize, bool)> {
        let next = self.skip_space(end);
        if next == end {
            return None;
        }
        match self.enclosures.quote_at(next) {
            Some((length, QuoteRole::Close)) => return Some((next + length, false)),
            Some((length, QuoteRole::Stray))
                if !self.enclosures.closed_between(self.start, end) =>
            {
                return Some((next + length, false));
            }
            Some((_, QuoteRole::Stray | QuoteRole::Open)) | None => {}
        }
        let mark_end = self.mark_end(next)?;
        let after = self.skip_space(mark_end);
        let follower = char_at(self.text, after);
        let closes = match follower {
            None => true,
            Some(c) if after == mark_end => is_terminator(c) || c == '[',
            Some(c) => !c.is_lowercase(),
        };
        closes.then_some((mark_end, true))
    }

    /// The end of a citation mark that starts here: one the citation stage found, or the shape of one.
    fn mark_end(&self, at: usize) -> Option<usize> {
        let index = self.marks.partition_point(|mark| mark.start < at);
        if let Some(mark) = self.marks.get(index).filter(|mark| mark.start == at) {
            return Some(mark.end).filter(|end| *end > at);
        }
        mark_shape::length(self.text.get(at..)?).map(|length| at + length)
    }

    /// Whether the sentence goes on after the terminators, judged by the words on both sides.
    fn goes_on(&self, stop: &Stop<'_>, next: usize, marked: bool) -> bool {
        let follower = Follower::read(self.text, next);
        if follower.shape == Shape::Punctuation {
            return true;
        }
        if follower.shape == Shape::Lower || follower.shape == Shape::Mixed && !stop.plain {
            return true;
        }
        let spaced = char_before(self.text, stop.at).is_none_or(char::is_whitespace);
        if !stop.plain || spaced {
            return false;
        }
        let before = stop.before;
        let so_far = self.text.get(self.start..stop.at).unwrap_or_default();
        if self.is_label(before, stop.at) {
            return !marked;
        }
        if marked && !before.eq_ignore_ascii_case("al") {
            return false;
        }
        abbreviation::goes_on(so_far, before, &follower)
    }

    /// `1.` or `b.` at the start of a sentence numbers it.
    fn is_label(&self, before: &str, stop: usize) -> bool {
        let so_far = self.text.get(self.start..stop).unwrap_or_default().trim();
        so_far.len() == before.len()
            && (before.chars().all(|c| c.is_ascii_digit() || is_bullet(c))
                || before.chars().count() == 1)
    }

    pub(super) fn skip_space(&self, from: usize) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        from + (rest.len() - rest.trim_start().len())
    }
}

/// The word that ends at a byte, back to white space, a bracket or a quote.
fn word_before(text: &str, from: usize, to: usize) -> &str {
    let piece = text.get(from..to).unwrap_or_default();
    // A word longer than this is no abbreviation; the bound keeps hostile input linear.
    let window = piece
        .char_indices()
        .rev()
        .take(48)
        .find(|(_, c)| {
            c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '‘' | '`' | '{' | '/' | ';')
        })
        .map(|(at, c)| at + c.len_utf8());
    match window {
        Some(at) => piece.get(at..).unwrap_or_default(),
        None if piece.len() <= 200 => piece,
        None => "",
    }
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | ')'
            | ']'
            | '}'
            | '»'
            | '*'
            | '_'
            | '†'
            | '‡'
            | '§'
            | '¶'
            | '」'
            | '』'
    )
}

fn covers(ranges: &[Range<usize>], at: usize) -> bool {
    let index = ranges.partition_point(|range| range.end <= at);
    ranges.get(index).is_some_and(|range| range.contains(&at))
}

#[cfg(test)]
#[path = "tests/sentence.rs"]
mod tests;
