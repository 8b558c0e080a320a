//! Values of participants on a scale: performance status, life expectancy, ejection fraction.
//!
//! A record says what it takes in one criterion, or in several that say the same; all else cannot be read.

use regex::Regex;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::ontology::Dimension;
use crate::quantity::{Comparator, Quantity, read};
use crate::source::Criterion;

/// What is asked of participants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// Performance status of ECOG, WHO or Zubrod: 0 to 5, 0 the best.
    Ecog,
    /// Performance status of Karnofsky: 0 to 100, 100 the best.
    Karnofsky,
    /// In days.
    LifeExpectancy,
    /// Of the left ventricle, in percent.
    EjectionFraction,
}

/// The values between two bounds, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) low: Decimal,
    pub(super) high: Decimal,
}

/// What a text says of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Nothing,
    Unreadable,
    Range(Range),
}

pattern!(
    ECOG,
    r"(?i)\b(?:ECOG|Zubrod|WHO|Eastern Cooperative Oncology Group|World Health Organi[sz]ation)\b"
);
pattern!(KARNOFSKY, r"(?i)\b(?:Karnofsky|KPS)\b");
pattern!(LIFE, r"(?i)\blife expectanc(?:y|ies)\b");
// "0-2", "0, 1 or 2", "between 0 and 1".
pattern!(
    GRADES,
    r"^[^\d<>≤≥=;.]{0,60}?\b([0-5])(?:\s*(?:,|or|and|-|–|to|/)+\s*([0-5]))(?:\s*(?:,|or|and)+\s*([0-5]))?\b"
);
pattern!(
    AT_MOST,
    r"(?i)^[^\d<>≤≥=;.]{0,60}?(?:≤|<=|=<|</=|less than or equal to|at most|no (?:more|greater|higher) than)\s*([0-5])\b"
);
pattern!(
    BELOW,
    r"(?i)^[^\d<>≤≥=;.]{0,60}?(?:<|less than|lower than|below|under)\s*([0-5])\b"
);
pattern!(
    ABOVE,
    r"(?i)^[^\d<>≤≥=;.]{0,60}?(?:>|greater than|higher than|more than|above|over)\s*([0-5])\b"
);
pattern!(
    GRADE,
    r"(?i)^[^\d<>≤≥=;.]{0,40}?\b(?:of|is|status|score)\s+([0-5])\b"
);
pattern!(
    EJECTION,
    r"(?i)\b(?:LVEF|ejection fraction)\b(?:\s*\(?LVEF\)?)?"
);
pub(super) const SCALES: [Scale; 4] = [
    Scale::Ecog,
    Scale::Karnofsky,
    Scale::LifeExpectancy,
    Scale::EjectionFraction,
];

impl Scale {
    fn whole(self) -> Range {
        let high = match self {
            Self::Ecog => Decimal::from(5),
            Self::Karnofsky | Self::EjectionFraction => Decimal::ONE_HUNDRED,
            Self::LifeExpectancy => Decimal::MAX,
        };
        Range {
            low: Decimal::ZERO,
            high,
        }
    }

    /// The values that the record takes, and the criterion that says so. `None` where no criterion, one that cannot be read, or
    /// several that differ speak of them.
    pub(super) fn of_record(self, criteria: &[Criterion]) -> Option<(Range, &Criterion)> {
        let mut named = criteria.iter().filter_map(|criterion| {
            let told = self.told(&criterion.text, criterion.excludes, false);
            (told != Told::Nothing).then_some((told, criterion))
        });
        let (Told::Range(range), criterion) = named.next()? else {
            return None;
        };
        let is_same = named.all(|(told, _)| told == Told::Range(range));
        is_same.then_some((range, criterion))
    }

