//! Which columns of a table are an estimate, the bounds of its interval and its p-value, by their heads.
//!
//! Why it exists: "OR | 95% CI | p", "OR (95% CI)" and "OR | Lower 95% | Upper 95%" print one thing in three ways. Bounds
//! in two columns are taken for those of an interval only where heads, caption or notes give its level or its quantiles;
//! "Lower" and "Upper" alone may be limbs, limits or prices. It leaves out the cells.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use crate::claim::effect::effect_in;
use crate::claim::lexis::is;
use crate::claim::table_arm::{Path, paths};
use crate::markdown::Table;
use crate::ontology::{WordSet, word_set};

/// Most cells of a row, so that a table as wide as long costs no more than its size.
const WIDEST: usize = 60;

/// "95% CI", "95% confidence interval (CI)".
static LEVEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(9[059](?:\.[0-9])?)\s?%\s*(?:CIs?\b|confidence\s+(?:intervals?|limits?)(?:\s*\(CI\))?)").ok()
});
/// "95%".
static PERCENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(9[059](?:\.[0-9])?)\s?%").ok());
/// "2.5%" and "97.5%": the quantiles between which 95% lie.
static QUANTILE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:[QqPp](2|97)\.5|(2|97)\.5\s?%)$").ok());
static P_HEAD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^p(?:[\s-]*values?)?$").ok());
/// Words that say the column is on a scale on which no effect is another value.
static LOGARITHM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\b(?:log|ln)").ok());
static HEADS: LazyLock<WordSet> = LazyLock::new(|| word_set("estimate-heads"));

/// Where the bounds of an interval stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bounds {
    /// Behind the value, in its cell.
    Behind,
    /// In the next column.
    Beside(usize),
    /// In a column each.
    Apart { low: usize, high: usize },
}

/// Columns that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) estimate: usize,
    pub(super) bounds: Bounds,
    pub(super) p_value: Option<usize>,
    /// "95".
    pub(super) level: String,
    /// The value that means no effect.
    pub(super) null: Option<Decimal>,
    /// Whether the bounds are quantiles, which need not be symmetric.
    pub(super) quantiles: bool,
}

/// Estimates with their interval; a p-value only where each estimate has its own. `around` is the text of heads, caption
/// and notes.
pub(super) fn columns(table: &Table, around: &str) -> Vec<Columns> {
    let heads = Heads(paths(table));
    if heads.0.len() > WIDEST {
        return Vec::new();
    }
    let mut found: Vec<Columns> = (0..heads.0.len())
        .filter_map(|column| {
            heads
                .together(column)
                .or_else(|| heads.apart(column, around))
        })
        .collect();
    if found.iter().any(|columns| columns.p_value.is_none()) {
        for columns in &mut found {
            columns.p_value = None;
        }
    }
    found
}

/// The heads over each column.
struct Heads(Vec<Path>);

/// A column of bounds.
struct Side {
    is_low: bool,
    /// The level that its heads print.
    level: Option<String>,
    is_quantile: bool,
}

impl Heads {
    /// The head right over a column.
    fn own(&self, column: usize) -> &str {
        let last = self.0.get(column).and_then(|path| path.last());
        last.map_or("", |part| part.text.trim())
    }

    /// The head over the heads of several columns.
    fn parent(&self, column: usize) -> &str {
        let over = self.0.get(column).and_then(|path| path.iter().rev().nth(1));
        over.map_or("", |part| part.text.trim())
    }

    fn p_value(&self, column: usize) -> Option<usize> {
        let is_p = |column: &usize| {
            P_HEAD
                .as_ref()
                .is_some_and(|p| p.is_match(self.own(*column)))
        };
        Some(column).filter(is_p)
    }

