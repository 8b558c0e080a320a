//! Numbers in words: how number words combine.

use rust_decimal::Decimal;

use super::number::{Form, Number, part};
use super::numeral::{Kind, word_of};
use super::scan::Scan;

/// Whether a number word can start with this byte; a cheap test before [`words`].
pub(super) fn may_start_words(byte: u8) -> bool {
    matches!(
        byte | 0x20,
        b'z' | b'o' | b't' | b'f' | b's' | b'e' | b'n' | b'h' | b'm' | b'd' | b'a' | b'q'
    )
}

/// Reads number words at `at`: "twenty-three", "one hundred and five", "two million", "a dozen", "two-thirds".
pub(super) fn words(scan: Scan<'_>, at: usize) -> Option<Number> {
    if let Some(number) = article(scan, at) {
        return Some(number);
    }
    let first = scan.word(at);
    let &(kind, value) = word_of(first)?;
    let (mut total, mut current, mut end) = match kind {
        Kind::Unit | Kind::Ten => (Decimal::ZERO, value, at + first.len()),
        Kind::Part if first.eq_ignore_ascii_case("half") => return half(scan, at),
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
    Some(Number {
        range: at..end,
        value: total.checked_add(current)?,
        step,
        decimals: 0,
        form: Form::Words,
    })
}

/// "a dozen", "a million", "a third of".
fn article(scan: Scan<'_>, at: usize) -> Option<Number> {
    let article = scan.word(at);
    if !matches!(article, "a" | "A") {
        return None;
    }
    let start = scan.skip_blanks(at + 1);
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

/// "half of", "half a million" is left out.
fn half(scan: Scan<'_>, at: usize) -> Option<Number> {
    let end = at + "half".len();
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
    let hundred = scan.head(end).ends_with("hundred") || scan.head(end).ends_with("thousand");
    if word == "and" && hundred {
        let after = scan.skip_blanks(start + 3);
        return (after, scan.word(after));
    }
    (
        if start == end { end } else { start },
        if start == end { "" } else { word },
    )
}
