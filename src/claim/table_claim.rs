//! Claims of tables: one for each row that reports a value.
//!
//! Why it exists: a row is covered by marks in its cells, at the head of a column or in the caption, and needs a source where
//! it, or the head of its table, tells of the world. It leaves out the sentences of cells ([`super::statement`]).

use std::collections::BTreeMap;

use super::coverage::{Marks, NEARBY};
use super::lexis::{is, words};
use super::support::{Cells, Supports};
use super::{Claim, Sentence, SentenceKind, Support, mention};
use crate::citation::Citations;
use crate::markdown::{Cell, Document, InlineKind, Place, Row, Table};

/// The claims of all tables, in document order. Linear in the cells.
pub(super) fn rows(
    document: &Document,
    citations: &Citations,
    marks: &Marks<'_>,
    sentences: &[Sentence],
    supports: &Supports<'_>,
) -> Vec<Claim> {
    let mut prose: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    for sentence in sentences {
        if let (Some((row, _)), SentenceKind::Claim) = (sentence.place.cell, sentence.kind) {
            let long = words(document.plain(&sentence.place)).take(5).count() >= 5;
            *prose.entry((sentence.place.block, row)).or_default() |= long;
        }
    }
    let mut found = Vec::new();
    for block in 0..document.blocks.len() {
        if citations.reference_blocks.binary_search(&block).is_ok() {
            continue;
        }
        if let Some(table) = document.table(block) {
            let rows = TableRows {
                document,
                marks,
                block,
                table,
                supports,
            };
            found.extend(rows.claims(&prose));
        }
    }
    found
}

/// The body of one table.
struct TableRows<'d> {
    document: &'d Document,
    marks: &'d Marks<'d>,
    block: usize,
    table: &'d Table,
    supports: &'d Supports<'d>,
}

impl TableRows<'_> {
    /// One claim for each row with a value, or with a cell of prose (`prose`: block and row). A row needs support where it or the
    /// head of its table tells of the world; rows of versions, commands and plans need none.
    fn claims(&self, prose: &BTreeMap<(usize, usize), bool>) -> Vec<Claim> {
        let columns = column_marks(self.block, self.table, self.marks);
        let asked = self.supports.asks_rows() && !self.defines();
        let head_tells = asked && self.supports.tells_of_world(&self.heads(), Cells::Head);
        let support = |text: &str| {
            if asked && (head_tells || self.supports.tells_of_world(text, Cells::Body)) {
                Support::Needed
            } else {
                Support::NotNeeded
            }
        };
        let rows = self.table.rows.iter().enumerate();
        rows.skip(self.table.header_rows)
            .filter(|(index, row)| {
                prose.get(&(self.block, *index)).copied().unwrap_or(false)
                    || row.cells.iter().any(has_value)
            })
            .filter_map(|(index, row)| self.claim(index, row, &columns, support))
            .collect()
    }

    /// The heads, joined by bars.
    fn heads(&self) -> String {
        let heads = self.table.rows.iter().take(self.table.header_rows);
        heads.map(row_text).collect::<Vec<_>>().join(" | ")
    }

    /// Whether a head says that the rows define names, as in a list of the columns of a file: "Column | Definition". It
    /// is the last one, or the names are printed as code.
    fn defines(&self) -> bool {
        let heads = self.table.rows.iter().take(self.table.header_rows);
        let defining = |cell: &Cell| is("defining-head", &cell.text.plain.trim().to_lowercase());
        let mut heads = heads.rev();
        let Some(lowest) = heads.next() else {
            return false;
        };
        let of_code = || {
            let body = self.table.rows.iter().skip(self.table.header_rows);
            let mut names = body.filter_map(|row| row.cells.first());
            names.all(|cell| {
                cell.text
                    .inlines
                    .iter()
                    .any(|found| found.kind == InlineKind::Code)
            })
        };
        lowest.cells.last().is_some_and(defining) || lowest.cells.iter().any(defining) && of_code()
    }

    fn claim(
        &self,
        index: usize,
        row: &Row,
        columns: &BTreeMap<usize, Vec<usize>>,
        support: impl Fn(&str) -> Support,
    ) -> Option<Claim> {
        let caption = self
            .table
            .caption
            .map_or(0..0, |block| self.marks.at((block, None)));
        let mut pointers: Vec<usize> = caption.take(2 * NEARBY).collect();
        for (column, cell) in row.cells.iter().enumerate() {
            pointers.extend(self.marks.at((self.block, Some((index, column)))));
            if let Some(of_column) = columns.get(&column).filter(|_| !cell.text.plain.is_empty()) {
                pointers.extend(of_column);
            }
        }
        pointers.sort_unstable();
        pointers.dedup();
        let text = row_text(row);
        let place = Place {
            block: self.block,
            cell: Some((index, 0)),
            range: 0..row.cells.first()?.text.plain.len(),
        };
        Some(Claim {
            nearby: self.marks.nearby(self.document, &place, &pointers),
            place,
            span: row.span,
            mentions: mention::mentions(&text),
            support: support(&text),
            text,
            sentence: None,
            pointers,
            introduces_source: false,
            tells_of_others: false,
        })
    }
}

/// The cells of a row, joined by bars.
fn row_text(row: &Row) -> String {
    let cells: Vec<&str> = row
        .cells
        .iter()
        .map(|cell| cell.text.plain.trim())
        .collect();
    cells.join(" | ")
}

/// Marks in header cells, by column.
fn column_marks(block: usize, table: &Table, marks: &Marks<'_>) -> BTreeMap<usize, Vec<usize>> {
    let mut columns: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, row) in table.rows.iter().enumerate().take(table.header_rows) {
        for column in 0..row.cells.len() {
            let found = marks.at((block, Some((index, column))));
            if !found.is_empty() {
                columns.entry(column).or_default().extend(found);
            }
        }
    }
    columns
}

/// Whether a cell holds a number or says that one was not reported.
fn has_value(cell: &Cell) -> bool {
    let plain = cell.text.plain.trim();
    plain.contains(|c: char| c.is_ascii_digit()) || is("no-value", &plain.to_lowercase())
}
