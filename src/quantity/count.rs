//! Shares of a whole: `12/40 (30%)`, `12 of 40`, `12 (30%)`, `30% (12/40)`.

use rust_decimal::Decimal;

use super::Problem;
use super::context::SHARE;
use super::number::Form;
use super::part::{Part, at_number};
use super::scan::Scan;
use crate::ontology::Dimension;

/// A share found behind a number or percentage.
pub(super) struct Share {
    pub(super) end: usize,
    pub(super) numerator: Option<Decimal>,
    pub(super) denominator: Option<Decimal>,
    /// The percentage, where it stands behind.
    pub(super) percentage: Option<Part>,
    pub(super) problem: Option<Problem>,
}

/// Reads what makes the number before it a share.
pub(super) fn share(scan: Scan<'_>, first: &Part) -> Option<Share> {
    if is_percentage(first) {
        return of_percentage(scan, first);
    }
    if let Some((end, whole)) = rate(scan, first) {
        return Some(Share {
            end,
            numerator: None,
            denominator: Some(whole),
            percentage: None,
            problem: None,
        });
    }
    let whole =
        first.number.is_integer() && first.unit.is_none() && first.number.value >= Decimal::ZERO;
    if !whole {
        return None;
    }
    let numerator = Some(first.number.value);
    if let Some(share) = zero_whole(scan, first) {
        return Some(share);
    }
    let (mut end, denominator) = match denominator(scan, first) {
        Some((end, value)) => (end, Some(value)),
        None => (first.end, None),
    };
    if denominator.is_none() && first.number.is_year() {
        return None;
    }
    let percentage = percentage_in_brackets(scan, end, denominator.is_some());
    if let Some((part, stop)) = percentage {
        return Some(Share {
            end: stop,
            numerator,
            denominator,
            percentage: Some(part),
            problem: None,
        });
    }
    denominator?;
    end = end.max(first.end);
    Some(Share {
        end,
        numerator,
        denominator,
        percentage: None,
        problem: None,
    })
}

/// `12/0 (30%)`: the end of the whole of zero.
fn zero_whole(scan: Scan<'_>, first: &Part) -> Option<Share> {
    let start = scan
        .after(first.end, "/")
        .or_else(|| SHARE.after(scan, scan.skip_blanks(first.end)))
        .filter(|at| scan.is_digit(*at))?;
    let second = at_number(scan, start, start)?;
    let end = second.number.range.end;
    let closed = !scan
        .char_at(end)
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '.'));
    let is_zero = second.number.value.is_zero()
        && second.number.decimals == 0
        && second.unit.is_none()
        && first.number.value > Decimal::ZERO;
    (is_zero && closed).then(|| {
        let percentage = percentage_in_brackets(scan, end, true);
        Share {
            end: percentage.as_ref().map_or(end, |(_, stop)| *stop),
            numerator: None,
            denominator: None,
            percentage: percentage.map(|(part, _)| part),
            problem: Some(Problem::ZeroWhole),
        }
    })
}

/// `0.72/1000`: a rate with decimals; the end and the whole.
fn rate(scan: Scan<'_>, first: &Part) -> Option<(usize, Decimal)> {
    let start = scan.after(first.end, "/")?;
    let second = at_number(scan, start, start)?;
    let whole = second.number.value;
    let closed = !scan
        .char_at(second.number.range.end)
        .is_some_and(|c| c.is_alphanumeric() || c == '/' || c == '-');
    let round = [100, 1_000, 10_000, 100_000]
        .iter()
        .any(|whole_of| Decimal::from(*whole_of) == whole);
    (first.number.decimals > 0 && first.unit.is_none() && second.unit.is_none() && round && closed)
        .then_some((second.number.range.end, whole))
}

fn is_percentage(part: &Part) -> bool {
    part.unit
        .as_ref()
        .is_some_and(|unit| unit.dimension == Dimension::Proportion)
}

/// `/40`, ` of 40`, ` out of the 40`: the end and the number.
fn denominator(scan: Scan<'_>, first: &Part) -> Option<(usize, Decimal)> {
    let slash = scan.after(first.end, "/").filter(|at| scan.is_digit(*at));
    let start = slash.or_else(|| {
        let start = scan.skip_blanks(first.end);
        let odds = scan
            .after(start, "in ")
            .filter(|_| first.number.value < Decimal::TEN && first.number.value > Decimal::ZERO);
        let after = odds.or_else(|| SHARE.after(scan, start))?;
        (start > first.end && (scan.is_digit(after) || first.number.form == Form::Words))
            .then_some(after)
    })?;
    let second = at_number(scan, start, start)?;
    let same_form = (second.number.form == Form::Words) == (first.number.form == Form::Words);
    let closed = !scan
        .char_at(second.number.range.end)
        .is_some_and(|c| c.is_alphanumeric() || c == '/' || c == '-');
    let fits = second.number.is_integer()
        && second.unit.is_none()
        && second.number.value >= first.number.value;
    let year = second.number.is_year() && slash.is_none();
    (fits
        && closed
        && !year
        && (same_form || slash.is_none())
        && second.number.value > Decimal::ZERO)
        .then_some((second.number.range.end, second.number.value))
}

