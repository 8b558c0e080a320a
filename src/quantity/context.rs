//! Words that stand around numbers, by class: `ontology/lexicon/number-context.tsv`.

use std::sync::LazyLock;

use super::scan::Scan;
use crate::ontology::WordClasses;

static WORDS: LazyLock<WordClasses> = LazyLock::new(|| WordClasses::read("number-context"));

/// Whether a word is of a class, letter for letter.
pub(super) fn is(class: &str, word: &str) -> bool {
    WORDS.has(class, word)
}

/// The words of a class, in file order.
pub(super) fn words(class: &str) -> &'static [&'static str] {
    WORDS.of(class)
}

/// The place behind the first phrase of a class that stands at `at` with a blank behind it.
pub(super) fn after_phrase(scan: Scan<'_>, at: usize, class: &str) -> Option<usize> {
    words(class)
        .iter()
        .filter(|phrase| phrase.as_bytes().first() == Some(&scan.byte(at)))
        .find_map(|phrase| scan.after(scan.after(at, phrase)?, " "))
}
