//! Names of measures whose values have limits, and which limits those are in the unit of a figure.
//!
//! It leaves out whether such a name stands beside a number and says what it is: [`super::limit`] looks.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::limit::{Limit, tells_change};
use crate::ontology::{Dimension, Kind, Measure, WordMap, lexicon_table};
use crate::quantity::{Quantity, Role};

/// How a name limits its values (`bounded-measures.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scale {
    Fraction,
    Share,
    Efficacy,
    Score,
    Correlation,
    MostOne,
    Ratio,
}

static NAMES: LazyLock<WordMap<Vec<(&'static str, Scale)>>> = LazyLock::new(|| {
    let mut by_last_word: BTreeMap<&str, Vec<(&str, Scale)>> = BTreeMap::new();
    for row in lexicon_table("bounded-measures") {
        let [name, scale] = row.as_slice() else {
            continue;
        };
        let (Some(scale), Some(last)) = (Scale::named(scale), name.split(' ').next_back()) else {
            continue;
        };
        by_last_word.entry(last).or_default().push((name, scale));
    }
    by_last_word.into_iter().collect()
});

/// A short name, or one that ends with "ratio" or "risk", right in front of a number.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s(\[])((?:[A-Za-z]+ )?[Rr]atios?|[Rr]elative risk|HR|OR|RR)(?: \([A-Z]{2,4}\))?,?(?: of| was|:| ?=)? ?$").ok()
});
/// Words in front of a ratio in which a change of it is looked for.
const WORDS_OF_CHANGE: usize = 3;
/// What follows an estimate.
static TESTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\bCI\b|confidence interval|\b[Pp] ?[=<>]").ok());
static LETTER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^A-Za-z0-9_])r ?= ?$").ok());
/// The letter at the start of brackets, or right behind the name of a coefficient.
static IN_BRACKETS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\(|(?:[Ss]pearman|[Pp]earson)(?:['’]s)? |[Cc]orrelations? (?:coefficients? )?(?:(?:of|was|is|at) )?(?:about |around |only |say )?)r ?= ?$").ok()
});
/// Another one, printed without the nought that values above 1 would need.
static WITHOUT_NOUGHT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^A-Za-z0-9_])r ?= ?[-−–]?\.[0-9]").ok());
static P_BEHIND: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[,;]? ?\(?(?:[Pp]|[Rr](?:2|²|\^2\^?)) ?[=<>]").ok());
static P_BEFORE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b[Pp] ?[=<>] ?[0-9]*\.[0-9]+[,;] r ?= ?$").ok());

impl Scale {
    fn named(name: &str) -> Option<Self> {
        match name {
            "fraction" => Some(Self::Fraction),
            "share" => Some(Self::Share),
            "efficacy" => Some(Self::Efficacy),
            "score" => Some(Self::Score),
            "correlation" => Some(Self::Correlation),
            "most-one" => Some(Self::MostOne),
            "ratio" => Some(Self::Ratio),
            _ => None,
        }
    }

    /// Lowest and highest value in the unit of a quantity; `None` where the unit is not one of the scale's.
    pub(super) fn bounds(self, quantity: &Quantity) -> Option<(Option<Decimal>, Option<Decimal>)> {
        let percent = is_percent(quantity);
        let bare = quantity.unit.is_none() && quantity.role == Role::Value;
        let (zero, one, hundred) = (
            Some(Decimal::ZERO),
            Some(Decimal::ONE),
            Some(Decimal::ONE_HUNDRED),
        );
        let half = Decimal::from(50);
        match self {
            Self::Fraction if bare => Some((zero, one)),
            Self::Fraction | Self::Share | Self::Score if percent => Some((zero, hundred)),
            Self::Efficacy if percent => Some((None, hundred)),
            // 96.7 beside AUROC is a percentage without its sign; 9.67 is none.
            Self::Score if bare && quantity.low < half => Some((zero, one)),
            Self::Score if bare => Some((zero, hundred)),
            Self::Correlation if bare => Some((Some(Decimal::NEGATIVE_ONE), one)),
            Self::MostOne if bare => Some((None, one)),
            Self::Ratio if bare => Some((zero, None)),
            Self::Fraction
            | Self::Share
            | Self::Efficacy
            | Self::Score
            | Self::Correlation
            | Self::MostOne
            | Self::Ratio => None,
        }
    }

    pub(super) fn of_measure(measure: &Measure) -> Option<Self> {
        match measure.kind {
            Kind::Proportion if measure.maximum == Some(Decimal::ONE_HUNDRED) => Some(Self::Share),
            Kind::Probability => Some(Self::Fraction),
            Kind::Ratio if measure.minimum == Some(Decimal::ZERO) => Some(Self::Ratio),
            Kind::Proportion
            | Kind::Ratio
            | Kind::Duration
            | Kind::Count
            | Kind::Amount
            | Kind::Rate
            | Kind::Score
            | Kind::Interval
            | Kind::Date
            | Kind::Other => None,
        }
    }
}

/// The name that words end with: "the hazard ratio".
pub(super) fn ends_with_name(words: &str) -> Option<(String, Scale)> {
    let last = words
        .trim_end()
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()?;
    NAMES.get(last)?.iter().find_map(|(name, scale)| {
        let rest = words.trim_end().strip_suffix(name)?;
        let bounded = !rest.ends_with(|c: char| c.is_alphanumeric() || c == '-');
        bounded.then(|| ((*name).to_owned(), *scale))
    })
}

/// "HR, -0.45; 95% CI": a ratio right in front of a negative number that an interval or a p-value follows. What changed
/// is told elsewhere in such a sentence: "a significant reduction (HR, -0.45; 95% CI ...)".
pub(super) fn of_ratio(quantity: &Quantity, before: &str, behind: &str) -> Option<Limit> {
    let is_estimate = quantity.high < Decimal::ZERO
        && TESTED
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(behind));
    let found = NAMED.as_ref()?.captures(before).filter(|_| is_estimate)?;
    let name = found.get(1)?;
    let front = before.get(..name.start())?;
    let words = front.trim_end().rsplit(' ').take(WORDS_OF_CHANGE);
    let is_change = words.into_iter().any(tells_change);
    let (of, scale) = ends_with_name(name.as_str().to_lowercase().trim_end_matches('s'))?;
    let (low, high) = scale.bounds(quantity)?;
    (!is_change && scale == Scale::Ratio).then_some(Limit { of, low, high })
}

