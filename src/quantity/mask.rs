//! Numbers that are no figures: labels, names, codes, citation marks, identifiers, versions, addresses.
//!
//! More than half of the numbers of scientific prose count nothing (1793 of 3194 in the development part of
//! `MeasEval`), so this decides the precision of the stage. Each test looks at a bounded window.

use std::ops::Range;
use std::sync::LazyLock;

use super::author_year::is_author_year;
use super::context;
use super::date::is_amount;
use super::label::{is_name, label};
use super::number::{Form, Number};
use super::part::Part;
use super::range;
use super::scan::{Scan, is_blank, is_dash};
use crate::ontology::lexicon;

/// Bytes of a blank-delimited token that are looked at on each side.
const TOKEN_SIDE: usize = 96;

static STREETS: LazyLock<Vec<&'static str>> = LazyLock::new(|| lexicon("streets").collect());

/// Where reading goes on when the number is no figure; `None` when it may be one. `joined`: a range, share or factor
/// is glued behind it.
pub(super) fn obstacle(scan: Scan<'_>, part: &Part, joined: bool) -> Option<usize> {
    let number = &part.number;
    let Range { start, end } = number.range;
    let skip = scan.token_end(end);
    let has_unit = part.unit.is_some() || joined;
    if let Some(stop) = phone(scan, &number.range).filter(|_| number.form == Form::Plain) {
        return Some(stop);
    }
    // "the region 1065–1280 cm−1" and not "phase 1/2".
    let unit_behind = part.unit.is_some()
        || range::second_end(scan, part, false).is_some_and(|second| second.unit.is_some());
    if let Some(stop) = label(scan, number, unit_behind) {
        return Some(stop.max(skip));
    }
    if is_scale_mark(scan, part) {
        return Some(skip);
    }
    if before(scan, part, has_unit) || after(scan, number, has_unit) {
        return Some(skip);
    }
    if number.form == Form::Words {
        return None;
    }
    if let Some(stop) = code_token(scan, &number.range) {
        return Some(stop);
    }
    if scan.head(start).ends_with("(see ") && scan.byte(end) == b')' {
        return Some(skip);
    }
    if is_decade(scan, part) {
        return Some(part.end);
    }
    let plain = number.form == Form::Plain;
    if plain && is_address(scan, end) {
        return Some(skip);
    }
    if has_unit || !plain {
        return None;
    }
    let code = is_zero_led(scan, &number.range)
        || end - start > 9
        || is_list_number(scan, &number.range)
        || is_name(scan, number)
        || (number.is_year() && is_author_year(scan, start));
    code.then_some(skip)
        .or_else(|| alone_in_brackets(scan, &number.range))
}

/// `(0 = none, 1 = some)`: a mark of a scale and what it stands for.
fn is_scale_mark(scan: Scan<'_>, part: &Part) -> bool {
    let Range { start, end } = part.number.range;
    let sign = scan.skip_blanks(end);
    if scan.byte(sign) != b'=' {
        return false;
    }
    let behind = scan.skip_blanks(sign + 1);
    let opens = [", ", "; ", "and ", "("];
    let opens = opens.iter().any(|sign| scan.head(start).ends_with(sign));
    part.number.form == Form::Plain
        && part.unit.is_none()
        && end - start <= 2
        && opens
        && behind > sign + 1
        && scan
            .char_at(behind)
            .is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
}

/// "the 1990s", "in their late 50s", "the 90s".
fn is_decade(scan: Scan<'_>, part: &Part) -> bool {
    let glued = part.unit.as_ref().is_some_and(|unit| unit.printed == "s")
        && part.end == part.number.range.end + 1
        && matches!(part.number.range.len(), 2 | 4)
        && scan.byte(part.number.range.end - 1) == b'0';
    let before = || scan.word_before(scan.trim_back(part.number.range.start));
    glued && (part.number.is_year() || context::is("decade-lead", before()))
}

