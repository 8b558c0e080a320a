//! What the words around a number say of it: p value, sample size, median, mean, estimate, count; and `pH`.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::bounds;
use super::comparator;
use super::context;
use super::part::Part;
use super::range::{self, span};
use super::scan::Scan;
use super::{Comparator, Modifier, Quantity, Role};
use crate::ontology::Dimension;

/// Words looked at for "median" and "mean" before a quantity.
const STATISTIC_WORDS: usize = 7;
/// Words for a mean.
const MEANS: [&str; 4] = ["mean", "average", "averaged", "averaging"];

/// p value and sample size by the symbol in front.
pub(super) fn role(scan: Scan<'_>, quantity: &mut Quantity, part: &Part) -> Role {
    if quantity.unit.is_some() || quantity.value.is_none() {
        return Role::Value;
    }
    let window = scan.window_before(quantity.range.start.min(part.start), 40);
    let signs = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '=' | '<' | '>' | '≤' | '≥' | ':' | '\u{a0}' | '*' | '_' | '$'
            )
    };
    let bare = window.trim_end_matches(signs);
    let has_sign = bare.len() < window.trim_end().len() || quantity.comparator != Comparator::Equal;
    let symbol = bare
        .rsplit(|c: char| !(c.is_alphanumeric() || c == '-'))
        .next()
        .unwrap_or_default();
    let names_p = || {
        let lower = bare.to_lowercase();
        let clause = lower.rsplit([',', ';', '(', '.']).next();
        let clause = clause.unwrap_or_default().trim_start();
        let mut words = context::words("p-value").iter();
        words.any(|word| lower.ends_with(word))
            || has_sign && (clause.starts_with("p for ") || clause.starts_with("p-"))
    };
    let below_one = quantity
        .value
        .is_some_and(|value| value <= Decimal::ONE && value >= Decimal::ZERO);
    let sampled = has_sign && matches!(symbol, "n" | "N") && part.number.is_integer();
    if below_one
        && (names_p()
            || (has_sign && matches!(symbol, "p" | "P" | "Ps" | "ps" | "Pinteraction" | "Ptrend")))
    {
        return Role::PValue;
    }
    if sampled {
        if let Some(share) = sample_percentage(scan, quantity.range.end) {
            quantity.numerator = quantity.value;
            quantity.range.end = share.end;
            quantity.value = Some(share.number.value);
            quantity.decimals = share.number.decimals;
            quantity.unit = share.unit;
            if let Some((low, high)) = bounds::of(&share.number, Comparator::Equal) {
                (quantity.low, quantity.high) = (low, high);
            }
            return Role::Value;
        }
        return Role::SampleSize;
    }
    Role::Value
}

/// `(n = 12, 30%)`: the percentage behind a sample.
fn sample_percentage(scan: Scan<'_>, end: usize) -> Option<Part> {
    let comma = scan.after(end, ",").or_else(|| scan.after(end, ";"))?;
    let start = scan.skip_blanks(comma);
    scan.is_digit(start).then_some(())?;
    let part = super::part::at_number(scan, start, start)?;
    let closed = matches!(scan.byte(part.end), b')' | b']');
    let share = part
        .unit
        .as_ref()
        .is_some_and(|unit| unit.dimension == Dimension::Proportion);
    (closed && share).then_some(part)
}

/// Adds what the words of the clause in front and the noun behind say.
pub(super) fn modifiers(scan: Scan<'_>, quantity: &mut Quantity, part: &Part, floor: usize) {
    let start = quantity.range.start;
    let window = scan.window_before(start, 72.min(start - floor.min(start)));
    quantity.modifiers.extend(statistic(window));
    let next = scan.skip_blanks(quantity.range.end);
    if window.trim_end().ends_with("estimated")
        || ["(estimated)", "(est.)", "(estimate)"]
            .iter()
            .any(|word| scan.starts(next, word))
    {
        quantity.modifiers.push(Modifier::Estimated);
    }
    let is_counted = |noun: &str| {
        noun.len() >= 3 && noun.starts_with(char::is_alphabetic) && !context::is("uncounted", noun)
    };
    let counts = quantity.role == Role::Value
        && quantity.unit.is_none()
        && part.number.is_integer()
        && next > quantity.range.end
        && is_counted(scan.word(next))
        && part.number.value >= Decimal::ZERO
        && !scan.head(scan.trim_back(start)).ends_with('=');
    if counts || quantity.denominator.is_some() && quantity.unit.is_none() {
        quantity.modifiers.push(Modifier::Count);
    }
}

/// Whether one of the last words of the clause in front is "median" or names a mean; of several the last.
fn statistic(window: &str) -> Option<Modifier> {
    if !may_name_statistic(window.as_bytes()) {
        return None;
    }
    let clause = window.rsplit([',', ';', '.', '(', ')']).next()?;
    let mut words = clause.split_whitespace().rev().take(STATISTIC_WORDS);
    words.find_map(|word| {
        let is = |name: &&str| word.eq_ignore_ascii_case(name);
        if is(&"median") {
            Some(Modifier::Median)
        } else {
            MEANS.iter().any(is).then_some(Modifier::Mean)
        }
    })
}

/// Whether `med`, `mea` or `ave` stands in a text, in any case: most have none and need not be taken apart into words.
/// All are looked at to the end, so that many are compared at once.
fn may_name_statistic(text: &[u8]) -> bool {
    let from = |at: usize| {
        text.get(at..)
            .unwrap_or_default()
            .iter()
            .map(|byte| byte | 0x20)
    };
    let threes = from(0).zip(from(1)).zip(from(2));
    threes.fold(false, |found, ((first, second), third)| {
        let median_or_mean = first == b'm' && second == b'e' && matches!(third, b'd' | b'a');
        let average = first == b'a' && second == b'v' && third == b'e';
        found | median_or_mean | average
    })
}

/// `pH 9.0`, `pH of 7.4`, `pH = 7`: a value with the unit pH, which stands in front.
pub(super) fn ph(scan: Scan<'_>, part: &Part, floor: usize) -> Option<Quantity> {
    if part.unit.is_some() {
        return None;
    }
    let window = scan.window_before(part.number.range.start, 16);
    let bare = window.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '=' | ':' | '~' | '∼' | '<' | '>')
    });
    let bare = bare
        .strip_suffix("of")
        .or_else(|| bare.strip_suffix("at"))
        .unwrap_or(bare)
        .trim_end();
    let head = bare.strip_suffix("pH")?;
    let start = part.number.range.start - window.len() + head.len();
    if start < floor || head.ends_with(char::is_alphanumeric) {
        return None;
    }
    let mut quantity = Quantity::bare(start..part.number.range.end, Role::Value);
    quantity.unit = Some(super::Unit {
        range: start..start + 2,
        printed: Cow::Borrowed("pH"),
        ucum: Cow::Borrowed("[pH]"),
        dimension: Dimension::Other,
        factor: Decimal::ONE,
    });
    if let Some(second) =
        range::second_end(scan, part, false).filter(|second| second.unit.is_none())
    {
        let unit = quantity.unit.take();
        span(&mut quantity, part, &second)?;
        quantity.unit = unit;
        return Some(quantity);
    }
    let lead = comparator::lead(scan, part.start, start + 2);
    quantity.comparator = lead.comparator;
    quantity.value = Some(part.number.value);
    quantity.decimals = part.number.decimals;
    (quantity.low, quantity.high) = bounds::of(&part.number, lead.comparator)?;
    Some(quantity)
}
