//! Wholes and their parts in one sentence.
//!
//! Parts count as all of a whole only where the sentence shows it: a sign, words such as "comprising", arms of a study,
//! categories that exclude each other, or a list in brackets. How far each kind of evidence is to be trusted is for the rule.

use rust_decimal::Decimal;

use super::breakdown::breakdowns;
use super::number::{Line, Number};
use super::parts::{self, Listing, Measure};
use super::remainder::remainders;
use super::signed::{bracketed, differences, equations};
use super::sizes::{fractions, headed, sample_sizes};
use super::slip;
use super::terms::{Added, Terms, bounds, gap, grouped};
use super::{Evidence, Sum};
use crate::markdown::{Document, Place};

/// The sums that one sentence states.
pub(super) fn sums(line: &Line<'_>, document: &Document) -> Vec<Sum> {
    if line.numbers.len() < 2 || line.is_long() {
        return Vec::new();
    }
    let mut found: Vec<Sum> = Vec::new();
    let listed = (0..line.numbers.len()).filter_map(|at| parts::listing(line, at));
    let all = equations(line)
        .into_iter()
        .chain(bracketed(line))
        .chain(differences(line))
        .chain(sample_sizes(line))
        .chain(fractions(line))
        .chain(listed)
        .chain(breakdowns(line))
        .chain(remainders(line))
        .chain(headed(line));
    for listing in all {
        let sum = sum(line, &listing, document);
        let known = |sum: &Sum| found.iter().any(|other| other.total == sum.total);
        found.extend(sum.filter(|sum| !known(sum)));
    }
    found
}

fn sum(line: &Line<'_>, listing: &Listing, document: &Document) -> Option<Sum> {
    let total = line.numbers.get(listing.total)?;
    let (low, high, printed) = stated(total, listing)?;
    let mut parts = Vec::new();
    let mut terms = Vec::new();
    for at in &listing.parts {
        let part = line.numbers.get(*at)?;
        terms.push(bounds(part, listing.measure)?);
        parts.push(part);
    }
    if !listing.subtracts && is_whole_before(&terms, (low, high)) {
        return None;
    }
    let added = Terms {
        terms,
        subtracts: listing.subtracts,
    }
    .add()?;
    let counts = || {
        parts
            .iter()
            .map(|part| part.count)
            .collect::<Option<Vec<_>>>()
    };
    let is_slip = listing.measure == Measure::Count
        && total.count.zip(counts()).is_some_and(|(total, parts)| {
            // "83 children (15 girls, 8 boys)", "composed of 15 girls": nobody counts some of them so.
            let lead = line.gap(listing.total + 1).trim_end();
            let is_certain = listing.evidence == Evidence::Categories
                && (lead.ends_with('(') || lead.ends_with(" of"));
            slip::is_slip_of_sum(total, &parts, is_certain)
        });
    if listing.evidence == Evidence::Slip && !is_slip {
        return None;
    }
    let place = Place {
        range: total.range.clone(),
        ..line.place.clone()
    };
    (!is_printed_elsewhere(line, listing, &added)?).then_some(Sum {
        span: document.span(&place),
        place,
        total: Some(total.figure),
        parts: parts.iter().map(|part| part.figure).collect(),
        stated: (low, high),
        computed: (added.low, added.high),
        gap: gap(
            added.middle()?,
            low.checked_add(high)?.checked_div(Decimal::TWO)?,
        )?,
        is_slip,
        evidence: listing.evidence,
        calculation: added.calculation,
        printed,
    })
}

/// The bounds of the whole, and how it is printed. A difference is rounded once more than its parts.
fn stated(total: &Number, listing: &Listing) -> Option<(Decimal, Decimal, String)> {
    let is_difference = listing.evidence == Evidence::Difference && listing.subtracts;
    let Some(count) = total.count.filter(|_| is_difference) else {
        return bounds(total, listing.measure);
    };
    let half = Decimal::new(5, 1);
    Some((
        count.checked_sub(half)?,
        count.checked_add(half)?,
        grouped(count),
    ))
}

/// "22 people (9 men, 13 women, of whom 3 are retired)": the first parts are the whole, and the rest are parts of these.
fn is_whole_before(terms: &[(Decimal, Decimal, String)], (low, high): (Decimal, Decimal)) -> bool {
    (2..terms.len()).any(|count| {
        let terms = terms.get(..count).unwrap_or_default().to_vec();
        let first = Terms {
            terms,
            subtracts: false,
        };
        first
            .add()
            .is_some_and(|sum| sum.low <= high && low <= sum.high)
    })
}

/// Whether another number of the sentence is what the parts give: then they are parts of that.
fn is_printed_elsewhere(line: &Line<'_>, listing: &Listing, added: &Added) -> Option<bool> {
    let middle = added.middle()?;
    Some(line.numbers.iter().enumerate().any(|(at, number)| {
        listing.measure == Measure::Count
            && at != listing.total
            && !listing.parts.contains(&at)
            && number.count == Some(middle)
    }))
}