/// What is glued in front of the number.
fn before(scan: Scan<'_>, part: &Part, has_unit: bool) -> bool {
    let start = part.number.range.start;
    let has_sign = part.start < start;
    let Some(previous) = scan.char_before(start) else {
        return false;
    };
    let at = start - previous.len_utf8();
    let second = scan.char_before(at);
    match previous {
        '_' | '#' | '@' | '\\' | '^' | '%' | '&' | '\'' | '′' | '’' | '″' | ')' | ']' | '⁻' => {
            !(previous == ')' && has_sign)
        }
        '{' => second.is_some_and(|c| !is_blank(c)) || scan.byte(part.number.range.end) == b'}',
        '.' | ',' | ';' => second.is_some_and(|c| c.is_alphanumeric() || c == ')' || c == '.'),
        '/' => second.is_some_and(|c| !is_blank(c) && c != '%'),
        ':' if scan.head(at).ends_with("(N") || scan.head(at).ends_with("(n") => false,
        ':' => {
            second.is_some_and(char::is_alphanumeric)
                && !scan.is_digit(at.saturating_sub(1))
                && second.is_some_and(char::is_uppercase)
        }
        '(' | '[' => {
            second.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == ')')
                && !scan.head(at).ends_with("CI")
        }
        '+' => !(has_sign && (has_unit || part.number.decimals > 0)),
        '~' => second.is_some_and(char::is_alphanumeric),
        '×' => second.is_some_and(|c| !is_blank(c)),
        ' ' => is_degrees_of_freedom(scan, at),
        _ if is_dash(previous) => second.is_some_and(|c| {
            c.is_alphanumeric() && !context::is("time-prefix", scan.word_before(at))
                || matches!(c, '\'' | ')' | ']' | '′')
        }),
        _ => previous.is_alphabetic(),
    }
}

/// `F(3, 8.9)`: the second number of the arguments of a symbol.
fn is_degrees_of_freedom(scan: Scan<'_>, at: usize) -> bool {
    let Some(head) = scan.window_before(at, 12).strip_suffix(',') else {
        return false;
    };
    let open = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    open.len() < head.len()
        && open
            .strip_suffix('(')
            .is_some_and(|symbol| symbol.ends_with(char::is_alphabetic))
}

/// What is glued behind the number.
fn after(scan: Scan<'_>, number: &Number, has_unit: bool) -> bool {
    let end = number.range.end;
    let Some(next) = scan.char_at(end) else {
        return false;
    };
    let after = end + next.len_utf8();
    let second = scan.char_at(after);
    let word_follows = second.is_some_and(char::is_alphabetic);
    match next {
        '\'' | '′' | '’' | '_' | '\\' | '@' | '^' => true,
        '.' => second.is_some_and(char::is_alphanumeric),
        ',' => second.is_some_and(|c| c.is_ascii_digit()),
        ':' => second.is_some_and(char::is_alphanumeric) || is_question(scan, number),
        '(' => second.is_some_and(|c| c.is_ascii_digit()) && number.form == Form::Plain,
        '+' => second.is_some_and(|c| !is_blank(c)) && !is_tolerance(scan, end),
        // "a 28-day stay" has its unit; "IL-6-dependent" is a name, but "a 0.15-L·min rise" is none.
        '-' | '\u{2010}' | '\u{2011}' => word_follows && !has_unit && number.decimals == 0,
        '/' => second.is_some_and(|c| !is_blank(c)) && !has_unit,
        _ => next.is_alphabetic() && !has_unit,
    }
}

/// `9.5+/-2.7`.
fn is_tolerance(scan: Scan<'_>, end: usize) -> bool {
    ["+/-", "+/−"].iter().any(|sign| {
        scan.after(end, sign)
            .is_some_and(|at| scan.is_digit(scan.skip_blanks(at)))
    })
}

fn is_question(scan: Scan<'_>, number: &Number) -> bool {
    number.form == Form::Plain && scan.trim_back(number.range.start) == 0
}

