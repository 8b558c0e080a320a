//! Which name was perhaps meant, where one is unknown or another work's: that of the work with the same title in the lock file,
//! or the same name without what was copied along.

use std::collections::BTreeMap;

use super::fold::run;
use super::{Answered, Naming};
use crate::citation::Reference;
use crate::corpus::Extraction;
use crate::source::{Lock, SourceId, State};

/// Fewest letters of a title that names one work alone.
const TITLE: usize = 24;
/// What copied addresses of publishers put behind a DOI.
const TAILS: [&str; 9] = [
    ".pdf",
    "/pdf",
    "/epdf",
    "/full",
    ".full",
    "/abstract",
    "/html",
    "/meta",
    "/fulltext",
];

/// The works of the lock file by their titles, folded.
pub(super) struct Titles<'l>(BTreeMap<String, &'l SourceId>);

impl<'l> Titles<'l> {
    pub(super) fn of(lock: &'l Lock) -> Self {
        let verified = lock
            .answers
            .iter()
            .filter(|(_, answer)| answer.state == State::Verified);
        Self(
            verified
                .filter_map(|(id, answer)| Some((run(&answer.work.as_ref()?.title), id)))
                .collect(),
        )
    }

    /// The work that has the title of an entry, where its name is none of the entry's own.
    pub(super) fn of_entry(&self, reference: &Reference) -> Option<&'l SourceId> {
        let title = run(reference.title.as_deref()?);
        let found = *self.0.get(&title).filter(|_| title.len() >= TITLE)?;
        (!SourceId::of_reference(reference).contains(found)).then_some(found)
    }
}

/// A hint for every name that no registry knows, in words.
pub(super) fn find(
    answered: &[Answered],
    extractions: &[Extraction],
    (lock, titles): (&Lock, &Titles<'_>),
) -> BTreeMap<SourceId, String> {
    let is_wrong = |id: &SourceId| {
        lock.answers
            .get(id)
            .is_some_and(|answer| answer.state == State::Wrong)
    };
    let mut hints = BTreeMap::new();
    for place in answered.iter().filter(|place| is_wrong(&place.id)) {
        let citations = extractions
            .get(place.document)
            .map(|extraction| &extraction.citations);
        let entry = match place.naming {
            Naming::Entry(index) => citations.and_then(|citations| citations.references.get(index)),
            Naming::Link(_) => None,
        };
        let other = entry
            .and_then(|entry| titles.of_entry(entry))
            .map(|id| format!("perhaps {id} is meant, which has this title"));
        let tail = TAILS.iter().find(|tail| place.id.name().ends_with(**tail));
        let cut = tail.map(|tail| format!("perhaps it is right without \"{tail}\" at its end"));
        if let Some(hint) = other.or(cut) {
            hints.entry(place.id.clone()).or_insert(hint);
        }
    }
    hints
}
