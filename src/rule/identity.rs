//! What a finding is about, apart from where it stands: the words that its fingerprint is made of.
//!
//! A rule says so itself by `?identity` (measure, study, arm, scope, values). Where it does not, the passages of all its
//! places do: the sentence, the row under its column heads, or the entry of a reference list, without citation marks, entry
//! numbers and markup. No path and no line is part of it, so that moved, renamed and re-wrapped text keeps its
//! decisions, and neither is the order of the places.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::citation::Citations;
use crate::corpus::{Corpus, Extraction};
use crate::finding::Location;
use crate::markdown::{Document, Table};
use crate::text::{Span, squeeze};

/// The passages of some places, each once, sorted.
pub(super) fn passages<'l>(
    corpus: &Corpus,
    places: impl Iterator<Item = &'l Location>,
) -> BTreeSet<String> {
    places
        .map(|place| {
            let found = corpus.reading_of(&place.path);
            found.map_or_else(String::new, |(_, extraction)| {
                passage(extraction, place.span)
            })
        })
        .collect()
}

/// The passage a span stands in, and what of it the span marks.
fn passage(extraction: &Extraction, span: Span) -> String {
    let document = &extraction.document;
    let citations = &extraction.citations;
    let entry = citations
        .references
        .iter()
        .find(|reference| reference.span.contains(span));
    if let Some(entry) = entry {
        return fold(&entry.text);
    }
    let marked = marked(document, citations, span);
    let block = document
        .blocks
        .iter()
        .enumerate()
        .rfind(|(_, block)| block.span.contains(span));
    if let Some((at, block)) = block
        && let Some(table) = block.table()
    {
        return format!("{} : {marked}", row(document, citations, (at, table), span));
    }
    let sentence = extraction
        .statements
        .sentences
        .iter()
        .filter(|sentence| sentence.span.overlaps(span))
        .min_by_key(|sentence| sentence.span.len());
    let words = sentence.map(|sentence| {
        let place = &sentence.place;
        without_marks(document, citations, (place.block, place.cell), &place.range)
    });
    format!("{} : {marked}", words.unwrap_or_default())
}

/// What a span marks, empty where that is a citation mark and no more.
fn marked(document: &Document, citations: &Citations, span: Span) -> String {
    let is_mark = citations
        .pointers
        .iter()
        .any(|pointer| pointer.span.contains(span));
    if is_mark {
        String::new()
    } else {
        fold(document.source.slice(span)).replace(['*', '_', '`'], "")
    }
}

/// The row of a table that a span stands in, and the heads of the columns it touches.
fn row(
    document: &Document,
    citations: &Citations,
    (block, table): (usize, &Table),
    span: Span,
) -> String {
    let mut words = Vec::new();
    let mut columns = BTreeSet::new();
    for (r, row) in table.rows.iter().enumerate() {
        if !row.span.overlaps(span) {
            continue;
        }
        for (c, cell) in row.cells.iter().enumerate() {
            if cell.span.overlaps(span) {
                columns.insert(c);
            }
            let all = 0..cell.text.plain.len();
            words.push(without_marks(
                document,
                citations,
                (block, Some((r, c))),
                &all,
            ));
        }
    }
    for head in table.rows.iter().take(table.header_rows) {
        for column in &columns {
            if let Some(cell) = head.cells.get(*column) {
                words.push(fold(&cell.text.plain));
            }
        }
    }
    words.join(" | ")
}

/// Plain text without the citation marks in it.
fn without_marks(
    document: &Document,
    citations: &Citations,
    (block, cell): (usize, Option<(usize, usize)>),
    range: &Range<usize>,
) -> String {
    let plain = document
        .text_at(block, cell)
        .map_or("", |text| text.plain.as_str());
    let mut kept = String::new();
    let mut at = range.start;
    let marks = citations.pointers.iter().map(|pointer| &pointer.place);
    for mark in marks.filter(|place| (place.block, place.cell) == (block, cell)) {
        if mark.range.start >= at && mark.range.end <= range.end {
            kept.push_str(plain.get(at..mark.range.start).unwrap_or_default());
            at = mark.range.end;
        }
    }
    kept.push_str(plain.get(at..range.end).unwrap_or_default());
    fold(&kept)
}

/// White space as single spaces, quotation marks straight, and none before the full stop that a mark left behind.
fn fold(text: &str) -> String {
    squeeze(text)
        .replace(['\u{2018}', '\u{2019}'], "'")
        .replace(['\u{201c}', '\u{201d}'], "\"")
        .replace(" .", ".")
}
