//! Slips of the pen: two neighbouring digits swapped, one digit replaced, the decimal point at another place.
//!
//! It leaves out what a slip weighs, and whether two numbers are one.

use rust_decimal::Decimal;

/// Two neighbouring digits swapped.
pub(super) fn is_transposed(one: &str, other: &str) -> bool {
    let (a, b) = (one.as_bytes(), other.as_bytes());
    let apart: Vec<usize> = differing(a, b);
    a.len() == b.len()
        && matches!(apart.as_slice(), [first, second] if second - first == 1
            && a.get(*first) == b.get(*second) && a.get(*second) == b.get(*first))
}

/// One digit changed.
pub(super) fn is_one_digit(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one.len() > 1
        && differing(one.as_bytes(), other.as_bytes()).len() == 1
}

/// Whether two numbers have the same last `tail` digits: nearer the end, two counts of one thing differ by right.
pub(super) fn is_before_tail(one: &str, other: &str, tail: usize) -> bool {
    let last = differing(one.as_bytes(), other.as_bytes()).last().copied();
    last.is_some_and(|last| last + tail < one.len())
}

/// Whether one printed number is another with a slip in it that rounding does not explain: two digits swapped, or one
/// replaced that is not the last.
pub(super) fn is_slip(one: &str, other: &str) -> bool {
    is_transposed(one, other) || is_one_digit(one, other) && is_before_tail(one, other, 1)
}

/// What a number shares with its slips: the number with each digit left out, and with each two neighbours in order.
pub(super) fn shapes(digits: &str) -> Vec<String> {
    let all: Vec<char> = digits.chars().collect();
    let masked = |at: usize| {
        let mut own = all.clone();
        if let Some(digit) = own.get_mut(at) {
            *digit = '*';
        }
        own.into_iter().collect::<String>()
    };
    let ordered = |at: usize| {
        let mut own = all.clone();
        if let Some(pair) = own.get_mut(at..at + 2) {
            pair.sort_unstable();
        }
        format!("{at} {}", own.into_iter().collect::<String>())
    };
    let pairs = all.len().saturating_sub(1);
    (0..all.len())
        .map(masked)
        .chain((0..pairs).map(ordered))
        .collect()
}

/// The digits of a value as printed.
pub(super) fn digits(value: Decimal) -> String {
    let printed = value.to_string();
    printed.chars().filter(char::is_ascii_digit).collect()
}

fn differing(one: &[u8], other: &[u8]) -> Vec<usize> {
    one.iter()
        .zip(other)
        .enumerate()
        .filter(|(_, (a, b))| a != b)
        .map(|(at, _)| at)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_known() {
        assert!(is_transposed("450", "405") && is_transposed("740", "704"));
        assert!(!is_transposed("450", "540000") && !is_transposed("123", "321"));
        assert!(is_one_digit("79", "76") && !is_one_digit("7", "6") && !is_one_digit("79", "97"));
    }

    #[test]
    fn a_last_digit_is_no_slip_of_a_bound() {
        assert!(is_slip("237", "273") && is_slip("187", "167"));
        assert!(!is_slip("187", "188") && !is_slip("187", "165"));
    }

    #[test]
    fn a_number_and_its_slips_share_a_shape() {
        let meet = |a: &str, b: &str| shapes(a).iter().any(|shape| shapes(b).contains(shape));
        assert!(meet("1121244", "1121424") && meet("7312607", "7312657"));
        assert!(!meet("1121244", "1124214"));
    }
}
