//! Wholes that are divided up by "the other": "of the 30 boats, 18 were mended, and the remaining 12 were sold"; and those of
//! which something is left: "of 283 boats, 18 sank, leaving 265".

use rust_decimal::Decimal;

use super::Evidence;
use super::number::{Line, Number};
use super::parts::{self, Listing, contains_phrase, is_count};

/// What stands right in front of the last part.
const RESTS: [&str; 4] = ["the other", "the remaining", "the others", "the rest"];
/// Words for parts that are no number, or that are of each part.
const UNCOUNTED: [&str; 7] = [
    "one", "another", "single", "half", "both", "third", "second",
];
/// How a sentence opens with its whole.
const OPENINGS: [&str; 3] = ["of", "among", "from"];

/// What stands right in front of what is left.
const LEFT: [&str; 4] = ["leaving", "leaving a total of", "leaving us with", "; thus"];
/// More numbers than this between a whole and what is left, and they are not only what was taken away.
const MOST_TAKEN: usize = 6;
/// Words for parts that are taken away; elsewhere they say that parts are missing.
const LOSSES: [&str; 7] = [
    "excluded",
    "excluding",
    "exclusion",
    "withdrew",
    "withdrawn",
    "dropped",
    "lost",
];

/// The wholes of a sentence that end with such a part.
pub(super) fn remainders(line: &Line<'_>) -> Vec<Listing> {
    (2..line.numbers.len())
        .filter_map(|last| remainder(line, last).or_else(|| left(line, last)))
        .collect()
}

/// "283 people came, but 18 left again; thus 265 stayed". Only a slip shows that nothing else was taken away.
fn left(line: &Line<'_>, last: usize) -> Option<Listing> {
    let lead = line.gap(last).trim_end().to_lowercase();
    if !LEFT.iter().any(|word| lead.ends_with(word)) {
        return None;
    }
    let counts = counted(line, last);
    let (total, parts) = counts.split_first()?;
    let mut stretch = line.between(Some(*total), last).to_lowercase();
    for loss in LOSSES {
        stretch = stretch.replace(loss, "");
    }
    let is_doubtful = leaves_out(&stretch) || is_made_up(line, *total, parts);
    let counts_people = |at: usize| parts::counts_things(line, at);
    let is_read = counts_people(*total) && (!lead.ends_with("thus") || counts_people(last));
    (is_read && !is_doubtful && parts.len() > 1)
        .then(|| Listing::of_counts(*total, parts.to_vec(), Evidence::Slip))
}

/// "250 people at 10 sites came, and 45 left again, leaving 205": whether what is left makes up the whole with some of the numbers
/// between, so that the others count something else; or whether there are too many to tell.
fn is_made_up(line: &Line<'_>, total: usize, parts: &[usize]) -> bool {
    let Some((last, taken)) = parts
        .split_last()
        .filter(|(_, taken)| taken.len() <= MOST_TAKEN)
    else {
        return true;
    };
    let mut sums = vec![count(line, *last)];
    for part in taken {
        let with = sums.iter().map(|sum| {
            sum.zip(count(line, *part))
                .and_then(|(sum, part)| sum.checked_add(part))
        });
        let with: Vec<Option<Decimal>> = with.collect();
        sums.extend(with);
    }
    sums.contains(&count(line, total))
}

/// "Of 30, 20 came: 12 by boat, and the other 8 on foot": a part that those behind it make up.
fn is_nested(line: &Line<'_>, parts: &[usize]) -> bool {
    (0..parts.len()).any(|at| {
        let behind = parts.get(at + 1..).unwrap_or_default();
        let mut counts = behind.iter().map(|part| count(line, *part));
        let sum = counts.try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part?));
        behind.len() > 1 && sum == parts.get(at).and_then(|part| count(line, *part))
    })
}

fn remainder(line: &Line<'_>, last: usize) -> Option<Listing> {
    let lead = line.gap(last).trim_end().to_lowercase();
    if !RESTS.iter().any(|rest| lead.ends_with(rest)) {
        return None;
    }
    let counts = counted(line, last);
    let (total, parts) = counts.split_first()?;
    let opens = line.gap(0).split_whitespace().next();
    let opens = opens.is_some_and(|word| OPENINGS.contains(&word.to_lowercase().as_str()));
    let is_whole = (*total == 0 && opens || parts::counts_things(line, *total))
        && parts
            .iter()
            .all(|part| count(line, *part) < count(line, *total));
    let stretch = line.between(Some(*total), last).to_lowercase();
    let stretch = stretch.replace("remaining", "");
    let is_doubtful = leaves_out(&stretch) || parts::is_blocked(&line.plain().to_lowercase(), true);
    let is_read =
        is_whole && !is_nested(line, parts) && !is_doubtful && parts.last() == Some(&last);
    let evidence = if parts.len() == 2 && *total == 0 && opens {
        Evidence::Listing
    } else {
        Evidence::Slip
    };
    (is_read && parts.len() > 1).then(|| Listing::of_counts(*total, parts.to_vec(), evidence))
}

/// The numbers of things up to number `last`: the whole, and what may be its parts.
fn counted(line: &Line<'_>, last: usize) -> Vec<usize> {
    let is_part = |number: &Number| is_count(number) && number.denominator.is_none();
    (0..=last)
        .filter(|at| line.numbers.get(*at).is_some_and(is_part))
        .collect()
}

fn count(line: &Line<'_>, at: usize) -> Option<Decimal> {
    line.numbers.get(at)?.count
}

/// Whether words between a whole and its last part say that not all parts are numbers, or that they are not all of it.
fn leaves_out(stretch: &str) -> bool {
    UNCOUNTED.iter().any(|word| contains_phrase(stretch, word)) || parts::is_blocked(stretch, false)
}
