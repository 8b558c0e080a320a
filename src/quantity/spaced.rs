//! Blanks inside a number: `13 388 women`, and `0. 92` where a line was broken or a text badly copied.
//!
//! A plain blank also stands between two numbers, so both need signs in the text around that they are one. Blanks that are
//! made for numbers (thin, no-break) need none and are read by [`super::number`].

use std::ops::Range;

use super::label::is_label_word;
use super::scan::Scan;
use super::unit;

/// Groups of three digits that are taken.
const MOST_GROUPS: usize = 4;
/// Decimals that may follow a broken point.
const MOST_DECIMALS: usize = 4;

/// The end of the groups behind the first digits of a number with blanks for separators.
pub(super) fn thousands(scan: Scan<'_>, first: Range<usize>) -> Option<usize> {
    let mut end = first.end;
    let mut groups = 0;
    while groups < MOST_GROUPS
        && scan.byte(end) == b' '
        && scan.digits_end(end + 1) == end + 4
        && scan.byte(first.start) != b'0'
    {
        end += 4;
        groups += 1;
    }
    if groups == 0 {
        return None;
    }
    let before = scan.trim_back(first.start);
    let after = scan.skip_blanks(end);
    let next = scan.byte(end);
    let glued = matches!(
        scan.byte_before(first.start),
        b'.' | b',' | b'-' | b'/' | b':'
    );
    let runs_on = matches!(next, b'%' | b'/' | b'-' | b':')
        || matches!(next, b'.' | b',') && scan.is_digit(end + 1)
        || scan.is_digit(after);
    let alone = !glued && !runs_on && !scan.byte_before(before).is_ascii_digit();
    let word = scan.word_before(before);
    if !alone || is_label_word(word) || is_name_before(scan, before, word) {
        return None;
    }
    let sample = scan.head(before).ends_with('=');
    // "2 100 mg tablets" are two of them.
    let dose = unit::behind(scan, end).is_some() && first.len() == 1;
    let noun = after > end && scan.word(after).starts_with(char::is_lowercase);
    (!dose && (noun || sample)).then_some(end)
}

/// Whether a capitalised word that ends at `end` stands inside a sentence, where it may be a name with a number.
fn is_name_before(scan: Scan<'_>, end: usize, word: &str) -> bool {
    let head = scan.head(scan.trim_back(end - word.len()));
    word.starts_with(char::is_uppercase)
        && !head.is_empty()
        && !head.ends_with(['.', ':', '?', '!', '\n'])
        && !scan.head(end).ends_with("(N")
}

/// The start of the decimals behind the broken point of `0. 92`, where a sign in front shows a value.
pub(super) fn decimals(scan: Scan<'_>, whole: Range<usize>) -> Option<usize> {
    let start = scan.after(whole.end, ". ")?;
    let length = scan.digits_end(start) - start;
    let stop = start + length;
    let before = scan.trim_back(whole.start);
    let sign = scan
        .char_before(before)
        .is_some_and(|c| matches!(c, '=' | '<' | '>' | '≤' | '≥' | '(' | '[' | '–' | '-' | '~'));
    let link = matches!(scan.word_before(before), "to" | "CI" | "was" | "is" | "of");
    let closed = scan.char_at(stop).is_none_or(|c| {
        matches!(c, ')' | ']' | ';' | ',' | '.' | '–' | '-' | '%')
            || c == ' ' && !scan.word(stop + 1).starts_with(char::is_lowercase)
            || scan.starts(stop, " to ")
    });
    (scan.slice(whole) == "0" && (1..=MOST_DECIMALS).contains(&length) && (sign || link) && closed)
        .then_some(start)
}