/// So many words may stand between `n of N` and its percentage: "12 of the 40 patients in the control group (30%)".
const WORDS_BETWEEN: usize = 6;

/// ` (30%)` behind a count, or behind the words that follow `n of N`.
fn percentage_in_brackets(scan: Scan<'_>, at: usize, words: bool) -> Option<(Part, usize)> {
    let mut open = scan.skip_blanks(at);
    for _ in 0..if words { WORDS_BETWEEN } else { 0 } {
        let word = scan.word(open);
        if word.is_empty() {
            break;
        }
        open = scan.skip_blanks(open + word.len());
    }
    let bracket = scan.byte(open);
    let opens = matches!(bracket, b'(' | b'[') || (words && bracket == b',');
    if !opens {
        return None;
    }
    let inner = scan.skip_blanks(open + 1);
    if !scan.is_digit(inner) {
        return None;
    }
    let part = at_number(scan, inner, inner).filter(is_percentage)?;
    // A percentage with a confidence level is that level.
    if super::interval::keyword(scan, part.end).is_some() {
        return None;
    }
    let rest = scan.skip_blanks(part.end);
    // "89 of 1,000 people (52.0%, 31.9% and 8.9%)": a list beside a list.
    let is_list = scan
        .after(part.end, ", ")
        .filter(|at| words && scan.is_digit(*at))
        .and_then(|at| at_number(scan, at, at).filter(is_percentage))
        .is_some_and(|next| super::interval::keyword(scan, next.end).is_none());
    if is_list || words && divides(scan, part.end) {
        return None;
    }
    let end = match scan.byte(part.end) {
        b')' | b']' => part.end + 1,
        // "(67.8% of the placebo group, ...)" is a share of another whole, "[81.0%–87.4%]" an interval.
        _ if [
            "of ", "in ", "for ", "with ", "among ", "vs", "versus ", "and ", "to ", "-", "–", "—",
        ]
        .iter()
        .any(|word| scan.after(rest, word).is_some()) =>
        {
            return None;
        }
        _ => part.end,
    };
    Some((part, end))
}

/// "(23% often, 41% at times)": whether each percentage of a bracket has words of its own, so that none is that of the fraction
/// in front of it.
fn divides(scan: Scan<'_>, end: usize) -> bool {
    let inside = scan.window(end, 60);
    let inside = inside.split([')', ']']).next().unwrap_or_default();
    let is_named = inside
        .strip_prefix(' ')
        .is_some_and(|words| words.starts_with(char::is_alphabetic));
    is_named
        && inside.match_indices(", ").any(|(at, comma)| {
            let start = end + at + comma.len();
            scan.is_digit(start)
                && at_number(scan, start, start)
                    .filter(is_percentage)
                    .is_some_and(|next| super::interval::keyword(scan, next.end).is_none())
        })
}

/// `30% (12/40)`, `30% (12 of 40 patients)`, `30% (n = 12)`.
fn of_percentage(scan: Scan<'_>, first: &Part) -> Option<Share> {
    let mut at = scan.skip_blanks(first.end);
    let bracket = scan.byte(at);
    if !matches!(bracket, b'(' | b'[' | b',' | b';') {
        return None;
    }
    at = scan.skip_blanks(at + 1);
    let n = ["n = ", "n=", "N = ", "n\u{a0}=\u{a0}"]
        .iter()
        .find_map(|sign| scan.after(at, sign));
    let start = n.unwrap_or(at);
    if !scan.is_digit(start) {
        return None;
    }
    let part = at_number(scan, start, start)?;
    let whole = part.number.is_integer() && part.unit.is_none();
    let found = denominator(scan, &part);
    if !whole || (n.is_none() && found.is_none()) {
        return None;
    }
    let (end, denominator) = found.map_or((part.end, None), |(end, value)| (end, Some(value)));
    if n.is_some() && found.is_none() && !matches!(scan.byte(end), b')' | b']') {
        return None;
    }
    let close = match bracket {
        b'(' | b'[' => {
            let window = scan.window(end, 32);
            let words = window.find([')', ']', '(', ';', ',']).filter(|stop| {
                window
                    .get(*stop..)
                    .is_some_and(|rest| rest.starts_with([')', ']']))
                    && window
                        .get(..*stop)
                        .is_some_and(|words| words.chars().all(|c| c.is_alphabetic() || c == ' '))
            });
            // More behind the count ("30 of 58 in one arm and 41 of 60 in the other") compares two shares.
            end + words? + 1
        }
        _ => end,
    };
    Some(Share {
        end: close,
        numerator: Some(part.number.value),
        denominator,
        percentage: None,
        problem: None,
    })
}
