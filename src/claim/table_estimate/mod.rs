//! Estimates in tables: the interval behind the value, in the next column or in the next two, and the p-value behind that.
//!
//! Why it exists: "1.20 | 0.60 to 0.86 | 0.42" under "OR | 95% CI | p" says in three cells what prose says in one breath, so that
//! it is read as that prose. A table also shows when its columns are not what their heads say: then many rows look wrong at once.
//! It leaves out percentages, rows with more or fewer cells than the heads, and the judgement.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

mod columns;

use super::Figure;
use super::estimate::{Estimate, is_skewed, middle, tests_otherwise};
use super::table_arm::unmarked_text;
use crate::markdown::{Document, Row, Table};
use crate::quantity::{Comparator, Interval, Quantity, read};
use columns::{Bounds, Columns, columns};

static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[-−–+]?[0-9]+(?:\.[0-9]+)?$").ok());
/// The estimates of the tables of a document, by table and column.
pub(super) fn extract(document: &Document, figures: &[Figure]) -> Vec<Estimate> {
    let mut of_cell: BTreeMap<(usize, (usize, usize)), Vec<usize>> = BTreeMap::new();
    for (index, figure) in figures.iter().enumerate() {
        if let Some(cell) = figure.place.cell {
            of_cell
                .entry((figure.place.block, cell))
                .or_default()
                .push(index);
        }
    }
    let mut found = Vec::new();
    for block in 0..document.blocks.len() {
        let Some(table) = document.table(block) else {
            continue;
        };
        let reader = Reader {
            document,
            figures,
            of_cell: &of_cell,
            block,
            table,
            around: around(document, table),
        };
        for columns in columns(table, &reader.around) {
            found.extend(reader.estimates(&columns));
        }
    }
    found
}

/// The heads, caption and notes of a table, in lower case.
fn around(document: &Document, table: &Table) -> String {
    let heads = table.rows.iter().take(table.header_rows);
    let heads = heads.flat_map(|row| row.cells.iter().map(|cell| cell.text.plain.as_str()));
    let texts = table.caption.iter().chain(&table.notes);
    let texts = texts.filter_map(|block| Some(document.blocks.get(*block)?.text.plain.as_str()));
    heads
        .chain(texts)
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// One table with its figures.
struct Reader<'a> {
    document: &'a Document,
    figures: &'a [Figure],
    of_cell: &'a BTreeMap<(usize, (usize, usize)), Vec<usize>>,
    block: usize,
    table: &'a Table,
    around: String,
}

