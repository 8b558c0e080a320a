//! The rows and columns of all tables as they are told: label, arms and values of the cells.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::super::Run;
use super::super::item::sorted;
use super::super::lexis::{FUNCTION_WORDS, STATISTICS, folded};
use super::super::part::{self, Part};
use super::super::slip::digits;
use super::super::words::Names;
use super::told::Told;
use crate::claim::{Figure, FigureRole};
use crate::quantity::{Modifier, Role};

/// A column with more values than this is no set of arms.
const LONGEST: usize = 24;

/// One value of a cell.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) figure: usize,
    /// Place along the row, from 0: its column; of a column its row.
    pub(super) column: usize,
    /// Which value of its cell it is, from 0.
    pub(super) place: usize,
    pub(super) value: Decimal,
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    /// Digits as printed.
    pub(super) digits: String,
    pub(super) decimals: u32,
    /// Which part of its figure it is; none for the value itself and a count beside it.
    pub(super) part: Option<Part>,
    pub(super) unit: Option<String>,
    /// Arm in a strong frame.
    pub(super) arm: Option<u32>,
    /// Stems of the words that say what it is, sorted.
    pub(super) label: Vec<u32>,
}

/// One row; or one column, where the arms stand below one another.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) document: usize,
    pub(super) cells: Vec<Cell>,
}

/// All rows of a run.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) all: Vec<Row>,
    /// Rows that have a value, in order.
    by_value: BTreeMap<Decimal, Vec<usize>>,
    /// Values of the tables of each document with their decimals.
    printed: BTreeSet<(usize, Decimal)>,
}

impl Rows {
    pub(super) fn of(run: &Run<'_>, names: &mut Names) -> Self {
        let mut rows = Self::default();
        for (document, extraction) in run.extractions.iter().enumerate() {
            let mut by_row: BTreeMap<(usize, usize), Vec<Cell>> = BTreeMap::new();
            let mut by_column: BTreeMap<(usize, usize), Vec<Cell>> = BTreeMap::new();
            for (at, figure) in extraction.statements.figures.iter().enumerate() {
                let Some((row, column)) = figure.place.cell else {
                    continue;
                };
                let arm = run
                    .comparisons
                    .get(document)
                    .and_then(|all| all.get(at)?.arm.clone())
                    .filter(|_| figure.arm.as_ref().is_some_and(|arm| arm.frame.is_strong()))
                    .map(|arm| names.id(&format!("arm {arm}")));
                let cells = by_row.entry((figure.place.block, row)).or_default();
                let place = cells.iter().filter(|cell| cell.column == column).count();
                let values = values(at, figure, (column, place), arm, names);
                let below = values.iter().cloned().map(|cell| Cell {
                    column: row,
                    ..cell
                });
                let column = by_column.entry((figure.place.block, column)).or_default();
                column.extend(below);
                cells.extend(values);
            }
            let columns = by_column.into_values();
            let columns = columns.filter(|cells| cells.len() <= LONGEST);
            for cells in by_row.into_values().chain(columns) {
                rows.push(document, cells);
            }
        }
        rows
    }

    fn push(&mut self, document: usize, cells: Vec<Cell>) {
        let at = self.all.len();
        for cell in &cells {
            self.printed.insert((document, cell.value));
            let rows = self.by_value.entry(cell.value).or_default();
            if rows.last() != Some(&at) {
                rows.push(at);
            }
        }
        self.all.push(Row { document, cells });
    }

    /// Rows that have a value.
    pub(super) fn with(&self, value: Decimal) -> &[usize] {
        self.by_value
            .get(&value)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Whether a value of a document's prose stands in one of its tables, as printed or more exactly.
    pub(super) fn explains(&self, document: usize, value: &Told) -> bool {
        let cells = self
            .printed
            .range((document, value.low)..=(document, value.high));
        cells
            .into_iter()
            .any(|(_, cell)| value.low <= *cell && *cell <= value.high)
    }
}

fn values(
    at: usize,
    figure: &Figure,
    (column, place): (usize, usize),
    arm: Option<u32>,
    names: &mut Names,
) -> Vec<Cell> {
    let Some(quantity) = figure.quantity.as_ref() else {
        return Vec::new();
    };
    let read = matches!(quantity.role, Role::Value | Role::SampleSize)
        && figure.role == FigureRole::Result;
    let is_range = quantity.modifiers.contains(&Modifier::Range);
    let Some(value) = quantity.value.or(is_range.then_some(quantity.low)) else {
        return Vec::new();
    };
    if !read {
        return Vec::new();
    }
    let whole = Cell {
        figure: at,
        column,
        place,
        value: value.normalize(),
        low: quantity.low,
        high: quantity.high,
        digits: digits(value),
        decimals: quantity.decimals,
        part: None,
        unit: quantity.unit.as_ref().map(|unit| unit.ucum.to_string()),
        arm,
        label: label(figure.wording.as_deref().unwrap_or_default(), names),
    };
    if quantity.value.is_none() {
        // An interval in a cell of its own.
        let ends = [(Part::Low, quantity.low), (Part::High, quantity.high)];
        let ends = ends.into_iter().enumerate();
        return ends
            .map(|(place, (part, value))| part_of(&whole, place + 1, Some(part), value))
            .collect();
    }
    let mut found = vec![whole.clone()];
    let numerator = quantity.numerator.filter(|numerator| *numerator != value);
    let numerator = numerator.map(|numerator| (None, numerator));
    let parts = part::of(quantity).map(|(part, value)| (Some(part), value));
    for (part, value) in numerator.into_iter().chain(parts) {
        found.push(part_of(&whole, place + found.len(), part, value));
    }
    found
}

/// A number printed behind the value of a cell.
fn part_of(whole: &Cell, place: usize, part: Option<Part>, value: Decimal) -> Cell {
    let half = Decimal::new(5, value.scale().min(20) + 1);
    Cell {
        place,
        value: value.normalize(),
        low: value - half,
        high: value + half,
        digits: digits(value),
        decimals: value.scale(),
        unit: whole.unit.clone().filter(|_| part.is_some()),
        part,
        ..whole.clone()
    }
}

/// Stems of the words that say something: no words of grammar or statistics, no letters alone.
fn label(wording: &str, names: &mut Names) -> Vec<u32> {
    let words = wording
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| word.len() > 1 && word.starts_with(char::is_alphabetic))
        .filter(|word| {
            let lower = word.to_lowercase();
            !FUNCTION_WORDS.contains(lower.as_str()) && !STATISTICS.contains_key(lower.as_str())
        });
    sorted(words.map(|word| names.id(&folded(word))).collect())
}
