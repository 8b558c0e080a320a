//! Confidence intervals: `95% CI 1.2–3.4`, `(95% confidence interval: 0.60 to 0.86)`, `(0.60–0.86)`.

use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::comparator::last_word;
use super::context::words;
use super::part::{Part, from_sign};
use super::scan::{Scan, is_blank, is_dash, is_minus};
use super::{Interval, UNBOUNDED};
use crate::ontology::{FewWords, Openings};

/// What intervals are called.
struct Keywords {
    words: &'static [&'static str],
    openings: Openings,
    /// The last word of each.
    ends: FewWords<()>,
}

static KEYWORDS: LazyLock<Keywords> = LazyLock::new(|| {
    let words = words("interval");
    Keywords {
        words,
        openings: words.iter().copied().collect(),
        ends: words.iter().map(|word| last_word(word)).collect(),
    }
});

/// An interval's bounds as printed.
pub(super) struct Bounds {
    pub(super) range: Range<usize>,
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    /// Decimals printed of the bound that has fewer.
    pub(super) decimals: u32,
    /// Whether the higher bound is printed first.
    pub(super) inverted: bool,
}

impl Bounds {
    /// The interval with what stands in front of it from `start` on.
    pub(super) fn interval(self, start: usize, level: Option<Decimal>) -> Interval {
        Interval {
            range: start..self.range.end,
            bounds: self.range,
            low: self.low,
            high: self.high,
            level,
            decimals: self.decimals,
            inverted: self.inverted,
        }
    }
}

/// The end of a keyword that follows at `at` behind a blank or hyphen, with its bracketed abbreviation.
pub(super) fn keyword(scan: Scan<'_>, at: usize) -> Option<usize> {
    let start = scan.after(at, "-").unwrap_or_else(|| scan.skip_blanks(at));
    if !KEYWORDS.openings.admit(scan.bytes(start)) {
        return None;
    }
    let mut words = KEYWORDS.words.iter();
    let end = words.find_map(|word| scan.after(start, word))?;
    scan.char_at(end)
        .is_none_or(|c| !c.is_alphanumeric())
        .then_some(())?;
    Some(
        [" (CI)", " [CI]", " (CIs)"]
            .iter()
            .find_map(|s| scan.after(end, s))
            .unwrap_or(end),
    )
}

/// Whether a keyword ends right before `at`, blanks and separators between; the keyword's start.
pub(super) fn keyword_before(scan: Scan<'_>, at: usize) -> Option<usize> {
    let head = scan.window_before(at, 40);
    let trimmed = head
        .trim_end_matches(|c: char| is_blank(c) || matches!(c, ':' | '=' | ',' | '(' | '[' | ';'));
    if !KEYWORDS.ends.contains(last_word(trimmed)) {
        return None;
    }
    let word = KEYWORDS
        .words
        .iter()
        .find(|word| trimmed.ends_with(**word))?;
    let start = at - head.len() + trimmed.len() - word.len();
    scan.char_before(start)
        .is_none_or(|c| !c.is_alphanumeric())
        .then_some(start)
}

/// Reads two bounds behind a keyword that ends at `at`.
pub(super) fn bounds(scan: Scan<'_>, at: usize) -> Option<Bounds> {
    let mut start = at;
    for _ in 0..4 {
        let next = scan.char_at(start)?;
        if is_blank(next) || matches!(next, ':' | '=' | ',' | '(' | '[' | ';' | '{') {
            start += next.len_utf8();
        }
    }
    for word in words("interval-link") {
        if let Some(after) = scan.after(start, word).and_then(|at| scan.after(at, " ")) {
            start = after;
        }
    }
    pair(scan, start, true).or_else(|| open_end(scan, start))
}

/// `15.2 to not reached`, `15.2–NR`: a bound whose other side is open.
fn open_end(scan: Scan<'_>, start: usize) -> Option<Bounds> {
    let first = from_sign(scan, start)?;
    let after = scan.skip_blanks(first.end);
    let separator = scan.char_at(after)?;
    let next = if is_dash(separator) || separator == ',' {
        after + separator.len_utf8()
    } else {
        scan.after(after, "to ")?
    };
    let next = scan.skip_blanks(next);
    let end = words("open-bound")
        .iter()
        .find_map(|word| scan.after(next, word))?;
    Some(Bounds {
        range: start..end,
        low: first.number.value,
        high: UNBOUNDED,
        decimals: first.number.decimals,
        inverted: false,
    })
}

/// `0.60–0.86`, `0.60 to 0.86`, `0.60, 0.86`.
pub(super) fn pair(scan: Scan<'_>, start: usize, comma: bool) -> Option<Bounds> {
    let first = bound(scan, start)?;
    let after = scan.skip_blanks(first.end);
    let separator = scan.char_at(after)?;
    let next = if is_dash(separator) || (comma && matches!(separator, ',' | ';')) {
        after + separator.len_utf8()
    } else {
        ["to ", "and ", "through "]
            .iter()
            .find_map(|word| scan.after(after, word))?
    };
    let second =
        bound(scan, scan.skip_blanks(next)).filter(|second| !is_broken(scan, second.end))?;
    let (low, high) = ordered(&first, &second);
    Some(Bounds {
        range: start..second.end,
        low,
        high,
        decimals: first.number.decimals.min(second.number.decimals),
        inverted: first.number.value > second.number.value,
    })
}

/// A bound with its sign. An en dash in front of its first digit is a minus here, since no number stands before it.
fn bound(scan: Scan<'_>, at: usize) -> Option<Part> {
    let mut part = from_sign(scan, at)?;
    let sign = scan.char_at(at).filter(|c| is_minus(*c) || is_dash(*c));
    if sign.is_some() && part.number.value.is_sign_positive() {
        part.number.value = -part.number.value;
    }
    Some(part)
}

/// `0. 92`: a number that a line break or blank has cut.
fn is_broken(scan: Scan<'_>, end: usize) -> bool {
    scan.after(end, ". ")
        .is_some_and(|next| scan.is_digit(next))
}

fn ordered(first: &Part, second: &Part) -> (Decimal, Decimal) {
    let (a, b) = (first.number.value, second.number.value);
    (a.min(b), a.max(b))
}

/// `0.72 (0.60–0.86)`: bounds in brackets right behind a value that lies between them, printed with the same decimals.
pub(super) fn in_brackets(scan: Scan<'_>, host: &Part, end: usize) -> Option<Bounds> {
    let open = scan.skip_blanks(end);
    if !matches!(scan.byte(open), b'(' | b'[') || open == end {
        return None;
    }
    let start = open + 1;
    let found = pair(scan, start, host.number.decimals > 0)?;
    let closed = matches!(scan.byte(found.range.end), b')' | b']' | b';' | b',');
    // "4.1±0.9 (4.2, 1.3)" prints a median and a width, which have no order.
    let listed = found.inverted && scan.slice(found.range.clone()).contains([',', ';']);
    let inside =
        found.low <= host.number.value && host.number.value <= found.high && found.low < found.high;
    (closed && inside && !listed && (host.number.decimals > 0 || host.unit.is_some()))
        .then_some(found)
}
