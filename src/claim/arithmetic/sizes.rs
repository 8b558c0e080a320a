//! Wholes whose parts are sizes of groups: "40 patients received A (n = 16) or placebo (n = 24)", "131 cases among 11,636 people
//! (30 out of 5,807 and 101 out of 5,829)", "oaks (n = 226): red (n = 104), white (n = 122)".

use rust_decimal::Decimal;

use super::Evidence;
use super::breakdown::tells_dividing;
use super::number::{Line, Number, is_share};
use super::parts::{self, Listing};
use crate::quantity::Role;

/// "40 patients received A (n = 16) or placebo (n = 24)".
pub(super) fn sample_sizes(line: &Line<'_>) -> Option<Listing> {
    let parts: Vec<usize> = positions(line, |number| {
        number.role == Role::SampleSize && number.count.is_some()
    });
    if parts.len() < 2 {
        return None;
    }
    let text = line.plain().to_lowercase();
    let doubtful = text.contains("complete") || text.contains("analy");
    if doubtful || !tells_dividing(&text) || parts::is_blocked(&text, true) {
        return None;
    }
    let largest = parts
        .iter()
        .filter_map(|at| line.numbers.get(*at)?.count)
        .max()?;
    let totals: Vec<usize> = (0..line.numbers.len())
        .filter(|at| {
            line.numbers.get(*at).is_some_and(|number| {
                number.role == Role::Value
                    && number.denominator.is_none()
                    && number.count.is_some_and(|count| count >= largest)
            }) && parts::counts_things(line, *at)
        })
        .collect();
    // "61% (n = 1,694) were given X": the count of a share is no whole.
    let is_free = |at: usize| {
        let before = at
            .checked_sub(1)
            .and_then(|before| line.numbers.get(before));
        before.is_none_or(|before| !is_share(before))
    };
    let divides = |from: usize, to: usize| {
        (from + 1..to).all(|at| {
            line.numbers
                .get(at)
                .is_some_and(|number| number.count.is_none())
        }) && tells_dividing(&line.between(Some(from), to).to_lowercase())
    };
    match (totals.as_slice(), parts.as_slice()) {
        // "Survivors (n = 100) were randomized to A (n = 50) or B (n = 50)".
        ([], [whole, first, _, ..]) if divides(*whole, *first) && is_free(*whole) => {
            of_categories(&[*whole], parts.get(1..)?.to_vec())
        }
        ([_, _, ..], [first, ..]) => {
            let nearest = totals.iter().rev().find(|total| *total < first)?;
            of_categories(&[*nearest], parts.clone()).filter(|_| divides(*nearest, *first))
        }
        _ => of_categories(&totals, parts),
    }
}

/// "Oaks (n = 226): red (n = 104), white (n = 122)": a head with its size, and the sizes behind its colon.
pub(super) fn headed(line: &Line<'_>) -> Vec<Listing> {
    let is_head = |at: usize| line.gap(at + 1).starts_with("):");
    let is_size = |at: usize| {
        let number = line.numbers.get(at);
        number.is_some_and(|number| number.role == Role::SampleSize && number.count.is_some())
    };
    let heads = (0..line.numbers.len()).filter(|at| is_size(*at) && is_head(*at));
    heads
        .filter_map(|total| {
            let goes_on = |at: &usize| *at == total + 1 || !line.gap(*at).contains([';', ':']);
            let parts: Vec<usize> = (total + 1..line.numbers.len())
                .take_while(|at| goes_on(at) && is_size(*at) && !is_head(*at))
                .collect();
            let stretch = line.between(Some(total), parts.last()? + 1).to_lowercase();
            let is_some = stretch.contains("including") || parts::is_blocked(&stretch, false);
            (parts.len() > 1 && !is_some).then(|| Listing::of_counts(total, parts, Evidence::Slip))
        })
        .collect()
}

fn positions(line: &Line<'_>, wanted: impl Fn(&Number) -> bool) -> Vec<usize> {
    line.numbers
        .iter()
        .enumerate()
        .filter(|(_, number)| wanted(number))
        .map(|(at, _)| at)
        .collect()
}

/// "131 cases among 11,636 people (30 out of 5,807 ... and 101 out of 5,829 ...)": where the denominators add up to a
/// count of the sentence, so do the numerators.
pub(super) fn fractions(line: &Line<'_>) -> Option<Listing> {
    let parts = positions(line, |number| {
        number.denominator.is_some() && number.count.is_some()
    });
    if !(2..=6).contains(&parts.len()) {
        return None;
    }
    let mut whole = Decimal::ZERO;
    for at in &parts {
        whole = whole.checked_add(line.numbers.get(*at)?.denominator?)?;
    }
    let largest = parts
        .iter()
        .filter_map(|at| line.numbers.get(*at)?.count)
        .max()?;
    let counts = positions(line, |number| {
        number.denominator.is_none() && number.role == Role::Value && number.count.is_some()
    });
    let value = |at: &usize| line.numbers.get(*at).and_then(|number| number.count);
    if !counts.iter().any(|at| value(at) == Some(whole)) {
        return None;
    }
    let totals: Vec<usize> = counts
        .into_iter()
        .filter(|at| {
            value(at).is_some_and(|count| count != whole && count >= largest && count < whole)
        })
        .filter(|at| parts::counts_things(line, *at))
        .collect();
    of_categories(&totals, parts)
}

/// Categories that make up a total, where the text has exactly one number that can be it.
fn of_categories(totals: &[usize], parts: Vec<usize>) -> Option<Listing> {
    let [total] = totals else {
        return None;
    };
    Some(Listing::of_counts(*total, parts, Evidence::Categories))
}
