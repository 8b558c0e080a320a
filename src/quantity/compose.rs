//! From a number to a quantity: comparator, range, tolerance, share, role, modifiers.

use rust_decimal::Decimal;

use super::bounds;
use super::comparator::{self, Lead};
use super::context;
use super::count::{self, Share};
use super::interval;
use super::number::{Form, Number};
use super::part::Part;
use super::range;
use super::role;
use super::scan::Scan;
use super::unit;
use super::{Comparator, Modifier, Quantity, Role};
use crate::ontology::Dimension;

/// Whether something that makes a number a quantity is glued behind it: a range, a share, a factor.
pub(super) fn continues(scan: Scan<'_>, part: &Part) -> bool {
    slash_fraction(scan, part).is_some_and(|fraction| fraction.end > part.end)
        || count::share(scan, part)
            .is_some_and(|share| share.denominator.is_some() || share.problem.is_some())
        || range::second_end(scan, part, false).is_some_and(|second| second.unit.is_some())
        || range::product(scan, part).is_some()
}

/// The quantity of a part, and where reading goes on.
pub(super) fn quantity(scan: Scan<'_>, part: &Part, floor: usize) -> Option<(Quantity, usize)> {
    let mut lead = comparator::lead(scan, part.start, floor);
    if repeats(scan, part, lead.start) {
        lead = comparator::lead(scan, part.start, part.start);
    }
    if is_idle_word(scan, part, &lead) {
        return None;
    }
    let fraction = slash_fraction(scan, part).filter(|_| part.unit.is_none());
    let first = fraction.as_ref().unwrap_or(part);
    let plus_minus = scan.head(lead.start).ends_with('±') && lead.start > floor + 1;
    let mut quantity = Quantity::bare(lead.start..first.end, Role::Value);
    quantity.unit.clone_from(&first.unit);
    quantity.comparator = lead.comparator;
    quantity.modifiers = lead.modifiers;
    if let Form::Part(numerator, denominator) = first.number.form {
        quantity.numerator = Some(Decimal::from(numerator));
        quantity.denominator = Some(Decimal::from(denominator));
    }
    let mut value = first.number.clone();
    if let Some(parts) = range::product(scan, first) {
        product(&mut quantity, first, &parts)?;
    } else if let Some(second) = range::second_end(scan, first, lead.between) {
        range::span(&mut quantity, first, &second)?;
        range::scaled(scan, &mut quantity);
    } else {
        if lead.between {
            quantity.range.start =
                comparator::lead(scan, part.start, scan.trim_back(part.start)).start;
        }
        if let Some(share) = count::share(scan, first) {
            value = take_share(&mut quantity, share, value);
        } else if let Some(tolerance) = range::tolerance(scan, quantity.range.end) {
            quantity.tolerance = Some(tolerance.number.value);
            quantity.modifiers.push(Modifier::Tolerance);
            quantity.range.end = tolerance.end;
            quantity.unit = quantity.unit.take().or(tolerance.unit);
        }
        trailing_bound(scan, &mut quantity);
        quantity.value = Some(value.value);
        quantity.decimals = value.decimals;
        (quantity.low, quantity.high) = bounds::of(&value, quantity.comparator)?;
    }
    if plus_minus {
        quantity.range.start = lead.start - '±'.len_utf8();
        quantity.tolerance = quantity.value;
        quantity.modifiers.push(Modifier::Tolerance);
    }
    if quantity.role == Role::Value {
        quantity.role = role::role(scan, &mut quantity, part);
    }
    let end = take_brackets(scan, &mut quantity, part);
    role::modifiers(scan, &mut quantity, part, floor);
    Some((quantity, end))
}

/// "increased over eight cycles": throughout them, not more than eight.
fn repeats(scan: Scan<'_>, part: &Part, lead: usize) -> bool {
    let noun = || scan.word(scan.skip_blanks(part.number.range.end));
    scan.starts(lead, "over")
        && scan.slice(lead..part.start).trim_end() == "over"
        && context::is("repeated", noun())
}

/// A number word that counts nothing: "one" of running text, a word glued by a hyphen.
fn is_idle_word(scan: Scan<'_>, part: &Part, lead: &Lead) -> bool {
    let number = &part.number;
    if number.form == Form::Plain || number.form == Form::Written {
        return false;
    }
    let end = number.range.end;
    let hyphen = scan.byte(end) == b'-' && part.unit.is_none();
    let before = scan.word_before(scan.trim_back(number.range.start));
    let definite =
        part.unit.is_none() && refers_back(before, matches!(number.form, Form::Part(..)));
    let bare = part.unit.is_none() && lead.comparator == Comparator::Equal;
    let next = scan.word(scan.skip_blanks(end));
    // "(two)", "two (11.8%)"
    let enclosed = scan.byte_before(number.range.start) == b'(' && scan.byte(end) == b')';
    if !hyphen && !definite && (enclosed || count::share(scan, part).is_some()) {
        return false;
    }
    let single = number.form == Form::Words
        && number.value <= Decimal::ONE
        && bare
        && !context::is("counted-one", next)
        && before != "including"
        && !is_one_of_two(scan, number);
    let no_noun = number.form == Form::Words && bare && next.is_empty() && !scan.is_digit(end);
    hyphen || single || definite || no_noun && number.value < Decimal::ONE_HUNDRED
}

