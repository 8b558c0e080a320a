//! Counts and percentages in two lists of one order: "12, 10 and 8 of 40 (30%, 25% and 20%)", "30% and 20% (12 and 8 of the 40)".
//!
//! Why it exists: right beside the last count stands the first percentage, which is not its own. A list is read only where it
//! has as many counts as percentages, and one that does not fit is told only where all others of it do: then nothing else was
//! meant by the order.

use rust_decimal::Decimal;

use super::super::direction::tokens;
use super::super::number::{Line, is_share};
use super::stated::{Stated, count_at};
use super::whole::Whole;

/// Most words between the last count and the first percentage.
const WORDS_BETWEEN: usize = 8;

/// The share of each list of a sentence that alone does not fit the whole.
pub(super) fn missed<'a>(line: &'a Line<'_>) -> Vec<(Stated<'a>, Whole)> {
    let lists = (1..line.numbers.len()).filter_map(|last| list(line, last));
    lists
        .filter_map(|(shares, whole)| {
            let mut unfit = shares
                .into_iter()
                .filter(|share| !share.proportion.fits(whole.size));
            let only = unfit.next()?;
            (unfit.next().is_none() && whole.size >= only.proportion.count).then_some((only, whole))
        })
        .collect()
}

/// Whether the percentage `at` begins a list that belongs to a list of counts in front of it.
pub(super) fn begins(line: &Line<'_>, at: usize) -> bool {
    let counted = at.checked_sub(1);
    let is_bare = |at: usize| {
        line.numbers
            .get(at)
            .is_some_and(|number| is_share(number) && number.count.is_none())
    };
    counted.is_some_and(|counted| counted > 0 && joins(line, counted))
        && is_bare(at)
        && is_bare(at + 1)
        && joins(line, at + 1)
}

/// The shares of the list whose last count, `n of N`, is number `last`.
fn list<'a>(line: &'a Line<'_>, last: usize) -> Option<(Vec<Stated<'a>>, Whole)> {
    let number = line.numbers.get(last)?;
    let size = number.denominator.filter(|_| number.dimension.is_none())?;
    let mut first = last;
    while first > 0 && joins(line, first) && count_at(line, first - 1).is_some() {
        first -= 1;
    }
    let length = last - first + 1;
    if length < 2 {
        return None;
    }
    let percents = behind(line, last, length).or_else(|| in_front(line, first, length))?;
    let shares: Vec<Stated<'a>> = (first..=last)
        .zip(percents..percents + length)
        .filter_map(|(counted, at)| {
            let count = line.numbers.get(counted)?.count;
            let count = count.filter(|count| *count > Decimal::ZERO)?;
            Stated::of((at, line.numbers.get(at)?), (counted, count))
        })
        .collect();
    let whole = Whole {
        size,
        figure: number.figure,
    };
    (shares.len() == length).then_some((shares, whole))
}

/// The first of so many percentages in brackets behind the counts.
fn behind(line: &Line<'_>, last: usize, length: usize) -> Option<usize> {
    let words = line.gap(last + 1).trim_end().strip_suffix(['(', '['])?;
    let is_near = tokens(words).len() <= WORDS_BETWEEN && !words.contains([',', ';', ':', '(']);
    (is_near && are_percents(line, last + 1, length)).then_some(last + 1)
}

/// The first of so many percentages in front of the brackets around the counts.
fn in_front(line: &Line<'_>, first: usize, length: usize) -> Option<usize> {
    let from = first.checked_sub(length)?;
    let is_beside = line.gap(first).trim() == "(";
    (is_beside && are_percents(line, from, length)).then_some(from)
}

/// Whether a list of exactly so many percentages begins at a number.
fn are_percents(line: &Line<'_>, from: usize, length: usize) -> bool {
    let is_bare = |at: usize| {
        line.numbers.get(at).is_some_and(|number| {
            is_share(number) && number.count.is_none() && number.denominator.is_none()
        })
    };
    let more = is_bare(from + length) && joins(line, from + length);
    let fewer = from > 0 && is_bare(from - 1) && joins(line, from);
    (from..from + length).all(is_bare)
        && (from + 1..from + length).all(|at| joins(line, at))
        && !more
        && !fewer
}

/// Whether nothing but a comma or "and" stands in front of a number.
fn joins(line: &Line<'_>, at: usize) -> bool {
    matches!(line.gap(at).trim(), "," | "and" | ", and" | "or" | ", or")
}
