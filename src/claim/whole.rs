//! The whole of a share whose count stands in a cell and whose whole stands in the head: "12 (34.0)" under "(n = 35)".
//!
//! Why it exists: `n/N` can only be recomputed where exactly one `N` can be meant. A head's size is the whole of a cell
//! where the shares of its column agree with it. Cells that disagree are left open here: [`super::arithmetic`] tells which of
//! them are errors.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::Figure;
use crate::quantity::{Comparator, Quantity};

/// Fewest agreeing shares of a column whose head is then their whole.
const FEWEST_IN_COLUMN: usize = 3;

/// A share in a table cell.
struct Share {
    figure: usize,
    column: usize,
    whole: Decimal,
}

/// Gives shares of a table the sizes of their columns as wholes. `sizes` are by column; rows in `other` state a whole of
/// their own. Linear in the figures.
pub(super) fn complete(
    figures: &mut [Figure],
    sizes: &BTreeMap<usize, Decimal>,
    other: &BTreeSet<usize>,
) {
    let agreeing = agreeing(figures, sizes, other);
    let mut columns: BTreeMap<usize, usize> = BTreeMap::new();
    for share in &agreeing {
        *columns.entry(share.column).or_default() += 1;
    }
    for share in &agreeing {
        let in_column = columns.get(&share.column).copied().unwrap_or_default();
        let figure = figures.get_mut(share.figure);
        let quantity = figure.and_then(|figure| figure.quantity.as_mut());
        if let Some(quantity) = quantity.filter(|_| in_column >= FEWEST_IN_COLUMN) {
            quantity.denominator = Some(share.whole);
        }
    }
}

fn agreeing(
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
        (agrees && counted && is_share && !other.contains(&row)).then_some(Share {
            figure,
            column,
            whole,
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

#[cfg(test)]
#[path = "tests/whole.rs"]
mod tests;