    /// What a text asks for. `point` says that a number alone is one value and no lower limit.
    pub(super) fn told(self, text: &str, excludes: bool, point: bool) -> Told {
        let pattern = match self {
            Self::Ecog => &ECOG,
            Self::Karnofsky => &KARNOFSKY,
            Self::LifeExpectancy => &LIFE,
            Self::EjectionFraction => &EJECTION,
        };
        let named = pattern
            .as_ref()
            .and_then(|pattern| pattern.find_iter(text).last());
        let Some(rest) = named.and_then(|named| text.get(named.end()..)) else {
            return Told::Nothing;
        };
        let range = match self {
            Self::Ecog => grades(rest, point),
            Self::Karnofsky | Self::EjectionFraction => {
                let is_own =
                    |unit: Option<Dimension>| unit.is_none_or(|unit| unit == Dimension::Proportion);
                self.bounds(rest, is_own, point, excludes)
            }
            Self::LifeExpectancy => {
                self.bounds(rest, |unit| unit == Some(Dimension::Time), point, excludes)
            }
        };
        let range = if excludes {
            range.and_then(|range| self.without(range))
        } else {
            range
        };
        range.map_or(Told::Unreadable, Told::Range)
    }

    /// What is left where a range is excluded.
    fn without(self, range: Range) -> Option<Range> {
        let whole = self.whole();
        let step = if self == Self::Ecog {
            Decimal::ONE
        } else {
            Decimal::ZERO
        };
        if range.low == whole.low && range.high < whole.high {
            Some(Range {
                low: range.high + step,
                high: whole.high,
            })
        } else if range.high == whole.high && range.low > whole.low {
            Some(Range {
                low: whole.low,
                high: range.low - step,
            })
        } else {
            None
        }
    }

    /// The range that the first number behind a name tells.
    fn bounds(
        self,
        rest: &str,
        is_own: impl Fn(Option<Dimension>) -> bool,
        point: bool,
        excludes: bool,
    ) -> Option<Range> {
        /// Most bytes between a name and its number.
        const NEAR: usize = 40;
        let quantity: Quantity = read(rest, &[]).into_iter().next()?;
        let unit = quantity.unit.as_ref();
        let is_near =
            quantity.range.start <= NEAR && !rest.get(..quantity.range.start)?.contains([';', '.']);
        if !is_near || !is_own(unit.map(|unit| unit.dimension)) {
            return None;
        }
        let factor = unit
            .filter(|unit| unit.dimension == Dimension::Time)
            .map_or(Decimal::ONE, |unit| unit.factor);
        let whole = self.whole();
        let Some(value) = quantity.value else {
            // "70 to 100%".
            return Some(Range {
                low: quantity.low.ceil(),
                high: quantity.high.floor(),
            })
            .filter(|_| self != Self::LifeExpectancy);
        };
        let value = value.checked_mul(factor)?;
        let behind = rest
            .get(quantity.range.end..)?
            .trim_start_matches(['%', ' ']);
        let is_low = [
            "or more",
            "or greater",
            "or higher",
            "or longer",
            "or above",
            "and above",
            "and higher",
        ]
        .iter()
        .any(|more| behind.starts_with(more));
        match quantity.comparator {
            Comparator::Less | Comparator::AtMost => Some(Range {
                high: value,
                ..whole
            }),
            Comparator::Equal if point && !is_low => Some(Range {
                low: value,
                high: value,
            }),
            // A sign that was lost: an inclusion sets a lower limit, an exclusion can mean either.
            Comparator::Equal if excludes && !is_low => None,
            Comparator::Greater | Comparator::AtLeast | Comparator::Equal => Some(Range {
                low: value,
                ..whole
            }),
            Comparator::About => None,
        }
    }
}

