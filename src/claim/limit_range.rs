//! The range that a pack gives a measure, in the unit a figure is printed in; and counts, which are never negative.
//!
//! It leaves out whether the measure's name stands beside the number: the caller has looked.

use rust_decimal::Decimal;

use super::limit::Limit;
use crate::ontology::{Dimension, Kind, Measure, units};
use crate::quantity::{Comparator, Quantity, Role};

/// Lowest and highest value of a measure in the unit of a quantity; `None` where its unit is none of the measure's.
pub(super) fn of_measure(measure: &Measure, quantity: &Quantity) -> Option<Limit> {
    let unit = quantity.unit.as_ref();
    let dimension = unit.map(|unit| unit.dimension);
    let factor = match measure.kind {
        Kind::Duration => {
            let unit = unit.filter(|unit| unit.dimension == Dimension::Time)?;
            let canonical = units()
                .iter()
                .find(|known| known.ucum == measure.unit && known.dimension == unit.dimension)?;
            canonical.factor.checked_div(unit.factor)?
        }
        Kind::Count => dimension
            .is_none_or(|dimension| dimension == Dimension::Count)
            .then_some(Decimal::ONE)?,
        Kind::Proportion => unit
            .filter(|unit| unit.ucum == measure.unit)
            .map(|_| Decimal::ONE)?,
        Kind::Score => unit.is_none().then_some(Decimal::ONE)?,
        // Units of one measure are many (mg/kg, mg/m²); only the sign can be judged.
        Kind::Amount | Kind::Rate => {
            let zero = measure.minimum.filter(Decimal::is_zero)?;
            return unit.map(|_| Limit {
                of: measure.label.clone(),
                low: Some(zero),
                high: None,
            });
        }
        Kind::Probability | Kind::Ratio | Kind::Interval | Kind::Date | Kind::Other => return None,
    };
    let scaled = |bound: Option<Decimal>| bound.and_then(|bound| bound.checked_mul(factor));
    let (low, high) = (scaled(measure.minimum), scaled(measure.maximum));
    (quantity.role == Role::Value && (low.is_some() || high.is_some())).then(|| Limit {
        of: measure.label.clone(),
        low: low.map(|low| low.round_dp(6)),
        high: high.map(|high| high.round_dp(6)),
    })
}

/// "-12 patients": a number of `things`, with a minus sign that can be no dash.
pub(super) fn of_negative_count(
    quantity: &Quantity,
    printed: &str,
    before: &str,
    things: &str,
) -> Option<Limit> {
    let is_count = quantity.value.is_some_and(|value| value.is_integer())
        && quantity.comparator == Comparator::Equal
        && quantity.role == Role::Value
        && quantity.numerator.is_none()
        && quantity
            .unit
            .as_ref()
            .is_none_or(|unit| unit.dimension == Dimension::Count);
    let signed = printed.starts_with(['-', '\u{2212}'])
        && printed.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let word = before.trim_end();
    // "10 -12 patients" is a range, "saved -12 patients" a change told otherwise.
    let opens = before.ends_with(' ')
        && word.ends_with(|c: char| c.is_ascii_lowercase())
        && !["by", "to", "than", "change", "difference", "minus"]
            .iter()
            .any(|stop| word.ends_with(stop));
    (is_count && signed && opens).then(|| Limit {
        of: format!("A number of {things}"),
        low: Some(Decimal::ZERO),
        high: None,
    })
}
