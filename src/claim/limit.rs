//! What a figure can be at most and at least, where the words right beside it say what it is.
//!
//! Why it exists: "a hazard ratio of -0.4" is impossible whatever it was bound to, and a change of -0.4 is not. So a limit
//! is taken only from a name that stands beside the number (or fills the header of its column), and from no
//! sentence that speaks of a change. It leaves out the verdict, which is for the rule.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::limit_part::{self, WHOLES};
use super::limit_range;
use super::limit_scale::{self, Scale, ends_with_name, is_percent, starts_with_name};
use super::{Figure, FigureRole, Frame, Measured};
use crate::markdown::{Document, Table};
use crate::ontology::{Measure, WordSet, word_set};
use crate::quantity::{Modifier, Quantity, Role};

/// What a figure's value can be, in its printed unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What sets it, as a message names it: "a p-value".
    pub of: String,
    /// Lowest possible value.
    pub low: Option<Decimal>,
    /// Highest possible value.
    pub high: Option<Decimal>,
}

impl Limit {
    /// Whether a true value between the bounds of a quantity can lie within it.
    pub(crate) fn is_kept(&self, quantity: &Quantity) -> bool {
        self.low.is_none_or(|low| quantity.high >= low)
            && self.high.is_none_or(|high| quantity.low <= high)
    }
}

/// So far before a number its name and what speaks of a change are looked for, in bytes.
const REACH: usize = 90;
/// The same behind it.
const REACH_BEHIND: usize = 60;

static CHANGES: LazyLock<WordSet> = LazyLock::new(|| word_set("change-words"));

/// Between a name and its value: "(HR) of", "was only", "=".
static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\s*\([^()]{1,40}\))?\s*(?:\b(?:was|were|is|are|of|being|reached|would be|at|to be)\b|[=:])\s*(?:only|just|about|around|approximately)?\s*$").ok()
});
/// The same with what was measured between: "coverage of the test suite is".
static LONG_LINK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\s+(?:of|for|in|with)\s+(?:[a-z-]+\s+){1,4}(?:(?:was|were|is|are|reached)\s+|:\s+)$",
    )
    .ok()
});
/// A letter that a whole number is given to: "r=8,".
static ASSIGNMENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b[a-z] ?= ?[0-9]+(?:[^.0-9]|$)").ok());
/// Bytes in front of a letter in which another one is given a number.
const ASSIGNED: usize = 24;

/// The limit of each figure of a document that has one; in the order of the figures. Linear in them.
pub(crate) fn limits(document: &Document, figures: &[Figure]) -> Vec<Option<Limit>> {
    let found: Vec<Option<Limit>> = figures
        .iter()
        .map(|figure| {
            let quantity = figure.quantity.as_ref()?;
            match figure.place.cell {
                Some(cell) if !is_sentence(document, figure) => of_column(document, figure, cell),
                Some(_) | None => in_text(document, figure, quantity),
            }
        })
        .collect();
    without_doubtful_columns(figures, found)
}

/// A cell that has more words than its number is read as text.
fn is_sentence(document: &Document, figure: &Figure) -> bool {
    document
        .text_at(figure.place.block, figure.place.cell)
        .is_some_and(|text| text.plain.split_whitespace().take(6).count() > 5)
}

fn in_text(document: &Document, figure: &Figure, quantity: &Quantity) -> Option<Limit> {
    let plain = &document
        .text_at(figure.place.block, figure.place.cell)?
        .plain;
    let range = &figure.place.range;
    let before = window_before(plain, range.start);
    let tail = reach_behind(plain, range.end);
    let behind = in_clause(tail);
    if quantity.role == Role::PValue {
        let whole = plain.get(range.clone())?;
        let written = before.trim_end().ends_with(['=', '<', '>', '≤', '≥', ':'])
            || whole.contains(['=', '<', '>', '≤', '≥']);
        return written.then(|| Limit {
            of: "a p-value".to_owned(),
            low: Some(Decimal::ZERO),
            high: Some(Decimal::ONE),
        });
    }
    if figure.role == FigureRole::Metadata || quantity.modifiers.contains(&Modifier::Range) {
        return None;
    }
    // "A probability of 5/85": the value is that of the numerator.
    if quantity.denominator.is_some() {
        return limit_part::of_count(quantity, before, behind);
    }
    limit_part::of_count(quantity, before, behind)
        .or_else(|| limit_part::of_share(quantity, before, behind))
        .or_else(|| of_name(figure, quantity, before, behind))
        .or_else(|| limit_scale::of_correlation(quantity, before, tail))
        .or_else(|| of_pack(figure, quantity, before, behind))
        .or_else(|| {
            let noun = first_words(behind.strip_prefix(' ')?, 1).trim_end_matches('.');
            let printed = plain.get(range.clone())?;
            WHOLES
                .contains(noun)
                .then(|| limit_range::of_negative_count(quantity, printed, before, noun))
                .flatten()
        })
        .filter(|limit| !(limit.low.is_some() && is_change_of(before, quantity)))
        .or_else(|| limit_scale::of_ratio(quantity, before, tail))
}

