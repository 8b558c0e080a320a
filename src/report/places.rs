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
    positions: BTreeMap<&'a str, BTreeMap<usize, Position>>,
}

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
        self.at(&place.path, place.span.start)
    }

    /// Where a place ends: the position after its last character.
    pub(super) fn end(&self, place: &Location) -> Position {
        self.at(&place.path, place.span.end)
    }

    fn at(&self, path: &str, offset: usize) -> Position {
        self.positions
            .get(path)
            .and_then(|document| document.get(&offset))
            .copied()
            .unwrap_or(Position { line: 1, column: 1 })
    }
}

/// `path:line:column`.
pub(super) fn label(path: &str, position: Position) -> String {
    format!("{path}:{}:{}", position.line, position.column)
}

fn positions(source: &SourceText, offsets: &BTreeSet<usize>) -> BTreeMap<usize, Position> {
    let text = source.text();
    let mut found = BTreeMap::new();
    let mut position = Position { line: 1, column: 1 };
    let mut reached = 0;
    for offset in offsets {
        let target = text.floor_char_boundary((*offset).min(text.len()));
        for c in text.get(reached..target).unwrap_or_default().chars() {
            match c {
                '\n' => {
                    position.line += 1;
                    position.column = 1;
                }
                '\u{feff}' => {}
                _ => position.column += 1,
            }
        }
        reached = target;
        found.insert(*offset, position);
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
            for (offset, position) in positions(&source, &offsets) {
                prop_assert_eq!(position, source.position(offset));
            }
        }
    }
}
