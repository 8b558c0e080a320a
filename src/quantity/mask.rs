//! Numbers that are no figures: labels, names, codes, citation marks, identifiers, versions, addresses.
//!
//! More than half of the numbers of scientific prose count nothing (1793 of 3194 in the development part of
//! `MeasEval`), so this decides the precision of the stage. Each test looks at a bounded window.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::date::is_amount;
use super::number::{Form, Number};
use super::part::Part;
use super::scan::{Scan, is_blank, is_dash};
use super::unit;
use crate::ontology::{lexicon, lexicon_table};

/// Bytes of a blank-delimited token that are looked at on each side.
const TOKEN_SIDE: usize = 96;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Strength {
    Strong,
    Weak,
}

static LABELS: LazyLock<BTreeMap<&'static str, Strength>> = LazyLock::new(|| {
    lexicon_table("number_labels")
        .filter_map(|row| match row.as_slice() {
            ["strong", words] => Some((Strength::Strong, *words)),
            ["weak", words] => Some((Strength::Weak, *words)),
            _ => None,
        })
        .flat_map(|(strength, words)| words.split('|').map(move |word| (word, strength)))
        .collect()
});

static STREETS: LazyLock<Vec<&'static str>> = LazyLock::new(|| lexicon("streets").collect());

/// Where reading goes on when the number is no figure; `None` when it may be one. `joined`: a range, share or factor
/// is glued behind it.
pub(super) fn obstacle(scan: Scan<'_>, part: &Part, joined: bool) -> Option<usize> {
    let number = &part.number;
    let Range { start, end } = number.range;
    let skip = scan.token_end(end);
    if let Some(stop) = label(scan, number, part.unit.is_some()) {
        return Some(stop.max(skip));
    }
    let has_unit = part.unit.is_some() || joined;
    if before(scan, part, has_unit) || after(scan, number, has_unit) {
        return Some(skip);
    }
    if number.form == Form::Words {
        return None;
    }
    if let Some(stop) = code_token(scan, &number.range) {
        return Some(stop);
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
        '_' | '#' | '@' | '\\' | '^' | '{' | '%' | '&' | '\'' | '′' | '’' | '″' | ')' | ']'
        | '⁻' => !(previous == ')' && has_sign),
        '.' | ',' | ';' => second.is_some_and(|c| c.is_alphanumeric() || c == ')' || c == '.'),
        '/' => second.is_some_and(|c| !is_blank(c)),
        ':' => {
            second.is_some_and(char::is_alphanumeric)
                && !scan.is_digit(at.saturating_sub(1))
                && second.is_some_and(char::is_uppercase)
        }
        '(' | '[' => {
            second.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == ')')
                && !scan.head(at).ends_with("CI")
        }
        '+' => !(has_sign && has_unit),
        '×' => second.is_some_and(|c| !is_blank(c)),
        ' ' => is_degrees_of_freedom(scan, at),
        _ if is_dash(previous) => second.is_some_and(|c| {
            c.is_alphanumeric() && !is_time_prefix(scan.word_before(at))
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

fn is_time_prefix(word: &str) -> bool {
    matches!(
        word,
        "mid" | "pre" | "post" | "early" | "late" | "Mid" | "Pre" | "Post"
    )
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
        '.' => second.is_some_and(|c| c.is_alphanumeric()),
        ',' => second.is_some_and(|c| c.is_ascii_digit()),
        ':' => second.is_some_and(char::is_alphanumeric) || is_question(scan, number),
        '(' => second.is_some_and(|c| c.is_ascii_digit()) && number.form == Form::Plain,
        '+' => second.is_some_and(|c| !is_blank(c)),
        '-' | '\u{2010}' | '\u{2011}' => word_follows && !has_unit,
        '/' => second.is_some_and(|c| !is_blank(c)) && !has_unit,
        _ => next.is_alphabetic() && !has_unit,
    }
}

fn is_question(scan: Scan<'_>, number: &Number) -> bool {
    number.form == Form::Plain && scan.trim_back(number.range.start) == 0
}

/// `Figure 3`, `Phases 3, 5 and 7`, `No. 5`, `Eq. (4)`: the end of what the label names.
fn label(scan: Scan<'_>, number: &Number, has_unit: bool) -> Option<usize> {
    let mut at = scan.trim_back(number.range.start);
    for sign in ["(", "#", ":", ".", "№"] {
        if scan.head(at).ends_with(sign) {
            at = scan.trim_back(at - sign.len());
        }
    }
    if at == number.range.start && !scan.head(at).ends_with('№') {
        return None;
    }
    let word = scan.word_before(at);
    let dashed = scan
        .char_before(at - word.len())
        .is_some_and(|c| matches!(c, '=' | '$'));
    if word.is_empty() || dashed || word.len() > 16 {
        return None;
    }
    let gap = scan.slice(at..number.range.start);
    if matches!(word, "p" | "P") && gap.starts_with('.') && number.is_integer() {
        return Some(label_end(scan, number.range.end, false));
    }
    let (strength, plural) = strength_of(word)?;
    if strength == Strength::Weak && gap.contains('(') {
        return None;
    }
    let ends_sentence =
        scan.slice(at..number.range.start).contains('.') && strength == Strength::Weak;
    if ends_sentence
        || (strength == Strength::Weak
            && (has_unit || !number.is_integer() && word.starts_with(char::is_lowercase)))
    {
        return None;
    }
    if word == "no" || word == "id" || (number.form == Form::Words && plural) {
        return None;
    }
    Some(label_end(scan, number.range.end, plural))
}

fn strength_of(word: &str) -> Option<(Strength, bool)> {
    let folded = word.to_ascii_lowercase();
    let known = |word: &str| LABELS.get(word).copied();
    known(&folded)
        .map(|strength| (strength, folded == "nos"))
        .or_else(|| {
            let singular = match folded.as_str() {
                "axes" => "axis",
                "appendices" => "appendix",
                "criteria" => "criterion",
                "studies" => "study",
                other => other.strip_suffix('s')?,
            };
            known(singular).map(|strength| (strength, true))
        })
}

/// Goes over `a`, `–5`, `/2`, and after a plural over `, 5 and 7`.
fn label_end(scan: Scan<'_>, at: usize, plural: bool) -> usize {
    let mut end = scan.token_end(at);
    for _ in 0..40 {
        let next = scan.char_at(end);
        let glued = next
            .filter(|c| is_dash(*c) || matches!(c, '/' | '.' | ','))
            .map(|c| end + c.len_utf8())
            .filter(|start| scan.is_digit(*start) || next == Some('/'));
        let start = match glued {
            Some(start) => Some(start),
            None if plural => listed(scan, end),
            None => None,
        };
        let Some(start) = start else { break };
        let stop = scan.token_end(start);
        let letters_first = !scan.is_digit(start) && stop - start > 3;
        if stop == start
            || letters_first
            || (plural
                && unit::behind(scan, scan.digits_end(start))
                    .is_some_and(|unit| unit.printed.len() > 1 || unit.printed == "%"))
        {
            break;
        }
        end = stop;
    }
    end
}

/// The next number of a list: behind `, `, ` and `, ` to `, ` & `.
fn listed(scan: Scan<'_>, at: usize) -> Option<usize> {
    let at = scan.after(at, ")").unwrap_or(at);
    let mut end = scan.skip_blanks(scan.after(at, ",").unwrap_or(at));
    for word in ["and ", "or ", "to ", "& ", "– ", "- "] {
        if let Some(next) = scan.after(end, word) {
            end = next;
            break;
        }
    }
    let end = scan.after(end, "(").unwrap_or(end);
    (end > at && scan.is_digit(end)).then_some(end)
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

/// `Voyager 2`, `Windows 11`, `CA 91761`: an integer behind a capitalised word inside a sentence, unless a plural follows.
fn is_name(scan: Scan<'_>, number: &Number) -> bool {
    let start = number.range.start;
    let at = scan.trim_back(start);
    let word = scan.word_before(at);
    let word_start = at - word.len();
    if at == start || !word.starts_with(char::is_uppercase) || number.is_year() {
        return false;
    }
    let next_start = scan.skip_blanks(number.range.end);
    let next = scan.word(next_start);
    if next_start > number.range.end && is_plural(next) {
        return false;
    }
    let acronym = word.len() > 1 && word.chars().all(char::is_uppercase);
    let sentence = scan.head(scan.trim_back(word_start));
    let initial =
        sentence.is_empty() || sentence.ends_with(['.', '?', '!', ':', '|', '\n', '•', '"', '“']);
    if is_function_word(word) || word.ends_with("ly") {
        return false;
    }
    let noun_follows =
        next_start > number.range.end && next.starts_with(char::is_lowercase) && !is_verb(next);
    acronym || number.range.len() <= 2 || (!initial && !noun_follows) || (initial && is_verb(next))
}

fn is_function_word(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "in" | "at"
            | "of"
            | "the"
            | "a"
            | "an"
            | "only"
            | "all"
            | "over"
            | "these"
            | "those"
            | "our"
            | "its"
            | "their"
            | "for"
            | "from"
            | "with"
            | "to"
            | "and"
            | "or"
            | "by"
            | "on"
            | "after"
            | "before"
            | "per"
            | "within"
            | "was"
            | "is"
            | "total"
            | "about"
            | "around"
            | "some"
            | "another"
            | "n"
            | "p"
            | "mean"
            | "median"
            | "age"
            | "score"
            | "score of"
            | "or less"
            | "rate"
            | "average"
            | "up"
            | "between"
            | "hr"
            | "rr"
            | "ph"
            | "if"
            | "when"
            | "where"
            | "while"
    )
}

fn is_verb(word: &str) -> bool {
    matches!(
        word,
        "is" | "was"
            | "has"
            | "had"
            | "are"
            | "were"
            | "and"
            | "or"
            | "in"
            | "to"
            | "of"
            | "for"
            | "by"
            | "with"
            | "on"
            | "at"
            | "from"
            | "as"
            | "may"
            | "can"
            | "will"
            | "that"
            | "which"
            | "spacecraft"
            | "mission"
            | "receptor"
            | "trial"
            | "study"
    )
}

/// Whether a word looks like a plural noun; not one of the function words in s.
pub(super) fn is_plural(word: &str) -> bool {
    word.len() >= 4
        && word.starts_with(char::is_lowercase)
        && (word.ends_with('s') || matches!(word, "people" | "men" | "women" | "children" | "mice"))
        && !word.ends_with("ss")
        && !matches!(
            word,
            "this"
                | "thus"
                | "across"
                | "versus"
                | "was"
                | "has"
                | "plus"
                | "always"
                | "perhaps"
                | "whereas"
                | "shows"
                | "makes"
                | "does"
                | "gives"
                | "uses"
                | "indicates"
                | "suggests"
        )
}

/// A house number: a street's last word within four words, or five digits behind two capitals.
fn is_address(scan: Scan<'_>, end: usize) -> bool {
    let window = scan.window(end, 48);
    window.starts_with(' ')
        && window
            .split(is_blank)
            .skip(1)
            .take(5)
            .map(|word| word.trim_matches(['.', ',']))
            .take_while(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
            .any(|word| STREETS.contains(&word))
}

/// A year that belongs to a citation by author and year.
fn is_author_year(scan: Scan<'_>, start: usize) -> bool {
    let window = scan.window_before(start, 120);
    let Some(open) = window.rfind(['(', '[']) else {
        return window.trim_end().ends_with("et al.,") || window.trim_end().ends_with("et al.");
    };
    let inside = window.get(open + 1..).unwrap_or_default();
    if inside.contains([')', ']']) {
        return window.trim_end().ends_with("et al.,") || window.trim_end().ends_with("et al.");
    }
    let entry = inside.rsplit(';').next().unwrap_or(inside).trim();
    let names =
        entry.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | '–' | '-'));
    if names.is_empty() && inside.trim_start() == entry || entry.is_empty() && !inside.contains(';')
    {
        let before = window.get(..open).unwrap_or_default().trim_end();
        let word = before
            .rsplit(|c: char| is_blank(c) || c == '(')
            .next()
            .unwrap_or_default();
        let stop = scan.byte(start + 4);
        return matches!(stop, b')' | b',' | b';' | b']')
            && (before.ends_with("al.")
                || before.ends_with("’s")
                || before.ends_with("'s")
                || (word.starts_with(char::is_uppercase) && !before.is_empty()));
    }
    names.is_empty() || are_names(names)
}

/// Whether a text reads as authors: "Kennett and Stott", "de la Cruz et al.", "see Smith & Jones, in prep.".
fn are_names(text: &str) -> bool {
    let mut capitals = 0;
    for word in text
        .split(|c: char| is_blank(c) || matches!(c, ',' | '&' | '.'))
        .filter(|word| !word.is_empty())
    {
        if word.starts_with(char::is_uppercase) {
            capitals += 1;
        } else if !matches!(
            word,
            "and"
                | "et"
                | "al"
                | "de"
                | "la"
                | "von"
                | "van"
                | "der"
                | "den"
                | "du"
                | "di"
                | "see"
                | "e"
                | "g"
                | "also"
                | "cf"
                | "in"
                | "press"
                | "prep"
                | "reviewed"
                | "by"
                | "a"
                | "b"
                | "c"
                | "da"
                | "le"
                | "ten"
                | "dos"
                | "el"
                | "al-"
        ) && !word.starts_with(|c: char| c.is_ascii_digit())
        {
            return false;
        }
    }
    capitals > 0 && !(text.ends_with(" in") || text.ends_with("since"))
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
    (only_numbers && !counts).then_some(range.end + stop)
}

fn is_year_in_brackets(scan: Scan<'_>, range: &Range<usize>) -> bool {
    range.len() == 4 && scan.byte_before(range.start) == b'[' && scan.byte(range.end) == b']'
}

/// Whether a year-like number is meant as a year.
pub(super) fn is_year(scan: Scan<'_>, number: &Number, has_unit: bool) -> bool {
    number.is_year() && !has_unit && !is_amount(scan, number)
}
