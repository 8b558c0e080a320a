//! All numbers of a source, and what follows from them: whether a value that is told of it stands there in any form.
//!
//! It is asked before anything is said of a value, so it is generous: a number in any unit, a percentage for a fraction, a
//! rounded one, and what two numbers of one sentence or row give by sum, difference, quotient or change.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::super::item::Item;
use crate::claim::Figure;
use crate::corpus::Extraction;
use crate::ontology::Dimension;
use crate::quantity::Comparator;

/// Sentences and rows with more numbers are lists of data: no pairs are made of them.
const MOST_NUMBERS: usize = 40;
/// Bounds that lie further apart than the middle over this, halved, say nothing: "1 month".
const COARSEST: Decimal = Decimal::from_parts(5, 0, 0, false, 0);
/// Among more whole numbers, two give any percentage.
const MOST_COUNTS: usize = 8;
/// Powers of ten by which tables print numbers smaller: "in thousands", "in millions".
const SCALES: [Decimal; 2] = [
    Decimal::from_parts(1_000, 0, 0, false, 0),
    Decimal::from_parts(1_000_000, 0, 0, false, 0),
];

/// The values that a told one stands for: lowest and highest, as printed and in the canonical unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    printed: (Decimal, Decimal),
    canonical: (Decimal, Decimal),
    dimension: Option<Dimension>,
}

impl Bounds {
    pub(super) fn of(item: &Item, figure: &Figure) -> Option<Self> {
        let unit = figure.quantity.as_ref()?.unit.as_ref();
        let unit = unit.filter(|_| !item.is_count);
        let factor = unit.map_or(Decimal::ONE, |unit| unit.factor);
        let dimension = unit.map(|unit| unit.dimension);
        let printed = (
            item.low.checked_div(factor)?,
            item.high.checked_div(factor)?,
        );
        Some(Self {
            printed,
            canonical: (item.low, item.high),
            dimension,
        })
    }

    pub(super) fn holds(self, value: Decimal) -> bool {
        self.printed.0 <= value && value <= self.printed.1
    }

    fn is_share(self) -> bool {
        matches!(
            self.dimension,
            Some(Dimension::Proportion | Dimension::PercentagePoint)
        )
    }
}

/// The numbers of one text.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// Every printed number, sorted.
    printed: Vec<Decimal>,
    /// For each dimension, by the lower bound of its values: the bound, and the highest upper bound up to there.
    measured: BTreeMap<Dimension, Vec<(Decimal, Decimal)>>,
}

impl Given {
    /// Linear in the text, but for sorting.
    pub(super) fn of(extraction: &Extraction) -> Self {
        let mut given = Self::default();
        for (_, _, text) in extraction.document.texts() {
            given.printed.extend(numbers(&text.plain));
        }
        for figure in &extraction.statements.figures {
            given.add(figure);
        }
        given.printed.sort_unstable();
        given.printed.dedup();
        for bounds in given.measured.values_mut() {
            bounds.sort_unstable();
            let mut most = Decimal::MIN;
            for (_, high) in bounds {
                most = most.max(*high);
                *high = most;
            }
        }
        given
    }

    fn add(&mut self, figure: &Figure) {
        let Some(quantity) = &figure.quantity else {
            return;
        };
        let more = [quantity.numerator, quantity.denominator];
        self.printed.extend(quantity.value);
        self.printed.extend(more.into_iter().flatten());
        let is_exact = matches!(quantity.comparator, Comparator::Equal | Comparator::About)
            && quantity.value.is_some();
        if let (Some(unit), true) = (&quantity.unit, is_exact) {
            let scaled = |bound: Decimal| bound.checked_mul(unit.factor);
            if let (Some(low), Some(high)) = (scaled(quantity.low), scaled(quantity.high))
                && is_narrow(low, high)
            {
                let own = self.measured.entry(unit.dimension).or_default();
                own.push((low, high));
            }
        }
    }

    /// Whether a value stands in the text, in any unit.
    pub(super) fn holds(&self, told: Bounds) -> bool {
        let (low, high) = told.printed;
        let within = |low: Decimal, high: Decimal| {
            let from = self.printed.partition_point(|value| *value < low);
            self.printed.get(from).is_some_and(|value| *value <= high)
        };
        let scaled = |by: Decimal| {
            let bounds = (low.checked_div(by), high.checked_div(by));
            matches!(bounds, (Some(low), Some(high)) if within(low, high))
        };
        let is_large = low >= Decimal::ONE_THOUSAND;
        within(low, high)
            || within(-high, -low)
            || told.is_share() && scaled(Decimal::ONE_HUNDRED)
            || is_large && SCALES.into_iter().any(scaled)
            || self.measures(told)
    }

