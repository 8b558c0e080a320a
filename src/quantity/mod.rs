//! Numbers in running text: value, what true values would be printed so, unit, comparator, counts, intervals.
//!
//! Why it exists: a figure can only be compared once `13.0%`, `> 10 months` and `12 of 40 (30%)` are values with
//! bounds. The module is pure: text in, quantities out, no Markdown and no document.
//! It leaves out what a number is about ([`crate::claim`]) and which numbers are citation marks, labels of
//! references or code; the caller passes those as `masked` ranges.
//!
//! Values are decimals. The bounds follow the printed precision: `13%` is 12.5 to 13.5, `13.0%` is 12.95 to 13.05.

mod author_year;
mod bounds;
mod comparator;
mod compose;
mod context;
mod count;
mod date;
mod interval;
mod label;
mod mask;
mod number;
mod numeral;
mod opening;
mod part;
mod phrase;
mod range;
mod read;
mod role;
mod scan;
mod spaced;
mod spread;
mod statistic;
mod unit;
mod words;

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::ontology::Dimension;

pub(crate) use label::is_plural;
pub use numeral::small_number;
pub use phrase::{Phrase, phrases};
pub use spread::names_standard_error;
pub use statistic::{PrintedP, Test, TestStatistic, statistics};

/// One quantity as printed. All ranges are bytes of the text given to [`read`], end exclusive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The whole expression: approximation, comparator, number or numbers, tolerance and unit; of `12/40 (30%)` all of
    /// it. The interval behind it is not part of it.
    pub range: Range<usize>,
    /// What kind of number it is.
    pub role: Role,
    /// The number as printed, in the printed unit. `None` for a range such as `20 to 30`.
    pub value: Option<Decimal>,
    /// Lowest true value that would be printed so, in the printed unit. Lies below `high`, never equal.
    pub low: Decimal,
    /// Highest such value; [`UNBOUNDED`] where the comparator leaves that side open.
    pub high: Decimal,
    /// Number of decimals printed.
    pub decimals: u32,
    /// `=` where nothing is said.
    pub comparator: Comparator,
    /// Unit with its place; `None` for a bare number.
    pub unit: Option<Unit>,
    /// Where a percentage is printed with it, that is the value. `n` of `n/N`, `n of N`, `12 (30%)` (where `n` stands beside a percentage).
    pub numerator: Option<Decimal>,
    /// `N` of `n/N`, `n of N`.
    pub denominator: Option<Decimal>,
    /// What follows `±`, in the printed unit; equal to the value of a `±5%` that stands alone.
    pub tolerance: Option<Decimal>,
    /// The confidence interval printed with it.
    pub interval: Option<Interval>,
    /// What the words in front say.
    pub modifiers: Vec<Modifier>,
    /// Why nothing can be computed with it. Its bounds are open where the number itself cannot be held.
    pub problem: Option<Problem>,
}

/// Why nothing can be computed with a printed number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Problem {
    /// More digits, or a higher power, than a decimal holds.
    TooLarge,
    /// A part of a whole of zero: `12/0`.
    ZeroWhole,
}

impl Problem {
    /// In words: "the whole is zero".
    pub fn label(self) -> &'static str {
        match self {
            Self::TooLarge => "too large to compute with",
            Self::ZeroWhole => "the whole is zero",
        }
    }
}

/// The bound of a side that a comparator leaves open: 10^15.
pub const UNBOUNDED: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// What a number is for. Only [`Role::Value`] and [`Role::PValue`] are figures of results by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// A value of something: a share, a duration, a count, an amount.
    Value,
    /// `p = 0.03`.
    PValue,
    /// `n = 102`, `N = 326`.
    SampleSize,
    /// A calendar year or a date. Its value is the year, or the day where no year is printed; `None` for a span of years.
    Date,
    /// A ratio of allocation, `1:1`, a dilution, `1:40`, or a design, `3+3`, `2x2`. Its value is the first term and the
    /// denominator the second; a design of factors has neither.
    Ratio,
    /// A confidence level, the `95%` of `95% CI`. It is part of an [`Interval`] where the bounds follow.
    ConfidenceLevel,
}

/// How the printed number bounds the true one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Comparator {
    /// `=`, or nothing.
    Equal,
    /// `<`, "less than", "below".
    Less,
    /// `≤`, "at most", "up to".
    AtMost,
    /// `>`, "more than", "over".
    Greater,
    /// `≥`, "at least".
    AtLeast,
    /// `~`, "about", "nearly".
    About,
}

/// A unit as printed and as known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Where it is printed: behind the number, in front of it (`$`, `pH`), or behind a later number of a list.
    pub range: Range<usize>,
    /// As printed: `months`, `%`, `mg/kg`.
    pub printed: Cow<'static, str>,
    /// Its UCUM code: `mo`, `%`, `mg/kg`; the printed text in braces where it is not known.
    pub ucum: Cow<'static, str>,
    /// What it measures; decides which units can be compared.
    pub dimension: Dimension,
    /// Factor to the canonical unit of its dimension (days for times, `%` for proportions, 1 for counts).
    pub factor: Decimal,
}

/// A confidence interval (or another printed interval of uncertainty).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// From the level (or first bound) to the last bound.
    pub range: Range<usize>,
    /// The two bounds alone.
    pub bounds: Range<usize>,
    /// Lower bound as printed, in the unit of its quantity.
    pub low: Decimal,
    /// Upper bound as printed.
    pub high: Decimal,
    /// Level in percent, where it is said.
    pub level: Option<Decimal>,
    /// Decimals printed of the bound that has fewer.
    pub decimals: u32,
    /// Whether the higher bound is printed first.
    pub inverted: bool,
}

/// What the words around a number say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Modifier {
    /// "about", `~`.
    Approximate,
    /// A range with two ends.
    Range,
    /// "median".
    Median,
    /// "mean".
    Mean,
    /// A number of things.
    Count,
    /// `±`.
    Tolerance,
    /// "(estimated)".
    Estimated,
}

impl Quantity {
    /// A quantity without value or bounds, to be filled in.
    fn bare(range: Range<usize>, role: Role) -> Self {
        Self {
            range,
            role,
            value: None,
            low: Decimal::ZERO,
            high: Decimal::ZERO,
            decimals: 0,
            comparator: Comparator::Equal,
            unit: None,
            numerator: None,
            denominator: None,
            tolerance: None,
            interval: None,
            modifiers: Vec::new(),
            problem: None,
        }
    }
}

/// Reads every quantity of a running text, in order, without overlap. `masked` ranges (bytes, any order) hold no
/// quantity and end any that would run into them. Linear in the length of the text.
pub fn read(text: &str, masked: &[Range<usize>]) -> Vec<Quantity> {
    let boundary = |mut at: usize, up: bool| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at = if up { at + 1 } else { at - 1 };
        }
        at
    };
    let mut masked: Vec<Range<usize>> = masked
        .iter()
        .map(|range| boundary(range.start, false)..boundary(range.end, true))
        .filter(|range| range.start < range.end)
        .collect();
    masked.sort_by_key(|range| range.start);
    read::gaps(text, &masked)
}

#[cfg(test)]
mod tests;