impl Reader<'_> {
    /// The estimates of a column, without what too many of its rows would contradict.
    fn estimates(&self, columns: &Columns) -> Vec<Estimate> {
        let rows = self.table.rows.iter().enumerate();
        let rows = rows.skip(self.table.header_rows);
        let mut found: Vec<Estimate> = rows
            .filter_map(|(at, row)| self.estimate(columns, at, row))
            .collect();
        let all = found.len();
        let is_inverted = |one: &&Estimate| {
            one.interval
                .as_ref()
                .is_some_and(|interval| interval.inverted)
        };
        let is_usual = |count: usize| count > 1 && count * 3 > all;
        if is_usual(found.iter().filter(|one| !self.is_inside(one)).count()) {
            return Vec::new();
        }
        let is_apart = matches!(columns.bounds, Bounds::Apart { .. });
        if is_apart && is_usual(found.iter().filter(is_inverted).count()) {
            return Vec::new();
        }
        if is_usual(found.iter().filter(|one| one.middle.is_some()).count()) {
            for one in &mut found {
                one.middle = None;
            }
        }
        // A p-value beside some rows tests a factor of several levels; two that contradict their interval test something else.
        let is_partly = found.iter().any(|one| one.p_value.is_none());
        if is_partly || found.iter().filter(|one| self.contradicts(one)).count() > 1 {
            for one in &mut found {
                one.p_value = None;
            }
        }
        found
    }

    fn estimate(&self, columns: &Columns, at: usize, row: &Row) -> Option<Estimate> {
        if Some(row.cells.len()) != self.table.rows.first().map(|row| row.cells.len()) {
            return None;
        }
        let cell = self.text(row, columns.estimate)?;
        let (value, bounds) = match columns.bounds {
            Bounds::Beside(column) => (cell, self.text(row, column)?),
            Bounds::Apart { low, high } => (cell, self.joined(row, low, high)?),
            Bounds::Behind => {
                let (value, bounds) = cell.split_at_checked(cell.find(['(', '['])?)?;
                (value.to_owned(), bounds.to_owned())
            }
        };
        let bounds = bounds.trim_matches(['(', ')', '[', ']', ' ']);
        let is_bare = NUMBER
            .as_ref()
            .is_some_and(|number| number.is_match(value.trim()));
        if !is_bare || bounds.contains(|c: char| "%()[]/±".contains(c)) {
            return None;
        }
        let quantity = read_together(value.trim(), bounds, &columns.level)?;
        let figure = self.figure((at, columns.estimate), &quantity)?;
        let interval = Interval {
            range: 0..bounds.len(),
            bounds: 0..bounds.len(),
            ..quantity.interval.clone()?
        };
        let label = row.cells.first().map_or("", |cell| &cell.text.plain);
        let said = format!("{} {}", self.around, label.to_lowercase());
        let is_skewed = is_skewed(&said);
        Some(Estimate {
            figure,
            null: columns.null,
            p_value: columns
                .p_value
                .filter(|_| !is_skewed && !tests_otherwise(&said))
                .and_then(|column| self.p_value((at, column))),
            bare_bounds: false,
            middle: (columns.null == Some(Decimal::ONE) && !is_skewed && !columns.quantiles)
                .then(|| middle(&quantity, &interval))
                .flatten(),
            interval: Some(interval),
        })
    }

    fn text(&self, row: &Row, column: usize) -> Option<String> {
        let text = unmarked_text(&row.cells.get(column)?.text);
        let notation = self.document.source.notation();
        Some(notation.with_points(&text).replace('·', "."))
    }

    /// Two cells of one number each, as they would be written in one: "0.60 to 0.86".
    fn joined(&self, row: &Row, low: usize, high: usize) -> Option<String> {
        let bound = |column| {
            let text = self.text(row, column)?;
            let text = text.trim().to_owned();
            NUMBER.as_ref()?.is_match(&text).then_some(text)
        };
        Some(format!("{} to {}", bound(low)?, bound(high)?))
    }

    /// The figure of a cell that is the value, in no unit.
    fn figure(&self, cell: (usize, usize), quantity: &Quantity) -> Option<usize> {
        let first = *self.of_cell.get(&(self.block, cell))?.first()?;
        let own = self.figures.get(first)?.quantity.as_ref()?;
        let same = own.value == quantity.value && own.unit.is_none() && own.interval.is_none();
        same.then_some(first)
    }

    /// The only figure of a cell, where it can be a probability.
    fn p_value(&self, cell: (usize, usize)) -> Option<usize> {
        let [only] = self.of_cell.get(&(self.block, cell))?.as_slice() else {
            return None;
        };
        let quantity = self.figures.get(*only)?.quantity.as_ref()?;
        let value = quantity.value?;
        let possible = quantity.unit.is_none() && (Decimal::ZERO..=Decimal::ONE).contains(&value);
        possible.then_some(*only)
    }

    fn quantity(&self, figure: usize) -> Option<&Quantity> {
        self.figures.get(figure)?.quantity.as_ref()
    }

    fn is_inside(&self, estimate: &Estimate) -> bool {
        let quantity = self.quantity(estimate.figure);
        quantity
            .zip(estimate.interval.as_ref())
            .is_none_or(|(quantity, interval)| {
                interval.low <= quantity.high && quantity.low <= interval.high
            })
    }

    /// Whether p lies on the other side of the level than the interval says, by their printed numbers.
    fn contradicts(&self, estimate: &Estimate) -> bool {
        let p = estimate.p_value.and_then(|p| self.quantity(p));
        let known = p.zip(estimate.interval.as_ref()).zip(estimate.null);
        known.is_some_and(|((p, interval), null)| {
            let level = interval.level.unwrap_or(Decimal::ONE_HUNDRED);
            let alpha = (Decimal::ONE_HUNDRED - level) / Decimal::ONE_HUNDRED;
            let excludes = null < interval.low || interval.high < null;
            let is_low = match p.comparator {
                Comparator::Equal | Comparator::About => p.value.is_some_and(|p| p < alpha),
                Comparator::Less | Comparator::AtMost => true,
                Comparator::Greater | Comparator::AtLeast => false,
            };
            excludes != is_low
        })
    }
}

/// The cells read as one statement: "1.20 (95% CI 0.60 to 0.86)". `None` where the bounds may be read in two ways.
pub(super) fn read_together(value: &str, bounds: &str, level: &str) -> Option<Quantity> {
    let head = format!("{value} ({level}% CI ");
    let written = format!("{head}{bounds})");
    let mut read = read(&written, &[]).into_iter();
    let (quantity, None) = (read.next()?, read.next()) else {
        return None;
    };
    let interval = quantity.interval.as_ref()?;
    let is_whole = interval.bounds == (head.len()..head.len() + bounds.len());
    let is_clear = !interval.inverted || interval.low >= Decimal::ZERO;
    (is_whole && is_clear && quantity.value.is_some()).then_some(quantity)
}