    fn measures(&self, told: Bounds) -> bool {
        let Some(dimension) = told.dimension else {
            return false;
        };
        let dimensions = if told.is_share() {
            vec![Dimension::Proportion, Dimension::PercentagePoint]
        } else {
            vec![dimension]
        };
        let (low, high) = told.canonical;
        dimensions
            .iter()
            .filter_map(|dimension| self.measured.get(dimension))
            .any(|bounds| {
                let below = bounds.partition_point(|(from, _)| *from < high);
                let last = below.checked_sub(1).and_then(|at| bounds.get(at));
                last.is_some_and(|(_, most)| *most > low)
            })
    }
}

/// Whether a value is a share of two of a few whole numbers, or the rest of a share.
pub(super) fn is_share(numbers: &[Decimal], told: Bounds) -> bool {
    let whole: Vec<Decimal> = numbers
        .iter()
        .copied()
        .filter(Decimal::is_integer)
        .collect();
    let percent = |part: &Decimal, whole: &Decimal| {
        let share = part.checked_div(*whole)?;
        share.checked_mul(Decimal::ONE_HUNDRED)
    };
    let is_one = |part: &Decimal| {
        let wholes = whole.iter().filter(|whole| *whole > part);
        wholes
            .filter_map(|whole| percent(part, whole))
            .any(|share| told.holds(share))
    };
    told.is_share()
        && (numbers
            .iter()
            .any(|one| told.holds(Decimal::ONE_HUNDRED - *one))
            || whole.len() <= MOST_COUNTS && whole.iter().any(is_one))
}

/// Whether a value is printed so finely that what lies in its bounds is like it: no "0 h", which a second is as well.
fn is_narrow(low: Decimal, high: Decimal) -> bool {
    let middle = (low + high).abs();
    middle >= (high - low).saturating_mul(COARSEST)
}

/// Whether some numbers have a value, two of them give it, or one does as the rest of a whole.
pub(super) fn gives(numbers: &[Decimal], told: Bounds) -> bool {
    if numbers.len() > MOST_NUMBERS {
        return true;
    }
    let rest = |one: &Decimal| told.is_share() && told.holds(Decimal::ONE_HUNDRED - *one);
    numbers.iter().any(|one| told.holds(*one) || rest(one))
        || numbers.iter().enumerate().any(|(at, one)| {
            let others = numbers.iter().enumerate().filter(|(with, _)| *with != at);
            others
                .map(|(_, other)| other)
                .any(|other| of_two(*one, *other, told))
        })
}

fn of_two(one: Decimal, other: Decimal, told: Bounds) -> bool {
    let quotient = one.checked_div(other);
    let part = |value: Option<Decimal>| value.is_some_and(|value| told.holds(value));
    let percent = |value: Option<Decimal>| {
        value
            .and_then(|value| value.checked_mul(Decimal::ONE_HUNDRED))
            .is_some_and(|value| told.holds(value))
    };
    let change = quotient.map(|quotient| (quotient - Decimal::ONE).abs());
    let rest = quotient.map(|quotient| Decimal::ONE - quotient);
    part(one.checked_sub(other))
        || part(one.checked_add(other))
        || part(quotient)
        || told.is_share() && (percent(quotient) || percent(change) || percent(rest))
}

/// Every number of a text, commas between thousands taken out. `1,204` is read as both.
pub(super) fn numbers(text: &str) -> Vec<Decimal> {
    let mut found = Vec::new();
    let is_part =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\u{b7}' | '\u{2009}' | '\u{202f}');
    for run in text.split(|c: char| !is_part(c)) {
        let run = run.trim_matches(|c: char| !c.is_ascii_digit());
        if run.is_empty() {
            continue;
        }
        let plain = run
            .replace(['\u{2009}', '\u{202f}'], "")
            .replace('\u{b7}', ".");
        let readings = [plain.replace(',', ""), plain.replace(',', ".")];
        let values = readings
            .iter()
            .filter_map(|reading| reading.parse::<Decimal>().ok());
        found.extend(values.map(|value| value.normalize()));
        if plain.contains(',') {
            let parts = plain
                .split(',')
                .filter_map(|part| part.parse::<Decimal>().ok());
            found.extend(parts.map(|value| value.normalize()));
        }
    }
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = numbers(text).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_number_is_read_in_each_way_it_may_be_meant() {
        check("Of 40 boats, 12.5% sank.", &["40", "12.5"]);
        check("0\u{b7}05 or 1 204", &["0.05", "1", "204"]);
        check("1,204", &["1204", "1.204", "1", "204"]);
        check("no number", &[]);
    }
}
