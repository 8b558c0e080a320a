//! Estimates with their confidence interval and p-value, where the three are clearly of one statement.
//!
//! Why it exists: "0.86 (95% CI 0.77–0.96; p = 0.007)" can be checked in itself, but only where nothing else stands between
//! value, interval and p-value. It leaves out the judgement.

use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::effect::{effect_in, effect_of};
use super::interval_middle::{self, Middle, Printed};
use super::labelled_interval::labelled;
use super::table_estimate;
use super::test_result::{says, says_corrected, sentence_of};
use super::{Figure, Sentence};
use crate::markdown::{Document, Place};
use crate::ontology::{Dimension, lexicon};
use crate::quantity::{Interval, Quantity, Role, Unit};

/// Bytes between two numbers that are compared.
const COMPARED: usize = 24;

static OTHER_TESTS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lexicon("other-tests").collect());

static SKEWED: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lexicon("skewed-intervals").collect());

static VALUES_SPREAD: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lexicon("value-spreads").collect());

static SPREAD: LazyLock<Vec<&'static str>> = LazyLock::new(|| lexicon("spread-words").collect());

/// A figure whose interval stands right behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// Index in [`Statements::figures`](super::Statements::figures) of the value.
    pub figure: usize,
    /// What no effect would be: 1 for a ratio, 0 for a difference; `None` where the words in front do not say.
    pub null: Option<Decimal>,
    /// Index in [`Statements::figures`](super::Statements::figures) of the p-value right behind the interval, where it tests this effect.
    pub p_value: Option<usize>,
    /// Whether the value is a percentage and the bounds print none.
    pub bare_bounds: bool,
    /// Where the estimate of a ratio lies far from the middle of its interval on the log scale.
    pub middle: Option<Middle>,
    /// The interval as the heads of its table or the words in front tell it, its ranges in bytes of the bounds; `None` where
    /// it stands whole behind the value.
    pub interval: Option<Interval>,
}

/// Every estimate with its interval, by figure.
pub(super) fn extract(
    document: &Document,
    sentences: &[Sentence],
    figures: &[Figure],
) -> Vec<Estimate> {
    let mut found: Vec<Estimate> = figures
        .iter()
        .enumerate()
        .filter_map(|(index, figure)| estimate(document, sentences, figures, index, figure))
        .collect();
    leave_other_scales(&mut found, figures);
    found.extend(
        figures
            .iter()
            .enumerate()
            .filter_map(|(index, figure)| labelled_estimate(document, sentences, index, figure)),
    );
    found.extend(table_estimate::extract(document, figures));
    found.sort_by_key(|estimate| estimate.figure);
    found.dedup_by_key(|estimate| estimate.figure);
    found
}

/// Percentages whose bare bounds lie far from them, two or more in a document, have bounds on another scale: those of a score
/// whose percentage stands in front, say.
fn leave_other_scales(found: &mut Vec<Estimate>, figures: &[Figure]) {
    let far = |estimate: &Estimate| estimate.bare_bounds && lies_far(figures, estimate.figure);
    if found.iter().filter(|estimate| far(estimate)).count() > 1 {
        found.retain(|estimate| !far(estimate));
    }
}

/// Whether a value is more than twice the higher bound of its interval, or less than half of the lower.
fn lies_far(figures: &[Figure], index: usize) -> bool {
    let quantity = figures
        .get(index)
        .and_then(|figure| figure.quantity.as_ref());
    let Some((quantity, interval)) = quantity.and_then(|q| Some((q, q.interval.as_ref()?))) else {
        return false;
    };
    let doubled = |value: Decimal| value.checked_mul(Decimal::TWO);
    doubled(interval.high).is_some_and(|high| quantity.low > high)
        || doubled(quantity.high).is_some_and(|high| high < interval.low)
}

