//! Which lists of phrases a text has a phrase of, each list a bit.
//!
//! Why it exists: boilerplate, sources and the need for support are told by a dozen lists of phrases, asked for one after the
//! other; one look at a sentence tells all of them. [`super::words::Words`] keeps what was found.
//! It leaves out phrases that must open a text ([`super::wording`]) and what a phrase means.

use std::sync::LazyLock;

use super::lexis::PhraseLists;
use crate::ontology::lexicon;

pub(super) const OWN: u16 = 1;
pub(super) const PROCEDURE: u16 = 1 << 1;
pub(super) const HYPOTHETICAL: u16 = 1 << 2;
pub(super) const GAP: u16 = 1 << 3;
pub(super) const OTHERS: u16 = 1 << 4;
pub(super) const FIGURES: u16 = 1 << 5;
pub(super) const POPULATIONS: u16 = 1 << 6;
pub(super) const RELATIONS: u16 = 1 << 7;
pub(super) const CLASSES: u16 = 1 << 8;
pub(super) const PASSIVE: u16 = 1 << 9;
pub(super) const LIFE: u16 = 1 << 10;
pub(super) const BOILERPLATE: u16 = 1 << 11;
/// An identifier that leads to one work.
pub(super) const IDENTIFIER: u16 = 1 << 12;

/// Words by which a number is laid down and not found.
pub(super) const STIPULATIONS: u16 = 1 << 13;
/// Words that make a number one of the world where nobody speaks of themselves.
pub(super) const MAGNITUDES: u16 = 1 << 14;
/// What public statistics count, and the places that they count it in.
pub(super) const PUBLIC: u16 = 1 << 15;

/// The lists that are files.
const FILES: [(u16, &str); 16] = [
    (OWN, "own-work"),
    (PROCEDURE, "study-procedure"),
    (HYPOTHETICAL, "hypothetical"),
    (GAP, "gap-modality"),
    (OTHERS, "others-work"),
    (FIGURES, "world-figures"),
    (POPULATIONS, "populations"),
    (RELATIONS, "relations"),
    (CLASSES, "class-nouns"),
    (PASSIVE, "passive-reports"),
    (LIFE, "life-sciences"),
    (BOILERPLATE, "boilerplate-phrases"),
    (STIPULATIONS, "stipulations"),
    (MAGNITUDES, "magnitudes"),
    (PUBLIC, "public-statistics"),
    (PUBLIC, "countries"),
];

/// Ways in which an identifier is printed, in any case.
const IDENTIFIERS: [&str; 6] = [
    "doi:10.",
    "doi: 10.",
    "doi.org/10.",
    "pmid:",
    "pmid ",
    "arxiv:",
];

static LISTS: LazyLock<PhraseLists> = LazyLock::new(|| {
    let files = FILES.into_iter();
    let of_files =
        files.flat_map(|(list, name)| lexicon(name).map(move |entry| (list, entry.trim())));
    PhraseLists::new(of_files.chain(IDENTIFIERS.map(|entry| (IDENTIFIER, entry))))
});

/// The lists that have a phrase in a text.
pub(super) fn found_in(text: &str) -> u16 {
    LISTS.found_in(text)
}
