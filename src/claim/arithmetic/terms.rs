//! Numbers that are added: their bounds as printed, and what they give.

use rust_decimal::Decimal;

use super::number::Number;
use super::parts::Measure;

/// The bounds of a number as a count, a share, or a printed value.
pub(super) fn bounds(number: &Number, measure: Measure) -> Option<(Decimal, Decimal, String)> {
    match measure {
        Measure::Count => {
            let count = number.count?;
            let margin = coarseness(count);
            Some((
                count.checked_sub(margin)?,
                count.checked_add(margin)?,
                grouped(count),
            ))
        }
        Measure::Share | Measure::Value => {
            let scale = number
                .value
                .normalize()
                .scale()
                .max(decimals(&number.printed));
            let margin = Decimal::new(5, scale.saturating_add(1));
            Some((
                number.value.checked_sub(margin)?,
                number.value.checked_add(margin)?,
                format!(
                    "{}{}",
                    number.value.normalize(),
                    if measure == Measure::Share { "%" } else { "" }
                ),
            ))
        }
    }
}

fn decimals(printed: &str) -> u32 {
    let digits = printed.rsplit_once('.').map_or(0, |(_, rest)| {
        rest.chars().take_while(char::is_ascii_digit).count()
    });
    u32::try_from(digits).unwrap_or_default().min(20)
}

/// Half of the place to which a large round count was rounded: 12,000 is 11,500 to 12,500; other counts are exact.
pub(super) fn coarseness(count: Decimal) -> Decimal {
    let mut unit = Decimal::ONE;
    let ten = Decimal::TEN;
    let mut zeros = 0;
    while zeros < 12 && !count.is_zero() {
        let Some(next) = unit.checked_mul(ten) else {
            break;
        };
        if !count.checked_rem(next).is_some_and(|rest| rest.is_zero()) {
            break;
        }
        unit = next;
        zeros += 1;
    }
    if zeros >= 2 && count >= Decimal::ONE_THOUSAND {
        unit.checked_div(Decimal::TWO).unwrap_or_default()
    } else {
        Decimal::ZERO
    }
}

/// A whole number with commas between thousands.
pub(super) fn grouped(count: Decimal) -> String {
    let digits = count.normalize().to_string();
    let mut printed = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at).is_multiple_of(3) && digit.is_ascii_digit() {
            printed.push(',');
        }
        printed.push(digit);
    }
    printed
}

/// Numbers to be added, with their printed form.
pub(super) struct Terms {
    pub(super) terms: Vec<(Decimal, Decimal, String)>,
    pub(super) subtracts: bool,
}

/// A sum with its bounds.
pub(super) struct Added {
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    pub(super) calculation: String,
}

impl Added {
    /// What the printed numbers give.
    pub(super) fn middle(&self) -> Option<Decimal> {
        self.low.checked_add(self.high)?.checked_div(Decimal::TWO)
    }
}

/// How far a sum and its whole are apart, as a share of the whole.
pub(super) fn gap(sum: Decimal, whole: Decimal) -> Option<Decimal> {
    let apart = sum.checked_sub(whole)?.abs();
    Some(apart.checked_div(whole)?.round_dp(4))
}

impl Terms {
    pub(super) fn add(&self) -> Option<Added> {
        let (mut low, mut high) = (Decimal::ZERO, Decimal::ZERO);
        for (at, (l, h, _)) in self.terms.iter().enumerate() {
            if self.subtracts && at > 0 {
                (low, high) = (low.checked_sub(*h)?, high.checked_sub(*l)?);
            } else {
                (low, high) = (low.checked_add(*l)?, high.checked_add(*h)?);
            }
        }
        let printed: Vec<&str> = self
            .terms
            .iter()
            .map(|(_, _, printed)| printed.as_str())
            .collect();
        let sign = if self.subtracts { " − " } else { " + " };
        let middle = low
            .checked_add(high)?
            .checked_div(Decimal::TWO)?
            .normalize();
        let percent = printed.iter().all(|term| term.ends_with('%'));
        let result = if percent {
            format!("{middle}%")
        } else if middle.is_integer() {
            grouped(middle)
        } else {
            middle.to_string()
        };
        Some(Added {
            low,
            high,
            calculation: format!("{} = {result}", printed.join(sign)),
        })
    }
}
