//! Where an estimated ratio lies in its interval on the log scale.
//!
//! Why it exists: the usual interval of a ratio is symmetric there, so the estimate is the root of the product of its bounds. No
//! logarithm is taken: "at two thirds or more" is estimate³ ≥ low × high². It leaves out intervals made otherwise (exact,
//! bootstrapped, credible), which the caller knows by their words.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// How far an estimate lies from the middle of its interval, whatever the rounding of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Offset {
    /// In the outer third.
    Aside,
    /// In the outer eighth.
    NearBound,
}

/// Where the middle would be, and how far the estimate is from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Middle {
    /// The root of the product of the bounds, with two more decimals than they have.
    pub root: Decimal,
    /// How far from it.
    pub offset: Offset,
}

/// The estimate's and the bounds' own bounds: lowest and highest true value that would be printed so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Printed {
    pub(super) value: (Decimal, Decimal),
    pub(super) low: (Decimal, Decimal),
    pub(super) high: (Decimal, Decimal),
}

/// `None` for an estimate in the middle two thirds, or where a bound may be 0 or a product is too large.
pub(super) fn middle(printed: Printed, decimals: u32) -> Option<Middle> {
    if printed.low.0 <= Decimal::ZERO || printed.value.0 <= Decimal::ZERO {
        return None;
    }
    let offset = if is_beyond(printed, 7)? {
        Offset::NearBound
    } else if is_beyond(printed, 2)? {
        Offset::Aside
    } else {
        return None;
    };
    let halves = |(low, high): (Decimal, Decimal)| low.checked_add(high)?.checked_div(Decimal::TWO);
    let product = halves(printed.low)?.checked_mul(halves(printed.high)?)?;
    Some(Middle {
        root: root(product, decimals.saturating_add(1).min(8))?,
        offset,
    })
}

/// Whether the estimate lies at `share` parts of `share` + 1 or more from one bound: value^(s+1) ≥ low × high^s, or the mirror of it.
fn is_beyond(printed: Printed, share: u32) -> Option<bool> {
    let above = power(printed.value.0, share + 1)?
        >= printed.low.1.checked_mul(power(printed.high.1, share)?)?;
    let below = power(printed.value.1, share + 1)?
        <= printed.high.0.checked_mul(power(printed.low.0, share)?)?;
    Some(above || below)
}

fn power(base: Decimal, exponent: u32) -> Option<Decimal> {
    (0..exponent).try_fold(Decimal::ONE, |product, _| product.checked_mul(base))
}

/// The square root by Newton's iteration, rounded.
fn root(square: Decimal, decimals: u32) -> Option<Decimal> {
    let mut guess = square.max(Decimal::ONE);
    for _ in 0..120 {
        let next = guess
            .checked_add(square.checked_div(guess)?)?
            .checked_div(Decimal::TWO)?;
        if next.checked_sub(guess)?.abs() < Decimal::new(1, 12) {
            return Some(next.round_dp(decimals));
        }
        guess = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Value, low and high as printed with two decimals.
    fn check(value: i64, low: i64, high: i64, expected: Option<(Offset, &str)>) {
        let bounds = |hundredths: i64| {
            let value = Decimal::new(hundredths, 2);
            let half = Decimal::new(5, 3);
            (value - half, value + half)
        };
        let printed = Printed {
            value: bounds(value),
            low: bounds(low),
            high: bounds(high),
        };
        let found = middle(printed, 2).map(|middle| (middle.offset, middle.root.to_string()));
        let expected = expected.map(|(offset, root)| (offset, root.to_owned()));
        assert_eq!(found, expected, "{value} ({low} to {high})");
    }

    #[test]
    fn the_middle_is_the_root_of_the_product() {
        check(210, 131, 337, None);
        check(86, 77, 96, None);
        check(120, 70, 210, None);
    }

    #[test]
    fn an_estimate_far_from_it_is_told() {
        check(168, 70, 210, Some((Offset::Aside, "1.212")));
        check(205, 70, 210, Some((Offset::NearBound, "1.212")));
        check(72, 70, 210, Some((Offset::NearBound, "1.212")));
    }

    #[test]
    fn rounding_and_zero_take_the_doubt_away() {
        check(2, 1, 4, None);
        check(3, 0, 9, None);
        check(101, 101, 102, None);
    }

    #[test]
    fn numbers_too_large_for_products_are_left() {
        let huge = (Decimal::MAX - Decimal::TEN, Decimal::MAX);
        let printed = Printed {
            value: huge,
            low: huge,
            high: huge,
        };
        assert_eq!(middle(printed, 2), None);
    }
}
