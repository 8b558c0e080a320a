//! Numbers in words: how number words combine.

use rust_decimal::Decimal;

use super::number::{Form, Number, part};
use super::numeral::{Kind, may_open, word_of};
use super::scan::Scan;

/// Whether a text may begin with number words, by its first letters; a cheap test before [`words`].
#[inline]
pub(super) fn may_start_words(text: &[u8]) -> bool {
    may_open(text) || matches!(text, [b'a' | b'A', next, ..] if !next.is_ascii_alphabetic())
}

/// Reads number words at `at`: "twenty-three", "one hundred and five", "two million", "a dozen", "two-thirds".
pub(super) fn words(scan: Scan<'_>, at: usize) -> Option<Number> {
    if is_article(scan, at) {
        return article(scan, at);
    }
    let first = scan.word(at);
    if let Some(number) = fold(at, first) {
        return Some(number);
    }
    if first.eq_ignore_ascii_case("none") {
        return none_of(scan, at);
    }
    let &(kind, value) = word_of(first)?;
    let (mut total, mut current, mut end) = match kind {
        Kind::Unit | Kind::Ten => (Decimal::ZERO, value, at + first.len()),
        Kind::Part if first.eq_ignore_ascii_case("half") => return half(scan, at),
        // "Hundred and forty-three patients" opens a sentence.
        Kind::Magnitude if first.eq_ignore_ascii_case("hundred") && opens(scan, at, first) => {
            (Decimal::ZERO, value, at + first.len())
        }
        Kind::Magnitude | Kind::Part => return None,
    };
    let (mut last, mut step) = (kind, Decimal::ONE);
    for _ in 0..12 {
        let (start, word) = next_word(scan, end);
        let Some(&(next, amount)) = word_of(word) else {
            break;
        };
        match next {
            Kind::Unit if last == Kind::Ten && amount < Decimal::TEN => current += amount,
            Kind::Unit | Kind::Ten if last == Kind::Magnitude => current += amount,
            Kind::Magnitude if amount == Decimal::ONE_HUNDRED => {
                current = current.checked_mul(amount)?;
            }
            Kind::Magnitude => {
                total = total.checked_add(current.checked_mul(amount)?)?;
                current = Decimal::ZERO;
                step = amount;
            }
            Kind::Part if last == Kind::Unit && current < amount => {
                let numerator = u8::try_from(current).ok()?;
                let denominator = u8::try_from(amount).ok()?;
                return part(at..start + word.len(), numerator, denominator);
            }
            Kind::Unit | Kind::Ten | Kind::Part => break,
        }
        if next != Kind::Magnitude {
            step = Decimal::ONE;
        }
        last = next;
        end = start + word.len();
    }
    let mut number = Number {
        range: at..end,
        value: total.checked_add(current)?,
        step,
        decimals: 0,
        form: Form::Words,
    };
    and_a_half(scan, &mut number);
    Some(number)
}

/// "four and a half".
fn and_a_half(scan: Scan<'_>, number: &mut Number) {
    if number.value < Decimal::ONE_HUNDRED
        && let Some(end) = scan.after(number.range.end, " and a half")
        && !scan.char_at(end).is_some_and(char::is_alphanumeric)
        && let Some(value) = number.value.checked_add(Decimal::new(5, 1))
    {
        number.value = value;
        number.decimals = 1;
        number.step = Decimal::new(5, 1);
        number.range.end = end;
    }
}

/// "none of the 24 patients".
fn none_of(scan: Scan<'_>, at: usize) -> Option<Number> {
    let end = at + "none".len();
    let of = scan.after(end, " of ")?;
    let whole = scan
        .after(of, "the ")
        .or_else(|| scan.after(of, "all "))
        .unwrap_or(of);
    let counted = scan.is_digit(whole)
        || matches!(word_of(scan.word(whole)), Some((Kind::Unit | Kind::Ten, _)));
    counted.then_some(Number {
        range: at..end,
        value: Decimal::ZERO,
        step: Decimal::ONE,
        decimals: 0,
        form: Form::Words,
    })
}

/// The number of "twofold" and "ninefold"; the unit "fold" is glued behind it.
fn fold(at: usize, word: &str) -> Option<Number> {
    let number = word.strip_suffix("fold")?;
    let &(kind, value) = word_of(number)?;
    matches!(kind, Kind::Unit | Kind::Ten).then(|| Number {
        range: at..at + number.len(),
        value,
        step: Decimal::ONE,
        decimals: 0,
        form: Form::Words,
    })
}

/// Whether "Hundred" at `at` stands alone in front of "and" and more number words, no number in front of it.
fn opens(scan: Scan<'_>, at: usize, first: &str) -> bool {
    let behind = scan.after(at + first.len(), " and ").unwrap_or(at);
    let before = scan.word_before(scan.trim_back(at));
    matches!(
        word_of(scan.word(behind)),
        Some((Kind::Unit | Kind::Ten, _))
    ) && word_of(before).is_none()
        && !matches!(before, "a" | "A" | "several" | "many")
}

fn is_article(scan: Scan<'_>, at: usize) -> bool {
    matches!(scan.byte(at), b'a' | b'A') && !scan.byte(at + 1).is_ascii_alphabetic()
}

/// "a dozen", "a million", "a third of", where the article stands at `at`.
fn article(scan: Scan<'_>, at: usize) -> Option<Number> {
    let start = scan.skip_blanks(at + 1);
    if !may_open(scan.bytes(start)) {
        return None;
    }
    let word = scan.word(start);
    let end = start + word.len();
    let &(kind, value) = word_of(word)?;
    match kind {
        Kind::Magnitude => Some(Number {
            range: at..end,
            value,
            step: Decimal::ONE,
            decimals: 0,
            form: Form::Words,
        }),
        Kind::Part if scan.starts(end, " of ") => part(at..end, 1, u8::try_from(value).ok()?),
        Kind::Part | Kind::Unit | Kind::Ten => None,
    }
}

/// "half of", "half a million", "half a dozen".
fn half(scan: Scan<'_>, at: usize) -> Option<Number> {
    let end = at + "half".len();
    if let Some(next) = scan.after(end, " ").filter(|next| is_article(scan, *next))
        && let Some(many) = article(scan, next)
        && many.form == Form::Words
    {
        return Some(Number {
            range: at..many.range.end,
            value: many.value.checked_div(Decimal::TWO)?,
            step: many.value.checked_div(Decimal::TEN)?,
            ..many
        });
    }
    (scan.starts(end, " of ") || scan.starts(end, " an ") || scan.starts(end, " the "))
        .then(|| part(at..end, 1, 2))
        .flatten()
}

/// The next word behind a blank, a hyphen or "and".
fn next_word(scan: Scan<'_>, end: usize) -> (usize, &str) {
    let start = match scan.byte(end) {
        b'-' => end + 1,
        _ => scan.skip_blanks(end),
    };
    let word = scan.word(start);
    let hundred = ["hundred", "Hundred", "thousand"]
        .iter()
        .any(|word| scan.head(end).ends_with(word));
    if word == "and" && hundred {
        let after = scan.skip_blanks(start + 3);
        return (after, scan.word(after));
    }
    (
        if start == end { end } else { start },
        if start == end { "" } else { word },
    )
}
