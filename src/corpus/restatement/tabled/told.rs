//! The values of a sentence as a table can repeat them: as printed, spreads, intervals and p-values included.

use rust_decimal::Decimal;

use super::super::Run;
use super::super::item::{End, Item};
use super::super::part::{self, Part};
use super::super::passage::Passage;
use super::super::slip::digits;
use super::row::Cell;

/// So many columns from a value its bounds stand, where they have columns of their own.
const BESIDE: usize = 2;

/// One value of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The figure that prints it.
    pub(super) owner: usize,
    /// Which part of that figure it is; none for the value itself.
    pub(super) part: Option<Part>,
    /// The figure it is printed with.
    pub(super) group: usize,
    /// Place among the items of the sentence.
    pub(super) rank: usize,
    /// As printed, not in the unit of its dimension.
    pub(super) value: Decimal,
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    pub(super) digits: String,
    pub(super) decimals: u32,
    pub(super) unit: Option<String>,
    /// Whether its equality elsewhere means something by itself.
    pub(super) is_telling: bool,
    /// Whether it is no number that stands everywhere: no 95 or 100.
    is_varied: bool,
    /// Whether it stands behind another value: a spread, a bound, a number in brackets.
    pub(super) is_behind: bool,
}

impl Told {
    /// Whether one true value could have been printed as both.
    pub(super) fn agrees(&self, cell: &Cell) -> bool {
        self.fits(cell) && self.low < cell.high && cell.low < self.high
    }

    /// Whether a cell is the same sort of number, printed as exactly.
    pub(super) fn is_like(&self, cell: &Cell) -> bool {
        let same_unit = self.unit.is_some() && self.unit == cell.unit;
        self.fits(cell)
            && self.decimals == cell.decimals
            && (same_unit || self.is_behind == (cell.place > 0))
    }

    fn fits(&self, cell: &Cell) -> bool {
        self.unit == cell.unit || self.unit.is_none() || cell.unit.is_none()
    }

    /// So many columns from the value it belongs to it may stand: an interval can have a column of its own.
    pub(super) fn reach(&self) -> usize {
        match self.part {
            Some(Part::Low | Part::High) => BESIDE,
            Some(Part::Spread) | None => 0,
        }
    }

    /// How much its equality elsewhere tells.
    pub(super) fn points(&self) -> usize {
        match (self.is_telling, self.is_specific()) {
            (true, _) => 2,
            (false, true) => usize::from(self.is_varied),
            (false, false) => 0,
        }
    }

    /// Whether it has two digits and more.
    pub(super) fn is_specific(&self) -> bool {
        self.digits.trim_start_matches('0').len() > 1
    }
}

/// The values of a sentence, in order.
pub(super) fn told(run: &Run<'_>, passage: &Passage) -> Vec<Told> {
    let figures = run
        .extractions
        .get(passage.document)
        .map(|extraction| extraction.statements.figures.as_slice())
        .unwrap_or_default();
    let mut found = Vec::new();
    let mut group = None;
    for (rank, item) in passage.items.iter().enumerate() {
        if item.end != End::Whole || item.detail.is_test {
            continue;
        }
        let Some(quantity) = figures
            .get(item.figure)
            .and_then(|figure| figure.quantity.as_ref())
        else {
            continue;
        };
        let unit = quantity.unit.as_ref();
        let printed = quantity.value.filter(|value| {
            let factor = unit.map_or(Decimal::ONE, |unit| unit.factor);
            value.checked_mul(factor).map(|value| value.normalize()) == Some(item.value)
        });
        let value = printed.unwrap_or(item.value);
        let (low, high) = if printed.is_some() {
            (quantity.low, quantity.high)
        } else {
            (item.low, item.high)
        };
        if printed.is_none() && quantity.denominator == Some(item.value) {
            continue;
        }
        let is_behind = item.detail.nested && group.is_some();
        group = group.filter(|_| is_behind).or(Some(item.figure));
        let whole = Told {
            owner: item.figure,
            part: None,
            group: group.unwrap_or(item.figure),
            rank,
            value: value.normalize(),
            low,
            high,
            digits: digits(value),
            decimals: value.scale(),
            unit: unit
                .filter(|_| printed.is_some())
                .map(|unit| unit.ucum.to_string()),
            is_telling: is_telling(item),
            is_varied: item.is_telling(),
            is_behind,
        };
        let behind: Vec<Told> = part::of(quantity)
            .map(|(part, value)| behind_of(&whole, part, value))
            .collect();
        found.push(whole);
        found.extend(behind);
    }
    found
}

fn is_telling(item: &Item) -> bool {
    item.is_precise() && item.is_telling()
}

/// What is printed behind a value as part of it: its spread or a bound of its interval.
fn behind_of(whole: &Told, part: Part, value: Decimal) -> Told {
    let half = Decimal::new(5, value.scale().min(20) + 1);
    let text = digits(value);
    Told {
        part: Some(part),
        value: value.normalize(),
        low: value - half,
        high: value + half,
        is_telling: text.trim_start_matches('0').len() > 2,
        decimals: value.scale(),
        digits: text,
        is_behind: true,
        ..whole.clone()
    }
}
