//! Counts beyond their whole: "95% (28/22)", "74 of 15 (93%)".
//!
//! Why it exists: a fraction above one is read as no share, for it may be a dose, a ratio or a blood pressure. Where one mistaken
//! digit of its count, or two swapped, would make the percentage right, nothing else was meant.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::super::number::{Line, is_share};
use super::super::proportion::Proportion;
use super::super::slip;
use super::ShareEvidence;
use super::stated::{Stated, count_at};
use super::whole::Whole;

static FRACTION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s?[(\[](?:[nN] ?= ?)?([0-9]{1,6})/([0-9]{1,6})[)\],;]").ok());

/// The percentages of a sentence whose count is above its whole.
pub(super) fn beyond<'a>(line: &'a Line<'_>) -> Vec<(Stated<'a>, Whole, ShareEvidence)> {
    let shares = line.numbers.iter().enumerate().filter(|(_, number)| {
        is_share(number) && number.denominator.is_none() && number.value <= Decimal::ONE_HUNDRED
    });
    shares
        .filter_map(|(at, number)| {
            let (counted, count, size) = match number.count {
                None => in_brackets(line, at)?,
                Some(size) => in_front(line, at, size)?,
            };
            // "An increase of 50% (30/20)".
            let more = Proportion::of(count.checked_sub(size)?, number)?;
            let is_slip = count > size
                && !more.fits(size)
                && slip::is_digit_of_count(count, size, (number.low, number.high));
            let whole = Whole {
                size,
                figure: number.figure,
            };
            let share = Stated::of((at, number), (counted, count)).filter(|_| is_slip)?;
            Some((share, whole, ShareEvidence::Beside))
        })
        .collect()
}

/// "95% (28/22)".
fn in_brackets(line: &Line<'_>, at: usize) -> Option<(usize, Decimal, Decimal)> {
    let found = FRACTION.as_ref()?.captures(line.gap(at + 1))?;
    let number = |group: usize| found.get(group)?.as_str().parse().ok();
    Some((at, number(1)?, number(2)?))
}

/// "74 of 15 (93%)", of which "15 (93%)" was read as one.
fn in_front(line: &Line<'_>, at: usize, size: Decimal) -> Option<(usize, Decimal, Decimal)> {
    let counted = at.checked_sub(1)?;
    let is_of = ["of", "out of", "of the", "out of the"].contains(&line.gap(at).trim());
    let count = count_at(line, counted).filter(|_| is_of && size > Decimal::ZERO)?;
    Some((counted, count, size))
}
