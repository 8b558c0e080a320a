//! Test statistics with their p-value: `t(34) = 2.99, p = .005`, `χ²(2, N = 170) = 14.14, p < .001`, `z = 2.1, p = .04`.
//!
//! Why it exists: a p-value follows from its statistic and the degrees of freedom, so one of the three can be checked against the
//! other two. It leaves out the judgement, statistics without a p-value, and those whose distribution needs more than
//! the degrees of freedom.
//!
//! What is counted follows statcheck (Nuijten et al. 2016, doi:10.3758/s13428-015-0664-2): t, F, r, z, χ² and Q, two-tailed,
//! with the statistic anywhere between its rounding bounds.

mod follow;
mod head;
mod probability;
#[cfg(test)]
mod tests;

use memchr::{memchr3_iter, memmem};
use serde::{Deserialize, Serialize};
use std::ops::Range;

use rust_decimal::Decimal;

use super::{Comparator, UNBOUNDED};
use head::Head;

/// A test statistic and the p-value printed for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestStatistic {
    /// From the symbol to the end of the p-value, in bytes of the text given to [`statistics`].
    pub range: Range<usize>,
    /// Which distribution it has.
    pub test: Test,
    /// Degrees of freedom; of F those between, else none.
    pub df1: Option<Decimal>,
    /// Degrees of freedom; of F those within; none for z.
    pub df2: Option<Decimal>,
    /// How the statistic is compared with its value.
    pub comparator: Comparator,
    /// The statistic as printed, with its sign.
    pub value: Decimal,
    /// The p-value printed for it.
    pub p: PrintedP,
    /// Lowest p-value that a statistic printed so can have, two-tailed where the test has two tails; to 12 decimals.
    pub low: Decimal,
    /// Highest such p-value.
    pub high: Decimal,
    /// The p-value of the statistic as printed.
    pub exact: Decimal,
}

/// A p-value as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedP {
    /// Where it stands, from `p` or `ns` on, in bytes.
    pub range: Range<usize>,
    /// `>` for `ns`.
    pub comparator: Comparator,
    /// The number; 0.05 for `ns`.
    pub value: Decimal,
    /// Decimals printed.
    pub decimals: u32,
    /// Lowest p-value that would be printed so; -1 where that side is open.
    pub low: Decimal,
    /// Highest such p-value; 2 where that side is open.
    pub high: Decimal,
    /// Whether `ns` stands there and no number.
    pub is_ns: bool,
}

/// Statistics whose p-value follows from their value and degrees of freedom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Test {
    /// Student's t.
    T,
    /// Fisher's F.
    F,
    /// Pearson's correlation.
    R,
    /// Standard normal.
    Z,
    /// Chi-square.
    ChiSquare,
    /// Cochran's Q of a meta-analysis; chi-square distributed.
    Q,
}

impl Test {
    /// Whether half of the two-tailed p-value is a p-value of its own.
    pub fn has_two_tails(self) -> bool {
        matches!(self, Self::T | Self::R | Self::Z)
    }

    /// Its symbol.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::T => "t",
            Self::F => "F",
            Self::R => "r",
            Self::Z => "z",
            Self::ChiSquare => "chi-square",
            Self::Q => "Q",
        }
    }
}

/// Reads every test statistic that has a p-value behind it, in order. Linear in the length of the text.
pub fn statistics(text: &str) -> Vec<TestStatistic> {
    let mut found: Vec<TestStatistic> = Vec::new();
    for at in comparators(text) {
        let floor = found.last().map_or(0, |last| last.range.end);
        if at >= floor
            && let Some(statistic) = head::read(text, at, floor).and_then(|head| with_p(text, head))
        {
            found.push(statistic);
        }
    }
    found
}

/// Where `=`, `<`, `>`, `≤` or `≥` stands.
fn comparators(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut found: Vec<usize> = memchr3_iter(b'=', b'<', b'>', bytes).collect();
    for sign in ["≤", "≥"] {
        found.extend(memmem::find_iter(bytes, sign));
    }
    found.sort_unstable();
    found
}

fn with_p(text: &str, head: Head) -> Option<TestStatistic> {
    let tail = follow::read(text, head.end)?;
    let df = if head.df.is_empty() { tail.df } else { head.df };
    let (df1, df2) = match (head.test, df.as_slice()) {
        (Test::Z, []) => (None, None),
        (Test::F, [between, within]) => (Some(*between), Some(*within)),
        (Test::T | Test::R | Test::ChiSquare | Test::Q, [only]) => (None, Some(*only)),
        (Test::T | Test::F | Test::R | Test::Z | Test::ChiSquare | Test::Q, _) => return None,
    };
    let statistic = magnitude(head.test, head.comparator, head.value, head.step)?;
    let (low, high) = probability::bounds(head.test, df1, df2, statistic)?;
    Some(TestStatistic {
        range: head.start..tail.p.range.end,
        test: head.test,
        df1,
        df2,
        comparator: head.comparator,
        value: head.value,
        p: tail.p,
        low,
        high,
        exact: probability::tail(head.test, df1, df2, head.value.abs())?,
    })
}

/// Lowest and highest true magnitude of a statistic printed so; of a statistic that cannot be negative its values.
fn magnitude(
    test: Test,
    comparator: Comparator,
    value: Decimal,
    step: Decimal,
) -> Option<(Decimal, Decimal)> {
    if !test.has_two_tails() && value.is_sign_negative() && !value.is_zero() {
        return None;
    }
    let size = value.abs();
    let half = step.checked_div(Decimal::TWO)?;
    let turned = value.is_sign_negative();
    match comparator {
        Comparator::Equal => Some((
            size.checked_sub(half)?.max(Decimal::ZERO),
            size.checked_add(half)?,
        )),
        Comparator::Less | Comparator::AtMost if turned => Some((size, UNBOUNDED)),
        Comparator::Less | Comparator::AtMost => Some((Decimal::ZERO, size)),
        Comparator::Greater | Comparator::AtLeast if turned => None,
        Comparator::Greater | Comparator::AtLeast => Some((size, UNBOUNDED)),
        Comparator::About => None,
    }
}
