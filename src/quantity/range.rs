//! What joins two numbers to one quantity: ranges, tolerances, dimensions such as `20 × 30 mm`.

use rust_decimal::Decimal;

use super::number::{Form, power_behind, shift};
use super::part::{Part, from_sign};
use super::scan::{Scan, is_dash};
use super::{Modifier, Quantity, bounds, unit};

/// The second end of a range that starts with `first`, and where it ends. `between`: "and" joins.
pub(super) fn second_end(scan: Scan<'_>, first: &Part, between: bool) -> Option<Part> {
    let start = joint(scan, first.end, between)?;
    let second = from_sign(scan, start)?;
    let spelled = scan.slice(first.end..start).contains(char::is_alphabetic);
    if first.unit.is_some() && second.unit.is_none() && first.start >= first.number.range.start {
        return None;
    }
    if first.number.is_year() != second.number.is_year()
        && first.unit.is_none()
        && second.unit.is_none()
        && first.number.is_year()
    {
        return None;
    }
    if let (Some(a), Some(b)) = (&first.unit, &second.unit)
        && a.dimension != b.dimension
    {
        return None;
    }
    let words = second.number.form == Form::Words;
    if words != (first.number.form == Form::Words) && !spelled {
        return None;
    }
    let next = scan.skip_blanks(second.end);
    let series = scan.after(next, "to ").is_some_and(|at| scan.is_digit(at));
    let chained = series
        || scan.char_at(second.end).is_some_and(is_dash)
            && scan.is_digit(second.end + 1)
            && second.unit.is_none();
    let hyphen = scan.slice(first.end..start) == "-";
    let falling = hyphen && second.number.value < first.number.value && second.unit.is_none();
    let code = hyphen && second.number.range.len() > first.number.range.len() + 3;
    (!chained && !falling && !code && !continues(scan, &second)).then_some(second)
}

/// Whether the second number runs on as a code: `5-10.3.1`, `3-4a`.
fn continues(scan: Scan<'_>, second: &Part) -> bool {
    let end = second.number.range.end;
    second.unit.is_none()
        && scan.char_at(end).is_some_and(|next| {
            let digit = scan.is_digit(end + next.len_utf8());
            next.is_alphanumeric()
                || matches!(next, '_' | '\'')
                || (digit && matches!(next, '.' | ',' | '/' | ':'))
        })
}

/// Where the second number may start: behind a dash, " to ", "-to-", and after "between" behind " and ".
fn joint(scan: Scan<'_>, end: usize, between: bool) -> Option<usize> {
    let after = scan.skip_blanks(end);
    let next = scan.char_at(after)?;
    if is_dash(next) || next == '÷' {
        let start = after + next.len_utf8();
        if let Some(to) = scan.after(start, "to-") {
            return Some(to);
        }
        let spaced = after > end;
        let spaced_behind = scan.skip_blanks(start) > start;
        // A dash with a blank on one side only is a minus or a list mark.
        return (spaced == spaced_behind).then(|| scan.skip_blanks(start));
    }
    if after == end || !matches!(next, 't' | 'a') {
        return None;
    }
    let word = scan.word(after);
    let joins = word == "to" || word == "through" || (between && matches!(word, "and" | "to"));
    let start = scan.skip_blanks(after + word.len());
    (joins && start > after + word.len()).then_some(start)
}

/// `± 0.3`, `+/- 5 °C`: the part behind the sign.
pub(super) fn tolerance(scan: Scan<'_>, end: usize) -> Option<Part> {
    let sign = scan.skip_blanks(end);
    let after = match scan.char_at(sign)? {
        sign_of_both @ ('±' | '∓') => sign + sign_of_both.len_utf8(),
        '+' => ["+/-", "+/−", "+-"]
            .iter()
            .find_map(|s| scan.after(sign, s))?,
        '\\' => scan.after(sign, "\\pm")?,
        _ => return None,
    };
    let start = scan.skip_blanks(after);
    scan.is_digit(start).then_some(())?;
    from_sign(scan, start)
}

/// `20 × 30 mm`, `2x5 min`: the last factor, where a sign joins numbers.
pub(super) fn product(scan: Scan<'_>, first: &Part) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    for _ in 0..3 {
        let end = parts.last().map_or(first.number.range.end, |part| part.end);
        let end = if parts.is_empty()
            && first
                .unit
                .as_ref()
                .is_some_and(|unit| !matches!(unit.printed.as_ref(), "x" | "×" | "X"))
        {
            first.end
        } else {
            end
        };
        let sign = scan.skip_blanks(end);
        let Some(after) = ["×", "x", "X"].iter().find_map(|s| scan.after(sign, s)) else {
            break;
        };
        let start = scan.skip_blanks(after);
        if !scan.is_digit(start) {
            break;
        }
        let Some(next) = from_sign(scan, start) else {
            break;
        };
        parts.push(next);
    }
    (!parts.is_empty()).then_some(parts)
}

/// Makes a quantity the range between two ends.
pub(super) fn span(quantity: &mut Quantity, first: &Part, second: &Part) -> Option<()> {
    let (mut low, high) = (first.number.clone(), second.number.clone());
    // "2 to 3 million": the magnitude of the second end holds for the first.
    if low.form == Form::Plain
        && high.value >= Decimal::ONE_THOUSAND
        && high.decimals < 3
        && high.step >= Decimal::TEN
        && let Some(scale) = high
            .step
            .checked_mul(Decimal::from(10_u64.pow(high.decimals)))
        && low.value < high.value.checked_div(scale).unwrap_or_default()
    {
        low.scale(scale, low.range.end);
    }
    quantity.range.end = second.end;
    quantity.unit = second.unit.clone().or_else(|| first.unit.clone());
    quantity.modifiers.push(Modifier::Range);
    quantity.decimals = low.decimals.max(high.decimals);
    quantity.value = None;
    (quantity.low, quantity.high) = bounds::of_range(&low, &high)?;
    Some(())
}

/// `(0.39–0.41)×10⁻¹⁰ m`: the power and the unit behind a range in brackets.
pub(super) fn scaled(scan: Scan<'_>, quantity: &mut Quantity) -> Option<()> {
    let bracket = scan.byte_before(quantity.range.start) == b'(';
    let close = scan.after(quantity.range.end, ")").filter(|_| bracket)?;
    let (exponent, end) = power_behind(scan, close)?;
    let low = shift(quantity.low, exponent)?;
    let high = shift(quantity.high, exponent)?;
    (low < high).then_some(())?;
    (quantity.low, quantity.high) = (low, high);
    quantity.range = quantity.range.start - 1..end;
    if let Some(unit) = unit::behind(scan, end) {
        quantity.range.end = unit.range.end;
        quantity.unit = Some(unit);
    }
    Some(())
}
