//! Counts with their percentage in the cells of a table: "12 (30.0)", "12/40 (30%)", and "12" beside "30.0" under "n" and "%".

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::{At, Column};
use crate::claim::arithmetic::proportion::Proportion;
use crate::claim::group_size::group_size;
use crate::claim::table_arm::unmarked_text;
use crate::markdown::{Document, Table};

/// A count with its percentage; nobody at all in a cell of "0".
pub(super) struct Cell {
    /// Where the percentage stands.
    pub(super) at: At,
    /// The row from which the sizes of groups hold, and the column of the count.
    pub(super) column: Column,
    pub(super) proportion: Proportion,
    /// The whole printed beside the count.
    pub(super) own: Option<Decimal>,
}

/// "12 (30.0)", "12/40 (30%)".
static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[*_]*([0-9][0-9,]*)\s*(?:(?:/|of)\s*([0-9][0-9,]*)\s*)?[(\[]\s*([0-9]{1,3}(?:[.·][0-9]{1,4})?)\s*%?\s*[)\]][*_]*[^0-9(]{0,4}$").ok()
});

/// A head over percentages alone.
static PERCENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^\(?\s*(?:%|per ?cent|percentages?)\s*\)?$").ok());

/// All cells of a table that hold a count with its percentage, row by row.
pub(super) fn cells(document: &Document, table: &Table) -> Vec<Cell> {
    let percents = percent_columns(table);
    let mut found = Vec::new();
    let mut start = table.header_rows;
    for (row, cells) in table.rows.iter().enumerate().skip(table.header_rows) {
        let texts: Vec<String> = cells
            .cells
            .iter()
            .map(|cell| {
                let text = unmarked_text(&cell.text);
                document.source.notation().with_points(&text).into_owned()
            })
            .collect();
        if texts.iter().skip(1).any(|text| group_size(text).is_some()) {
            start = row;
        }
        for (column, text) in texts.iter().enumerate().skip(1) {
            let counted = COUNTED.as_ref().and_then(|counted| counted.captures(text));
            if let Some(parts) = counted {
                let part = |at: usize| parts.get(at).map(|part| part.as_str());
                let proportion = part(1)
                    .zip(part(3))
                    .and_then(|(count, percent)| read(count, percent));
                found.extend(proportion.map(|proportion| Cell {
                    at: (row, column),
                    column: (start, column),
                    proportion,
                    own: part(2).and_then(whole_number),
                }));
            } else if text == "0" && !percents.contains(&(column + 1)) {
                found.extend(read(text, text).map(|proportion| Cell {
                    at: (row, column),
                    column: (start, column),
                    proportion,
                    own: None,
                }));
            } else if percents.contains(&(column + 1))
                && let Some(percent) = texts.get(column + 1)
            {
                let percent = percent.trim_matches(['(', ')', '%', ' ']);
                found.extend(read(text, percent).map(|proportion| Cell {
                    at: (row, column + 1),
                    column: (start, column),
                    proportion,
                    own: None,
                }));
            }
        }
    }
    found
}

/// Columns under a bare "%".
fn percent_columns(table: &Table) -> Vec<usize> {
    let Some(last) = table
        .header_rows
        .checked_sub(1)
        .and_then(|row| table.rows.get(row))
    else {
        return Vec::new();
    };
    let is_percent = |text: &str| {
        PERCENT
            .as_ref()
            .is_some_and(|percent| percent.is_match(text))
    };
    let heads = last.cells.iter().enumerate();
    heads
        .filter(|(_, cell)| is_percent(unmarked_text(&cell.text).trim_matches('*')))
        .map(|(column, _)| column)
        .collect()
}

fn read(count: &str, percent: &str) -> Option<Proportion> {
    let count = whole_number(count)?;
    let percent = percent.replace('·', ".");
    let decimals = percent
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let percent: Decimal = percent.parse().ok()?;
    let step = Decimal::new(1, u32::try_from(decimals).ok().filter(|d| *d <= 6)?);
    let proportion = Proportion {
        count,
        percent,
        step,
    };
    let is_nothing = proportion.count.is_zero() && percent.is_zero();
    let is_possible = percent <= Decimal::ONE_HUNDRED && proportion.wholes().is_some();
    (is_nothing || is_possible).then_some(proportion)
}

/// A whole number, with or without commas between thousands.
pub(in crate::claim::arithmetic) fn whole_number(text: &str) -> Option<Decimal> {
    let digits = text.trim().replace(',', "");
    let whole = !digits.is_empty() && digits.len() <= 12;
    (whole && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}
