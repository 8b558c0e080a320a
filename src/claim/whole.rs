//! The whole of a share whose count stands in a cell and whose whole stands in the head: "12 (34.0)" under "(n = 35)".
//!
//! Why it exists: `n/N` can only be recomputed where exactly one `N` can be meant. A head's size is the whole of a cell
//! where the shares of its column agree with it, and the cells beside it with theirs. A cell that disagrees is then given
//! its whole, too, so that a rule sees it, unless people missing in that cell explain it.
//! It leaves out tables in which several cells disagree: their shares are of other wholes.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::Figure;
use crate::quantity::{Comparator, Quantity};

/// Fewest agreeing shares of a table whose disagreeing one is believed to be an error.
const FEWEST: usize = 6;
/// Fewest agreeing shares of its column.
const FEWEST_IN_COLUMN: usize = 3;
/// Fewest people counted in a cell whose agreement says something.
const FEWEST_COUNTED: u32 = 4;

/// A share in a table cell.
struct Share {
    figure: usize,
    row: usize,
    column: usize,
    whole: Decimal,
    agrees: bool,
}

/// Gives shares of a table the sizes of their columns as wholes. `sizes` are by column; rows in `other` state a whole of
/// their own. Linear in the figures.
pub(super) fn complete(
    figures: &mut [Figure],
    sizes: &BTreeMap<usize, Decimal>,
    other: &BTreeSet<usize>,
) {
    let shares = shares(figures, sizes, other);
    let mut columns: BTreeMap<usize, usize> = BTreeMap::new();
    let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
    for share in shares.iter().filter(|share| share.agrees) {
        *columns.entry(share.column).or_default() += 1;
        let counted = numerator(figures, share).is_some_and(|n| n >= Decimal::from(FEWEST_COUNTED));
        *rows.entry(share.row).or_default() += usize::from(counted);
    }
    let agreeing: usize = columns.values().sum();
    let disagreeing = shares.len() - agreeing;
    for share in &shares {
        let in_column = columns.get(&share.column).copied().unwrap_or_default();
        let beside = rows.get(&share.row).copied().unwrap_or_default();
        let is_alone = disagreeing == 1 && agreeing >= FEWEST && beside > 0;
        let believed = in_column >= FEWEST_IN_COLUMN && (share.agrees || is_alone);
        let Some(quantity) = figures
            .get_mut(share.figure)
            .and_then(|figure| figure.quantity.as_mut())
        else {
            continue;
        };
        if believed && (share.agrees || !is_of_fewer(quantity, share.whole)) {
            quantity.denominator = Some(share.whole);
        }
    }
}

fn numerator(figures: &[Figure], share: &Share) -> Option<Decimal> {
    figures.get(share.figure)?.quantity.as_ref()?.numerator
}

fn shares(
    figures: &[Figure],
    sizes: &BTreeMap<usize, Decimal>,
    other: &BTreeSet<usize>,
) -> Vec<Share> {
    let share = |(figure, found): (usize, &Figure)| {
        let (row, column) = found.place.cell?;
        let whole = *sizes.get(&column)?;
        let quantity = found.quantity.as_ref()?;
        let counted = quantity
            .numerator
            .is_some_and(|n| n.is_integer() && n <= whole);
        let is_share = quantity.unit.as_ref().is_some_and(|unit| unit.ucum == "%")
            && quantity.denominator.is_none()
            && quantity.interval.is_none()
            && quantity.comparator == Comparator::Equal;
        let agrees = agrees(quantity, whole)?;
        (counted && is_share && !other.contains(&row)).then_some(Share {
            figure,
            row,
            column,
            whole,
            agrees,
        })
    };
    figures.iter().enumerate().filter_map(share).collect()
}

/// Whether a count of a whole could have been printed as this percentage, cut off instead of rounded or not.
fn agrees(quantity: &Quantity, whole: Decimal) -> Option<bool> {
    let percent = quantity
        .numerator?
        .checked_mul(Decimal::ONE_HUNDRED)?
        .checked_div(whole)?;
    let unit = quantity.high.checked_sub(quantity.low)?;
    let cut = quantity.value?.checked_add(unit)?;
    Some(percent >= quantity.low && percent <= quantity.high.max(cut))
}

/// Whether the percentage is that of a smaller whole, at least half of this one: people are missing in the cell.
fn is_of_fewer(quantity: &Quantity, whole: Decimal) -> bool {
    let implied = |percent: Decimal| {
        quantity
            .numerator?
            .checked_mul(Decimal::ONE_HUNDRED)?
            .checked_div(percent)
    };
    let half = whole.checked_div(Decimal::TWO);
    match (implied(quantity.high), implied(quantity.low), half) {
        (Some(fewest), Some(most), Some(half)) => fewest <= whole && most >= half,
        _ => true,
    }
}

#[cfg(test)]
#[path = "tests/whole.rs"]
mod tests;
