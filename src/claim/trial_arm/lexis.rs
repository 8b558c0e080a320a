//! Words around the names of arms, as `ontology/lexicon/arm-context.tsv` lists them, and patterns that hold classes of them.
//!
//! Why it exists: a set-up, a mention and a head of a table look for the same people, doses and verbs of giving.

use std::sync::LazyLock;

use regex::Regex;

use crate::ontology::WordClasses;

static CONTEXT: LazyLock<WordClasses> = LazyLock::new(|| WordClasses::read("arm-context"));

/// `{people}` in a pattern; quantifiers begin with a digit.
static CLASS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\{([a-z]+(?:-[a-z]+)*)\}").ok());

/// Whether a word is of a class, letter for letter.
pub(in crate::claim) fn is(class: &str, word: &str) -> bool {
    CONTEXT.has(class, word)
}

/// The words of a class, in file order.
pub(in crate::claim) fn words_of(class: &str) -> &'static [&'static str] {
    CONTEXT.of(class)
}

/// Whether an entry of a class is anywhere in a text, as a part of a word, too.
pub(super) fn holds(text: &str, class: &str) -> bool {
    CONTEXT.of(class).iter().any(|part| text.contains(part))
}

/// Whether a text begins with an entry of a class.
pub(super) fn begins(text: &str, class: &str) -> bool {
    CONTEXT.of(class).iter().any(|lead| text.starts_with(lead))
}

/// A pattern in which `{class}` stands for any word of a class, with any white space between its parts.
pub(in crate::claim) fn pattern(template: &str) -> Option<Regex> {
    let words = |found: &regex::Captures<'_>| {
        let class = found.get(1).map_or("", |name| name.as_str());
        let words = CONTEXT.of(class).iter();
        let all: Vec<String> = words
            .map(|word| regex::escape(word).replace(' ', r"[\s\u{a0}]+"))
            .collect();
        all.join("|")
    };
    Regex::new(&CLASS.as_ref()?.replace_all(template, words)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_in_a_pattern_is_any_of_its_words() {
        let found = pattern(r"^[0-9]{1,3} (?:{people})$").unwrap();
        assert!(found.is_match("12 women") && !found.is_match("12 boats"));
        assert!(pattern("^(?:{given})$").unwrap().is_match("was  given"));
    }
}
