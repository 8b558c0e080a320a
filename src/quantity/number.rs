//! One number: digits with separators, decimals and powers of ten, vulgar fractions, and words.

use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::numeral::{Kind, word_of};
use super::scan::{Scan, is_minus};
use super::spaced;

/// Digits that fit a decimal; longer strings are codes.
const MOST_DIGITS: usize = 27;

/// Half of a unit of each decimal place, from that before the point on: divided once and not for each number.
static HALVES: LazyLock<Vec<Option<Decimal>>> = LazyLock::new(|| {
    let units = (0..=Decimal::MAX_SCALE).map(|place| Decimal::new(1, place));
    units.map(|unit| unit.checked_div(Decimal::TWO)).collect()
});

/// A number without sign, comparator or unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    pub(super) range: Range<usize>,
    pub(super) value: Decimal,
    /// One unit of the last printed digit.
    pub(super) step: Decimal,
    /// Decimals printed.
    pub(super) decimals: u32,
    pub(super) form: Form,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Digits only: it may be a year or a label.
    Plain,
    /// Digits with a separator, decimals, a power or a magnitude.
    Written,
    /// In words.
    Words,
    /// A part of one, in words or as ½: (numerator, denominator).
    Part(u8, u8),
}

/// Reads the digits at `at`, with thousands separators, decimals, a power of ten and a magnitude.
pub(super) fn digits(scan: Scan<'_>, at: usize) -> Option<Number> {
    if let Some(character) = scan.char_at(at)
        && let Some((numerator, denominator)) = vulgar(character)
    {
        return part(at..at + character.len_utf8(), numerator, denominator);
    }
    let mut printed = Digits::default();
    let mut end = integer(scan, at, &mut printed)?;
    let grouped = end - at > printed.count;
    let mut decimals = 0;
    if let Some(start) = decimal_point(scan, end).or_else(|| spaced::decimals(scan, at..end)) {
        let stop = scan.digits_end(start);
        if printed.count + (stop - start) > MOST_DIGITS {
            return None;
        }
        printed.push(scan.slice(start..stop));
        decimals = u32::try_from(stop - start).ok()?;
        end = stop;
    }
    let mut number = Number {
        range: at..end,
        value: printed.value(decimals)?,
        step: Decimal::try_new(1, decimals).ok()?,
        decimals,
        form: if grouped || decimals > 0 {
            Form::Written
        } else {
            Form::Plain
        },
    };
    if let Some((exponent, stop)) = power(scan, &number) {
        number.value = shift(number.value, exponent)?;
        let bare = scan.slice(number.range.clone()) == "10"
            && stop - number.range.end < 8
            && exponent_of_ten(scan, number.range.end).is_some();
        number.step = if bare {
            number.value
        } else {
            shift(number.step, exponent)?
        };
        number.range.end = stop;
        number.form = Form::Written;
    }
    mixed(scan, &mut number);
    Some(magnitude(scan, number))
}

/// Digits as they are read, at most [`MOST_DIGITS`].
#[derive(Default)]
pub(super) struct Digits {
    mantissa: i128,
    count: usize,
}

impl Digits {
    /// Takes the digits of a text, and passes over what separates them.
    pub(super) fn push(&mut self, text: &str) {
        for digit in text.bytes().filter(u8::is_ascii_digit) {
            self.mantissa = self.mantissa * 10 + i128::from(digit - b'0');
            self.count += 1;
        }
    }

    /// Their value where the last ones are decimals; `None` where there are no digits.
    pub(super) fn value(&self, decimals: u32) -> Option<Decimal> {
        let value = Decimal::try_from_i128_with_scale(self.mantissa, decimals);
        value.ok().filter(|_| self.count > 0)
    }
}

