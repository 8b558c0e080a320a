//! Which documents tell one story: only they restate one another.
//!
//! Two articles of one field use the same phrases for their own samples ("stored at -80 °C", "14 patients in each group"). They are
//! taken as one story where they share a cited work, a study, or a rare word of their titles or names; a handful of
//! documents is taken as one.

use std::collections::{BTreeMap, BTreeSet};

use super::lexis::stem;
use super::passage::Passage;
use crate::corpus::{Comparison, Extraction};

/// So many documents handed over together are one story.
const FEW: usize = 6;
/// A word in more documents than one in so many is common.
const COMMON: usize = 10;
/// So many names used again and again make one story.
const NAMES: usize = 3;
/// A name used in fewer sentences is mentioned in passing.
const AGAIN: usize = 2;

/// What each document can be recognised by.
#[derive(Debug, Default)]
pub(super) struct Stories {
    /// Works, studies and rare title words, sorted.
    marks: Vec<BTreeSet<String>>,
    /// Names used again and again, rare among the documents.
    names: Vec<BTreeSet<u32>>,
}

impl Stories {
    /// Linear in the documents.
    pub(super) fn of(
        extractions: &[Extraction],
        comparisons: &[Vec<Comparison>],
        passages: &[Passage],
    ) -> Self {
        if extractions.len() <= FEW {
            return Self::default();
        }
        let most = FEW.max(extractions.len() / COMMON);
        let titles = rare(extractions.iter().map(title_words).collect(), most);
        let mut marks: Vec<BTreeSet<String>> = titles;
        for (own, comparisons) in marks.iter_mut().zip(comparisons) {
            let studies = comparisons.iter().filter_map(|comparison| comparison.study);
            own.extend(studies.map(|study| format!("study {study}")));
        }
        let mut counts: Vec<BTreeMap<u32, usize>> = vec![BTreeMap::new(); extractions.len()];
        for passage in passages {
            if let Some(own) = marks.get_mut(passage.document) {
                own.extend(
                    passage
                        .sources
                        .iter()
                        .map(|source| format!("work {source}")),
                );
            }
            if let Some(counts) = counts.get_mut(passage.document) {
                for name in &passage.named {
                    *counts.entry(*name).or_default() += 1;
                }
            }
        }
        let again = counts.into_iter().map(|counts| {
            let often = counts.into_iter().filter(|(_, count)| *count >= AGAIN);
            often.map(|(name, _)| name).collect()
        });
        Self {
            marks,
            names: rare(again.collect(), most),
        }
    }

    /// Whether two documents tell one story.
    pub(super) fn related(&self, one: usize, other: usize) -> bool {
        if self.marks.is_empty() {
            return true;
        }
        let marked = match (self.marks.get(one), self.marks.get(other)) {
            (Some(a), Some(b)) => !a.is_disjoint(b),
            (Some(_) | None, None) | (None, Some(_)) => true,
        };
        marked
            || match (self.names.get(one), self.names.get(other)) {
                (Some(a), Some(b)) => a.intersection(b).count() >= NAMES,
                (Some(_) | None, None) | (None, Some(_)) => true,
            }
    }
}

fn title_words(extraction: &Extraction) -> BTreeSet<String> {
    let title = extraction.document.title.as_deref().unwrap_or_default();
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 3)
        .map(stem)
        .collect()
}

/// Leaves out what stands in more than `most` of the sets.
fn rare<T: Ord + Clone>(mut sets: Vec<BTreeSet<T>>, most: usize) -> Vec<BTreeSet<T>> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in sets.iter().flatten() {
        *counts.entry(value.clone()).or_default() += 1;
    }
    for set in &mut sets {
        set.retain(|value| counts.get(value).is_none_or(|count| *count <= most));
    }
    sets
}
