//! Dates and calendar years.

use std::ops::Range;
use std::sync::LazyLock;

use super::context;
use super::number::{Form, Number};
use super::scan::{Scan, is_dash};
use crate::ontology::{FewWords, lexicon};

static MONTHS: LazyLock<FewWords<()>> = LazyLock::new(|| lexicon("months").collect());

/// A date: where it stands and which of its numbers names it (the year, else the day).
pub(super) struct Date {
    pub(super) range: Range<usize>,
    pub(super) year: u16,
}

/// A date that holds the number: with a month's name, ISO, or with slashes. `floor`: where the text before is taken.
pub(super) fn with_month(scan: Scan<'_>, number: &Number, floor: usize) -> Option<Date> {
    (number.form == Form::Plain).then_some(())?;
    let digits = number.range.len();
    let (start, end) = (number.range.start, number.range.end);
    let value: u16 = scan.slice(number.range.clone()).parse().ok()?;
    if digits <= 2 && (1..=31).contains(&value) {
        let day_end = ordinal_end(scan, end);
        if let Some(month_end) = month_at(scan, scan.skip_blanks(day_end))
            .filter(|_| scan.skip_blanks(day_end) > day_end)
        {
            let tail = scan.skip_blanks(scan.after(month_end, ",").unwrap_or(month_end));
            let found = year_at(scan, tail).filter(|_| tail > month_end);
            let (stop, year) = found.unwrap_or((month_end, value));
            return Some(Date {
                range: start..stop,
                year,
            });
        }
    }
    if let Some(date) = after_month(scan, number, value, floor) {
        return Some(date);
    }
    numeric(scan, start, end, digits, value)
}

/// The end of the `th` of `16th`, where it stands at `at`; else `at`.
fn ordinal_end(scan: Scan<'_>, at: usize) -> usize {
    ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|suffix| scan.after(at, suffix))
        .unwrap_or(at)
}

/// `December 2025`, `Dec. 16, 2011`.
fn after_month(scan: Scan<'_>, number: &Number, value: u16, floor: usize) -> Option<Date> {
    let blank = scan.trim_back(number.range.start);
    let dot = if scan.byte_before(blank) == b'.' || scan.byte_before(blank) == b',' {
        blank - 1
    } else {
        blank
    };
    let word = scan.word_before(dot);
    let month = dot - word.len();
    if blank == number.range.start || !MONTHS.contains(word) || month < floor {
        return None;
    }
    if number.is_year() {
        return Some(Date {
            range: month..number.range.end,
            year: value,
        });
    }
    let is_day = number.range.len() <= 2 && (1..=31).contains(&value);
    is_day.then_some(())?;
    let mut end = ordinal_end(scan, number.range.end);
    if let Some(dash) = scan.char_at(end).filter(|c| is_dash(*c)) {
        let next = end + dash.len_utf8();
        let stop = scan.digits_end(next);
        if (1..=2).contains(&(stop - next)) {
            end = stop;
        }
    }
    let tail = scan.skip_blanks(scan.after(end, ",").unwrap_or(end));
    let found = year_at(scan, tail).filter(|_| tail > end);
    let (stop, year) = found.unwrap_or((end, value));
    Some(Date {
        range: month..stop,
        year,
    })
}

/// `2011-10-26`, `26/10/2011`, `10.26.2011`.
fn numeric(scan: Scan<'_>, start: usize, end: usize, digits: usize, value: u16) -> Option<Date> {
    let separator = scan.byte(end);
    if !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let second = scan.digits_end(end + 1);
    if !(1..=2).contains(&(second - end - 1)) || scan.byte(second) != separator {
        return None;
    }
    let third = scan.digits_end(second + 1);
    let closed = scan.char_at(third).is_none_or(|c| !c.is_alphanumeric());
    let last = third - second - 1;
    let year: u16 = match (digits, last) {
        (4, 1 | 2) => value,
        (1 | 2, 4) => scan.slice(second + 1..third).parse().ok()?,
        _ => return None,
    };
    (closed && (1500..=2100).contains(&year)).then_some(Date {
        range: start..third,
        year,
    })
}

fn month_at(scan: Scan<'_>, at: usize) -> Option<usize> {
    let word = scan.word(at);
    let end = at + word.len();
    MONTHS
        .contains(word)
        .then(|| scan.after(end, ".").unwrap_or(end))
}

fn year_at(scan: Scan<'_>, at: usize) -> Option<(usize, u16)> {
    let end = scan.digits_end(at);
    let year: u16 = scan.slice(at..end).parse().ok()?;
    (end - at == 4 && (1500..=2100).contains(&year)).then_some((end, year))
}

/// Whether a four-digit number that may be a year is an amount after all: "1900 patients", "n = 2000".
pub(super) fn is_amount(scan: Scan<'_>, number: &Number) -> bool {
    let before = scan.head(scan.trim_back(number.range.start));
    if before.ends_with(['=', '<', '>', '~', '≥', '≤', '∼', '≈', '×', '$', '€']) {
        return true;
    }
    let word = scan.word_before(before.len());
    if context::is("year-lead", word) {
        return false;
    }
    let start = scan.skip_blanks(number.range.end);
    let next = scan.word(start);
    start > number.range.end && (super::label::is_plural(next) || is_of_group(scan, number, word))
}

/// "(1527 in the first arm and 1519 in the second arm)": a size between words that name groups.
fn is_of_group(scan: Scan<'_>, number: &Number, before: &str) -> bool {
    let names_group = |text: &str| {
        text.split([' ', ',', ')'])
            .any(|word| context::is("group-noun", word))
    };
    let behind = scan.after(number.range.end, " in the ").is_some_and(|at| {
        let clause = scan.window(at, 40);
        names_group(
            clause
                .split([',', ';', '.', '('])
                .next()
                .unwrap_or_default(),
        )
    });
    let opens = scan.byte_before(number.range.start) == b'(';
    let follows = before == "and" && names_group(scan.window_before(number.range.start, 16));
    behind && (opens || follows)
}
