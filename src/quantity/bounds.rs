//! What true values would be printed so.

use rust_decimal::Decimal;

use super::number::Number;
use super::{Comparator, UNBOUNDED};

/// Lowest and highest true value of a printed number; `None` where they do not fit or would be equal.
pub(super) fn of(number: &Number, comparator: Comparator) -> Option<(Decimal, Decimal)> {
    let value = number.value;
    if value.abs() >= UNBOUNDED {
        return None;
    }
    let half = number.half_step()?;
    let (low, high) = match comparator {
        Comparator::Equal => (value.checked_sub(half)?, value.checked_add(half)?),
        Comparator::Less | Comparator::AtMost => (-UNBOUNDED, value),
        Comparator::Greater | Comparator::AtLeast => (value, UNBOUNDED),
        Comparator::About => {
            let width = about(number, half)?;
            (value.checked_sub(width)?, value.checked_add(width)?)
        }
    };
    (low < high).then_some((low, high))
}

/// One unit of the last printed digit, or half of the last place that is not zero, but at most 5% of the value and at
/// least what the number without "about" would span. (A width of 3% hid 76% against "about 79%".)
fn about(number: &Number, half: Decimal) -> Option<Decimal> {
    let value = number.value.abs();
    let mut place = number.step;
    if !value.is_zero() {
        while let Some(next) = place.checked_mul(Decimal::TEN)
            && value.checked_rem(next).is_some_and(|rest| rest.is_zero())
        {
            place = next;
        }
    }
    let wide = number.step.max(place.checked_div(Decimal::TWO)?);
    let most = value.checked_mul(Decimal::new(5, 2))?;
    Some(wide.min(most).max(half))
}

/// Bounds of a range with two ends, in either order; widened by half a step where the ends are equal.
pub(super) fn of_range(first: &Number, second: &Number) -> Option<(Decimal, Decimal)> {
    let low = first.value.min(second.value);
    let high = first.value.max(second.value);
    if low.abs() >= UNBOUNDED || high.abs() >= UNBOUNDED {
        return None;
    }
    if low < high {
        return Some((low, high));
    }
    of(first, Comparator::Equal)
}
