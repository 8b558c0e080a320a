//! Wholes that are divided up by "the other": "of the 30 boats, 18 were mended, and the remaining 12 were sold".

use rust_decimal::Decimal;

use super::Evidence;
use super::number::{Line, Number};
use super::parts::{self, Listing, Measure, contains_phrase, is_count};

/// What stands right in front of the last part.
const RESTS: [&str; 4] = ["the other", "the remaining", "the others", "the rest"];
/// Words for parts that are no number, or that are of each part.
const UNCOUNTED: [&str; 7] = [
    "one", "another", "single", "half", "both", "third", "second",
];
/// How a sentence opens with its whole.
const OPENINGS: [&str; 3] = ["of", "among", "from"];

/// The wholes of a sentence that end with such a part.
pub(super) fn remainders(line: &Line<'_>) -> Vec<Listing> {
    (2..line.numbers.len())
        .filter_map(|last| remainder(line, last))
        .collect()
}

fn remainder(line: &Line<'_>, last: usize) -> Option<Listing> {
    let lead = line.gap(last).trim_end().to_lowercase();
    if !RESTS.iter().any(|rest| lead.ends_with(rest)) {
        return None;
    }
    let counts: Vec<usize> = (0..=last)
        .filter(|at| line.numbers.get(*at).is_some_and(is_part))
        .collect();
    let (total, parts) = counts.split_first()?;
    let count = |at: usize| line.numbers.get(at).and_then(|number| number.count);
    let opens = line.gap(0).split_whitespace().next();
    let opens = opens.is_some_and(|word| OPENINGS.contains(&word.to_lowercase().as_str()));
    let is_whole = (*total == 0 && opens || parts::counts_things(line, *total))
        && parts.iter().all(|part| count(*part) < count(*total));
    // "Of 30, 20 came: 12 by boat, and the other 8 on foot": a part that those behind it make up.
    let is_nested = (0..parts.len()).any(|at| {
        let behind = parts.get(at + 1..).unwrap_or_default();
        let mut counts = behind.iter().map(|part| count(*part));
        let sum = counts.try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part?));
        behind.len() > 1 && sum == parts.get(at).and_then(|part| count(*part))
    });
    let stretch = line.between(Some(*total), last).to_lowercase();
    let stretch = stretch.replace("remaining", "");
    let is_doubtful = UNCOUNTED.iter().any(|word| contains_phrase(&stretch, word))
        || parts::is_blocked(&stretch, false)
        || parts::is_blocked(&line.plain().to_lowercase(), true);
    let is_read = is_whole && !is_nested && !is_doubtful && parts.last() == Some(&last);
    (is_read && parts.len() > 1).then(|| Listing {
        total: *total,
        parts: parts.to_vec(),
        measure: Measure::Count,
        evidence: if parts.len() == 2 && *total == 0 && opens {
            Evidence::Listing
        } else {
            Evidence::Slip
        },
        subtracts: false,
    })
}

fn is_part(number: &Number) -> bool {
    is_count(number) && number.denominator.is_none()
}
