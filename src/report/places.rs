//! Lines and columns of all places of a run, found in one pass over each document.
//!
//! A Markdown paragraph is one line, and counting a column from the start of a line of megabytes for each finding would be
//! quadratic.

use std::collections::{BTreeMap, BTreeSet};

use super::Run;
use crate::finding::Location;
use crate::text::{Position, SourceText};

/// The positions of every place that the findings of a run name.
pub(super) struct Places<'a> {
    positions: BTreeMap<&'a str, BTreeMap<usize, Spot>>,
}

/// A position in both units of columns.
#[derive(Clone, Copy)]
struct Spot {
    position: Position,
    /// Column in bytes of UTF-8, from 1. A byte order mark counts as none.
    byte: usize,
}

const START: Spot = Spot {
    position: Position { line: 1, column: 1 },
    byte: 1,
};

impl<'a> Places<'a> {
    pub(super) fn of(run: &Run<'a>) -> Self {
        let mut offsets: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let hidden = run.suppressed.iter().map(|one| &one.finding);
        for finding in run.findings.iter().chain(hidden) {
            for place in std::iter::once(&finding.location).chain(&finding.related) {
                let of_document = offsets.entry(&place.path).or_default();
                of_document.insert(place.span.start);
                of_document.insert(place.span.end);
            }
        }
        let positions = offsets
            .into_iter()
            .filter_map(|(path, offsets)| {
                let source = run.sources.get(path)?;
                Some((path, positions(source, &offsets)))
            })
            .collect();
        Self { positions }
    }

    /// Where a place starts; line 1, column 1 where its document is not known.
    pub(super) fn start(&self, place: &Location) -> Position {
        self.at(&place.path, place.span.start).position
    }

    /// Where a place ends: the position after its last character.
    pub(super) fn end(&self, place: &Location) -> Position {
        self.at(&place.path, place.span.end).position
    }

    /// The column where a place starts, in bytes of UTF-8 from 1.
    pub(super) fn start_byte(&self, place: &Location) -> usize {
        self.at(&place.path, place.span.start).byte
    }

    /// The column where a place ends, in bytes of UTF-8 from 1, exclusive.
    pub(super) fn end_byte(&self, place: &Location) -> usize {
        self.at(&place.path, place.span.end).byte
    }

    fn at(&self, path: &str, offset: usize) -> Spot {
        self.positions
            .get(path)
            .and_then(|document| document.get(&offset))
            .copied()
            .unwrap_or(START)
    }
}

/// `path:line:column`.
pub(super) fn label(path: &str, position: Position) -> String {
    format!("{path}:{}:{}", position.line, position.column)
}

fn positions(source: &SourceText, offsets: &BTreeSet<usize>) -> BTreeMap<usize, Spot> {
    let text = source.text();
    let mut found = BTreeMap::new();
    let mut spot = START;
    let mut reached = 0;
    for offset in offsets {
        let target = text.floor_char_boundary((*offset).min(text.len()));
        for c in text.get(reached..target).unwrap_or_default().chars() {
            match c {
                '\n' => {
                    spot.position.line += 1;
                    spot.position.column = 1;
                    spot.byte = 1;
                }
                '\u{feff}' => {}
                _ => {
                    spot.position.column += 1;
                    spot.byte += c.len_utf8();
                }
            }
        }
        reached = target;
        found.insert(*offset, spot);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_pass_agrees_with_the_source_text(text in "[a\u{e9}\u{4e2d}\u{1f600}\r\n\t ]{0,40}") {
            let source = SourceText::new("a.md", text.clone());
            let offsets: BTreeSet<usize> = text.char_indices().map(|(at, _)| at).collect();
            for (offset, spot) in positions(&source, &offsets) {
                prop_assert_eq!(spot.position, source.position(offset));
                let line = source.line_span(spot.position.line);
                prop_assert_eq!(spot.byte, offset - line.start + 1);
            }
        }
    }
}
