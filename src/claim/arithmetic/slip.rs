//! Slips of the pen: one digit mistaken, or two neighbours swapped.
//!
//! Why it exists: that a percentage differs from the right one by such a slip hardly happens by chance, so it speaks for the whole of
//! which the right one was computed. One digit of two is no evidence: many percentages differ by that.

use rust_decimal::Decimal;

/// Fewest digits of which a single mistaken one says something.
const FEWEST: usize = 3;
/// More counts than this would be printed as the percentage: any of them may be near by chance.
const MOST_COUNTS: u32 = 10;

/// Whether a printed number differs by a slip from the one that was meant.
pub(super) fn is_slip(printed: &str, meant: &str) -> bool {
    is_slip_of_digits(printed, meant, FEWEST)
}

/// The same where a single mistaken digit says something from so many digits on.
fn is_slip_of_digits(printed: &str, meant: &str, fewest: usize) -> bool {
    let digits = |text: &str| text.replace(',', "").into_bytes();
    let (printed, meant) = (digits(printed), digits(meant));
    if printed.len() != meant.len() {
        return false;
    }
    let pairs = || printed.iter().zip(&meant);
    let differing: Vec<usize> = pairs()
        .enumerate()
        .filter(|(_, (one, other))| one != other)
        .map(|(at, _)| at)
        .collect();
    let count = printed.iter().filter(|byte| byte.is_ascii_digit()).count();
    match differing.as_slice() {
        [_] => {
            count >= fewest
                && pairs().all(|(one, other)| one.is_ascii_digit() == other.is_ascii_digit())
        }
        [first, second] => {
            let only_a_point = printed
                .get(first + 1..*second)
                .is_some_and(|between| between.is_empty() || between == b".");
            only_a_point
                && printed.get(*first) == meant.get(*second)
                && printed.get(*second) == meant.get(*first)
        }
        _ => false,
    }
}

/// Whether a count of a whole was meant whose percentage, between the bounds, is printed.
pub(super) fn is_slip_of_count(
    count: Decimal,
    whole: Decimal,
    percent: (Decimal, Decimal),
) -> bool {
    is_count_slipped(count, whole, percent, FEWEST)
}

/// The same where the count cannot be right, so that one digit of two is enough.
pub(super) fn is_digit_of_count(
    count: Decimal,
    whole: Decimal,
    percent: (Decimal, Decimal),
) -> bool {
    is_count_slipped(count, whole, percent, FEWEST - 1)
}

fn is_count_slipped(
    count: Decimal,
    whole: Decimal,
    (low, high): (Decimal, Decimal),
    fewest: usize,
) -> bool {
    let part = |percent: Decimal| {
        whole
            .checked_mul(percent)?
            .checked_div(Decimal::ONE_HUNDRED)
    };
    let (Some(least), Some(most)) = (part(low), part(high)) else {
        return false;
    };
    let (least, most) = (least.ceil(), most.floor());
    let printed = count.normalize().to_string();
    (0..MOST_COUNTS)
        .map_while(|step| least.checked_add(Decimal::from(step)))
        .take_while(|meant| *meant <= most)
        .any(|meant| is_slip_of_digits(&printed, &meant.normalize().to_string(), fewest))
        && most
            .checked_sub(least)
            .is_some_and(|width| width < Decimal::from(MOST_COUNTS))
}

/// Whether a slip in the whole or in one of its parts explains that they do not fit. Where it is certain that the parts are all
/// of the whole, one digit of two is enough.
pub(super) fn is_slip_of_sum(whole: Decimal, parts: &[Decimal], is_certain: bool) -> bool {
    let fewest = if is_certain { FEWEST - 1 } else { FEWEST };
    let sum = parts
        .iter()
        .try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part));
    let slips = |one: Decimal, other: Decimal| {
        let (one, other) = (one.normalize().to_string(), other.normalize().to_string());
        is_slip_of_digits(&one, &other, fewest)
    };
    sum.is_some_and(|sum| {
        slips(whole, sum)
            || parts.iter().any(|part| {
                let meant = whole.checked_sub(sum).and_then(|gap| part.checked_add(gap));
                meant.is_some_and(|meant| slips(*part, meant))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digit_or_two_swapped_are_a_slip() {
        for (printed, meant, expected) in [
            ("24.1", "21.4", true),
            ("1.3", "3.1", true),
            ("61.1", "66.1", true),
            ("56", "65", true),
            ("56", "54", false),
            ("12.5", "15.3", false),
            ("4.1", "41", false),
            ("100", "10", false),
        ] {
            assert_eq!(is_slip(printed, meant), expected, "{printed} for {meant}");
        }
    }

    #[test]
    fn a_count_is_slipped_where_the_percentage_tells_another() {
        let bounds = (Decimal::new(3155, 2), Decimal::new(3165, 2));
        let whole = Decimal::from(516);
        assert!(is_slip_of_count(Decimal::from(136), whole, bounds));
        assert!(!is_slip_of_count(Decimal::from(199), whole, bounds));
        assert!(!is_slip_of_count(Decimal::from(136), Decimal::MAX, bounds));
        let bounds = (Decimal::new(855, 1), Decimal::new(865, 1));
        let whole = Decimal::from(22);
        assert!(is_digit_of_count(Decimal::from(79), whole, bounds));
        assert!(!is_slip_of_count(Decimal::from(79), whole, bounds));
        assert!(!is_digit_of_count(Decimal::from(30), whole, bounds));
    }
}
