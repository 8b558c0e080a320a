//! Marks of author and year: `(Okafor et al., 2020; Lind & Marsh 2019a)`, `Okafor et al. (2020)`.
//!
//! A name and a year alone may be anything ("Lisbon, 2020"): "et al." or a pair of names makes a mark, and where a document
//! has several of those, or its list the entry, a single name does too. Where the list is cited by other marks, names and years
//! are prose ([`super::author`]).

mod names;
mod printed;

use std::collections::{BTreeMap, BTreeSet};

use self::printed::{Found, Named, marks};
use super::name::words;
use super::{Pointer, Reference, Style, mark};
use crate::markdown::{Document, Place};

/// So many marks that "et al." or a pair makes certain show that the document cites by author and year.
const CERTAIN_MARKS: usize = 3;
/// Entries of one author and year that one mark may mean.
const MEANT: usize = 8;

/// Block and cell of a text.
type Slot = (usize, Option<(usize, usize)>);

/// Adds the marks of author and year to those of other styles; all in document order afterwards.
pub(super) fn add(
    document: &Document,
    reference_blocks: &[usize],
    references: &[Reference],
    pointers: &mut Vec<Pointer>,
) {
    let skipped: BTreeSet<usize> = reference_blocks.iter().copied().collect();
    let mut found: Vec<(Slot, Found)> = Vec::new();
    for (block, cell, text) in document.texts() {
        if !skipped.contains(&block) && mark::is_prose(document, block) {
            let marks = marks(&text.plain);
            found.extend(marks.into_iter().map(|mark| ((block, cell), mark)));
        }
    }
    if found.is_empty() {
        return;
    }
    let certain = found
        .iter()
        .filter(|(_, mark)| mark.works.iter().any(|work| work.certain))
        .count();
    let by_other_marks = pointers
        .iter()
        .filter(|pointer| pointer.targets.iter().any(Option::is_some))
        .count();
    if by_other_marks > found.len() {
        return;
    }
    let index = Index::of(references);
    let cites_so = certain >= CERTAIN_MARKS;
    for ((block, cell), mark) in found {
        let (labels, targets) = index.resolve(mark.works, cites_so);
        if labels.is_empty() {
            continue;
        }
        let place = Place {
            block,
            cell,
            range: mark.range,
        };
        pointers.push(Pointer {
            style: Style::AuthorYear,
            span: document.span(&place),
            place,
            labels,
            targets,
        });
    }
    pointers.sort_by_key(|pointer| {
        let place = &pointer.place;
        (place.block, place.cell, place.range.start, place.range.end)
    });
}

/// Entries by the folded words of their authors.
struct Index<'r> {
    references: &'r [Reference],
    by_author: BTreeMap<String, Vec<usize>>,
}

impl<'r> Index<'r> {
    fn of(references: &'r [Reference]) -> Self {
        let mut by_author: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, entry) in references.iter().enumerate() {
            let first = entry.authors.first().map_or_else(
                || entry.text.split(['.', '(']).next().unwrap_or_default(),
                String::as_str,
            );
            for word in words(first) {
                by_author.entry(word).or_default().push(at);
            }
        }
        Self {
            references,
            by_author,
        }
    }

    /// Labels of a mark with their entries. A work without one counts where the mark is certain or the document cites so.
    fn resolve(&self, works: Vec<Named>, cites_so: bool) -> (Vec<String>, Vec<Option<usize>>) {
        let mut labels = Vec::new();
        let mut targets = Vec::new();
        for work in works {
            let meant = self.meant(&work);
            if meant.is_empty() && (work.certain || cites_so) {
                labels.push(work.label);
                targets.push(None);
            } else {
                labels.extend(meant.iter().map(|_| work.label.clone()));
                targets.extend(meant.into_iter().map(Some));
            }
        }
        (labels, targets)
    }

    /// The entries with that first author and year; with its letter where entries print one.
    fn meant(&self, work: &Named) -> Vec<usize> {
        let digits = work.year.get(..4).unwrap_or_default();
        let candidates = self.by_author.get(&work.family);
        let of_year: Vec<usize> = candidates
            .into_iter()
            .flatten()
            .copied()
            .filter(|at| {
                self.references
                    .get(*at)
                    .is_some_and(|entry| entry.year.as_deref() == Some(digits))
            })
            .take(MEANT)
            .collect();
        let lettered: Vec<usize> = of_year
            .iter()
            .copied()
            .filter(|at| {
                work.year.len() > 4
                    && self
                        .references
                        .get(*at)
                        .is_some_and(|entry| entry.text.contains(&work.year))
            })
            .collect();
        if lettered.is_empty() {
            of_year
        } else {
            lettered
        }
    }
}
