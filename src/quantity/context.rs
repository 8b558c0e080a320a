//! Words that stand around numbers, by class: `ontology/lexicon/number-context.tsv`.

use std::sync::LazyLock;

use super::scan::Scan;
use crate::ontology::{Trigrams, WordClasses};

static WORDS: LazyLock<WordClasses> = LazyLock::new(|| WordClasses::read("number-context"));

/// Whether a word is of a class, letter for letter.
pub(super) fn is(class: &str, word: &str) -> bool {
    WORDS.has(class, word)
}

/// The words of a class, in file order.
pub(super) fn words(class: &str) -> &'static [&'static str] {
    WORDS.of(class)
}

/// The phrases of a class that are looked for where a text begins; most texts begin with none.
pub(super) struct Phrases {
    phrases: &'static [&'static str],
    openings: Trigrams,
}

pub(super) static SHARE: LazyLock<Phrases> = LazyLock::new(|| Phrases::of("share"));
pub(super) static BOUND_LEAD: LazyLock<Phrases> = LazyLock::new(|| Phrases::of("bound-lead"));

impl Phrases {
    fn of(class: &str) -> Self {
        let phrases = words(class);
        Self {
            phrases,
            openings: phrases.iter().copied().collect(),
        }
    }

    /// The place behind the first phrase, in file order, that stands at `at` with a blank behind it.
    pub(super) fn after(&self, scan: Scan<'_>, at: usize) -> Option<usize> {
        if !self.openings.admit(scan.bytes(at)) {
            return None;
        }
        let mut phrases = self.phrases.iter();
        phrases.find_map(|phrase| scan.after(scan.after(at, phrase)?, " "))
    }
}
