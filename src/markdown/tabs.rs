//! Tab-separated tables, as they come out of pages and spreadsheets, and header rows of any table.

use super::running::Context;
use super::{Cell, Row, Table, Text, fragment};
use crate::text::Span;

/// Most rows that are taken for headers.
const HEADER_ROWS: usize = 3;

/// Reads a table from its lines; trailing empty cells are kept.
pub(super) fn read(lines: &[Span], context: Context<'_>) -> Table {
    let cells: Vec<Vec<Span>> = lines
        .iter()
        .map(|line| cell_spans(*line, context))
        .collect();
    let spans: Vec<Span> = cells.iter().flatten().copied().collect();
    let mut texts = fragment::texts(&spans, context, false).into_iter();
    let rows: Vec<Row> = lines
        .iter()
        .zip(&cells)
        .map(|(line, cells)| Row {
            span: *line,
            cells: cells
                .iter()
                .map(|span| Cell {
                    span: *span,
                    text: texts.next().unwrap_or_default(),
                })
                .collect(),
        })
        .collect();
    let first_is_header = rows.first().is_some_and(is_header);
    Table {
        header_rows: header_rows(&rows, usize::from(first_is_header)),
        rows,
        ..Table::default()
    }
}

fn cell_spans(line: Span, context: Context<'_>) -> Vec<Span> {
    let mut start = line.start;
    context
        .slice(line)
        .split('\t')
        .map(|cell| {
            let indent = cell.len() - cell.trim_start().len();
            let span = Span::new(start + indent, start + indent + cell.trim().len());
            start += cell.len() + 1;
            span
        })
        .collect()
}

/// How many rows are headers: `first`, and those after it that hold no number, while later rows do, where the
/// first has gaps or repeated cells (a cell over several columns) or the second names no row.
pub(super) fn header_rows(rows: &[Row], first: usize) -> usize {
    let Some(head) = rows.first().filter(|_| first == 1) else {
        return first;
    };
    let cells = head.cells.iter().skip(1);
    let has_gap = cells.clone().any(|cell| cell.text.plain.is_empty())
        || cells
            .zip(head.cells.iter().skip(2))
            .any(|(one, next)| one.text.plain == next.text.plain);
    let is_empty = |row: &Row| {
        row.cells
            .first()
            .is_none_or(|cell| cell.text.plain.is_empty())
    };
    let below = rows.get(1).is_some_and(is_empty);
    let goes_on = !is_empty(head) && below;
    // "| | Drug | Placebo |" over "| | (n = 20) | (n = 21) |": only rows without a label go on, and others have one.
    let corner = below && !has_gap && is_empty(head) && rows.iter().any(|row| !is_empty(row));
    if !has_gap && !goes_on && !corner {
        return first;
    }
    let more = rows
        .iter()
        .skip(1)
        .take_while(|row| is_header(row) && filled(row) > 1 && (!corner || is_empty(row)))
        .count();
    if 1 + more < rows.len() && more < HEADER_ROWS {
        1 + more
    } else {
        first
    }
}

fn filled(row: &Row) -> usize {
    let cells = row.cells.iter();
    cells.filter(|cell| !cell.text.plain.is_empty()).count()
}

fn is_header(row: &Row) -> bool {
    filled(row) > 0 && !row.cells.iter().any(|cell| is_numeric(&cell.text))
}

/// Whether a cell is a figure and not a label: digits without words. A year is a label.
fn is_numeric(text: &Text) -> bool {
    let plain = text.plain.trim();
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    let letters = plain.chars().filter(|c| c.is_alphabetic()).count();
    let is_year =
        plain.len() == 4 && digits == 4 && (plain.starts_with("19") || plain.starts_with("20"));
    let is_mark = plain.starts_with('[') || plain.starts_with('^');
    digits > 0 && letters == 0 && !is_year && !is_mark
}
