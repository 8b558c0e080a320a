//! Word lists and phrases as the claim stage matches them: whole words, any ASCII case.
//!
//! Why it exists: kinds of sentences and the need for support are told by closed lists of phrases, kept as data.
//! It leaves out what a match means.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input};

use crate::ontology::{WordClasses, lexicon};

static CONTEXT: LazyLock<WordClasses> = LazyLock::new(|| WordClasses::read("sentence-context"));

/// Whether a word is of a class of `ontology/lexicon/sentence-context.tsv`, letter for letter.
pub(super) fn is(class: &str, word: &str) -> bool {
    CONTEXT.has(class, word)
}

/// The words of such a class, in file order.
pub(super) fn words_of(class: &str) -> &'static [&'static str] {
    CONTEXT.of(class)
}

/// A list of phrases, matched as whole words without regard to ASCII case. An entry that ends in `*` matches any
/// word that begins so.
#[derive(Debug)]
pub(super) struct Phrases {
    automaton: Option<AhoCorasick>,
    open_ended: Vec<bool>,
    /// Bytes of the longest entry.
    longest: usize,
}

impl Phrases {
    /// The list `ontology/lexicon/NAME.txt`.
    pub(super) fn read(name: &str) -> Self {
        Self::new(lexicon(name).map(str::trim))
    }

    fn new(entries: impl Iterator<Item = &'static str>) -> Self {
        let entries: Vec<&str> = entries.collect();
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(entries.iter().map(|entry| entry.trim_end_matches('*')))
            .ok();
        Self {
            automaton,
            open_ended: entries.iter().map(|entry| entry.ends_with('*')).collect(),
            longest: entries.iter().map(|entry| entry.len()).max().unwrap_or(0),
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
        let until = self.longest.min(text.len());
        self.matches(text, until).any(|(_, range)| range.start == 0)
    }

    /// Where the first phrase that ends stands, in bytes.
    pub(super) fn first_in(&self, text: &str) -> Option<Range<usize>> {
        self.matches(text, text.len())
            .next()
            .map(|(_, range)| range)
    }

    /// Entries that stand in the first `until` bytes of a text as whole words, with their places.
    fn matches<'t>(
        &'t self,
        text: &'t str,
        until: usize,
    ) -> impl Iterator<Item = (usize, Range<usize>)> + 't {
        let input = Input::new(text).range(..until);
        self.automaton
            .iter()
            // Most texts have none, which is told faster than where they stand.
            .filter({
                let input = input.clone();
                move |automaton| automaton.is_match(input.clone())
            })
            .flat_map(move |automaton| automaton.find_overlapping_iter(input.clone()))
            .filter(move |found| {
                let open = self
                    .open_ended
                    .get(found.pattern().as_usize())
                    .copied()
                    .unwrap_or(false);
                let first = char_at(text, found.start());
                let last = char_before(text, found.end());
                let glued_before = first.is_some_and(char::is_alphanumeric)
                    && char_before(text, found.start()).is_some_and(is_of_name);
                let glued_after = last.is_some_and(char::is_alphanumeric)
                    && char_at(text, found.end()).is_some_and(is_of_name);
                !glued_before && (open || !glued_after)
            })
            .map(|found| (found.pattern().as_usize(), found.start()..found.end()))
    }
}

/// Whether a character goes on a word, or a name in a program: no "one in" stands in "`plus_one` in".
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Several lists of phrases that are looked for in one pass over a text.
#[derive(Debug)]
pub(super) struct PhraseLists {
    phrases: Phrases,
    /// The bit of the list of each phrase.
    bits: Vec<u16>,
}

impl PhraseLists {
    /// The lists `ontology/lexicon/NAME.txt`, each with a bit of its own.
    pub(super) fn read(lists: &[(u16, &str)]) -> Self {
        let entries: Vec<(u16, &str)> = lists
            .iter()
            .flat_map(|(bit, name)| lexicon(name).map(|entry| (*bit, entry.trim())))
            .collect();
        Self {
            phrases: Phrases::new(entries.iter().map(|(_, entry)| *entry)),
            bits: entries.iter().map(|(bit, _)| *bit).collect(),
        }
    }

    /// The bits of the lists that have a phrase in the text.
    pub(super) fn found_in(&self, text: &str) -> u16 {
        self.phrases
            .matches(text, text.len())
            .filter_map(|(entry, _)| self.bits.get(entry))
            .fold(0, |found, bit| found | bit)
    }
}

/// A word in lower case, without a copy where it is so already.
pub(super) fn lower(word: &str) -> Cow<'_, str> {
    if word
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
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
    let mut start = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
            let (length, gap) = piece(rest);
            let piece = rest.get(..length)?;
            let at = start;
            start += length + gap;
            let plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
            let bytes = piece.as_bytes();
            if plain(bytes.first()) && plain(bytes.last()) {
                return Some((at, piece));
            }
            let opened = piece.trim_start_matches(|c: char| !c.is_alphanumeric());
            let word = opened.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !word.is_empty() {
                return Some((at + piece.len() - opened.len(), word));
            }
        }
    })
}

/// The bytes up to white space, a slash or a dash, and the bytes of that.
fn piece(text: &str) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            if matches!(byte, b' ' | b'\t'..=b'\r' | b'/' | b'|') {
                return (at, 1);
            }
            at += 1;
        } else {
            let Some(c) = char_at(text, at) else { break };
            if c.is_whitespace() || matches!(c, '—' | '–') {
                return (at, c.len_utf8());
            }
            at += c.len_utf8();
        }
    }
    (text.len(), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_begin_a_text_as_whole_words() {
        let phrases = Phrases::new(["for example", "inhibit*"].into_iter());
        assert!(phrases.begins("For example, boats.") && phrases.begins("inhibits growth"));
        assert!(!phrases.begins("for examples") && !phrases.begins("See for example"));
        assert!(phrases.begins("for example"));
    }

    #[test]
    fn one_pass_tells_every_list_that_has_a_phrase() {
        let lists = PhraseLists::read(&[(1, "own-work"), (2, "hypothetical"), (4, "relations")]);
        let own = lexicon("own-work").next().unwrap_or_default();
        let guess = lexicon("hypothetical").next().unwrap_or_default();
        assert_eq!(lists.found_in(&format!("Boats, {own} and {guess}.")), 3);
        assert_eq!(lists.found_in("Boats."), 0);
    }

    #[test]
    fn a_word_in_lower_case_is_not_copied() {
        assert!(matches!(lower("boat-2"), Cow::Borrowed("boat-2")));
        assert_eq!(lower("BOAT"), "boat");
        assert_eq!(lower("Éclair"), "éclair");
    }
}
