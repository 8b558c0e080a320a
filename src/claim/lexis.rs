//! Word lists and phrases as the claim stage matches them: whole words, any ASCII case.
//!
//! Why it exists: kinds of sentences and the need for support are told by closed lists of phrases, kept as data.
//! It leaves out what a match means.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::signs::Signs;
use super::tokens::Tokens;
use crate::ontology::{Openings, Prefixes, WordClasses, lexicon};

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
    entries: Prefixes,
    open_ended: Vec<bool>,
}

impl Phrases {
    /// The list `ontology/lexicon/NAME.txt`.
    pub(super) fn read(name: &str) -> Self {
        Self::new(lexicon(name).map(str::trim))
    }

    pub(super) fn new(entries: impl Iterator<Item = &'static str>) -> Self {
        let entries: Vec<&str> = entries.collect();
        Self {
            open_ended: entries.iter().map(|entry| entry.ends_with('*')).collect(),
            entries: entries
                .iter()
                .map(|entry| entry.trim_end_matches('*'))
                .collect(),
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
        let mut starts = word_starts(text, self.entries.openings());
        starts.any(|at| self.found_at(text, at).next().is_some())
    }

    /// Whether the text begins with a phrase of the list.
    pub(super) fn begins(&self, text: &str) -> bool {
        let admitted = self.entries.openings().admit(text.as_bytes());
        admitted && self.found_at(text, 0).next().is_some()
    }

    /// Entries that stand as whole words at a byte of a text, where a word may begin.
    fn found_at<'t>(&'t self, text: &'t str, at: usize) -> impl Iterator<Item = usize> + 't {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        self.entries
            .of(rest)
            .map(move |(entry, length)| (entry, at + length))
            .filter(move |(entry, end)| {
                let is_open = || self.open_ended.get(*entry) == Some(&true);
                let is_word = char_before(text, *end).is_some_and(char::is_alphanumeric);
                let goes_on = char_at(text, *end).is_some_and(is_of_name);
                !(is_word && goes_on) || is_open()
            })
            .map(|(entry, _)| entry)
    }
}

/// Where one of some phrases may begin: not inside a word.
pub(super) fn word_starts<'t>(
    text: &'t str,
    openings: &'t Openings,
) -> impl Iterator<Item = usize> + 't {
    let mut next = 0;
    std::iter::from_fn(move || {
        let at = word_start(text, next, openings)?;
        next = at + 1;
        Some(at)
    })
}

/// The first of these places from a byte on.
fn word_start(text: &str, from: usize, openings: &Openings) -> Option<usize> {
    let bytes = text.as_bytes();
    let sign = |at: usize| bytes.get(at).map(|byte| Signs::of(*byte));
    let mut before = from.checked_sub(1).and_then(sign).unwrap_or(Signs::GAP);
    let mut at = from;
    loop {
        let here = sign(at)?;
        let is_letter = here.meet(Signs::ALPHANUMERIC);
        let starts = if here.meet(Signs::WIDE) || is_letter && before.meet(Signs::WIDE) {
            starts_word(text, at)
        } else if is_letter {
            !before.meet(Signs::ALPHANUMERIC.or(Signs::UNDERSCORE))
        } else {
            !here.meet(Signs::BLANK)
        };
        if starts && openings.admit(bytes.get(at..)?) {
            return Some(at);
        }
        before = here;
        at += 1;
        while is_letter && sign(at).is_some_and(|next| next.meet(Signs::ALPHANUMERIC)) {
            at += 1;
        }
    }
}

/// Whether a phrase may begin at a byte, where a character outside of ASCII stands there or before it.
fn starts_word(text: &str, at: usize) -> bool {
    char_at(text, at)
        .is_some_and(|c| !c.is_alphanumeric() || !char_before(text, at).is_some_and(is_of_name))
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
    /// Phrases, each with the bit of its list.
    pub(super) fn new(entries: impl Iterator<Item = (u16, &'static str)>) -> Self {
        let (bits, entries): (Vec<u16>, Vec<&str>) = entries.unzip();
        Self {
            phrases: Phrases::new(entries.into_iter()),
            bits,
        }
    }

    /// The bits of the lists that have a phrase in the text.
    pub(super) fn found_in(&self, text: &str) -> u16 {
        let mut found = 0;
        for at in word_starts(text, self.phrases.entries.openings()) {
            self.phrases.found_at(text, at).for_each(|entry| {
                found |= self.bits.get(entry).copied().unwrap_or_default();
            });
        }
        found
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
    Tokens::of(text).map(|token| (token.at, token.printed))
}

/// Runs of letters, digits, hyphens and apostrophes, with their first byte.
pub(super) fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        loop {
            let start = next;
            next = run_end(text, start);
            if next > start {
                return Some((start, text.get(start..next)?));
            }
            next += match text.as_bytes().get(start)? {
                byte if byte.is_ascii() => 1,
                _ => char_at(text, start)?.len_utf8(),
            };
        }
    })
}

/// The end of the run at a byte.
fn run_end(text: &str, start: usize) -> usize {
    const OF_RUN: Signs = Signs::ALPHANUMERIC.or(Signs::JOINT);
    let ends = |byte: &u8| !Signs::of(*byte).meet(OF_RUN);
    let mut end = start;
    loop {
        let rest = text.as_bytes().get(end..).unwrap_or_default();
        end += rest.iter().position(ends).unwrap_or(rest.len());
        match text.as_bytes().get(end) {
            Some(byte) if !byte.is_ascii() => {}
            Some(_) | None => return end,
        }
        match char_at(text, end) {
            Some(c) if c.is_alphanumeric() || c == '’' => end += c.len_utf8(),
            Some(_) | None => return end,
        }
    }
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
        let lists = PhraseLists::new([(1, "red boat"), (2, "boat"), (4, "sail*")].into_iter());
        assert_eq!(lists.found_in("A red boat."), 3);
        assert_eq!(lists.found_in("Red boats, sailing"), 4);
        assert_eq!(lists.found_in("one_boat, seaboat, Boat-house"), 2);
    }

    #[test]
    fn runs_hold_hyphens_and_apostrophes() {
        let found: Vec<(usize, &str)> = runs("(A boat-yard’s end_of état, 3%").collect();
        let expected = [
            (1, "A"),
            (3, "boat-yard’s"),
            (17, "end"),
            (21, "of"),
            (24, "état"),
            (31, "3"),
        ];
        assert_eq!(found, expected);
        assert_eq!(runs("—").count() + runs("").count(), 0);
    }

    #[test]
    fn a_word_in_lower_case_is_not_copied() {
        assert!(matches!(lower("boat-2"), Cow::Borrowed("boat-2")));
        assert_eq!(lower("BOAT"), "boat");
        assert_eq!(lower("Éclair"), "éclair");
    }
}