/// The end of a plain number at `at` that no decimal holds: of more than [`MOST_DIGITS`] digits, or of a power.
pub(super) fn too_large(scan: Scan<'_>, at: usize) -> Option<usize> {
    let blank = |c: Option<char>| {
        c.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | '.' | '%' | '=' | '<' | '>')
        })
    };
    let mut end = scan.digits_end(at);
    if let Some(start) = decimal_point(scan, end) {
        end = scan.digits_end(start);
    }
    let mut is_large = end - at > MOST_DIGITS;
    if matches!(scan.byte(end), b'e' | b'E') {
        let sign = usize::from(matches!(scan.byte(end + 1), b'+' | b'-'));
        let start = end + 1 + sign;
        let stop = scan.digits_end(start);
        if stop > start {
            (is_large, end) = (true, stop);
        }
    }
    (is_large && blank(scan.char_before(at)) && blank(scan.char_at(end))).then_some(end)
}

fn integer(scan: Scan<'_>, at: usize, printed: &mut Digits) -> Option<usize> {
    let mut end = scan.digits_end(at);
    if end - at > MOST_DIGITS {
        return None;
    }
    printed.push(scan.slice(at..end));
    if end == at || end - at > 3 {
        return Some(end);
    }
    while let Some(start) = group(scan, end) {
        if printed.count + 3 > MOST_DIGITS {
            return None;
        }
        printed.push(scan.slice(start..start + 3));
        end = start + 3;
    }
    if end - at == printed.count
        && let Some(stop) = spaced::thousands(scan, at..end)
    {
        printed.push(scan.slice(end..stop));
        end = stop;
    }
    Some(end)
}

/// The start of three digits behind a thousands separator at `at`. A plain blank separates only `000`.
fn group(scan: Scan<'_>, at: usize) -> Option<usize> {
    let separator = scan.char_at(at)?;
    let start = at + separator.len_utf8();
    let allowed = match separator {
        ',' | '\u{2009}' | '\u{202f}' | '\u{a0}' | '\'' | '’' => true,
        ' ' => scan.starts(start, "000"),
        _ => false,
    };
    (allowed && scan.digits_end(start) == start + 3).then_some(start)
}

/// The start of the decimals.
fn decimal_point(scan: Scan<'_>, at: usize) -> Option<usize> {
    let point = scan.char_at(at).filter(|c| matches!(c, '.' | '·' | '∙'))?;
    let start = at + point.len_utf8();
    let is_product =
        point != '.' && scan.starts(start, "10") && power_of_ten(scan, start).is_some();
    (scan.is_digit(start) && !is_product).then_some(start)
}

/// The power of ten that a number is multiplied by, and its end.
fn power(scan: Scan<'_>, number: &Number) -> Option<(i32, usize)> {
    let end = number.range.end;
    if matches!(scan.byte(end), b'e' | b'E') {
        let (exponent, stop) = signed(scan, end + 1)?;
        let glued = scan.char_at(stop).is_some_and(char::is_alphanumeric);
        return (!glued).then_some((exponent, stop));
    }
    if number.decimals == 0 && number.value.mantissa() == 10 {
        let (exponent, stop) = exponent_of_ten(scan, end)?;
        return Some((exponent - 1, stop));
    }
    let sign = scan.skip_blanks(end);
    let stop = match scan.char_at(sign)? {
        times @ ('×' | 'x' | 'X' | '·' | '⋅' | '∙' | '*') => sign + times.len_utf8(),
        '\\' => scan.after(sign, "\\times")?,
        _ => return None,
    };
    let ten = scan.skip_blanks(stop);
    scan.starts(ten, "10").then_some(())?;
    power_of_ten(scan, ten).or_else(|| flattened(scan, ten + 2, number))
}

/// The power behind a bracket that ends at `at`: `)×10⁻¹⁰`; flattened ones, too.
pub(super) fn power_behind(scan: Scan<'_>, at: usize) -> Option<(i32, usize)> {
    let sign = scan.skip_blanks(at);
    let ten = ["×", "x", "·", "⋅"]
        .iter()
        .find_map(|sign_text| scan.after(sign, sign_text))?;
    let ten = scan.skip_blanks(ten);
    scan.starts(ten, "10").then_some(())?;
    power_of_ten(scan, ten).or_else(|| match scan.byte(ten + 2) {
        b'-' => signed(scan, ten + 2),
        _ => None,
    })
}

fn power_of_ten(scan: Scan<'_>, ten: usize) -> Option<(i32, usize)> {
    exponent_of_ten(scan, ten + 2)
}

