//! A count with its percentage as printed, and the wholes of which it can be that percentage.

use rust_decimal::Decimal;

use super::number::Number;
use super::slip;

/// "12 (30%)".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proportion {
    /// How many.
    pub(super) count: Decimal,
    /// As printed, in percent.
    pub(super) percent: Decimal,
    /// One in the last place printed: 0.1 for 30.0%.
    pub(super) step: Decimal,
}

/// Why a whole and a percentage may differ by a little more than one in the last place: rounded twice.
const SLACK: Decimal = Decimal::from_parts(105, 0, 0, false, 2);

/// Greatest width of the possible wholes, as a part of the least, of a share that tells something of its whole.
const WIDEST: Decimal = Decimal::from_parts(35, 0, 0, false, 2);

/// Whether a share is one of fewer people than a whole has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fewer {
    /// No whole number of people from half of the whole on gives the percentage.
    No,
    /// At least half of them.
    Some,
    /// At least nine in ten of them.
    Few,
}

impl Proportion {
    /// A count beside a percentage of a sentence.
    pub(super) fn of(count: Decimal, percentage: &Number) -> Option<Self> {
        Some(Self {
            count,
            percent: percentage.value,
            step: percentage.high.checked_sub(percentage.low)?,
        })
    }

    /// Whether a whole gives the percentage, rounded or cut off; any does where it may stand for 0.
    pub(super) fn fits(&self, whole: Decimal) -> bool {
        self.wholes()
            .is_none_or(|(low, high)| low <= whole && whole <= high)
    }

    /// Whether the count may be of a whole of which it is not the percentage.
    pub(super) fn misses(&self, whole: Decimal) -> bool {
        whole >= self.count && !self.fits(whole)
    }

    /// The least and the greatest whole of which the count is the percentage, rounded or cut off; `None` where the percentage
    /// may stand for 0.
    pub(super) fn wholes(&self) -> Option<(Decimal, Decimal)> {
        let half = self.step.checked_div(Decimal::TWO)?;
        self.between(
            self.percent.checked_sub(half)?,
            self.percent.checked_add(self.step)?,
        )
    }

    /// The same for percentages up to one in the last place off, as where a column was made to add up to 100.
    pub(super) fn wide_wholes(&self) -> Option<(Decimal, Decimal)> {
        let margin = self.step.checked_mul(SLACK)?;
        self.between(
            self.percent.checked_sub(margin)?,
            self.percent.checked_add(margin)?,
        )
    }

    /// Whether few wholes are possible: "1 (2%)" is of anything from 40 to 66.
    pub(super) fn is_telling(&self) -> bool {
        self.wholes().is_some_and(|(low, high)| {
            let width = high.checked_sub(low);
            let most = low.checked_mul(WIDEST);
            width.zip(most).is_some_and(|(width, most)| width <= most)
        })
    }

    /// Whether the percentage is that of fewer people than a whole: some may be missing.
    pub(super) fn fewer(&self, whole: Decimal) -> Fewer {
        let part = |tenths: i64| whole.checked_mul(Decimal::new(tenths, 1));
        let (Some((low, high)), Some(half), Some(most)) = (self.wholes(), part(5), part(9)) else {
            return Fewer::Few;
        };
        let (low, high) = (low.ceil(), high.floor());
        if low > high || low > whole || high < half {
            Fewer::No
        } else if high < most {
            Fewer::Some
        } else {
            Fewer::Few
        }
    }

    fn between(&self, low: Decimal, high: Decimal) -> Option<(Decimal, Decimal)> {
        if low <= Decimal::ZERO || self.count <= Decimal::ZERO {
            return None;
        }
        let hundredfold = self.count.checked_mul(Decimal::ONE_HUNDRED)?;
        // A quotient that does not end is widened in its last place.
        let slack = Decimal::new(1, 12);
        let least = hundredfold.checked_div(high)?.checked_sub(slack)?;
        let greatest = hundredfold.checked_div(low)?.checked_add(slack)?;
        Some((least, greatest))
    }

    /// What the count is of a whole, in percent, with the decimals printed and at least one.
    pub(super) fn percent_of(&self, whole: Decimal, least_decimals: u32) -> Option<Decimal> {
        let decimals = self.decimals().max(least_decimals);
        let hundredfold = self.count.checked_mul(Decimal::ONE_HUNDRED)?;
        Some(hundredfold.checked_div(whole)?.round_dp(decimals))
    }

    /// Decimals printed: those of the width of its bounds.
    fn decimals(&self) -> u32 {
        self.step.normalize().scale()
    }

    /// Whether it misses a whole by nothing but a slip of the pen.
    pub(super) fn misses_by_slip(&self, whole: Decimal) -> bool {
        self.misses(whole) && self.is_slip_of(whole)
    }

    /// Whether only a slip of the pen lies between the printed count or percentage and those of a whole.
    pub(super) fn is_slip_of(&self, whole: Decimal) -> bool {
        let printed = self.percent.to_string();
        let meant = self.percent_of(whole, 0).map(|mut percent| {
            percent.rescale(self.decimals());
            percent.to_string()
        });
        let half = self.step.checked_div(Decimal::TWO).unwrap_or_default();
        let bounds = (
            self.percent.checked_sub(half).unwrap_or_default(),
            self.percent.checked_add(half).unwrap_or_default(),
        );
        meant.is_some_and(|meant| slip::is_slip(&printed, &meant))
            || slip::is_slip_of_count(self.count, whole, bounds)
    }
}

/// Whether two ranges share a number.
pub(super) fn overlap(one: (Decimal, Decimal), other: (Decimal, Decimal)) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}