/// Tokens that are codes as a whole: addresses of the network, identifiers, volumes and pages, phone numbers, versions.
fn code_token(scan: Scan<'_>, range: &Range<usize>) -> Option<usize> {
    let head = scan.window_before(range.start, TOKEN_SIDE);
    let tail = scan.window(range.end, TOKEN_SIDE);
    let from = head.rfind(is_blank).map_or(0, |at| at + 1);
    let left = head.get(from..).unwrap_or(head);
    let right = tail
        .find(is_blank)
        .and_then(|at| tail.get(..at))
        .unwrap_or(tail);
    let end = range.end + right.len();
    if left.is_empty()
        && right
            .bytes()
            .all(|byte| matches!(byte, b'.' | b',' | b')' | b'%'))
    {
        return None;
    }
    let network = left.contains("://")
        || left.contains("www.")
        || left.contains('@')
        || right.contains('@')
        || left.contains("doi")
        || left.contains("10.1") && left.contains('/');
    let digits = range.len();
    let doi = scan.starts(range.start, "10.") && digits > 5 && right.starts_with('/');
    let pages = right.contains("):") && right.starts_with('(')
        || (right.starts_with([';', ':'])
            && right
                .get(1..)
                .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
            && right.contains([';', '-', '–', '('])
            && right.starts_with(';'))
        || left.ends_with("):")
        || left.ends_with(';') && left.len() > 3;
    let hex = scan.starts(range.start, "0x");
    let phone = digits == 3
        && right.starts_with('-')
        && right.len() >= 5
        && right.bytes().skip(1).take(4).all(|b| b.is_ascii_digit());
    let chained = right.bytes().filter(|byte| *byte == b'-').count() >= 2
        && right
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b',' | b')' | b';'))
        && right.bytes().any(|byte| byte.is_ascii_digit());
    (network || doi || pages || hex || phone || chained).then_some(end)
}

/// `+49 30 901820`, `(555) 123-4567`, `0800 123 456`: the end of a phone number, where one starts.
fn phone(scan: Scan<'_>, range: &Range<usize>) -> Option<usize> {
    let before = scan.byte_before(range.start);
    let behind = scan.byte(range.end);
    let area = before == b'(' && range.len() == 3 && scan.starts(range.end, ") ");
    let abroad = before == b'+' && range.len() <= 3;
    let national = scan.byte(range.start) == b'0' && (3..=5).contains(&range.len());
    let joined = matches!(behind, b' ' | b'-' | b')');
    if !joined || !(area || abroad || national) {
        return None;
    }
    let mut end = range.end;
    let mut digits = range.len();
    let mut groups = 1;
    while groups < 6 {
        let gap = scan
            .rest(end)
            .bytes()
            .take(2)
            .take_while(|byte| matches!(byte, b' ' | b'-' | b'(' | b')'))
            .count();
        let stop = scan.digits_end(end + gap);
        if gap == 0 || stop - end - gap < 2 || stop - end - gap > 8 {
            break;
        }
        digits += stop - end - gap;
        groups += 1;
        end = stop;
    }
    ((7..=15).contains(&digits) && groups >= 2).then_some(end)
}

/// `040301`, `05`: digits with a leading zero are codes or times.
fn is_zero_led(scan: Scan<'_>, range: &Range<usize>) -> bool {
    range.len() > 1 && scan.byte(range.start) == b'0'
}

/// `1.`, `2)` at the start of a text or line.
fn is_list_number(scan: Scan<'_>, range: &Range<usize>) -> bool {
    let line_start = scan
        .window_before(range.start, 8)
        .chars()
        .rev()
        .find(|c| !matches!(c, ' ' | '\t' | '(' | '*' | '-' | '•'))
        .is_none_or(|c| c == '\n');
    let marker = scan.window(range.end, 3);
    range.len() <= 3
        && line_start
        && (range.start < 8 || scan.window_before(range.start, 8).contains('\n'))
        && marker.starts_with(['.', ')', ':'])
        && marker
            .get(1..)
            .is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n']))
        && scan.rest(range.end).len() > 1
}