/// An exponent behind `10`: superscript, caret, or a minus sign that lost its superscript.
fn exponent_of_ten(scan: Scan<'_>, at: usize) -> Option<(i32, usize)> {
    if let Some(caret) = scan.after(at, "^") {
        let inner = scan.after(caret, "{").unwrap_or(caret);
        let (exponent, stop) = signed(scan, inner)?;
        return Some((
            exponent,
            scan.after(stop, "}")
                .filter(|_| inner > caret)
                .unwrap_or(stop),
        ));
    }
    if scan.starts(at, "\u{2212}") {
        return signed(scan, at)
            .filter(|(exponent, stop)| *exponent > -20 && scan.byte(*stop) != b'.');
    }
    superscript(scan, at)
}

/// `6 × 106` for 6 × 10⁶, the superscript lost on the way to plain text.
fn flattened(scan: Scan<'_>, at: usize, number: &Number) -> Option<(i32, usize)> {
    if scan.byte(at) == b'-' {
        return signed(scan, at);
    }
    let stop = scan.digits_end(at);
    let plausible = (1..=2).contains(&(stop - at)) && number.value < Decimal::ONE_HUNDRED;
    plausible.then(|| signed(scan, at)).flatten()
}

fn signed(scan: Scan<'_>, at: usize) -> Option<(i32, usize)> {
    let character = scan.char_at(at)?;
    let negative = is_minus(character);
    let start = if negative || character == '+' {
        at + character.len_utf8()
    } else {
        at
    };
    let stop = scan.digits_end(start);
    (1..=2).contains(&(stop - start)).then_some(())?;
    let exponent: i32 = scan.slice(start..stop).parse().ok()?;
    Some((if negative { -exponent } else { exponent }, stop))
}

/// A superscript integer such as ⁻³.
pub(super) fn superscript(scan: Scan<'_>, at: usize) -> Option<(i32, usize)> {
    let (mut end, mut negative, mut value, mut count) = (at, false, 0_i32, 0);
    for character in scan.rest(at).chars() {
        let digit = match character {
            '⁻' if end == at => {
                negative = true;
                end += character.len_utf8();
                continue;
            }
            '⁰' => 0,
            '¹' => 1,
            '²' => 2,
            '³' => 3,
            '⁴' => 4,
            '⁵' => 5,
            '⁶' => 6,
            '⁷' => 7,
            '⁸' => 8,
            '⁹' => 9,
            _ => break,
        };
        count += 1;
        if count > 2 {
            return None;
        }
        value = value * 10 + digit;
        end += character.len_utf8();
    }
    (count > 0).then_some((if negative { -value } else { value }, end))
}

/// `1½`, `2 1/2`: a fraction behind an integer.
fn mixed(scan: Scan<'_>, number: &mut Number) {
    if number.form == Form::Plain
        && let Some(character) = scan.char_at(number.range.end)
        && let Some((numerator, denominator)) = vulgar(character)
        && let Some(fraction) = part(0..0, numerator, denominator)
        && let Some(sum) = number.value.checked_add(fraction.value)
    {
        number.value = sum;
        number.step = fraction.step;
        number.decimals = fraction.decimals;
        number.form = Form::Written;
        number.range.end += character.len_utf8();
    } else if number.form == Form::Plain
        && let Some((fraction, end)) = written_fraction(scan, number.range.end)
        && let Some(sum) = number.value.checked_add(fraction.value)
    {
        number.value = sum;
        number.step = fraction.step;
        number.decimals = fraction.decimals;
        number.form = Form::Written;
        number.range.end = end;
    }
}

/// The ` 1/2` of `2 1/2 hours`: a blank, two digits of one place, and a word behind.
fn written_fraction(scan: Scan<'_>, at: usize) -> Option<(Number, usize)> {
    let start = scan.after(at, " ")?;
    let slash = scan.after(start + 1, "/")?;
    let numerator = scan.slice(start..start + 1).parse().ok()?;
    let denominator = scan.slice(slash..slash + 1).parse().ok()?;
    let end = slash + 1;
    let word = scan.byte(end) == b' ' && scan.byte(end + 1).is_ascii_lowercase()
        || scan.byte(end) == b'-' && scan.byte(end + 1).is_ascii_lowercase();
    let proper = numerator > 0 && numerator < denominator && matches!(denominator, 2 | 3 | 4 | 8);
    (proper && word).then_some(())?;
    Some((part(start..end, numerator, denominator)?, end))
}

