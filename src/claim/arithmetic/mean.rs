//! Means and standard deviations of whole numbers: "the mean number of visits was 3.47 (SD 1.21, n = 28)".
//!
//! Why it exists: 28 whole numbers add up to a whole number, so their mean is one of few values: the tests GRIM (Brown and
//! Heathers, 2017, `10.1177/1948550616673876`) and GRIMMER (Anaya, 2016, `10.7287/peerj.preprints.2400`; in Allard's form,
//! by the parity of the sum of squares). It reads only sentences that say both what was counted and how many values there are.
//! It leaves out means after ±, medians and tables.

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::direction::tokens;
use super::number::{Line, Number};
use super::parts::{contains_phrase, counts_things, is_count};
use crate::markdown::{Document, Place};
use crate::ontology::{WordSet, lexicon, word_set};
use crate::quantity::Role;
use crate::text::Span;

/// A mean, or a standard deviation, that no set of whole numbers of that size has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WholeMean {
    /// The mean, or the standard deviation.
    pub place: Place,
    /// The same in the source, in bytes.
    pub span: Span,
    /// Index in [`super::super::Statements::figures`].
    pub figure: usize,
    /// Whether it is the standard deviation.
    pub is_deviation: bool,
    /// "97 / 28 is 3.46 and 98 / 28 is 3.50".
    pub calculation: String,
    /// As printed: "3.47".
    pub printed: String,
    /// How many values, for the message: "28 whole numbers".
    pub values: String,
}

static MEAN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:\b(?:[Mm]ean|[Aa]verage)\b[^.;0-9]{0,90}|\bM\s*=\s*)$").ok());
static DEVIATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[\s,;]*\(?\s*(?:SD|s\.d\.|standard deviation)\s*(?:=|of|:|,)?\s*$").ok()
});
static ITEMS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b([0-9]{1,3})[- ]items?\b").ok());
static WHOLE: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon("whole-number-measures").collect());
static NOT_PLAIN: LazyLock<WordSet> = LazyLock::new(|| word_set("no-plain-mean"));

/// The impossible means and deviations of one sentence.
pub(super) fn means(line: &Line<'_>, document: &Document) -> Vec<WholeMean> {
    if line.numbers.len() < 2 || line.is_long() {
        return Vec::new();
    }
    let at: Vec<usize> = (0..line.numbers.len())
        .filter(|at| is_mean(line, *at))
        .collect();
    if at.is_empty() {
        return Vec::new();
    }
    let Some(items) = granularity(line.plain()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (index, mean) in at.iter().enumerate() {
        let until = at.get(index + 1).copied().unwrap_or(line.numbers.len());
        let values = size(line, *mean, until, at.len()).and_then(|size| Values::new(size, items));
        let Some((values, number)) = values.zip(line.numbers.get(*mean)) else {
            continue;
        };
        let Some(sums) = values.sums(number) else {
            continue;
        };
        if sums.is_empty() {
            let calculation = values.neighbours(number);
            found.extend(
                calculation.map(|shown| values.without(number, (false, shown), line, document)),
            );
        } else if let Some(deviation) = deviation(line, *mean)
            && values.has_deviation(&sums, deviation) == Some(false)
        {
            let shown = values.nearest_deviations(&sums, deviation);
            found.extend(
                shown.map(|shown| values.without(deviation, (true, shown), line, document)),
            );
        }
    }
    found
}

/// Into how many parts a single value can be divided: 1 for counts, 4 for the mean of 4 items; `None` where the sentence does
/// not say that they are whole numbers.
fn granularity(plain: &str) -> Option<Decimal> {
    let lower = plain.to_lowercase();
    if tokens(&lower)
        .iter()
        .any(|(_, word)| NOT_PLAIN.contains(word))
    {
        return None;
    }
    let items = ITEMS.as_ref()?.captures(&lower);
    if let Some(items) = items.and_then(|found| found.get(1)) {
        return items
            .as_str()
            .parse()
            .ok()
            .filter(|items| *items > Decimal::ZERO);
    }
    WHOLE
        .iter()
        .any(|phrase| contains_phrase(&lower, phrase))
        .then_some(Decimal::ONE)
}

fn is_mean(line: &Line<'_>, at: usize) -> bool {
    let Some(number) = line.numbers.get(at) else {
        return false;
    };
    let plain = number.role == Role::Value
        && number.dimension.is_none()
        && number.closed
        && number.denominator.is_none()
        && number.printed.contains('.')
        && !number.value.is_sign_negative();
    plain
        && MEAN
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(line.gap(at)))
}

/// How many values a mean is of: the only `n = 28` behind it, or the only one of the sentence.
fn size(line: &Line<'_>, mean: usize, until: usize, means: usize) -> Option<Decimal> {
    let sized = |at: &usize| {
        line.numbers
            .get(*at)
            .filter(|number| number.role == Role::SampleSize)
            .and_then(|number| number.value.is_integer().then_some(number.value))
    };
    let own: Vec<Decimal> = (mean..until).filter_map(|at| sized(&at)).collect();
    let all: Vec<Decimal> = (0..line.numbers.len())
        .filter_map(|at| sized(&at))
        .collect();
    let counted: Vec<Decimal> = line
        .numbers
        .iter()
        .enumerate()
        .filter(|(at, number)| {
            is_count(number) && number.denominator.is_none() && counts_next(line, *at)
        })
        .filter_map(|(_, number)| number.count)
        .collect();
    match (own.as_slice(), all.as_slice(), counted.as_slice()) {
        ([only], _, []) => Some(*only),
        ([only], [_], _) if means == 1 => Some(*only),
        ([], [only], []) | ([], [], [only]) if means == 1 => Some(*only),
        _ => None,
    }
}

