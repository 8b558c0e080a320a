//! Wholes and their parts in one sentence.
//!
//! Parts count as all of a whole only where the sentence shows it: a sign, words such as "comprising", arms of a study,
//! categories that exclude each other, or a list in brackets. How far each kind of evidence is to be trusted is for the rule.

use rust_decimal::Decimal;

use super::breakdown::breakdowns;
use super::carried::carried;
use super::direction::tokens;
use super::labels;
use super::number::{Line, Number};
use super::parts::{self, Listing, Measure};
use super::remainder::remainders;
use super::signed::{bracketed, differences, equations};
use super::sizes::{fractions, headed, sample_sizes};
use super::slip;
use super::terms::{Added, Terms, bounds, gap, grouped};
use super::{Evidence, Sum};
use crate::markdown::{Document, Place};

/// The sums that one sentence states, and those of which the whole is in the sentence before it.
pub(super) fn sums(line: &Line<'_>, previous: Option<&Line<'_>>, document: &Document) -> Vec<Sum> {
    if line.numbers.len() < 2 || line.is_long() {
        return Vec::new();
    }
    let mut found: Vec<Sum> = Vec::new();
    for listing in listed(line) {
        let whole = line.numbers.get(listing.total);
        let place = whole.map(|whole| Place {
            range: whole.range.clone(),
            ..line.place.clone()
        });
        let sum = place.and_then(|place| sum(line, &listing, &place, document));
        let known = |sum: &Sum| found.iter().any(|other| other.total == sum.total);
        found.extend(sum.filter(|sum| !known(sum)));
    }
    let before = previous.filter(|previous| !previous.is_long());
    found.extend(before.and_then(|previous| carried(line, previous, document)));
    found
}

/// The wholes of a sentence with their parts, the plainest first.
pub(super) fn listed(line: &Line<'_>) -> Vec<Listing> {
    let listed = (0..line.numbers.len()).filter_map(|at| parts::listing(line, at));
    equations(line)
        .into_iter()
        .chain(bracketed(line))
        .chain(differences(line))
        .chain(sample_sizes(line))
        .chain(fractions(line))
        .chain(listed)
        .chain(breakdowns(line))
        .chain(remainders(line))
        .chain(headed(line))
        .collect()
}

/// What a list gives. `place` is that of its whole.
pub(super) fn sum(
    line: &Line<'_>,
    listing: &Listing,
    place: &Place,
    document: &Document,
) -> Option<Sum> {
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
            slip::is_slip_of_sum(total, &parts, is_certain(line, listing, total, &parts))
        });
    if listing.evidence == Evidence::Slip && !is_slip {
        return None;
    }
    (!is_printed_elsewhere(line, listing, &added)?).then_some(Sum {
        span: document.span(place),
        place: place.clone(),
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

/// Whether the parts must be all of the whole: "83 children (15 girls, 8 boys)", "composed of 15 girls". Of a list by places or
/// groups, "41 sites (29 in the north, 22 in the south)", some may be left out, but no more can be in all.
fn is_certain(line: &Line<'_>, listing: &Listing, total: Decimal, parts: &[Decimal]) -> bool {
    let lead = line.gap(listing.total + 1).trim_end();
    let is_bracket = lead
        .rsplit_once('(')
        .is_some_and(|(_, name)| !name.contains(')') && tokens(name).len() <= WORDS_OF_NAME);
    match listing.evidence {
        Evidence::Categories => is_bracket || lead.ends_with(" of"),
        Evidence::Listing => {
            let sum = parts
                .iter()
                .try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part));
            let names = labels::labels(line, listing);
            is_bracket
                && sum.is_some_and(|sum| sum > total)
                && (labels::are_places(&names) || labels::are_named(line, &names))
        }
        Evidence::Difference | Evidence::Wording | Evidence::Slip | Evidence::Table => false,
    }
}

/// Most words of the name of a group in front of its number.
const WORDS_OF_NAME: usize = 2;

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

#[cfg(test)]
mod tests {
    use crate::claim::arithmetic::tests::sums;

    fn check(text: &str, expected: &str) {
        assert_eq!(sums(text).replace(',', ""), expected, "{text}");
    }

    #[test]
    fn what_names_the_parts_is_read_around_them() {
        for (text, expected) in [
            (
                "The north group (n = 88) was composed of 55 female and 37 male pupils (mean age 23.2 years).",
                "Categories: 55 + 37 = 92 / 88",
            ),
            (
                "We saw 84 boats (48 for oak and 56 for elm), and the oak group was faster than the elm group.",
                "Listing: 48 + 56 = 104 / 84",
            ),
            (
                "In an analysis of 84 boats (oak, 48; elm, 56), the oak group was faster than the elm group.",
                "Listing: 48 + 56 = 104 / 84",
            ),
            (
                "Of the 79 people in the north group, with a mean age of 41.5 years, 37 were men (47%) and 33 were women (42%).",
                "Categories: 37 + 33 = 70 / 79",
            ),
            (
                "Some were asked and 53 interviewed, 16 men and 7 women.",
                "Categories: 16 + 7 = 23 / 53",
            ),
            (
                "A total of 3046 children (1427 in the north arm and 1519 in the south arm) came.",
                "Categories: 1427 + 1519 = 2946 / 3046",
            ),
            (
                "In all, 283 people were asked, but 19 people were excluded, leaving a total of 265 people.",
                "Slip: 19 + 265 = 284 / 283",
            ),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn a_whole_may_stand_in_the_sentence_before() {
        for (text, expected) in [
            (
                "In all, 250 people at 10 sites came, and 45 people left again, leaving 205 people.",
                "",
            ),
            (
                "A total of 120 people came. Of these, 70 were men and 60 were women.",
                "Categories: 70 + 60 = 130 / 120",
            ),
            (
                "A total of 120 people came. Of these people, 70 were in the north group and 80 in the south group.",
                "Categories: 70 + 80 = 150 / 120",
            ),
            (
                "A total of 120 people came. Of these, 70 men and 40 women answered.",
                "",
            ),
            (
                "A total of 120 people came. Of these, 65 were in the north group and 40 in the south group.",
                "",
            ),
        ] {
            check(text, expected);
        }
    }
}
