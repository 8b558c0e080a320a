//! Words that tell marks, named sources and parts of entries, by class: `ontology/lexicon/citation-context.tsv`.

use std::sync::LazyLock;

use crate::ontology::WordClasses;

static WORDS: LazyLock<WordClasses> = LazyLock::new(|| WordClasses::read("citation-context"));

/// Whether a word is of a class, letter for letter.
pub(super) fn is(class: &str, word: &str) -> bool {
    WORDS.has(class, word)
}

/// The words of a class, in file order.
pub(super) fn words(class: &str) -> &'static [&'static str] {
    WORDS.of(class)
}