/// "28 patients": a noun of people or things right behind.
fn counts_next(line: &Line<'_>, at: usize) -> bool {
    counts_things(line, at)
}

/// The standard deviation right behind a mean.
fn deviation<'l>(line: &'l Line<'_>, mean: usize) -> Option<&'l Number> {
    let number = line.numbers.get(mean + 1)?;
    let between = line.gap(mean + 1);
    let announced = line.gap(mean).contains("(SD)") && between.trim() == "(";
    let named = DEVIATION
        .as_ref()
        .is_some_and(|pattern| pattern.is_match(between));
    let plain = number.dimension.is_none() && number.closed && number.printed.contains('.');
    (plain && (announced || named)).then_some(number)
}

/// So many values, each a multiple of one over `items`.
#[derive(Clone, Copy)]
struct Values {
    size: Decimal,
    items: Decimal,
}

impl Values {
    fn new(size: Decimal, items: Decimal) -> Option<Self> {
        (size > Decimal::ONE && size <= Decimal::from(100_000)).then_some(Self { size, items })
    }

    fn parts(self) -> Option<Decimal> {
        self.size.checked_mul(self.items)
    }

    /// The sums whose mean would be printed so, both halves rounded either way; `None` where most means can be had.
    fn sums(self, mean: &Number) -> Option<Vec<Decimal>> {
        let parts = self.parts()?;
        let low = mean.low.checked_mul(parts)?;
        let high = mean.high.checked_mul(parts)?;
        if high.checked_sub(low)? > Decimal::new(6, 1) {
            return None;
        }
        let least = low.ceil();
        Some(if least <= high {
            vec![least]
        } else {
            Vec::new()
        })
    }

    /// Whether one of the sums has a sum of squares, odd or even as itself, that gives the deviation.
    fn has_deviation(self, sums: &[Decimal], deviation: &Number) -> Option<bool> {
        for sum in sums {
            let squares = self.squares(*sum, deviation.low.max(Decimal::ZERO))?;
            let most = self.squares(*sum, deviation.high)?;
            let mut least = squares.checked_div(self.size)?.ceil();
            let is_odd = |value: Decimal| {
                value
                    .checked_rem(Decimal::TWO)
                    .is_some_and(|rest| !rest.is_zero())
            };
            if is_odd(least) != is_odd(*sum) {
                least = least.checked_add(Decimal::ONE)?;
            }
            if least.checked_mul(self.size)? <= most {
                return Some(true);
            }
        }
        Some(false)
    }

    /// N times the sum of squares that a deviation would need.
    fn squares(self, sum: Decimal, deviation: Decimal) -> Option<Decimal> {
        let scaled = deviation.checked_mul(self.items)?;
        let pairs = self
            .size
            .checked_mul(self.size.checked_sub(Decimal::ONE)?)?;
        scaled
            .checked_mul(scaled)?
            .checked_mul(pairs)?
            .checked_add(sum.checked_mul(sum)?)
    }

    fn neighbours(self, mean: &Number) -> Option<String> {
        let parts = self.parts()?;
        let below = mean.value.checked_mul(parts)?.floor();
        let decimals = decimals(mean)?;
        let shown = |sum: Decimal| {
            let mean = sum.checked_div(parts)?.round_dp(decimals);
            Some(format!("{sum}/{parts} is {mean}"))
        };
        let above = below.checked_add(Decimal::ONE)?;
        Some(format!(
            "{} and {}",
            shown(below.normalize())?,
            shown(above.normalize())?
        ))
    }

    fn nearest_deviations(self, sums: &[Decimal], deviation: &Number) -> Option<String> {
        let sum = sums.first()?;
        let low = self.squares(*sum, deviation.low.max(Decimal::ZERO))?;
        let high = self.squares(*sum, deviation.high)?;
        let places = 1;
        Some(format!(
            "the values add up to {sum}, and their squares would have to add up to {} to {}, where no number is {} as the sum",
            low.checked_div(self.size)?.round_dp(places),
            high.checked_div(self.size)?.round_dp(places),
            if sum.checked_rem(Decimal::TWO)?.is_zero() {
                "even"
            } else {
                "odd"
            }
        ))
    }
}

fn decimals(number: &Number) -> Option<u32> {
    let (_, behind) = number.printed.rsplit_once('.')?;
    let digits = behind.chars().take_while(char::is_ascii_digit).count();
    u32::try_from(digits).ok().filter(|digits| *digits <= 12)
}

impl Values {
    /// A mean or deviation that such values cannot have: whether it is the deviation, and the calculation.
    fn without(
        self,
        number: &Number,
        (is_deviation, calculation): (bool, String),
        line: &Line<'_>,
        document: &Document,
    ) -> WholeMean {
        let place = Place {
            range: number.range.clone(),
            ..line.place.clone()
        };
        let parts = if self.items == Decimal::ONE {
            String::new()
        } else {
            format!(" of {} items each", self.items)
        };
        WholeMean {
            span: document.span(&place),
            place,
            figure: number.figure,
            is_deviation,
            calculation,
            printed: number.printed.clone(),
            values: format!("{} whole numbers{parts}", self.size.normalize()),
        }
    }
}
