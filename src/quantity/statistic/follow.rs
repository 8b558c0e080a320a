//! What follows a statistic: effect sizes and the like, then the p-value.

use rust_decimal::Decimal;

use super::PrintedP;
use crate::quantity::Comparator;
use crate::quantity::number::{self, Number};
use crate::quantity::scan::{Scan, is_blank, is_minus};

/// Most further values (`MSE = 10.08`, `d = 0.4`) between a statistic and its p-value.
const ITEMS: usize = 4;
/// Bytes of the longest name of such a value.
const NAME: usize = 24;
/// The p-value that `ns` lies above.
const ALPHA: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// Comparators as printed and in LaTeX, longest first.
const COMPARATORS: [(&str, Comparator); 17] = [
    ("\\leqslant", Comparator::AtMost),
    ("\\geqslant", Comparator::AtLeast),
    ("\\leq", Comparator::AtMost),
    ("\\geq", Comparator::AtLeast),
    ("\\lt", Comparator::Less),
    ("\\gt", Comparator::Greater),
    ("\\le", Comparator::AtMost),
    ("\\ge", Comparator::AtLeast),
    ("<=", Comparator::AtMost),
    ("=<", Comparator::AtMost),
    (">=", Comparator::AtLeast),
    ("≤", Comparator::AtMost),
    ("≥", Comparator::AtLeast),
    ("<", Comparator::Less),
    (">", Comparator::Greater),
    ("=", Comparator::Equal),
    ("＝", Comparator::Equal),
];

/// What stands behind a statistic.
pub(super) struct Tail {
    pub(super) p: PrintedP,
    /// Degrees of freedom printed as `df = 34`.
    pub(super) df: Vec<Decimal>,
}

/// A number with its sign.
pub(super) struct Printed {
    pub(super) end: usize,
    pub(super) value: Decimal,
    /// One unit of the last printed digit.
    pub(super) step: Decimal,
    decimals: u32,
}

/// Skips blanks, LaTeX spaces and signs of emphasis or mathematics left in the text.
pub(super) fn skip(scan: Scan<'_>, at: usize) -> usize {
    let mut end = at;
    for _ in 0..8 {
        end = ["\\,", "\\;", "\\ ", "\\!", "\\:"]
            .iter()
            .find_map(|space| scan.after(end, space))
            .unwrap_or(end);
        match scan.char_at(end) {
            Some(c) if is_blank(c) || matches!(c, '\t' | '*' | '$' | '~') => end += c.len_utf8(),
            Some(_) | None => break,
        }
    }
    end
}

/// The same, backwards.
pub(super) fn skip_back(scan: Scan<'_>, at: usize) -> usize {
    let mut start = at;
    for _ in 0..8 {
        match scan.char_before(start) {
            Some(c) if is_blank(c) || matches!(c, '\t' | '*' | '$' | '\\' | '~') => {
                start -= c.len_utf8();
            }
            Some(_) | None => break,
        }
    }
    start
}

/// The comparator at `at` and its end.
pub(super) fn comparator(scan: Scan<'_>, at: usize) -> Option<(Comparator, usize)> {
    COMPARATORS
        .iter()
        .find_map(|(form, comparator)| Some((*comparator, scan.after(at, form)?)))
}

/// The number at `at`, with sign, leading point, thousands separators and power of ten.
pub(super) fn printed(scan: Scan<'_>, at: usize) -> Option<Printed> {
    let sign = scan
        .char_at(at)
        .filter(|c| is_minus(*c) || matches!(c, '+' | '\u{2010}'));
    let start = skip(scan, at + sign.map_or(0, char::len_utf8));
    let number = point(scan, start).or_else(|| number::digits(scan, start))?;
    let glued = scan
        .char_at(number.range.end)
        .is_some_and(|c| c.is_alphabetic() || c == '_');
    let negative = sign.is_some_and(|sign| sign != '+');
    (!glued).then_some(Printed {
        end: number.range.end,
        value: if negative {
            -number.value
        } else {
            number.value
        },
        step: number.step,
        decimals: number.decimals,
    })
}

/// `.03`, `·03`.
fn point(scan: Scan<'_>, start: usize) -> Option<Number> {
    let point = scan
        .char_at(start)
        .filter(|c| matches!(c, '.' | '·' | '∙'))?;
    let first = start + point.len_utf8();
    let end = scan.digits_end(first);
    let decimals = u32::try_from(end - first)
        .ok()
        .filter(|decimals| (1..=20).contains(decimals))?;
    let value = Decimal::from_str_exact(&format!("0.{}", scan.slice(first..end))).ok()?;
    Some(Number {
        range: start..end,
        value,
        step: Decimal::try_new(1, decimals).ok()?,
        decimals,
        form: number::Form::Written,
    })
}

/// Reads on from the end of a statistic's value to its p-value.
pub(super) fn read(text: &str, at: usize) -> Option<Tail> {
    let scan = Scan::new(text);
    let mut at = at;
    let mut df = Vec::new();
    for _ in 0..=ITEMS {
        at = separators(scan, at);
        if let Some(p) = p_value(scan, at).or_else(|| not_significant(scan, at)) {
            return Some(Tail { p, df });
        }
        at = degrees(scan, at, &mut df).or_else(|| item(scan, at))?;
    }
    None
}

fn separators(scan: Scan<'_>, at: usize) -> usize {
    let mut at = at;
    for _ in 0..6 {
        at = skip(scan, at);
        match scan.char_at(at) {
            Some(c @ (',' | ';' | ':' | '(' | '[')) => at += c.len_utf8(),
            Some(_) | None => break,
        }
    }
    ["and ", "with ", "where "]
        .iter()
        .find_map(|word| scan.after(at, word))
        .unwrap_or(at)
}