fn estimate(
    document: &Document,
    sentences: &[Sentence],
    figures: &[Figure],
    index: usize,
    figure: &Figure,
) -> Option<Estimate> {
    let quantity = figure.quantity.as_ref()?;
    let interval = quantity.interval.as_ref()?;
    let is_percentage = is_percentage(figure);
    let plain = quantity.role == Role::Value && (quantity.numerator.is_none() || is_percentage);
    let printed = printed_interval(figure, interval)?;
    let text = document.text_at(figure.place.block, figure.place.cell)?;
    let between = text.plain.get(figure.place.range.end..printed.start)?;
    let is_estimate = plain
        && joins(between)
        && !is_spread(&text.plain, figure)
        && !is_point(&text.plain, figure)
        && !is_compared(&text.plain, figures, index, figure);
    if !is_estimate {
        return None;
    }
    let prints_percent = prints_percent(&text.plain, &printed, interval);
    if prints_percent && !is_percentage && !is_points(figure) {
        return None;
    }
    let sentence = sentence_of(sentences, &figure.place)
        .and_then(|at| sentences.get(at))
        .map(|sentence| sentence.place.clone());
    let effect = sentence
        .as_ref()
        .and_then(|sentence| effect_of(document, sentence, figure));
    let null = effect.map(|(_, null)| null);
    let p_value = figures
        .get(index + 1)
        .filter(|p| follows(document, figure, printed.end, p))
        .filter(|_| {
            let around = sentence.as_ref().map(|place| document.plain(place));
            around.is_some_and(|around| !tests_otherwise(&around.to_lowercase()))
        })
        .map(|_| index + 1);
    let named = effect.map_or(figure.place.range.start, |(end, _)| end);
    let own = text.plain.get(named..printed.end).unwrap_or_default();
    let is_skewed = sentence.as_ref().is_none_or(|sentence| {
        says(&document.plain(sentence).to_lowercase(), &SKEWED)
            || says(&own.to_lowercase(), &VALUES_SPREAD)
    });
    let middle = (null == Some(Decimal::ONE) && !is_skewed && interval.level.is_some())
        .then(|| middle(quantity, interval))
        .flatten();
    Some(Estimate {
        figure: index,
        null,
        p_value: p_value.filter(|_| !is_skewed),
        bare_bounds: is_percentage && !prints_percent,
        middle,
        interval: None,
    })
}

/// An estimate whose interval is known by the level in front of the value.
fn labelled_estimate(
    document: &Document,
    sentences: &[Sentence],
    index: usize,
    figure: &Figure,
) -> Option<Estimate> {
    let text = document.text_at(figure.place.block, figure.place.cell)?;
    let sentence = sentences.get(sentence_of(sentences, &figure.place)?)?;
    let (quantity, interval) = labelled(&text.plain, &sentence.place.range, figure)?;
    let null = effect_of(document, &sentence.place, figure).map(|(_, null)| null);
    let is_ratio =
        null == Some(Decimal::ONE) && !is_skewed(&document.plain(&sentence.place).to_lowercase());
    Some(Estimate {
        figure: index,
        null,
        p_value: None,
        bare_bounds: false,
        middle: is_ratio.then(|| middle(&quantity, &interval)).flatten(),
        interval: Some(interval),
    })
}

/// Whether a text in lower case says that a p-value tests something else than the effect, or was corrected.
pub(super) fn tests_otherwise(text: &str) -> bool {
    says(text, &OTHER_TESTS) || says_corrected(text)
}

/// Whether a text in lower case speaks of intervals that need not be symmetric, or of their side.
pub(super) fn is_skewed(text: &str) -> bool {
    says(text, &SKEWED) || says(text, &VALUES_SPREAD)
}

/// Where a ratio lies far from the middle of its interval.
pub(super) fn middle(quantity: &Quantity, interval: &Interval) -> Option<Middle> {
    let half = Decimal::try_new(5, interval.decimals.min(20) + 1).ok()?;
    let bounds = |bound: Decimal| Some((bound.checked_sub(half)?, bound.checked_add(half)?));
    let inside = interval.low <= quantity.high && quantity.low <= interval.high;
    if !inside || interval.inverted || quantity.unit.is_some() {
        return None;
    }
    let printed = Printed {
        value: (quantity.low, quantity.high),
        low: bounds(interval.low)?,
        high: bounds(interval.high)?,
    };
    interval_middle::middle(printed, interval.decimals)
}

/// Where the interval is printed, in bytes of the block's or cell's text; its own range counts from the text the figure was read in.
fn printed_interval(figure: &Figure, interval: &Interval) -> Option<Range<usize>> {
    let quantity = figure.quantity.as_ref()?;
    let shift = figure.place.range.start.checked_sub(quantity.range.start)?;
    Some(interval.range.start + shift..interval.range.end + shift)
}

fn is_percentage(figure: &Figure) -> bool {
    let unit = figure.quantity.as_ref().and_then(|q| q.unit.as_ref());
    unit.is_some_and(|unit| unit.dimension == Dimension::Proportion)
}

/// Whether a value is a difference of percentages.
fn is_points(figure: &Figure) -> bool {
    let unit = figure.quantity.as_ref().and_then(|q| q.unit.as_ref());
    unit.is_some_and(|unit| unit.dimension == Dimension::PercentagePoint)
}

/// Whether the bounds, and not just the level, are printed in percent.
fn prints_percent(text: &str, printed: &Range<usize>, interval: &Interval) -> bool {
    let of_level = usize::from(interval.level.is_some());
    let inside = text.get(printed.clone()).unwrap_or_default();
    let behind = text.get(printed.end..).unwrap_or_default();
    inside.matches('%').count() > of_level || behind.trim_start().starts_with('%')
}

