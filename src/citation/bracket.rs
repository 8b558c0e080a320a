//! `[1]`, `[1, 3-5]`: the commonest mark, and the one with the most look-alikes (intervals, indices, years).

use super::context::words;
use super::label;
use super::mark::Mark;
use super::shape::{Form, Shape, bracketed};

/// The bracket mark that starts at `at`.
pub(super) fn at(plain: &str, at: usize) -> Option<Shape> {
    let inside = bracketed(plain, at)?;
    let labels = label::expand(inside)?;
    let end = at + inside.len() + 2;
    let before = plain.get(..at)?;
    let after = plain.get(end..)?;
    let nested = before.ends_with('[') || after.starts_with(']');
    let definition = at <= 8 && before.trim().is_empty() && after.starts_with(':');
    let leads = after.starts_with('(') || before.ends_with(['!', '{']) || names_link(after);
    let quoted = before.ends_with('"') && after.starts_with('"');
    let is_mark = !nested && !definition && !leads && !quoted && !is_code(before, after);
    is_mark.then_some(Shape {
        form: Form::Bracket,
        range: at..end,
        labels,
    })
}

/// Whether what follows a bracket is the name of a link that is defined elsewhere: `[1][tide meeting]`.
fn names_link(after: &str) -> bool {
    let name = after
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'));
    name.is_some_and(|(name, _)| name.contains(char::is_alphabetic))
}

/// Whether a bracket is an argument or an index of code that stands in running text: `\name}[1]{`, `version[1].name`.
fn is_code(before: &str, after: &str) -> bool {
    let part = after.strip_prefix('.').unwrap_or_default();
    before.ends_with('}') && after.starts_with('{')
        || before.ends_with(char::is_alphanumeric)
            && part.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Whether what stands around a bracket says that it holds an interval, a count or an index and no label.
pub(super) fn is_figure(before: &str, inside: &str, labels: &[String]) -> bool {
    let stuck = before.trim_end().len() == before.len();
    if stuck && is_index(before) {
        return true;
    }
    let before = before.trim_end_matches([' ', '\u{a0}']);
    if names_interval(before) {
        return true;
    }
    if ends_with_name(before) {
        return false;
    }
    let Some(value) = number_before(before) else {
        return false;
    };
    let is_pair = inside.contains(',') || inside.contains(label::is_dash);
    let bounds = labels.first().zip(labels.last());
    let Some((low, high)) =
        bounds.and_then(|(a, b)| Some((a.parse::<f64>().ok()?, b.parse::<f64>().ok()?)))
    else {
        return false;
    };
    is_pair && low <= value && value <= high
}

/// Whether the mark is stuck to what it supports, as in `metastasis.[6]`, or follows another mark.
pub(super) fn is_attached(plain: &str, mark: &Mark) -> bool {
    plain
        .get(..mark.place.range.start)
        .and_then(|before| before.chars().next_back())
        .is_some_and(|c| {
            c.is_alphabetic() || matches!(c, '.' | ')' | ',' | ']' | '}' | '^' | '"' | '\u{201d}')
        })
}

/// Whether the last word begins with a letter, as `FGFR2` and `IL-6` do: its digits are no number.
fn ends_with_name(before: &str) -> bool {
    before
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .is_some_and(|word| {
            word.starts_with(char::is_alphabetic)
                && word.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
        && before.ends_with(|c: char| c.is_ascii_digit())
}

/// Fewest letters of the last part of a dotted name; that of a host is shorter.
const DOTTED: usize = 4;

/// `log.topics[1]`, `test$conf.int[1]`: a part of something and its index.
fn is_dotted(before: &str) -> bool {
    let start = before
        .char_indices()
        .rev()
        .find(|(_, c)| !(c.is_ascii_lowercase() || *c == '.'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let (ahead, name) = before.split_at_checked(start).unwrap_or_default();
    name.split_once('.').is_some_and(|(whole, part)| {
        let is_name = part.len() >= DOTTED || ahead.ends_with('$');
        !whole.is_empty() && is_name && !part.contains('.')
    })
}

/// `x[1]`, `save_ps[2]`: a variable and its index.
fn is_index(before: &str) -> bool {
    let start = before
        .char_indices()
        .rev()
        .find(|(_, c)| !(c.is_alphanumeric() || *c == '_' || *c == '$'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let word = before.get(start..).unwrap_or_default();
    let single = word.chars().count() == 1 && word.chars().all(char::is_lowercase);
    single || word.contains(['_', '$']) || is_dotted(before)
}

/// "95% CI", "IQR", "range" right before.
fn names_interval(before: &str) -> bool {
    let word = before
        .trim_end_matches([':', ',', '=', ' ', '('])
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    words("interval")
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

/// "17.8 (1.9)" without the spread.
fn without_spread(before: &str) -> &str {
    let spread = before
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('));
    match spread {
        Some((head, inside))
            if !inside.is_empty()
                && inside
                    .chars()
                    .all(|c| c.is_ascii_digit() || matches!(c, '.' | '%' | ' ' | '\u{b1}')) =>
        {
            head.trim_end()
        }
        Some(_) | None => before,
    }
}

/// The number that ends right before the bracket, per cent sign allowed; no year, and no part of a name such as `HER2`.
fn number_before(before: &str) -> Option<f64> {
    let before = without_spread(before);
    let before = before.trim_end_matches(['%', ' ']);
    let start = before
        .char_indices()
        .rev()
        .find(|(_, c)| !(c.is_ascii_digit() || *c == '.' || *c == ','))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let glued = before
        .get(..start)
        .and_then(|head| head.chars().next_back())
        .is_some_and(|c| c.is_alphabetic() || c == '-');
    let printed = before.get(start..)?.trim_start_matches(['.', ',']);
    if glued || printed.is_empty() || printed.ends_with(['.', ',']) {
        return None;
    }
    let value: f64 = printed.replace(',', "").parse().ok()?;
    let is_year = printed.len() == 4 && (1900.0..2100.0).contains(&value);
    let is_named = before
        .get(..start)
        .is_some_and(|head| head.ends_with(char::is_alphabetic));
    (!is_year && !is_named).then_some(value)
}
