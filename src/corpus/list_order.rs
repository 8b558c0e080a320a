//! A numbered reference list against the marks as a whole: shifted, too short, or with a gap in its numbers.
//!
//! Why it exists: one entry that was taken out, or two lists that were joined, put every later mark in the wrong; that is one fault and
//! not fifty. It leaves out single wrong marks ([`super::attribution`], [`super::named_author`]).

use std::collections::{BTreeMap, BTreeSet};

use super::{Attribution, Corpus, Denoted, Extraction, NamedAuthor, Verdict};

/// A list is shifted where at least so many marks fit the entry at one same distance ...
const FITTING: usize = 3;
/// ... and they are at least this share, in percent, of the marks of which the entry's subject or author can be told.
const FITTING_SHARE: usize = 75;
/// Farthest shift looked for: more entries than this are rarely lost at once.
const FARTHEST: i64 = 3;
/// Marks beyond the end of a list from which on they are one fault of the list.
const BEYOND: usize = 5;
/// Different numbers among them.
const BEYOND_NUMBERS: usize = 3;
/// Fewest entries of a list in which a gap is a slip.
const LISTED: usize = 4;
/// Most gaps that are slips: a list with more keeps the numbers of another one.
const GAPS: usize = 2;

/// How the numbers of one document's list stand to its marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListOrder {
    /// Where the marks fit entries at one same distance from those they name.
    pub shift: Option<Shift>,
    /// Where many marks name numbers beyond the end of the list.
    pub end: Option<ListEnd>,
    /// Entries in front of which numbers are missing that no mark names, with the number before: index in
    /// [`crate::citation::Citations::references`].
    pub gaps: Vec<(usize, u32)>,
}

/// Marks that fit other entries, all at one distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Added to the number of a mark, it gives the entry that fits.
    pub by: i64,
    /// Marks that fit so.
    pub marks: usize,
    /// Marks of which the entry's subject or author can be told.
    pub compared: usize,
}

/// Marks with numbers beyond the end of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListEnd {
    /// The last number of the list.
    pub last: u32,
    /// Marks that name a later one.
    pub marks: usize,
}

impl ListOrder {
    /// Whether a label is one of those beyond the end of the list.
    pub fn is_beyond(&self, label: &str) -> bool {
        let number = label.parse::<u32>().ok();
        let end = self.end.zip(number);
        end.is_some_and(|(end, number)| number > end.last)
    }
}

/// One for each document, from the distances at which the entries of its claims fit. Linear in marks and entries.
pub(super) fn find(
    corpus: &Corpus,
    extractions: &[Extraction],
    mut distances: BTreeMap<usize, Vec<BTreeSet<i64>>>,
) -> Vec<ListOrder> {
    for named in &corpus.named_authors {
        if let Some(extraction) = extractions.get(named.document) {
            let found = distances.entry(named.document).or_default();
            found.extend(of_author(named, extraction));
        }
    }
    let documents = extractions.iter().enumerate();
    documents
        .map(|(document, extraction)| ListOrder {
            shift: distances.get(&document).and_then(|all| shift(all)),
            ..numbers(extraction, corpus.denoted.get(document))
        })
        .collect()
}

/// The distances at which an entry fits; 0 where the cited one does, none where that cannot be told.
pub(super) fn of_attribution(pair: &Attribution, extraction: &Extraction) -> Option<BTreeSet<i64>> {
    match pair.verdict {
        Verdict::Same => Some(BTreeSet::from([0])),
        Verdict::Different if !pair.inherited => {
            Some(distances(extraction, pair.reference, &pair.better))
        }
        Verdict::Different | Verdict::Unnamed => None,
    }
}

fn of_author(named: &NamedAuthor, extraction: &Extraction) -> Option<BTreeSet<i64>> {
    (named.list == named.document).then(|| distances(extraction, named.reference, &named.better))
}

fn distances(extraction: &Extraction, cited: usize, better: &[usize]) -> BTreeSet<i64> {
    let number = |at: usize| -> Option<i64> {
        let entry = extraction.citations.references.get(at)?;
        entry.label.parse::<u32>().ok().map(i64::from)
    };
    let better = better.iter().filter_map(|at| number(*at));
    let Some(cited) = number(cited) else {
        return BTreeSet::new();
    };
    better.map(|fits| fits - cited).collect()
}

fn shift(all: &[BTreeSet<i64>]) -> Option<Shift> {
    let compared = all.len();
    let counts = (-FARTHEST..=FARTHEST).filter(|by| *by != 0).map(|by| {
        let marks = all.iter().filter(|found| found.contains(&by)).count();
        Shift {
            by,
            marks,
            compared,
        }
    });
    counts
        .max_by_key(|shift| (shift.marks, -shift.by.abs(), shift.by))
        .filter(|shift| shift.marks >= FITTING && shift.marks * 100 >= compared * FITTING_SHARE)
}