/// "one in the treated group": a count of one that stands against another count.
fn is_one_of_two(scan: Scan<'_>, number: &Number) -> bool {
    let Some(behind) = scan.after(number.range.end, " in ") else {
        return false;
    };
    let window = scan.window(behind, 40);
    let clause = window
        .split([',', ';', '.', '('])
        .next()
        .unwrap_or_default();
    let before = scan.head(scan.trim_back(number.range.start));
    let joined = before.ends_with([',', '(', ';'])
        || matches!(
            scan.word_before(before.len()),
            "and" | "or" | "versus" | "vs" | "with" | "to"
        );
    joined
        && clause
            .split(' ')
            .any(|word| context::is("group-noun", word.trim_end_matches(')')))
}

/// "the two groups", "these three", "the upper half": words that name again what was counted before.
fn refers_back(before: &str, part: bool) -> bool {
    context::is("again", before) || part && context::is("again-part", before)
}

/// `1/2 hour`, `3/4 of`: a fraction of small numbers before a unit.
fn slash_fraction(scan: Scan<'_>, part: &Part) -> Option<Part> {
    let range = &part.number.range;
    let start = scan.after(range.end, "/")?;
    let stop = scan.digits_end(start);
    let numerator: u8 = scan.slice(range.clone()).parse().ok()?;
    let denominator: u8 = scan.slice(start..stop).parse().ok()?;
    (numerator < denominator && denominator <= 16).then_some(())?;
    let unit = unit::behind(scan, stop)?;
    (unit.dimension != Dimension::Proportion).then_some(())?;
    Some(Part {
        start: part.start,
        end: unit.range.end,
        number: super::number::part(range.start..stop, numerator, denominator)?,
        unit: Some(unit),
    })
}

/// `2 × 5 min` is 5 min; other products have no single value.
fn product(quantity: &mut Quantity, first: &Part, parts: &[Part]) -> Option<()> {
    let last = parts.last()?;
    quantity.range.end = last.end;
    quantity.unit.clone_from(&last.unit);
    let repeated = parts.len() == 1
        && first.number.is_integer()
        && last
            .unit
            .as_ref()
            .is_some_and(|unit| unit.dimension == Dimension::Time);
    if repeated {
        quantity.value = Some(last.number.value);
        quantity.decimals = last.number.decimals;
        (quantity.low, quantity.high) = bounds::of(&last.number, quantity.comparator)?;
        return Some(());
    }
    let small = |part: &Part| {
        part.unit.is_none() && part.number.is_integer() && part.number.value <= Decimal::from(12)
    };
    if small(first) && parts.iter().all(small) {
        quantity.role = Role::Ratio;
    }
    let numbers = || std::iter::once(first).chain(parts).map(|part| &part.number);
    let low = numbers().min_by(|a, b| a.value.cmp(&b.value))?;
    let high = numbers().max_by(|a, b| a.value.cmp(&b.value))?;
    (quantity.low, quantity.high) = bounds::of_range(low, high)?;
    quantity.decimals = last.number.decimals;
    Some(())
}

fn take_share(quantity: &mut Quantity, share: Share, value: Number) -> Number {
    quantity.range.end = share.end;
    quantity.numerator = share.numerator;
    quantity.denominator = share.denominator;
    quantity.problem = share.problem;
    match share.percentage {
        Some(part) => {
            quantity.unit = part.unit;
            part.number
        }
        None => value,
    }
}

/// `18 years or older`, `10+ years`.
fn trailing_bound(scan: Scan<'_>, quantity: &mut Quantity) {
    if quantity.comparator != Comparator::Equal {
        return;
    }
    if let Some((comparator, end)) = comparator::trail(scan, quantity.range.end) {
        quantity.comparator = comparator;
        quantity.range.end = end;
    } else if scan.byte(quantity.range.end) == b'+' && quantity.unit.is_none() {
        quantity.comparator = Comparator::AtLeast;
        quantity.range.end += 1;
        if let Some(unit) = unit::behind(scan, quantity.range.end) {
            quantity.range.end = unit.range.end;
            quantity.unit = Some(unit);
        }
    }
}

/// An interval in brackets right behind the value; the end of what was read.
fn take_brackets(scan: Scan<'_>, quantity: &mut Quantity, part: &Part) -> usize {
    let end = quantity.range.end;
    let plain = quantity.role == Role::Value
        && quantity.value == Some(part.number.value)
        && quantity.numerator.is_none();
    if !plain {
        return end;
    }
    interval::in_brackets(scan, part, end).map_or(end, |found| {
        let stop = found.range.end;
        let start = found.range.start;
        quantity.interval = Some(found.interval(start, None));
        stop
    })
}

/// Lists that print their unit once: `64 and 71%`, `1.3, 2.4 and 2.2 mg`. Every number gets the unit.
pub(super) fn share_units(scan: Scan<'_>, quantities: &mut [Quantity]) {
    for end in (2..=quantities.len()).rev() {
        let Some([.., one, next]) = quantities.get_mut(..end) else {
            continue;
        };
        let open = one.role == Role::Value && one.unit.is_none() && one.denominator.is_none();
        let unit = next
            .unit
            .as_ref()
            .filter(|unit| open && unit.dimension != Dimension::Money && unit.printed != "pH");
        let Some(unit) = unit else {
            continue;
        };
        let gap = scan.slice(one.range.end..next.range.start.max(one.range.end));
        if context::is("unit-list", gap.trim()) {
            one.unit = Some(unit.clone());
            one.modifiers
                .retain(|modifier| *modifier != Modifier::Count);
        }
    }
}