/// Whether a negative value may be a change, which has no least value.
fn is_change_of(before: &str, quantity: &Quantity) -> bool {
    quantity.high < Decimal::ZERO && tells_change(before)
}

/// "a mean age of 154 years", "median follow-up was -3 months".
fn of_pack(figure: &Figure, quantity: &Quantity, before: &str, behind: &str) -> Option<Limit> {
    let Measured::Concept(measure) = &figure.measure.as_ref()?.value else {
        return None;
    };
    let lower = before.to_lowercase();
    let is_named = [&LINK, &LONG_LINK].into_iter().any(|pattern| {
        pattern
            .as_ref()
            .and_then(|pattern| pattern.find(&lower))
            .and_then(|link| lower.get(..link.start()))
            .is_some_and(|words| ends_with_label(measure, quantity, words))
    });
    let changes = tells_change(before) || tells_change(first_words(behind, 3));
    (is_named && !changes)
        .then(|| limit_range::of_measure(measure, quantity))
        .flatten()
}

/// Whether words end with a name of the measure. A letter with a whole number of two digits, or behind another such pair, sets a
/// parameter: "p=100 predictors", "r=8, p=2".
fn ends_with_label(measure: &Measure, quantity: &Quantity, words: &str) -> bool {
    let tail = words.ceil_char_boundary(words.len().saturating_sub(ASSIGNED));
    let whole = quantity.value.filter(Decimal::is_integer);
    let follows_other = || {
        let tail = words.get(tail..).unwrap_or_default();
        let pattern = ASSIGNMENT.as_ref();
        pattern.is_some_and(|pattern| pattern.is_match(tail))
    };
    let sets_parameter = whole.is_some_and(|value| value >= Decimal::TEN || follows_other());
    measure
        .labels
        .iter()
        .filter(|label| !sets_parameter || label.len() > 1)
        .any(|label| words.trim_end().ends_with(&label.to_lowercase()))
}

/// "a hazard ratio of -0.4", "112% efficacy".
fn of_name(figure: &Figure, quantity: &Quantity, before: &str, behind: &str) -> Option<Limit> {
    let lower = before.to_lowercase();
    let named = [&LINK, &LONG_LINK].into_iter().find_map(|pattern| {
        let link = pattern.as_ref()?.find(&lower)?;
        let words = lower.get(..link.start())?;
        own_measure(figure, quantity, words).or_else(|| ends_with_name(words))
    });
    let (name, scale) = named
        .or_else(|| {
            is_percent(quantity)
                .then(|| starts_with_name(behind))
                .flatten()
        })
        .filter(|(_, scale)| {
            *scale == Scale::Fraction
                || !tells_change(before) && !tells_change(first_words(behind, 3))
        })?;
    // "The probability of three heads" counts heads.
    let counts_things = quantity.modifiers.contains(&Modifier::Count)
        && lower.trim_end().ends_with(" of")
        && behind.trim_start().starts_with(char::is_alphabetic);
    if scale == Scale::Fraction && counts_things {
        return None;
    }
    let is_word =
        scale == Scale::Correlation && quantity.value.is_some_and(|value| value.scale() == 0);
    let (low, high) = scale.bounds(quantity).filter(|_| !is_word)?;
    Some(Limit {
        of: name,
        low,
        high,
    })
}