/// What the numbers alone show.
fn numbers(extraction: &Extraction, denoted: Option<&Vec<Vec<Denoted>>>) -> ListOrder {
    let references = &extraction.citations.references;
    let numbers: Option<Vec<u32>> = references
        .iter()
        .map(|entry| entry.label.parse().ok())
        .collect();
    let Some(numbers) = numbers.filter(|numbers| !numbers.is_empty()) else {
        return ListOrder::default();
    };
    let missing: Vec<Vec<u32>> = extraction
        .citations
        .pointers
        .iter()
        .zip(denoted.into_iter().flatten())
        .map(|(pointer, denoted)| {
            let labels = pointer.labels.iter().zip(denoted);
            labels
                .filter(|(_, denoted)| **denoted == Denoted::Missing)
                .filter_map(|(label, _)| label.parse().ok())
                .collect()
        })
        .collect();
    let named: BTreeSet<u32> = missing.iter().flatten().copied().collect();
    ListOrder {
        shift: None,
        end: list_end(&numbers, &missing),
        gaps: gaps(&numbers, &named),
    }
}

fn list_end(numbers: &[u32], missing: &[Vec<u32>]) -> Option<ListEnd> {
    let last = numbers.iter().copied().max()?;
    let later = |labels: &&Vec<u32>| labels.iter().any(|label| *label > last);
    let marks = missing.iter().filter(later).count();
    let different: BTreeSet<u32> = missing
        .iter()
        .flatten()
        .copied()
        .filter(|label| *label > last)
        .collect();
    (marks >= BEYOND && different.len() >= BEYOND_NUMBERS).then_some(ListEnd { last, marks })
}

/// Gaps in a list that counts up from 1, where no mark names a number that is missing.
fn gaps(numbers: &[u32], named: &BTreeSet<u32>) -> Vec<(usize, u32)> {
    let counts_up = numbers.first() == Some(&1) && numbers.is_sorted_by(|a, b| a < b);
    if !counts_up || numbers.len() < LISTED {
        return Vec::new();
    }
    let pairs = numbers.iter().zip(numbers.iter().skip(1)).enumerate();
    let found: Vec<(usize, u32)> = pairs
        .filter(|(_, (before, after))| **after > **before + 1)
        .filter(|(_, (before, after))| named.range(**before + 1..**after).next().is_none())
        .map(|(index, (before, _))| (index + 1, *before))
        .collect();
    if found.len() <= GAPS {
        found
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_fit_the_next_entry_show_a_shift() {
        let fits = |by: &[i64]| by.iter().copied().collect::<BTreeSet<i64>>();
        let by = |all: &[&[i64]]| {
            let all: Vec<BTreeSet<i64>> = all.iter().map(|by| fits(by)).collect();
            shift(&all).map(|shift| (shift.by, shift.marks))
        };
        assert_eq!(by(&[&[1], &[1], &[1, 4], &[2]]), Some((1, 3)));
        assert_eq!(by(&[&[-1], &[-1], &[-1]]), Some((-1, 3)));
        assert_eq!(by(&[&[1], &[1]]), None);
        assert_eq!(by(&[&[1], &[1], &[1], &[0], &[0]]), None);
        assert_eq!(by(&[&[1], &[2], &[-3], &[5]]), None);
    }

    #[test]
    fn few_gaps_that_no_mark_names_are_slips() {
        let check =
            |numbers: &[u32], named: &[u32]| gaps(numbers, &named.iter().copied().collect());
        assert_eq!(check(&[1, 2, 4, 5], &[]), vec![(2, 2)]);
        assert_eq!(check(&[1, 2, 4, 5], &[3]), Vec::new());
        assert_eq!(check(&[1, 3, 5, 7], &[]), Vec::new());
        assert_eq!(check(&[2, 3, 5, 6], &[]), Vec::new());
        assert_eq!(check(&[1, 2, 2, 4], &[]), Vec::new());
        assert_eq!(check(&[1, 2, 4], &[]), Vec::new());
    }

    #[test]
    fn many_marks_beyond_the_end_are_one_fault() {
        let check = |missing: &[u32]| {
            let missing: Vec<Vec<u32>> = missing.iter().map(|label| vec![*label]).collect();
            list_end(&[1, 2, 3], &missing).map(|end| (end.last, end.marks))
        };
        assert_eq!(check(&[4, 5, 6, 4, 5]), Some((3, 5)));
        assert_eq!(check(&[4, 4, 4, 4, 4]), None);
        assert_eq!(check(&[4, 5, 6]), None);
    }
}