/// A correlation by its letter: "correlated (r = 1.37)", "associated with height, r = 1.37, p = 0.04", "r = 1.37 and r = .21".
pub(super) fn of_correlation(quantity: &Quantity, before: &str, behind: &str) -> Option<Limit> {
    let is_letter = LETTER
        .as_ref()
        .is_some_and(|pattern| pattern.is_match(before));
    let lower = before.to_lowercase();
    let matches = |pattern: &LazyLock<Option<Regex>>, text: &str| {
        pattern
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(text))
    };
    let is_tested = matches(&P_BEHIND, behind) || matches(&P_BEFORE, before);
    let is_named = ["correlat", "associat", "spearman", "pearson", "linear"]
        .iter()
        .any(|word| lower.contains(word))
        && (matches(&IN_BRACKETS, before) || is_tested);
    let is_told = is_named || matches(&WITHOUT_NOUGHT, before) || matches(&WITHOUT_NOUGHT, behind);
    let has_decimals = quantity.value.is_some_and(|value| value.scale() > 0);
    let (low, high) = Scale::Correlation.bounds(quantity)?;
    (is_letter && is_told && has_decimals).then(|| Limit {
        of: "a correlation".to_owned(),
        low,
        high,
    })
}

/// "% vaccine efficacy": at most one word stands between.
pub(super) fn starts_with_name(behind: &str) -> Option<(String, Scale)> {
    let mut words = behind
        .strip_prefix(' ')?
        .split(|c: char| !c.is_alphanumeric());
    let first = words.next()?.to_lowercase();
    let second = words.next().unwrap_or_default().to_lowercase();
    [first, second].iter().find_map(|word| {
        NAMES.get(word.as_str())?.iter().find_map(|(name, scale)| {
            let shared = matches!(scale, Scale::Share | Scale::Efficacy);
            (shared && name == word).then(|| ((*name).to_owned(), *scale))
        })
    })
}

/// Whether a quantity is printed in percent.
pub(super) fn is_percent(quantity: &Quantity) -> bool {
    quantity
        .unit
        .as_ref()
        .is_some_and(|unit| unit.dimension == Dimension::Proportion && unit.ucum == "%")
}
