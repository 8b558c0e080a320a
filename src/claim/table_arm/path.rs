//! The heads over each column of a table, top to bottom, spanning ones included.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::markdown::{InlineKind, Row, Table, Text};

/// A footnote's mark in a dialect that leaves it as printed: `^a^`, `^b,c^`, `^*^`.
static RAISED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\^[^\^0-9\s]{1,6}(?:,\s?[^\^0-9\s]{1,2})*\^").ok());

/// One head over a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::claim) struct Part {
    /// Row and column of the cell that prints it, from 0.
    pub(in crate::claim) cell: (usize, usize),
    /// Its text without footnote marks.
    pub(in crate::claim) text: String,
}

/// The heads over a column, top to bottom.
pub(in crate::claim) type Path = Vec<Part>;

/// The heads over every column of the widest row. An empty head takes the one on its left where a further head stands
/// below it. Linear in the size of the header.
pub(in crate::claim) fn paths(table: &Table) -> Vec<Path> {
    let width = table.rows.iter().map(|row| row.cells.len()).max();
    let mut paths: Vec<Path> = vec![Vec::new(); width.unwrap_or_default()];
    for (row, cells) in table.rows.iter().take(table.header_rows).enumerate() {
        let below = table.rows.get(row + 1..table.header_rows);
        let mut left: Option<Part> = None;
        for (column, path) in paths.iter_mut().enumerate() {
            let text = cells
                .cells
                .get(column)
                .map(|cell| unmarked_text(&cell.text))
                .unwrap_or_default();
            let stands_over = below.unwrap_or_default().iter().any(|row| {
                let cell = row.cells.get(column);
                cell.is_some_and(|cell| !cell.text.plain.trim().is_empty())
            });
            if !text.is_empty() {
                let part = Part {
                    cell: (row, column),
                    text,
                };
                left = Some(part.clone()).filter(|_| column > 0);
                path.push(part);
            } else if stands_over && let Some(part) = &left {
                path.push(part.clone());
            }
        }
    }
    paths
}

/// A cell's text without footnote marks: superscripts that are no digits, and signs behind the last word.
pub(in crate::claim) fn unmarked_text(text: &Text) -> String {
    let mut kept = String::new();
    let mut at = 0;
    for inline in &text.inlines {
        let printed = text.plain.get(inline.range.clone()).unwrap_or_default();
        if is_mark(&inline.kind, printed) && inline.range.start >= at {
            kept.push_str(text.plain.get(at..inline.range.start).unwrap_or_default());
            at = inline.range.end;
        }
    }
    kept.push_str(text.plain.get(at..).unwrap_or_default());
    let kept = RAISED
        .as_ref()
        .map_or_else(|| kept.as_str().into(), |mark| mark.replace_all(&kept, ""));
    let end = |c: char| c.is_whitespace() || "*†‡§¶#¤^".contains(c);
    kept.trim_start().trim_end_matches(end).to_owned()
}

/// The bytes of the footnote marks of a cell.
pub(in crate::claim) fn footnote_marks(text: &Text) -> impl Iterator<Item = Range<usize>> {
    text.inlines
        .iter()
        .filter(|inline| {
            let printed = text.plain.get(inline.range.clone()).unwrap_or_default();
            is_mark(&inline.kind, printed)
        })
        .map(|inline| inline.range.clone())
}

/// Whether an inline is a footnote's mark: `^a^`, `^b,c^`, `^*^`, never the exponent of a number.
fn is_mark(kind: &InlineKind, printed: &str) -> bool {
    let raised = matches!(
        kind,
        InlineKind::Superscript | InlineKind::FootnoteReference { .. }
    );
    raised && printed.len() <= 8 && !printed.chars().any(|c| c.is_ascii_digit())
}

/// Whether a cell holds a value and no words: digits, and hardly a letter.
pub(in crate::claim) fn is_figure(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphanumeric());
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    first.is_some_and(|c| c.is_ascii_digit()) && letters <= digits + 3
}

/// The text of a row where only its first cell has any: a head over the rows below.
pub(in crate::claim) fn group_head(row: &Row) -> Option<String> {
    let (first, rest) = row.cells.split_first()?;
    let alone = !rest.is_empty() && rest.iter().all(|cell| cell.text.plain.trim().is_empty());
    let text = unmarked_text(&first.text);
    (alone && text.chars().any(char::is_alphabetic)).then_some(text)
}