    /// Both bounds in one cell: behind the value, or in the column behind it.
    fn together(&self, column: usize) -> Option<Columns> {
        let head = self.own(column);
        if self.side(column).is_some() {
            return None;
        }
        let level = LEVEL.as_ref()?.captures(head)?;
        let (whole, level) = (level.get(0)?, level.get(1)?);
        let rest = format!(
            "{} {}",
            head.get(..whole.start()).unwrap_or_default(),
            head.get(whole.end()..).unwrap_or_default()
        );
        let is_alone = words(&rest.to_lowercase()).all(|word| word == "wald");
        let before = column.checked_sub(1).filter(|_| is_alone);
        let (estimate, name) = match before {
            Some(before) => (before, self.own(before)),
            None => (column, rest.as_str()),
        };
        names_estimate(name).then(|| Columns {
            estimate,
            bounds: if is_alone {
                Bounds::Beside(column)
            } else {
                Bounds::Behind
            },
            p_value: self.p_value(column + 1),
            level: level.as_str().to_owned(),
            null: null_of(name),
            quantiles: false,
        })
    }

    /// The first of two columns of bounds.
    fn apart(&self, column: usize, around: &str) -> Option<Columns> {
        let (first, second) = (self.side(column)?, self.side(column + 1)?);
        if first.is_low == second.is_low || first.is_quantile != second.is_quantile {
            return None;
        }
        let level = match (first.level, second.level) {
            (Some(one), Some(other)) if one != other => return None,
            (Some(level), _) | (None, Some(level)) => level,
            (None, None) => only_level(around)?,
        };
        let estimate = (0..column)
            .rev()
            .find(|before| !is_beside_estimate(self.own(*before)))?;
        let name = self.own(estimate);
        let over = self.parent(estimate);
        let is_estimate = names_estimate(name) && !PERCENT.as_ref()?.is_match(name);
        is_estimate.then(|| Columns {
            estimate,
            bounds: if first.is_low {
                Bounds::Apart {
                    low: column,
                    high: column + 1,
                }
            } else {
                Bounds::Apart {
                    low: column + 1,
                    high: column,
                }
            },
            p_value: self.p_value(column + 2),
            level,
            null: null_of(name).or_else(|| null_of(over)),
            quantiles: first.is_quantile,
        })
    }

    /// Whether a column holds one bound of an interval: "95% LCL", "Lower limit", "97.5%".
    fn side(&self, column: usize) -> Option<Side> {
        let own = self.own(column);
        if let Some(quantile) = QUANTILE.as_ref()?.captures(own) {
            let of = quantile.get(1).or_else(|| quantile.get(2))?.as_str();
            return Some(Side {
                is_low: of == "2",
                level: Some("95".to_owned()),
                is_quantile: true,
            });
        }
        let named = LEVEL.as_ref()?.replace(own, " ci ");
        let named = PERCENT.as_ref()?.replace(&named, " ").to_lowercase();
        let mut side = None;
        for word in words(&named) {
            let is_low = is("lower-bound", word);
            if is_low || is("upper-bound", word) {
                if side.replace(is_low).is_some() {
                    return None;
                }
            } else if !is("bound-noun", word) {
                return None;
            }
        }
        let level = |pattern: &LazyLock<Option<Regex>>, text: &str| {
            let found = pattern.as_ref()?.captures(text)?;
            Some(found.get(1)?.as_str().to_owned())
        };
        Some(Side {
            is_low: side?,
            level: level(&PERCENT, own).or_else(|| level(&LEVEL, self.parent(column))),
            is_quantile: false,
        })
    }
}

/// The words of a head.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// The level of all intervals that a text names.
fn only_level(text: &str) -> Option<String> {
    let mut levels = LEVEL
        .as_ref()?
        .captures_iter(text)
        .filter_map(|found| found.get(1));
    let first = levels.next()?.as_str();
    levels
        .all(|level| level.as_str() == first)
        .then(|| first.to_owned())
}

/// Whether a column may stand between an estimate and its bounds: "SE", "p", "df".
fn is_beside_estimate(head: &str) -> bool {
    let head = head.to_lowercase();
    let mut words = words(&head).peekable();
    words.peek().is_some() && words.all(|word| is("beside-estimate", word))
}

fn names_estimate(name: &str) -> bool {
    let mut words = words(name);
    effect_in(name).is_some()
        || name.trim() == "B"
        || words.any(|word| HEADS.contains(word.to_lowercase().as_str()))
}

/// The value of no effect of the estimate that a head names.
fn null_of(name: &str) -> Option<Decimal> {
    let is_logarithm = LOGARITHM.as_ref().is_none_or(|log| log.is_match(name));
    effect_in(name).filter(|_| !is_logarithm)
}
