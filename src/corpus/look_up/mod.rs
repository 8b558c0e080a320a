//! What the lock file says of the works that entries and links name.
//!
//! Facts alone: which answer belongs to which place ([`LookUps::answered`]), how an entry agrees with the work behind its
//! name ([`work_match`]), which notices there are and which marks rely on the work all the same ([`notice`]), and which work a
//! wrong name was perhaps meant for ([`hint`]). A source that is not in the lock file, or that nobody could verify, gives
//! none; it is counted.

mod fold;
mod hint;
mod notice;
mod title_match;
mod work_match;

use std::collections::{BTreeMap, BTreeSet};

use super::{Denoted, Extraction};
use crate::citation::{Citations, Reference};
use crate::source::{Answer, Lock, SourceId, State};

pub use notice::NoticedEntry;
pub use work_match::{Agreement, WorkMatch};

/// What the lock file says of the places of all documents, found by `find`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookUps {
    /// Places with the answer of a name that they give, in document order.
    pub answered: Vec<Answered>,
    /// Entries compared with the work that their name belongs to.
    pub matches: Vec<WorkMatch>,
    /// Entries whose work was retracted, doubted or corrected.
    pub notices: Vec<NoticedEntry>,
    /// Names that no registry knows, with what was perhaps meant, in words.
    pub hints: BTreeMap<SourceId, String>,
    /// Works named by entries that the lock file does not verify; `None` without a lock file.
    pub unverified: Option<usize>,
}

/// A place that names a work, and the name under which the lock file has an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Document.
    pub document: usize,
    /// What names the work.
    pub naming: Naming,
    /// Key in [`Lock::answers`].
    pub id: SourceId,
}

/// What names a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Naming {
    /// Index in [`Citations::references`].
    Entry(usize),
    /// Index in [`Citations::links`].
    Link(usize),
}

/// The lock file with the names that its works have besides.
pub(super) struct Known<'l> {
    lock: &'l Lock,
    /// For each other name of a work, the names under which it was answered.
    aliases: BTreeMap<SourceId, Vec<&'l SourceId>>,
}

impl<'l> Known<'l> {
    pub(super) fn of(lock: &'l Lock) -> Self {
        let mut aliases: BTreeMap<SourceId, Vec<&SourceId>> = BTreeMap::new();
        for (id, answer) in &lock.answers {
            for other in answer.work.iter().flat_map(|work| &work.same) {
                if let Ok(other) = other.parse() {
                    aliases.entry(other).or_default().push(id);
                }
            }
        }
        Self { lock, aliases }
    }

    /// The answer of a name: its own, or where that says nothing, the first of a work that has the name besides.
    fn answer(&self, id: &SourceId) -> Option<(&'l SourceId, &'l Answer)> {
        let own = self.lock.answers.get_key_value(id);
        let decided = own.filter(|(_, answer)| answer.state != State::NotVerified);
        decided.or_else(|| self.also(id).next()).or(own)
    }

    /// Verified answers of works that have the name besides.
    fn also(&self, id: &SourceId) -> impl Iterator<Item = (&'l SourceId, &'l Answer)> {
        let others = self.aliases.get(id).into_iter().flatten();
        others
            .filter_map(|other| self.lock.answers.get_key_value(*other))
            .filter(|(_, answer)| answer.state == State::Verified)
    }

    /// Every verified answer about the work of a name: its own, those of its other names, those of works that have it.
    pub(super) fn all(&self, id: &SourceId) -> BTreeMap<&'l SourceId, &'l Answer> {
        let own = self.lock.answers.get_key_value(id);
        let named = own
            .and_then(|(_, answer)| answer.work.as_ref())
            .into_iter()
            .flat_map(|work| &work.same)
            .filter_map(|other| other.parse::<SourceId>().ok())
            .filter_map(|other| self.lock.answers.get_key_value(&other));
        own.into_iter()
            .chain(named)
            .chain(self.also(id))
            .filter(|(_, answer)| answer.state == State::Verified)
            .collect()
    }
}

/// Finds what the lock file says of every entry and link. Nothing is found without a lock file. Linear in documents and lock.
pub(super) fn find(
    lock: &Lock,
    extractions: &[Extraction],
    denoted: &[Vec<Vec<Denoted>>],
) -> LookUps {
    if lock.answers.is_empty() {
        return LookUps::default();
    }
    let known = Known::of(lock);
    let titles = hint::Titles::of(lock);
    let mut found = LookUps::default();
    let mut unverified: BTreeSet<SourceId> = BTreeSet::new();
    for (document, extraction) in extractions.iter().enumerate() {
        let citations = &extraction.citations;
        for (index, reference) in citations.references.iter().enumerate() {
            let ids = SourceId::of_reference(reference);
            let answers: BTreeMap<_, _> = ids.iter().filter_map(|id| known.answer(id)).collect();
            let is_open = |id: &&SourceId| {
                known
                    .answer(id)
                    .is_none_or(|(_, answer)| answer.state == State::NotVerified)
            };
            unverified.extend(ids.iter().filter(is_open).cloned());
            found
                .matches
                .extend(answers.iter().filter_map(|(id, answer)| {
                    let work = answer.work.as_ref()?;
                    let compared = work_match::compare((document, index), reference, id, work)?;
                    Some(WorkMatch {
                        better: titles.of_entry(reference).cloned(),
                        ..compared
                    })
                }));
            found
                .notices
                .extend(notice::gravest((document, index), &ids, &known));
            found
                .answered
                .extend(answers.into_keys().map(|id| Answered {
                    document,
                    naming: Naming::Entry(index),
                    id: id.clone(),
                }));
        }
        found.answered.extend(links(document, citations, &known));
    }
    notice::find_reliance(&mut found.notices, extractions, denoted);
    found.hints = hint::find(&found.answered, extractions, (lock, &titles));
    found.unverified = Some(unverified.len());
    found
}

/// The links of a document whose address the lock file knows, or the id that the address leads to.
fn links(document: usize, citations: &Citations, known: &Known<'_>) -> Vec<Answered> {
    let answered = |(index, target): (usize, &str)| {
        let behind = || {
            SourceId::of_reference(&Reference::of_address(target))
                .into_iter()
                .next()
        };
        let own = SourceId::address(target).and_then(|id| known.answer(&id));
        let (id, _) = own.or_else(|| known.answer(&behind()?))?;
        Some(Answered {
            document,
            naming: Naming::Link(index),
            id: id.clone(),
        })
    };
    let targets = citations.links.iter().map(|link| link.target.as_str());
    targets.enumerate().filter_map(answered).collect()
}