/// Multiplies by a word such as `million` behind the number, or a glued `k`.
fn magnitude(scan: Scan<'_>, mut number: Number) -> Number {
    let end = number.range.end;
    let start = scan.skip_blanks(end);
    let word = scan.word(start);
    let glued_k = start == end && word == "k";
    let factor = if glued_k {
        Decimal::ONE_THOUSAND
    } else {
        match word_of(word) {
            Some(&(Kind::Magnitude, factor)) if word != "dozen" || number.decimals == 0 => factor,
            Some(_) => return number,
            None => match word {
                "mn" | "mln" if number.form == Form::Written => Decimal::from(1_000_000),
                "bn" | "bln" => Decimal::from(1_000_000_000),
                _ => return number,
            },
        }
    };
    number.scale(factor, start + word.len());
    number
}

impl Number {
    /// Multiplies by `factor`, printed up to `end`; unchanged where the result does not fit.
    pub(super) fn scale(&mut self, factor: Decimal, end: usize) {
        if let (Some(value), Some(step)) = (
            self.value.checked_mul(factor),
            self.step.checked_mul(factor),
        ) {
            self.value = value;
            self.step = step;
            self.range.end = end;
            self.form = if self.form == Form::Words {
                Form::Words
            } else {
                Form::Written
            };
        }
    }

    pub(super) fn is_integer(&self) -> bool {
        self.decimals == 0
            && !matches!(self.form, Form::Part(..))
            && (self.value.scale() == 0 || self.value.fract().is_zero())
    }

    /// Half of a unit of the last printed digit.
    pub(super) fn half_step(&self) -> Option<Decimal> {
        let place = usize::try_from(self.step.scale()).ok();
        match place.and_then(|place| HALVES.get(place)) {
            Some(half) if self.step.mantissa() == 1 => *half,
            Some(_) | None => self.step.checked_div(Decimal::TWO),
        }
    }

    pub(super) fn is_year(&self) -> bool {
        self.form == Form::Plain
            && self.range.len() == 4
            && self.value >= Decimal::from(1500)
            && self.value <= Decimal::from(2100)
    }
}

/// Whether a character is a fraction.
pub(super) fn is_fraction(character: char) -> bool {
    vulgar(character).is_some()
}

fn vulgar(character: char) -> Option<(u8, u8)> {
    match character {
        '½' => Some((1, 2)),
        '⅓' => Some((1, 3)),
        '⅔' => Some((2, 3)),
        '¼' => Some((1, 4)),
        '¾' => Some((3, 4)),
        '⅕' => Some((1, 5)),
        '⅛' => Some((1, 8)),
        '⅜' => Some((3, 8)),
        '⅝' => Some((5, 8)),
        '⅞' => Some((7, 8)),
        _ => None,
    }
}

/// A part of one, to four decimals; words such as "a third" are taken as true to one unit in fifty.
pub(super) fn part(range: Range<usize>, numerator: u8, denominator: u8) -> Option<Number> {
    let value = Decimal::from(numerator).checked_div(Decimal::from(denominator))?;
    let value = value.round_dp(4).normalize();
    Some(Number {
        range,
        decimals: value.scale(),
        value,
        step: Decimal::new(2, 2),
        form: Form::Part(numerator, denominator),
    })
}

/// A value times a power of ten; `None` where it does not fit.
pub(super) fn shift(value: Decimal, exponent: i32) -> Option<Decimal> {
    let power = (0..exponent.unsigned_abs())
        .try_fold(Decimal::ONE, |power, _| power.checked_mul(Decimal::TEN))?;
    if exponent >= 0 {
        return value.checked_mul(power);
    }
    let shifted = value.checked_div(power)?;
    (!shifted.is_zero() || value.is_zero()).then(|| shifted.normalize())
}