/// The performance status that stands behind the name of its scale. A number alone is a limit whose sign was lost, perhaps.
fn grades(rest: &str, point: bool) -> Option<Range> {
    let find = |pattern: &LazyLock<Option<Regex>>| {
        let found = pattern.as_ref()?.captures(rest)?;
        let groups = found.iter().skip(1).flatten();
        let numbers: Vec<Decimal> = groups
            .filter_map(|group| group.as_str().parse().ok())
            .collect();
        Some((*numbers.iter().min()?, *numbers.iter().max()?))
    };
    let whole = Scale::Ecog.whole();
    if let Some((low, high)) = find(&GRADES) {
        return Some(Range { low, high });
    }
    if let Some((high, _)) = find(&AT_MOST) {
        return Some(Range { high, ..whole });
    }
    if let Some((above, _)) = find(&BELOW) {
        return Some(Range {
            high: above - Decimal::ONE,
            ..whole
        });
    }
    if let Some((below, _)) = find(&ABOVE) {
        return Some(Range {
            low: below + Decimal::ONE,
            ..whole
        });
    }
    let (low, high) = find(&GRADE).filter(|_| point)?;
    Some(Range { low, high })
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, contradiction};
    use crate::source::Record;

    fn check(criteria: &[(&str, bool)], statement: &str, expected: bool) {
        let record = Record {
            criteria: super::super::criteria(criteria),
            ..Record::default()
        };
        let said = contradiction(statement, &Limits::of(&record));
        assert_eq!(said.is_some(), expected, "{statement}: {said:?}");
    }

    #[test]
    fn performance_status_is_compared() {
        let record = [("ECOG performance status 0 or 1", false)];
        check(
            &record,
            "Patients with an ECOG score of 3 are eligible.",
            true,
        );
        check(
            &record,
            "Patients with an ECOG between 1 and 3 are eligible.",
            true,
        );
        check(&record, "Patients must have an ECOG below 1.", true);
        check(&record, "Patients with an ECOG of 1 are eligible.", false);
        check(&record, "Patients must have an ECOG below 3.", false);
        check(
            &record,
            "Patients with an ECOG of 3 are not eligible.",
            false,
        );
        check(
            &[("ECOG performance status > 2", true)],
            "Patients with ECOG 0-2 are eligible.",
            false,
        );
        check(
            &[("ECOG performance status > 2", true)],
            "Patients with ECOG 0-3 are eligible.",
            true,
        );
        check(
            &[("ECOG performance status 2", false)],
            "Patients with ECOG 0-3 are eligible.",
            false,
        );
        let karnofsky = [("Karnofsky performance status of at least 70%", false)];
        check(
            &karnofsky,
            "Patients with a Karnofsky index below 60 are eligible.",
            true,
        );
        check(
            &karnofsky,
            "Patients with a Karnofsky status of 80% are eligible.",
            false,
        );
    }

    #[test]
    fn life_expectancy_is_compared() {
        let record = [("Life expectancy of at least 12 weeks", false)];
        check(
            &record,
            "Patients must have a life expectancy of more than 2 years.",
            true,
        );
        check(
            &record,
            "Patients must have a life expectancy of more than 1 month.",
            false,
        );
        check(
            &record,
            "Patients with a life expectancy of 3 weeks are eligible.",
            true,
        );
        check(
            &[("Life expectancy 12 weeks", false)],
            "Patients must have a life expectancy over 6 months.",
            true,
        );
        check(
            &[("Life expectancy < 12 weeks", true)],
            "Patients must have a life expectancy over 6 months.",
            true,
        );
        check(
            &[("Life expectancy", false)],
            "Patients must have a life expectancy over 6 months.",
            false,
        );
    }

    #[test]
    fn ejection_fraction_is_compared() {
        let record = [("LVEF >= 55%", false), ("Ejection fraction < 55%", true)];
        check(
            &record,
            "Patients with an LVEF of 53.5% are eligible.",
            true,
        );
        check(
            &record,
            "Patients with LVEF of at least 60% are eligible.",
            false,
        );
        check(
            &[("LVEF within the limits of the institution", false)],
            "Patients with an LVEF of 53.5% are eligible.",
            false,
        );
    }
}
