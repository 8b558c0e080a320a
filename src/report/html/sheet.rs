//! One document as rows: a block each, with the stretches of its text that findings are about.
//!
//! Why it exists: a mark must sit exactly on the characters of its finding. Where the running text of a block cannot show
//! them (the target of a link, the definition of one, metadata), the row shows the source instead.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::entry::Spot;
use crate::markdown::{Block, Document, Text};
use crate::text::Span;

/// A document's rows, in the order of its text.
pub(super) struct Sheet<'a> {
    pub(super) rows: Vec<Row<'a>>,
    /// For each spot of the document, where its first stretch stands.
    pub(super) stands: Vec<Option<Stands>>,
}

/// Where a mark is: a row, and a cell of its table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stands {
    pub(super) row: usize,
    pub(super) cell: Option<Cell>,
}

/// What stands in one line of the page: a stretch of the document, and its notes beside it.
pub(super) struct Row<'a> {
    /// The block; `None` where the row shows the source.
    pub(super) block: Option<&'a Block>,
    /// Bytes of the source.
    pub(super) span: Span,
    source: Text,
    portions: BTreeMap<Option<Cell>, Vec<Portion>>,
}

/// Row and column of a table, from 0.
pub(super) type Cell = (usize, usize);

/// A stretch of running text that a finding is about.
#[derive(Clone, Debug)]
pub(super) struct Portion {
    /// Index in the spots of the document.
    pub(super) spot: usize,
    /// Bytes of the running text; empty where the place is between two characters.
    pub(super) range: Range<usize>,
    /// Whether the number of the finding stands behind it: the first stretch of its place.
    pub(super) first: bool,
}

impl<'a> Sheet<'a> {
    /// The rows of a document. Linear in its text and its spots, which are sorted by their start.
    pub(super) fn of(document: &'a Document, spots: &[Spot<'_>]) -> Self {
        let blocks = document.blocks.iter().map(Row::of_block).collect();
        let first = Self::marked(blocks, spots);
        let wrong = first.inexact(spots);
        if wrong.is_empty() {
            return first;
        }
        let mut rows = first.rows;
        let mut unread = Vec::new();
        for span in wrong {
            let mut is_read = false;
            for row in rows_over(&rows, span) {
                is_read = true;
                if let Some(row) = rows.get_mut(row) {
                    *row = Row::of_source(document, row.span);
                }
            }
            if !is_read {
                unread.push(lines_of(document, span));
            }
        }
        unread.sort_unstable();
        unread.dedup();
        rows.extend(joined(unread).map(|span| Row::of_source(document, span)));
        rows.sort_by_key(|row| row.span.start);
        for row in &mut rows {
            row.portions.clear();
        }
        Self::marked(rows, spots)
    }

    fn marked(mut rows: Vec<Row<'a>>, spots: &[Spot<'_>]) -> Self {
        let units = Units::of(&rows);
        let mut stands = Vec::with_capacity(spots.len());
        let mut found = Vec::new();
        for (spot, place) in spots.iter().enumerate() {
            let mut first = None;
            for unit in units.over(place.span()) {
                let Some(text) = rows.get(unit.row).and_then(|row| row.text(unit.cell)) else {
                    continue;
                };
                let Some(range) = stretch(text, place.span()) else {
                    continue;
                };
                let (row, cell) = (unit.row, unit.cell);
                let portion = Portion {
                    spot,
                    range,
                    first: first.is_none(),
                };
                found.push((row, cell, portion));
                first = first.or(Some(Stands { row, cell }));
            }
            stands.push(first);
        }
        for (row, cell, portion) in found {
            if let Some(row) = rows.get_mut(row) {
                row.portions.entry(cell).or_default().push(portion);
            }
        }
        Self { rows, stands }
    }

    /// The spans whose marks are missing, or would cover more than the finding says.
    fn inexact(&self, spots: &[Spot<'_>]) -> BTreeSet<Span> {
        let mut wrong = BTreeSet::new();
        for (spot, stands) in spots.iter().zip(&self.stands) {
            if stands.is_none() {
                wrong.insert(spot.span());
            }
        }
        for row in &self.rows {
            for (cell, portions) in &row.portions {
                let Some(text) = row.text(*cell) else {
                    continue;
                };
                for portion in portions.iter().filter(|one| !one.range.is_empty()) {
                    let covered = text.source_span(portion.range.clone());
                    let wanted = spots.get(portion.spot).map(Spot::span);
                    wrong.extend(wanted.filter(|wanted| !wanted.contains(covered)));
                }
            }
        }
        wrong
    }
}

impl<'a> Row<'a> {
    fn of_block(block: &'a Block) -> Self {
        Self {
            block: Some(block),
            span: block.span,
            source: Text::default(),
            portions: BTreeMap::new(),
        }
    }

