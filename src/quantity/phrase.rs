//! Phrases: quantities as a reader would mark them, with their lead words, and lists that are one expression.
//!
//! Why it exists: "4.5 kg, 6 kg and 13 kg" are three values for every rule, but one phrase of the text, and "from 10 to 30 ppm"
//! is longer than its numbers. What is printed for people and other programs shows the phrase; the values keep their own places.
//! It leaves out lists whose values belong to different things ("respectively", other arms): the caller tells those.

use std::ops::Range;

use super::context;
use super::scan::Scan;
use super::{Comparator, Modifier, Quantity, Role};
use crate::ontology::Dimension;

/// A stretch of a text that states one quantity, or a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Lead words, numbers and units: bytes of the text given, end exclusive.
    pub range: Range<usize>,
    /// Which quantities it holds: indices from 0, end exclusive, never empty.
    pub parts: Range<usize>,
}

/// The phrases of a text in order; every quantity is in exactly one. `quantities` are those read from the text, in order;
/// `alike` says of two neighbours whether they may be values of one thing. Linear in their number.
pub fn phrases(
    text: &str,
    quantities: &[&Quantity],
    alike: impl Fn(usize, usize) -> bool,
) -> Vec<Phrase> {
    let scan = Scan::new(text);
    let apart = text.contains("respectively");
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut floor = 0;
    let mut first = 0;
    while let Some(quantity) = quantities.get(first) {
        let mut end = first + 1;
        if !apart {
            end = list_end(scan, quantities, first, &alike);
        }
        let last = quantities.get(end - 1).unwrap_or(quantity);
        phrases.push(Phrase {
            range: lead(scan, quantity, floor)..last.range.end,
            parts: first..end,
        });
        floor = last.range.end;
        first = end;
    }
    phrases
}

/// The end of the list that starts with a quantity: neighbours joined by commas, the last by "and" or "or".
fn list_end(
    scan: Scan<'_>,
    quantities: &[&Quantity],
    first: usize,
    alike: &impl Fn(usize, usize) -> bool,
) -> usize {
    let mut end = first + 1;
    while let (Some(one), Some(next)) = (quantities.get(end - 1), quantities.get(end)) {
        let gap = scan.slice(one.range.end..next.range.start).trim();
        let last = context::is("list-end", gap);
        if !(last || gap == ",")
            || !is_single(one)
            || !is_single(next)
            || !same_kind(one, next)
            || !alike(end - 1, end)
        {
            break;
        }
        end += 1;
        if last {
            let pair = end == first + 2;
            return if pair && has_own_unit(one) {
                first + 1
            } else {
                end
            };
        }
    }
    first + 1
}

/// Whether a quantity prints its unit itself: "34 °C and 38 °C" are two phrases, "34 and 38 °C" is one.
fn has_own_unit(quantity: &Quantity) -> bool {
    quantity
        .unit
        .as_ref()
        .is_some_and(|unit| unit.range.start < quantity.range.end)
}

/// Whether a quantity is one value with nothing attached.
fn is_single(quantity: &Quantity) -> bool {
    quantity.value.is_some()
        && quantity.interval.is_none()
        && quantity.denominator.is_none()
        && quantity.numerator.is_none()
        && quantity.tolerance.is_none()
        && quantity.comparator == Comparator::Equal
        && matches!(quantity.role, Role::Value | Role::Date)
}

fn same_kind(one: &Quantity, next: &Quantity) -> bool {
    let unit = |quantity: &Quantity| quantity.unit.as_ref().map(|unit| unit.ucum.clone());
    let years = |quantity: &Quantity| quantity.role == Role::Value || quantity.range.len() == 4;
    one.role == next.role && unit(one) == unit(next) && years(one) && years(next)
}

/// Where a phrase starts: at "from" of a change, "range", "last", "since", "over a".
fn lead(scan: Scan<'_>, quantity: &Quantity, floor: usize) -> usize {
    let start = quantity.range.start;
    let at = scan.trim_back(start);
    let word = scan.word_before(at);
    let from = at - word.len();
    if at == start || word.is_empty() || from < floor {
        return start;
    }
    let before = scan.word_before(scan.trim_back(from));
    let ranges = quantity.modifiers.contains(&Modifier::Range);
    let time = quantity
        .unit
        .as_ref()
        .is_some_and(|unit| unit.dimension == Dimension::Time);
    let warm = quantity
        .unit
        .as_ref()
        .is_some_and(|unit| unit.dimension == Dimension::Temperature);
    let printed = scan.slice(quantity.range.clone());
    let taken = match word {
        "from" | "From" => ranges && printed.contains(" to ") && !context::is("range-verb", before),
        "range" => ranges,
        "last" | "past" | "previous" | "next" => time && before != "at",
        "since" | "Since" | "until" => quantity.role == Role::Date,
        "before" | "Before" => time || warm,
        "after" | "After" => {
            time && quantity.comparator == Comparator::Equal
                && !printed.starts_with(char::is_alphabetic)
        }
        "a" | "an" if time && before == "over" => {
            return scan.trim_back(from) - before.len();
        }
        _ => false,
    };
    if taken { from } else { start }
}
