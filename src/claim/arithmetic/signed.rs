//! Sums and differences that are written with their signs: "517 + 508 = 1,025", "85 boats (80 + 5)", "61 (68% promoters minus 7%
//! detractors)".

use super::Evidence;
use super::direction::tokens;
use super::number::{Line, is_share};
use super::parts::{Listing, Measure, is_count};
use crate::quantity::Role;

/// "517 + 508 = 1,025".
pub(super) fn equations(line: &Line<'_>) -> Vec<Listing> {
    let sign = |at: usize| line.gap(at).trim();
    let mut found = Vec::new();
    for at in 1..line.numbers.len() {
        if sign(at) != "=" {
            continue;
        }
        let mut first = at.saturating_sub(1);
        while first > 0 && sign(first) == "+" {
            first -= 1;
        }
        let open = sign(first).ends_with(['+', '-', '−', '*', '×', '/', '=', '·', '÷', '^', '±']);
        let closed =
            sign(at + 1).starts_with(['+', '-', '−', '*', '×', '/', '=', '·', '÷', '^', '±']);
        let same = (first..=at).all(|other| same_unit(line, other, at));
        if at - first >= 2 && !open && !closed && same {
            found.push(Listing {
                total: at,
                parts: (first..at).collect(),
                measure: Measure::Value,
                evidence: Evidence::Difference,
                subtracts: false,
            });
        }
    }
    found
}

/// Most words between a whole and the brackets behind it.
const WORDS_OF_NOUN: usize = 4;

/// "85 boats (80 + 5)".
pub(super) fn bracketed(line: &Line<'_>) -> Vec<Listing> {
    let is_plain = |at: usize| {
        line.numbers
            .get(at)
            .is_some_and(|number| is_count(number) && number.denominator.is_none())
    };
    let mut found = Vec::new();
    for total in 0..line.numbers.len() {
        let noun = line.gap(total + 1).trim_end().strip_suffix('(');
        let is_noun = noun.is_some_and(|noun| {
            !noun.contains([',', '(', ')', ':', ';', '.']) && tokens(noun).len() <= WORDS_OF_NOUN
        });
        let mut last = total + 1;
        while line.gap(last + 1).trim() == "+" {
            last += 1;
        }
        let parts: Vec<usize> = (total + 1..=last).collect();
        let is_closed = line.gap(last + 1).starts_with(')');
        if is_noun && is_closed && parts.len() > 1 && (total..=last).all(is_plain) {
            found.push(Listing {
                total,
                parts,
                measure: Measure::Count,
                evidence: Evidence::Listing,
                subtracts: false,
            });
        }
    }
    found
}

fn same_unit(line: &Line<'_>, one: usize, other: usize) -> bool {
    match (line.numbers.get(one), line.numbers.get(other)) {
        (Some(one), Some(other)) => {
            one.dimension == other.dimension && one.role == Role::Value && one.closed
        }
        _ => false,
    }
}

/// "61 (68% promoters minus 7% detractors)".
pub(super) fn differences(line: &Line<'_>) -> Vec<Listing> {
    let mut found = Vec::new();
    for second in 1..line.numbers.len() {
        let gap = line.gap(second);
        let first = second - 1;
        // A range has no noun before its dash.
        let named = gap.contains(char::is_alphabetic);
        let minus = gap.split_whitespace().next_back() == Some("minus")
            || (named
                && [" -", " −", " –"]
                    .iter()
                    .any(|dash| gap.trim_end().ends_with(dash)));
        let shares = [first, second]
            .iter()
            .all(|at| line.numbers.get(*at).is_some_and(is_share));
        if !minus || !shares {
            continue;
        }
        let own = line
            .numbers
            .get(first)
            .and_then(|number| number.count)
            .is_some();
        let opened = line.gap(first).trim_end().ends_with('(');
        let total = if own {
            Some(first)
        } else {
            first.checked_sub(1).filter(|_| opened)
        };
        // "57% - 56%, 17/30 patients": the dash stands before a share of another group.
        let whole = |at: &usize| {
            line.numbers
                .get(*at)
                .is_some_and(|n| n.count.is_some() && n.denominator.is_none())
        };
        let rises = |one: usize, other: usize| {
            let value = |at: usize| line.numbers.get(at).map(|number| number.value);
            value(one) < value(other)
        };
        if rises(first, second) {
            continue;
        }
        if let Some(total) = total.filter(whole) {
            found.push(Listing {
                total,
                parts: vec![first, second],
                measure: Measure::Share,
                evidence: Evidence::Difference,
                subtracts: true,
            });
        }
    }
    found
}