/// A house number: a street's last word within four words, or five digits behind two capitals.
fn is_address(scan: Scan<'_>, end: usize) -> bool {
    if scan.byte(end) != b' ' || scan.byte(end + 1).is_ascii_lowercase() {
        return false;
    }
    let window = scan.window(end, 48);
    window
        .split(is_blank)
        .skip(1)
        .take(5)
        .map(|word| word.trim_matches(['.', ',']))
        .take_while(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
        .any(|word| STREETS.contains(&word))
}

/// `(11)`, `(14–17)`, `(26,29,49)`, `[1]` after `floor`: integers alone in brackets; the end of them.
fn alone_in_brackets(scan: Scan<'_>, range: &Range<usize>) -> Option<usize> {
    let open = scan.byte_before(range.start);
    if !matches!(open, b'(' | b'[') || range.len() > 3 && !is_year_in_brackets(scan, range) {
        return None;
    }
    let close = if open == b'(' { ')' } else { ']' };
    let window = scan.window(range.end, 200);
    let stop = window.find(close)?;
    let inside = window.get(..stop)?;
    let only_numbers = inside
        .chars()
        .all(|c| c.is_ascii_digit() || is_blank(c) || is_dash(c) || matches!(c, ',' | ';'));
    let counts = open == b'(' && inside.is_empty() && {
        let before = scan.trim_back(range.start - 1);
        let token = scan.window_before(before, 12);
        let count = token.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
        count.len() < token.len()
            && !count.ends_with(|c: char| c.is_alphanumeric() || c == '.')
            && before < range.start - 1
    };
    let sizes = open == b'(' && inside.is_empty() && is_group_size(scan, range);
    (only_numbers && !counts && !sizes).then_some(range.end + stop)
}

/// Bytes around a number in brackets in which its sentence speaks of groups and their sizes.
const GROUPS_NEAR: usize = 120;

/// `drug (n=816) or no drug (807)`, `randomised to drug (34) or control (17)`.
fn is_group_size(scan: Scan<'_>, range: &Range<usize>) -> bool {
    let before = scan.window_before(range.start - 1, GROUPS_NEAR);
    let before = before.rsplit_once(". ").map_or(before, |(_, rest)| rest);
    let behind = scan.window(range.end + 1, GROUPS_NEAR);
    let behind = behind.split_once(". ").map_or(behind, |(own, _)| own);
    let named = before.ends_with(' ') && before.trim_end().ends_with(char::is_alphabetic);
    let lower = before.to_lowercase();
    let sized = ["n=", "n ="]
        .iter()
        .flat_map(|size| lower.match_indices(size))
        .any(|(at, _)| {
            lower
                .get(..at)
                .is_some_and(|led| led.ends_with(['(', ' ', ';']))
        });
    let allocated = context::words("allocation")
        .iter()
        .any(|stem| lower.contains(stem));
    named && range.len() > 1 && (sized || allocated && (bracketed(before) || bracketed(behind)))
}

/// Whether a number of two digits or more stands alone in round brackets.
fn bracketed(text: &str) -> bool {
    text.split('(').skip(1).any(|rest| {
        rest.split_once(')').is_some_and(|(inside, _)| {
            inside.len() > 1 && inside.bytes().all(|byte| byte.is_ascii_digit())
        })
    })
}

fn is_year_in_brackets(scan: Scan<'_>, range: &Range<usize>) -> bool {
    range.len() == 4 && scan.byte_before(range.start) == b'[' && scan.byte(range.end) == b']'
}

/// Whether a year-like number is meant as a year.
pub(super) fn is_year(scan: Scan<'_>, number: &Number, has_unit: bool) -> bool {
    number.is_year() && !has_unit && !is_amount(scan, number)
}