    fn of_source(document: &Document, span: Span) -> Self {
        let mut source = Text::default();
        source.push(document.source.slice(span), span);
        Self {
            block: None,
            span,
            source,
            portions: BTreeMap::new(),
        }
    }

    /// The running text of the row, or of one cell of its table.
    pub(super) fn text(&self, cell: Option<Cell>) -> Option<&Text> {
        let Some(block) = self.block else {
            return cell.is_none().then_some(&self.source);
        };
        let Some((row, column)) = cell else {
            return Some(&block.text);
        };
        let cell = block.table()?.rows.get(row)?.cells.get(column)?;
        Some(&cell.text)
    }

    /// The marked stretches of a cell, or of a row without cells, by start.
    pub(super) fn portions(&self, cell: Option<Cell>) -> &[Portion] {
        self.portions.get(&cell).map_or(&[], Vec::as_slice)
    }

    /// Whether a finding is about anything in it.
    pub(super) fn is_marked(&self) -> bool {
        !self.portions.is_empty()
    }

    /// Whether a finding is about anything in a row of its table.
    pub(super) fn is_marked_at(&self, row: usize) -> bool {
        let cells = Some((row, 0))..Some((row + 1, 0));
        self.portions.range(cells).next().is_some()
    }

    /// Bytes of text that it shows.
    pub(super) fn size(&self) -> usize {
        self.span.len()
    }
}

/// The bytes of a text that a span is about: an empty range where the span is between characters; `None` where it has none.
fn stretch(text: &Text, span: Span) -> Option<Range<usize>> {
    if span.is_empty() {
        let before = text.plain_range(Span::new(span.start.saturating_sub(1), span.start));
        return Some(before.end..before.end);
    }
    let range = text.plain_range(span);
    (text.plain.get(range.clone()).is_some() && !range.is_empty()).then_some(range)
}

/// A running text of a row.
struct Unit {
    row: usize,
    cell: Option<Cell>,
    span: Span,
    /// Largest end of this unit and those before it.
    reach: usize,
}

/// All running texts, by start.
struct Units {
    units: Vec<Unit>,
}

impl Units {
    fn of(rows: &[Row<'_>]) -> Self {
        let mut units = Vec::new();
        let mut add = |row, cell, span: Span| {
            let reach = span.end;
            let unit = Unit {
                row,
                cell,
                span,
                reach,
            };
            units.push(unit);
        };
        for (index, row) in rows.iter().enumerate() {
            let Some(table) = row.block.and_then(Block::table) else {
                add(index, None, row.span);
                continue;
            };
            for (r, line) in table.rows.iter().enumerate() {
                for (c, cell) in line.cells.iter().enumerate() {
                    add(index, Some((r, c)), cell.span);
                }
            }
        }
        units.sort_by_key(|unit| unit.span.start);
        let mut reach = 0;
        for unit in &mut units {
            reach = reach.max(unit.reach);
            unit.reach = reach;
        }
        Self { units }
    }

    /// Those that share a byte with a span; for an empty span, the first one that it touches.
    fn over(&self, span: Span) -> impl Iterator<Item = &Unit> {
        let (start, end, most) = if span.is_empty() {
            (span.start.saturating_sub(1), span.end + 1, 1)
        } else {
            (span.start, span.end, usize::MAX)
        };
        let from = self.units.partition_point(|unit| unit.reach <= start);
        self.units
            .iter()
            .skip(from)
            .take_while(move |unit| unit.span.start < end)
            .filter(move |unit| unit.span.end > start)
            .take(most)
    }
}

/// Indices of the rows that share a byte with a span.
fn rows_over(rows: &[Row<'_>], span: Span) -> Vec<usize> {
    let to = rows.partition_point(|row| row.span.start < span.end.max(span.start + 1));
    let before = rows.iter().enumerate().take(to).rev();
    // Blocks joined over a page break may reach past those that follow them, by a note or two.
    before
        .take(8)
        .filter(|(_, row)| row.span.overlaps(span))
        .map(|(at, _)| at)
        .collect()
}

/// The whole lines of a span.
fn lines_of(document: &Document, span: Span) -> Span {
    let source = &document.source;
    let first = source.line_span(source.line(span.start));
    let last = source.line_span(source.line(span.end.saturating_sub(1).max(span.start)));
    first.join(last).join(span)
}

/// Sorted spans, those that overlap as one.
fn joined(spans: Vec<Span>) -> impl Iterator<Item = Span> {
    let mut kept: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match kept.last_mut().filter(|last| last.end > span.start) {
            Some(last) => *last = last.join(span),
            None => kept.push(span),
        }
    }
    kept.into_iter()
}