/// Whether the number in front of an interval is a standard error or deviation.
fn is_spread(text: &str, figure: &Figure) -> bool {
    let head = text.get(..figure.place.range.start).unwrap_or_default();
    let head = head.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '=' | ':' | ',' | '(' | ')' | '[' | ']' | '*')
    });
    SPREAD.iter().any(|word| {
        let start = head.len().checked_sub(word.len());
        let tail = start.and_then(|start| head.get(start..));
        let before = start
            .and_then(|start| head.get(..start))
            .and_then(|head| head.chars().next_back());
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(word))
            && before.is_none_or(|c| !c.is_alphanumeric())
    })
}

/// "at 3 months (95% CI 21–54)", "at 13 km (90% CI 0.1–1.5)": the interval belongs to what was measured then or there.
fn is_point(text: &str, figure: &Figure) -> bool {
    let unit = figure.quantity.as_ref().and_then(|q| q.unit.as_ref());
    let Some(dimension) = unit.map(|unit| unit.dimension) else {
        return false;
    };
    let is_amount = matches!(
        dimension,
        Dimension::Proportion
            | Dimension::PercentagePoint
            | Dimension::Money
            | Dimension::Count
            | Dimension::Multiple
    );
    let head = text.get(..figure.place.range.start).unwrap_or_default();
    let word = head
        .rsplit(|c: char| !c.is_alphabetic())
        .find(|word| !word.is_empty())
        .unwrap_or_default();
    let of_time = ["after", "within", "in", "for", "over", "from", "per"];
    word == "at" && !is_amount || dimension == Dimension::Time && of_time.contains(&word)
}

/// "83.7% vs 52.9%, 95% CI 17.6–44.0": right behind a number of the same kind without an interval, which may be that of their
/// difference; not so where an effect is named between the two ("7.7%; HR 0.86").
fn is_compared(text: &str, figures: &[Figure], index: usize, figure: &Figure) -> bool {
    let end = figure.place.range.start;
    let before = index
        .checked_sub(1)
        .and_then(|at| figures.get(at))
        .filter(|before| {
            before.place.block == figure.place.block && before.place.cell == figure.place.cell
        });
    let other = before.and_then(|before| before.quantity.as_ref());
    if other.is_some_and(|other| other.interval.is_some()) {
        return false;
    }
    let from = before.map_or(0, |before| before.place.range.end);
    let start =
        (end.saturating_sub(COMPARED).max(from)..=end).find(|at| text.is_char_boundary(*at));
    let head = start
        .and_then(|start| text.get(start..end))
        .unwrap_or_default();
    if effect_in(head).is_some() {
        return false;
    }
    let mut words = head.rsplit(|c: char| !c.is_alphabetic());
    let nearest = words.find(|word| {
        matches!(
            *word,
            "vs" | "versus" | "v" | "compared" | "than" | "was" | "were" | "is"
        )
    });
    if nearest.is_some_and(|word| !matches!(word, "was" | "were" | "is")) {
        return true;
    }
    let code = |unit: &Option<Unit>| unit.as_ref().map(|unit| unit.ucum.clone());
    let own = figure.quantity.as_ref();
    from + COMPARED >= end
        && other.zip(own).is_some_and(|(other, own)| {
            other.role == Role::Value
                && other.unit.is_some()
                && code(&other.unit) == code(&own.unit)
        })
}

/// Whether nothing but punctuation and joining words stands between a value and its interval.
fn joins(between: &str) -> bool {
    between
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| {
            matches!(
                word,
                "and"
                    | "with"
                    | "a"
                    | "an"
                    | "the"
                    | "its"
                    | "corresponding"
                    | "times"
                    | "fold"
                    | "higher"
                    | "lower"
                    | "greater"
            )
        })
        && between.len() <= 30
        && !between.contains(['+', '/', '|', '='])
}

/// Whether a p-value stands right behind the interval.
fn follows(document: &Document, figure: &Figure, end: usize, p: &Figure) -> bool {
    let is_p = p
        .quantity
        .as_ref()
        .is_some_and(|quantity| quantity.role == Role::PValue);
    let same = p.place.block == figure.place.block && p.place.cell == figure.place.cell;
    let between = Place {
        range: end..p.place.range.start.max(end),
        ..figure.place.clone()
    };
    let gap = document.plain(&between);
    let words = gap
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    is_p && same
        && gap.len() <= 24
        && words.into_iter().all(|word| {
            matches!(
                word,
                "p" | "P" | "value" | "and" | "with" | "a" | "of" | "log" | "rank"
            )
        })
}
