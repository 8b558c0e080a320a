//! One end of a quantity: a signed number with its unit behind it or its currency in front.

use rust_decimal::Decimal;

use super::Unit;
use super::context;
use super::number::{self, Digits, Form, Number};
use super::scan::{Scan, is_minus};
use super::unit;
use super::words;

/// A signed number with its unit.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Start with sign and currency.
    pub(super) start: usize,
    /// End with the unit.
    pub(super) end: usize,
    /// Its value has the sign.
    pub(super) number: Number,
    pub(super) unit: Option<Unit>,
}

/// Reads the part whose number (digits or words) starts at `at`; sign and currency in front down to `floor` are taken.
pub(super) fn at_number(scan: Scan<'_>, at: usize, floor: usize) -> Option<Part> {
    let mut start = at;
    let number = if scan.byte(at).is_ascii_alphabetic() {
        words::words(scan, at)?
    } else {
        if scan.byte_before(at) == b'.' && at > floor && is_decimal_start(scan, at - 1) {
            start = at - 1;
        }
        leading_point(scan, start)?
    };
    Some(finish(scan, start, floor, number))
}

/// `.03`: the point in front is part of the number where nothing but a blank, bracket or sign precedes it.
fn is_decimal_start(scan: Scan<'_>, point: usize) -> bool {
    scan.char_before(point)
        .is_none_or(|c| opens_number(c) || is_minus(c))
}

/// What may stand right before a sign or a leading point: a blank, a bracket, a comparator, `$`.
fn opens_number(c: char) -> bool {
    let openers = [
        '(', '[', '=', '<', '>', '≤', '≥', '~', '∼', '≈', '±', '|', '$',
    ];
    c.is_whitespace() || openers.contains(&c)
}

fn leading_point(scan: Scan<'_>, start: usize) -> Option<Number> {
    if scan.byte(start) != b'.' {
        return number::digits(scan, start);
    }
    let end = scan.digits_end(start + 1);
    let decimals = u32::try_from(end - start - 1)
        .ok()
        .filter(|d| (1..=27).contains(d))?;
    let mut printed = Digits::default();
    printed.push(scan.slice(start..end));
    Some(Number {
        range: start..end,
        value: printed.value(decimals)?,
        step: Decimal::try_new(1, decimals).ok()?,
        decimals,
        form: Form::Written,
    })
}

fn finish(scan: Scan<'_>, at: usize, floor: usize, mut number: Number) -> Part {
    let mut start = at;
    let mut currency = if number.form == Form::Words {
        None
    } else {
        unit::in_front(scan, at)
    };
    if let Some(found) = &currency {
        if found.range.start >= floor {
            start = found.range.start;
        } else {
            currency = None;
        }
    }
    if let Some(sign) = sign_before(scan, start, floor) {
        start = sign;
        if scan.byte(sign) != b'+' {
            number.value = -number.value;
        }
        if currency.is_none()
            && let Some(found) =
                unit::in_front(scan, start).filter(|found| found.range.start >= floor)
        {
            start = found.range.start;
            currency = Some(found);
        }
    }
    glued_magnitude(scan, &mut number, currency.is_some());
    let behind = if currency.is_some() {
        None
    } else {
        unit::behind(scan, number.range.end)
    };
    Part {
        start,
        end: behind
            .as_ref()
            .map_or(number.range.end, |unit| unit.range.end),
        unit: currency.or(behind),
        number,
    }
}

/// The start of a minus sign that is no dash: a blank, bracket or sign stands in front of it.
fn sign_before(scan: Scan<'_>, at: usize, floor: usize) -> Option<usize> {
    let sign = scan.char_before(at).filter(|c| is_minus(*c) || *c == '+')?;
    let start = at - sign.len_utf8();
    let before = scan.char_before(start);
    let is_sign = before.is_none_or(|c| {
        opens_number(c) || matches!(c, '/' | ',' | ':' | '€' | '£') || (c == '–' && sign != '–')
    });
    (is_sign
        && start >= floor
        && (sign != '–'
            || before.is_none_or(|c| matches!(c, '(' | '=' | '|' | '~' | '∼' | '<' | '>'))
            || context::is("minus-lead", scan.word_before(scan.trim_back(start)))))
    .then_some(start)
}

/// `$5M`, `2.4M users`: letters that multiply.
fn glued_magnitude(scan: Scan<'_>, number: &mut Number, money: bool) {
    let end = number.range.end;
    let word = scan.word(end);
    let factor = match word {
        "K" | "k" if money => 1_000,
        "M" | "m" | "MM" | "mm" | "mn" if money => 1_000_000,
        "B" | "b" | "bn" if money => 1_000_000_000_i64,
        "T" | "tn" if money => 1_000_000_000_000,
        "M" | "B" | "K" if counted(scan, end + 1) => match word {
            "M" => 1_000_000,
            "K" => 1_000,
            _ => 1_000_000_000,
        },
        _ => return,
    };
    number.scale(Decimal::from(factor), end + word.len());
}

/// Whether a plural noun follows, so that the letter in front counts things.
fn counted(scan: Scan<'_>, at: usize) -> bool {
    let start = scan.skip_blanks(at);
    start > at && super::label::is_plural(scan.word(start))
}

/// Reads a part from its first sign on: `~`, `<`, minus, currency, digits or words. For second ends of ranges.
pub(super) fn from_sign(scan: Scan<'_>, at: usize) -> Option<Part> {
    let mut start = at;
    for _ in 0..4 {
        let next = scan.char_at(start)?;
        let sign = is_minus(next)
            || matches!(
                next,
                '~' | '∼' | '≈' | '<' | '>' | '≤' | '≥' | '$' | '€' | '£' | '¥'
            );
        if !sign {
            break;
        }
        start += next.len_utf8();
    }
    start = context::BOUND_LEAD.after(scan, start).unwrap_or(start);
    let point = scan.byte(start) == b'.' && scan.is_digit(start + 1);
    let digits = if point { start + 1 } else { start };
    let first = scan.char_at(digits)?;
    if !(first.is_ascii_digit()
        || (!point && words::may_start_words(scan.bytes(digits))
            || matches!(first, '½' | '¼' | '¾')))
    {
        return None;
    }
    let mut part = at_number(scan, digits, at)?;
    if part.start > at {
        part.start = at;
    }
    let end = part.end;
    let glued = scan.char_at(end).is_some_and(char::is_alphanumeric)
        && scan.char_before(end).is_some_and(char::is_alphanumeric);
    (!glued).then_some(part)
}
