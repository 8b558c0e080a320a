//! A stated number beside the value of a record: as a count, as a share, as a time, with the rounding of both.

use rust_decimal::Decimal;

use super::sentence::{Amount, Number};
use crate::ontology::{Dimension, units};
use crate::quantity::Comparator;

/// What a value is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// Participants.
    Count,
    /// Percent of the participants.
    Share,
    /// Days, with the days of the unit that the record has.
    Time(Decimal),
    /// Something of the record's own unit.
    Own,
}

/// A value of the record in one reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) value: Decimal,
    pub(super) scale: Scale,
    /// How far the value can be from the true one.
    pub(super) rounding: Decimal,
}

impl Reading {
    /// Whether a number can be meant so.
    pub(super) fn fits(&self, number: &Number) -> bool {
        match (self.scale, number.amount) {
            (Scale::Count, Amount::Count(_))
            | (Scale::Share, Amount::Percent(_) | Amount::Fraction(..)) => true,
            (Scale::Time(_), Amount::Other) => number.time.is_some(),
            _ => false,
        }
    }
}

/// Half a unit of the last printed decimal.
fn half_unit(value: Decimal) -> Decimal {
    Decimal::new(5, (value.scale() + 1).min(28))
}

/// A unit of the last printed decimal: whoever rounds by hand is off by so much at most.
fn unit_of(value: Decimal) -> Decimal {
    Decimal::new(1, value.scale().min(28))
}

/// How a value can be read: participants as counts and as shares, times in days.
pub(super) fn readings(value: Decimal, analysed: Option<u32>, unit: &str) -> Vec<Reading> {
    let unit = unit.to_lowercase();
    let first = unit.split_whitespace().next().unwrap_or_default();
    let rounding = half_unit(value);
    let read = |value, scale, rounding| Reading {
        value,
        scale,
        rounding,
    };
    let whole = analysed.map(Decimal::from).filter(|whole| !whole.is_zero());
    let is_people = ["patient", "participant", "subject", "women", "people"]
        .iter()
        .any(|people| unit.contains(people));
    if (first.starts_with("percent") || first == "%") && is_people {
        let count = whole.and_then(|whole| {
            let part = |share: Decimal| Some(share.checked_mul(whole)? / Decimal::ONE_HUNDRED);
            Some(read(
                part(value)?,
                Scale::Count,
                part(rounding)? + Decimal::new(5, 1),
            ))
        });
        return std::iter::once(read(value, Scale::Share, rounding))
            .chain(count)
            .collect();
    }
    if is_people
        && ["patient", "participant", "subject", "number", "women"]
            .iter()
            .any(|start| first.starts_with(start))
    {
        let share = whole.and_then(|whole| (value * Decimal::ONE_HUNDRED).checked_div(whole));
        let share = share.map(|share| read(share, Scale::Share, Decimal::ZERO));
        return std::iter::once(read(value, Scale::Count, Decimal::ZERO))
            .chain(share)
            .collect();
    }
    let time = units()
        .iter()
        .find(|known| known.dimension == Dimension::Time && known.forms.contains(&unit.as_str()));
    if let Some(days) = time.map(|unit| unit.factor) {
        return vec![read(value * days, Scale::Time(days), rounding * days)];
    }
    vec![read(value, Scale::Own, rounding)]
}

/// Whether a number can be the value. `None` where that cannot be told.
pub(super) fn agrees(reading: &Reading, number: &Number) -> Option<bool> {
    let (stated, rounding) = match number.amount {
        Amount::Count(stated) => (stated, Decimal::ZERO),
        Amount::Percent(stated) => (stated, unit_of(stated)),
        Amount::Fraction(part, whole) => (
            part.checked_div(whole)?.checked_mul(Decimal::ONE_HUNDRED)?,
            Decimal::ONE,
        ),
        Amount::Other => {
            let (time, days) = number.time?;
            (time.checked_mul(days)?, half_unit(time) * days)
        }
    };
    let (own, rounding) = (reading.value, rounding + reading.rounding);
    Some(match number.comparator {
        Comparator::Equal => (own - stated).abs() <= rounding,
        Comparator::Less | Comparator::AtMost => own <= stated + reading.rounding,
        Comparator::Greater | Comparator::AtLeast => own >= stated - reading.rounding,
        Comparator::About => return None,
    })
}

/// Whether a number can be how far the greater value of some pair lies above the smaller: as it is, in percentage points, or
/// in percent of either. `None` where that cannot be told.
pub(super) fn gaps(pairs: &[(Reading, Reading)], number: &Number) -> Option<bool> {
    let mut possible = false;
    // Of participants a percentage is one of shares.
    let is_share = matches!(number.amount, Amount::Percent(_))
        && pairs.iter().any(|(one, _)| one.scale == Scale::Share);
    let pairs = pairs
        .iter()
        .filter(|(one, _)| !is_share || one.scale == Scale::Share);
    for (greater, smaller) in pairs {
        let (gap, rounding) = (
            greater.value - smaller.value,
            greater.rounding + smaller.rounding,
        );
        let relative = |of: Decimal| {
            let share = (gap * Decimal::ONE_HUNDRED).checked_div(of)?;
            let rounding = (rounding * Decimal::ONE_HUNDRED).checked_div(of)?;
            Some((share.abs(), rounding.abs()))
        };
        let found: Vec<(Decimal, Decimal)> = match (number.amount, greater.scale) {
            (Amount::Count(_), Scale::Count | Scale::Own | Scale::Share) => vec![(gap, rounding)],
            (Amount::Percent(_), Scale::Share) => {
                let points = Some((gap, rounding));
                [points, relative(smaller.value), relative(greater.value)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            (Amount::Percent(_), _) => [relative(smaller.value), relative(greater.value)]
                .into_iter()
                .flatten()
                .collect(),
            (Amount::Other, Scale::Time(_)) => {
                let (time, days) = number.time?;
                vec![(gap, rounding + half_unit(time) * days)]
            }
            _ => continue,
        };
        for (gap, rounding) in found {
            let reading = Reading {
                value: gap,
                scale: greater.scale,
                rounding,
            };
            possible |= agrees(&reading, number)?;
        }
    }
    Some(possible)
}
