//! Total rows and total columns of tables, and the sizes of groups in column headers.
//!
//! A total row is taken to hold sums only where at least one of its columns adds up, a total column where two of its rows do and
//! at most half as many do not: a table proves itself what its totals are. Means, shares and subtotals never get there.

use rust_decimal::Decimal;

use super::slip;
use super::terms::{Terms, coarseness, gap, grouped};
use super::{Evidence, FiguresOfText, Sum};
use crate::markdown::{Document, Place, Table};
use crate::ontology::lexicon;

/// A cell by row and column.
type At = (usize, usize);

struct Reader<'a> {
    document: &'a Document,
    table: &'a Table,
    block: usize,
    figures: &'a FiguresOfText,
    /// Columns of the widest row.
    width: usize,
}

/// The sums of one table.
pub(super) fn sums(
    document: &Document,
    table: &Table,
    block: usize,
    figures: &FiguresOfText,
) -> Vec<Sum> {
    let widths = table.rows.iter().map(|row| row.cells.len());
    let width = widths.max().unwrap_or_default();
    let reader = Reader {
        document,
        table,
        block,
        figures,
        width,
    };
    let mut found = reader.columns();
    found.extend(reader.rows());
    found
}

impl Reader<'_> {
    fn text(&self, (row, column): At) -> &str {
        self.table
            .rows
            .get(row)
            .and_then(|row| row.cells.get(column))
            .map_or("", |cell| cell.text.plain.as_str())
    }

    fn body(&self) -> std::ops::Range<usize> {
        self.table.header_rows..self.table.rows.len()
    }

    /// Total rows: the rows above (or, for a first row, below) are the parts.
    fn rows(&self) -> Vec<Sum> {
        let labels: Vec<(usize, bool)> = self
            .body()
            .map(|row| (row, is_total(self.text((row, 0)))))
            .collect();
        let mut found = Vec::new();
        for (at, (row, total)) in labels.iter().enumerate() {
            if !total {
                continue;
            }
            let above = labels.get(..at).unwrap_or_default();
            let mut parts: Vec<usize> = above
                .iter()
                .rev()
                .take_while(|(row, total)| !total && !self.is_empty(*row))
                .map(|(row, _)| *row)
                .collect();
            parts.reverse();
            if at == 0 {
                let below = labels.get(1..).unwrap_or_default().iter();
                parts = below
                    .take_while(|(row, total)| !total && !self.is_empty(*row))
                    .map(|(row, _)| *row)
                    .collect();
            }
            let columns: Vec<Sum> = (1..self.width)
                .filter_map(|column| {
                    let cells: Vec<At> = parts.iter().map(|part| (*part, column)).collect();
                    self.sum((*row, column), &cells)
                })
                .collect();
            let right = columns.iter().filter(|sum| agrees(sum)).count();
            if right > 0 && columns.len() - right <= right {
                found.extend(columns);
            }
        }
        found
    }

    fn is_empty(&self, row: usize) -> bool {
        (1..self.width).all(|column| self.text((row, column)).trim().is_empty())
    }

    /// Total columns: the other columns of counts up to the next total are the parts.
    fn columns(&self) -> Vec<Sum> {
        let headers: Vec<String> = (0..self.width).map(|column| self.header(column)).collect();
        let totals: Vec<usize> = (1..headers.len())
            .filter(|column| headers.get(*column).is_some_and(|header| is_total(header)))
            .collect();
        let first = totals.first() == Some(&1);
        let mut found = Vec::new();
        for (nth, total) in totals.iter().enumerate() {
            let range = if first {
                total + 1..totals.get(nth + 1).copied().unwrap_or(headers.len())
            } else {
                nth.checked_sub(1)
                    .and_then(|nth| totals.get(nth))
                    .map_or(1, |before| before + 1)..*total
            };
            found.extend(self.column(*total, range.collect(), &headers));
        }
        found
    }

    /// The sums of one total column, where its table proves it to be one.
    fn column(&self, total: usize, parts: Vec<usize>, headers: &[String]) -> Vec<Sum> {
        let counted = |column: &usize| {
            self.body()
                .any(|row| count(self.text((row, *column))).is_some())
        };
        let parts: Vec<usize> = parts.into_iter().filter(counted).collect();
        let rows: Vec<Sum> = self
            .body()
            .filter_map(|row| {
                let cells: Vec<At> = parts.iter().map(|part| (row, *part)).collect();
                self.sum((row, total), &cells)
            })
            .collect();
        let right = rows.iter().filter(|sum| agrees(sum)).count();
        let sizes = self.sizes(total, &parts, headers);
        let fits = sizes.as_ref().is_some_and(agrees);
        let proven = right >= if fits { 1 } else { 2 } && (rows.len() - right) * 2 <= right;
        let mut found = Vec::new();
        if proven {
            found.extend(rows);
            found.extend(sizes);
        }
        found
    }

    /// "(n = 142)" of a total column against those of the others.
    fn sizes(&self, total: usize, parts: &[usize], headers: &[String]) -> Option<Sum> {
        let row =
            (0..self.table.header_rows).find(|row| size(self.text((*row, total))).is_some())?;
        let mut terms = Vec::new();
        for part in parts {
            terms.push((size(headers.get(*part)?)?, None));
        }
        self.total_of((row, total), size(self.text((row, total)))?, &terms)
    }

    fn header(&self, column: usize) -> String {
        let texts: Vec<&str> = (0..self.table.header_rows)
            .map(|row| self.text((row, column)).trim())
            .filter(|text| !text.is_empty())
            .collect();
        texts.join(" ")
    }

    fn figure(&self, at: At) -> Option<usize> {
        self.figures.get(&(self.block, Some(at)))?.first().copied()
    }

    fn sum(&self, total: At, parts: &[At]) -> Option<Sum> {
        let whole = count(self.text(total))?;
        let mut terms = Vec::new();
        for part in parts {
            terms.push((count(self.text(*part))?, self.figure(*part)));
        }
        self.total_of(total, whole, &terms)
    }

    fn total_of(&self, at: At, whole: Decimal, parts: &[(Decimal, Option<usize>)]) -> Option<Sum> {
        if parts.len() < 2 || whole.is_zero() {
            return None;
        }
        let bounds = |count: Decimal| {
            let margin = coarseness(count);
            Some((count.checked_sub(margin)?, count.checked_add(margin)?))
        };
        let mut terms = Vec::new();
        let mut middle = Decimal::ZERO;
        for (count, _) in parts {
            let (low, high) = bounds(*count)?;
            terms.push((low, high, grouped(*count)));
            middle = middle.checked_add(*count)?;
        }
        let counts: Vec<Decimal> = parts.iter().map(|(count, _)| *count).collect();
        let added = Terms {
            terms,
            subtracts: false,
        }
        .add()?;
        let place = Place {
            block: self.block,
            cell: Some(at),
            range: 0..self.text(at).len(),
        };
        Some(Sum {
            span: self.document.span(&place),
            place,
            total: self.figure(at),
            parts: parts.iter().filter_map(|(_, figure)| *figure).collect(),
            stated: bounds(whole)?,
            computed: (added.low, added.high),
            gap: gap(middle, whole)?,
            is_slip: slip::is_slip_of_sum(whole, &counts, false),
            evidence: Evidence::Table,
            calculation: added.calculation,
            printed: grouped(whole),
        })
    }
}