/// `p = .03`, `P<0.001`, `p-value = 0.2`, `p (two-tailed) = .03`, `p = 3%`.
fn p_value(scan: Scan<'_>, at: usize) -> Option<PrintedP> {
    let mut start = at;
    for word in ["two-tailed ", "two-sided ", "one-tailed ", "one-sided "] {
        start = scan.after(start, word).unwrap_or(start);
    }
    let letter = ["ps", "Ps", "p", "P", "𝑝", "𝑃"]
        .iter()
        .find_map(|form| scan.after(start, form))?;
    let name = ["-value", " value", "–value", "value", "-val"]
        .iter()
        .find_map(|form| scan.after(letter, form))
        .unwrap_or(letter);
    let tails = skip(scan, name);
    let end = [
        "(two-tailed)",
        "(2-tailed)",
        "(two-sided)",
        "(2-sided)",
        "(one-tailed)",
        "(1-tailed)",
        "(one-sided)",
        "(1-sided)",
    ]
    .iter()
    .find_map(|form| scan.after(tails, form))
    .unwrap_or(tails);
    let (sign, after) = comparator(scan, skip(scan, end))?;
    let number = printed(scan, skip(scan, after))?;
    let (mut value, mut step, mut decimals, mut close) =
        (number.value, number.step, number.decimals, number.end);
    if let Some(percent) = scan.after(close, "%").or_else(|| scan.after(close, "\\%")) {
        value = value.checked_div(Decimal::ONE_HUNDRED)?;
        step = step.checked_div(Decimal::ONE_HUNDRED)?;
        decimals += 2;
        close = percent;
    }
    if value > Decimal::ONE || value < Decimal::ZERO {
        return None;
    }
    let half = step.checked_div(Decimal::TWO)?;
    let (low, high) = match sign {
        Comparator::Less | Comparator::AtMost => (Decimal::NEGATIVE_ONE, value),
        Comparator::Greater | Comparator::AtLeast => (value, Decimal::TWO),
        Comparator::Equal | Comparator::About => (value - half, value + half),
    };
    Some(PrintedP {
        range: at..close,
        comparator: sign,
        value,
        decimals,
        low,
        high,
        is_ns: false,
    })
}

/// `ns`, `n.s.`, `NS`.
fn not_significant(scan: Scan<'_>, at: usize) -> Option<PrintedP> {
    let end = ["n.s.", "N.S.", "n. s.", "N. S.", "n.s", "ns", "NS", "Ns"]
        .iter()
        .find_map(|form| scan.after(at, form))?;
    let ends = scan.char_at(end).is_none_or(|c| !c.is_alphanumeric());
    ends.then_some(PrintedP {
        range: at..end,
        comparator: Comparator::Greater,
        value: ALPHA,
        decimals: 2,
        low: ALPHA,
        high: Decimal::TWO,
        is_ns: true,
    })
}

/// `df = 34`, `df = 1, 45`; the end.
fn degrees(scan: Scan<'_>, at: usize, df: &mut Vec<Decimal>) -> Option<usize> {
    let name = ["df", "d.f.", "DF", "d.f"]
        .iter()
        .find_map(|form| scan.after(at, form))?;
    let (_, after) = comparator(scan, skip(scan, name))?;
    let first = printed(scan, skip(scan, after))?;
    df.push(first.value);
    let comma = scan.after(first.end, ",").map(|comma| skip(scan, comma));
    let Some(second) = comma.and_then(|start| printed(scan, start)) else {
        return Some(first.end);
    };
    df.push(second.value);
    Some(second.end)
}

/// `MSE = 10.08`, `Cohen's d = -0.45`, `partial η² = .04`, `95% CI [0.1, 0.3]`; the end. None where it is a statistic itself.
fn item(scan: Scan<'_>, at: usize) -> Option<usize> {
    if let Some(interval) = interval(scan, at) {
        return Some(interval);
    }
    let window = scan.window(at, NAME);
    let sign = window.find(['=', '<', '>', '≤', '≥', '≈'])?;
    let name = window.get(..sign)?.trim_end_matches([' ', '\\', '\u{a0}']);
    let words = name.split_whitespace().count();
    let statistic = ["t", "T", "F", "z", "Z", "p", "P", "Q"].contains(&name)
        || name.contains(['χ', '(', ')', ',', ';', '.'])
        || name.contains("chi");
    let named = name.starts_with(|c: char| c.is_alphabetic() || c == '\\' || c == '?')
        && (1..=2).contains(&words);
    if statistic || !named {
        return None;
    }
    let after = comparator(scan, at + sign).map_or(at + sign + '≈'.len_utf8(), |found| found.1);
    let number = printed(scan, skip(scan, after))?;
    Some(scan.after(number.end, "%").unwrap_or(number.end))
}

/// `95% CI [0.1, 0.3]`, `CI = [0.1, 0.3]`.
fn interval(scan: Scan<'_>, at: usize) -> Option<usize> {
    let window = scan.window(at, 60);
    let ci = window.find("CI")?;
    let lead = window.get(..ci)?;
    let is_level = lead
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '%' | '.' | ' ' | '\\' | '\u{a0}'));
    let open = skip(scan, at + ci + 2);
    let open = scan.after(open, "=").map_or(open, |next| skip(scan, next));
    let close = match scan.byte(open) {
        b'[' => ']',
        b'(' => ')',
        _ => return None,
    };
    let inside = scan.window(open, 40);
    is_level.then(|| inside.find(close).map(|end| open + end + 1))?
}