/// The first words of a text, up to the next mark.
fn first_words(text: &str, count: usize) -> &str {
    let text = text.split([',', ')']).next().unwrap_or_default();
    let end = text
        .match_indices(' ')
        .nth(count)
        .map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// The figure's own measure, where its label ends the words before the link.
fn own_measure(figure: &Figure, quantity: &Quantity, words: &str) -> Option<(String, Scale)> {
    let Measured::Concept(measure) = &figure.measure.as_ref()?.value else {
        return None;
    };
    let scale = Scale::of_measure(measure).filter(|_| ends_with_label(measure, quantity, words))?;
    Some((measure.label.clone(), scale))
}

pub(super) fn tells_change(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        .any(|word| CHANGES.contains(word.to_lowercase().as_str()) || word.ends_with("-fold"))
        || text.contains('Δ')
}

/// A header that is nothing but the name of a measure with limits.
fn of_column(document: &Document, figure: &Figure, cell: (usize, usize)) -> Option<Limit> {
    let quantity = figure.quantity.as_ref()?;
    let bound = figure
        .measure
        .as_ref()
        .filter(|bound| bound.frame == Frame::ColumnHeader)?;
    let Measured::Concept(measure) = &bound.value else {
        return None;
    };
    let header = header(document.table(figure.place.block)?, cell)?;
    let text = document.text_at(figure.place.block, figure.place.cell)?;
    // Of "12 (3.4)" only the first number is what the header says.
    let first = figure.place.range.start == 0 || quantity.numerator.is_some();
    let is_name = first
        && !text.plain.is_empty()
        && measure
            .labels
            .iter()
            .any(|label| label.to_lowercase() == header);
    let scale = Scale::of_measure(measure).filter(|_| is_name)?;
    let (low, high) = match (scale, quantity.role) {
        (Scale::Fraction, Role::PValue) => (Some(Decimal::ZERO), Some(Decimal::ONE)),
        _ => scale.bounds(quantity)?,
    };
    Some(Limit {
        of: measure.label.clone(),
        low,
        high,
    })
}

/// The header right above the body, without what stands in brackets; `None` where rows and header differ in length, so
/// that a column may not be the one its header names.
fn header(table: &Table, (row, column): (usize, usize)) -> Option<String> {
    let above = table.rows.get(table.header_rows.checked_sub(1)?)?;
    let own = table.rows.get(row)?;
    if above.cells.len() != own.cells.len() {
        return None;
    }
    let text = above.cells.get(column)?.text.plain.to_lowercase();
    let text = text.split(['(', '[', ',']).next()?;
    Some(text.trim_matches(['*', '_', ' ', '%']).to_owned())
}

/// A column in which several values break its limit is not what its header seems to say.
fn without_doubtful_columns(
    figures: &[Figure],
    mut found: Vec<Option<Limit>>,
) -> Vec<Option<Limit>> {
    let mut broken: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let column = |figure: &Figure| {
        figure
            .place
            .cell
            .map(|(_, column)| (figure.place.block, column))
    };
    for (figure, limit) in figures.iter().zip(&found) {
        if let (Some(column), Some(limit), Some(quantity)) =
            (column(figure), limit, &figure.quantity)
        {
            *broken.entry(column).or_default() += usize::from(limit.breaks(quantity));
        }
    }
    for (figure, limit) in figures.iter().zip(&mut found) {
        let doubtful = column(figure)
            .and_then(|column| broken.get(&column))
            .is_some_and(|count| *count > 1);
        if doubtful {
            *limit = None;
        }
    }
    found
}

impl Limit {
    fn breaks(&self, quantity: &Quantity) -> bool {
        self.high.is_some_and(|high| quantity.low > high)
            || self.low.is_some_and(|low| quantity.high < low)
    }
}

/// What stands before a number in its sentence.
fn window_before(plain: &str, at: usize) -> &str {
    let mut start = at.saturating_sub(REACH);
    while !plain.is_char_boundary(start) {
        start += 1;
    }
    let window = plain.get(start..at).unwrap_or_default();
    let cut = [". ", "; ", "\n\n"]
        .iter()
        .filter_map(|end| window.rfind(end).map(|at| at + end.len()))
        .max();
    window.get(cut.unwrap_or_default()..).unwrap_or_default()
}

/// What stands behind a number, as far as is looked.
fn reach_behind(plain: &str, at: usize) -> &str {
    let mut end = plain.len().min(at + REACH_BEHIND);
    while !plain.is_char_boundary(end) {
        end -= 1;
    }
    plain.get(at..end).unwrap_or_default()
}

/// The part of it that is in the same sentence, and not behind a semicolon.
fn in_clause(behind: &str) -> &str {
    let cut = [". ", "; "].iter().filter_map(|end| behind.find(end)).min();
    behind
        .get(..cut.unwrap_or(behind.len()))
        .unwrap_or_default()
}

#[cfg(test)]
#[path = "tests/limit.rs"]
mod tests;