fn agrees(sum: &Sum) -> bool {
    sum.computed.0 <= sum.stated.1 && sum.stated.0 <= sum.computed.1
}

/// Whether a label says that its row or column is the total. What stands in brackets does not count.
fn is_total(label: &str) -> bool {
    let name = label.split(['(', '[', ',']).next().unwrap_or_default();
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .take_while(|word| word != "n")
        .collect();
    let name = words.join(" ");
    lexicon("total-labels").any(|total| total == name)
}

/// A whole number of things, alone or with its percentage: `12`, `1,200`, `12 (30%)`, `12 (30.0)`.
fn count(text: &str) -> Option<Decimal> {
    let text = text
        .trim()
        .trim_end_matches(['*', '†', '‡', '§'])
        .trim_end();
    let (number, rest) = match text.split_once('(') {
        Some((number, rest)) => (number.trim(), Some(rest)),
        None => (text, None),
    };
    let share = rest.is_none_or(|rest| {
        let inner = rest
            .trim_end_matches(')')
            .trim()
            .trim_end_matches('%')
            .trim();
        !inner.is_empty()
            && inner
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '.' | '·'))
    });
    let digits: String = number
        .chars()
        .filter(|c| !matches!(c, ',' | '\u{a0}' | '\u{2009}'))
        .collect();
    let whole =
        !digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|c| c.is_ascii_digit());
    (share && whole).then(|| digits.parse().ok()).flatten()
}

/// The size of a group in a header: `Placebo (n = 68)`.
fn size(header: &str) -> Option<Decimal> {
    let (before, rest) = header.split_once('=')?;
    let before = before.trim_end().trim_end_matches(['*', '_']);
    let name = before
        .chars()
        .next_back()
        .filter(|c| matches!(c, 'n' | 'N'))?;
    let alone = before
        .strip_suffix(name)
        .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    let digits: String = rest
        .trim_start()
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == ',')
        .filter(|c| *c != ',')
        .collect();
    (alone && digits.len() <= 12)
        .then(|| digits.parse().ok())
        .flatten()
}
