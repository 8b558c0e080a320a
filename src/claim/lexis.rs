//! Word lists and phrases as the claim stage matches them: whole words, any ASCII case.
//!
//! Why it exists: kinds of sentences and the need for support are told by closed lists of phrases, kept as data.
//! It leaves out what a match means.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::ontology::{WordClasses, lexicon};

static CONTEXT: LazyLock<WordClasses> = LazyLock::new(|| WordClasses::read("sentence-context"));

/// Whether a word is of a class of `ontology/lexicon/sentence-context.tsv`, letter for letter.
pub(super) fn is(class: &str, word: &str) -> bool {
    CONTEXT.has(class, word)
}

/// A list of phrases, matched as whole words without regard to ASCII case. An entry that ends in `*` matches any
/// word that begins so.
#[derive(Debug)]
pub(super) struct Phrases {
    automaton: Option<AhoCorasick>,
    open_ended: Vec<bool>,
}

impl Phrases {
    /// The list `ontology/lexicon/NAME.txt`.
    pub(super) fn read(name: &str) -> Self {
        let entries: Vec<&str> = lexicon(name).map(str::trim).collect();
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(entries.iter().map(|entry| entry.trim_end_matches('*')))
            .ok();
        Self {
            automaton,
            open_ended: entries.iter().map(|entry| entry.ends_with('*')).collect(),
        }
    }

    /// The same list, where every entry matches any word that begins so.
    pub(super) fn read_open(name: &str) -> Self {
        let mut phrases = Self::read(name);
        phrases.open_ended.fill(true);
        phrases
    }

    /// Whether a phrase of the list stands anywhere in the text.
    pub(super) fn found_in(&self, text: &str) -> bool {
        self.first_in(text).is_some()
    }

    /// Whether the text begins with a phrase of the list.
    pub(super) fn begins(&self, text: &str) -> bool {
        self.matches(text).any(|range| range.start == 0)
    }

    /// Where the first phrase that ends stands, in bytes.
    pub(super) fn first_in(&self, text: &str) -> Option<std::ops::Range<usize>> {
        self.matches(text).next()
    }

    fn matches<'t>(&'t self, text: &'t str) -> impl Iterator<Item = std::ops::Range<usize>> + 't {
        self.automaton
            .iter()
            .flat_map(move |automaton| automaton.find_overlapping_iter(text))
            .filter(move |found| {
                let open = self
                    .open_ended
                    .get(found.pattern().as_usize())
                    .copied()
                    .unwrap_or(false);
                let first = char_at(text, found.start());
                let last = char_before(text, found.end());
                let glued_before = first.is_some_and(char::is_alphanumeric)
                    && char_before(text, found.start()).is_some_and(char::is_alphanumeric);
                let glued_after = last.is_some_and(char::is_alphanumeric)
                    && char_at(text, found.end()).is_some_and(char::is_alphanumeric);
                !glued_before && (open || !glued_after)
            })
            .map(|found| found.start()..found.end())
    }
}

/// The character that starts at a byte.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character that ends at a byte.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// Words with their first byte: letters and digits, with hyphens, apostrophes and inner full stops.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '—' | '–' | '|'))
        .filter_map(move |piece| {
            let plain = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
            let mut word = piece;
            if !plain(piece.bytes().next()) || !plain(piece.bytes().next_back()) {
                word = piece.trim_matches(|c: char| !c.is_alphanumeric());
            }
            let offset = word.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
            (!word.is_empty()).then_some((offset, word))
        })
}
