//! Word lists and phrases as the claim stage matches them: whole words, any ASCII case.
//!
//! Why it exists: kinds of sentences and the need for support are told by closed lists of phrases, kept as data.
//! It leaves out what a match means.

use std::borrow::Cow;
use std::sync::LazyLock;

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
        self.found(text).next().is_some()
    }

    /// Whether the text begins with a phrase of the list.
    pub(super) fn begins(&self, text: &str) -> bool {
        self.found_at(text, 0).next().is_some()
    }

    /// Entries that stand in a text as whole words.
    fn found<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        word_starts(text, self.entries.openings()).flat_map(|at| self.found_at(text, at))
    }

    /// Entries that stand at a byte of a text, where a word may begin.
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
    let bytes = text.as_bytes();
    let mut next = 0;
    std::iter::from_fn(move || {
        loop {
            let at = next;
            let rest = bytes.get(at..)?;
            next += 1;
            let starts = match Piece::of(*rest.first()?) {
                Piece::Letter => {
                    let letters = |byte: &&u8| Piece::of(**byte) == Piece::Letter;
                    next = at + rest.iter().take_while(letters).count();
                    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
                    match before.map_or(Piece::Gap, |byte| Piece::of(*byte)) {
                        Piece::Letter | Piece::Joint => false,
                        Piece::Other => starts_word(text, at),
                        Piece::Blank | Piece::Gap => true,
                    }
                }
                Piece::Blank => false,
                Piece::Joint | Piece::Gap => true,
                Piece::Other => starts_word(text, at),
            };
            if starts && openings.admit(rest) {
                return Some(at);
            }
        }
    })
}

/// What a byte is in a text of words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A letter or digit of ASCII.
    Letter,
    /// It joins names in a program.
    Joint,
    /// No phrase begins with a blank.
    Blank,
    /// Any other byte of ASCII.
    Gap,
    /// Part of a character outside of ASCII.
    Other,
}

impl Piece {
    fn of(byte: u8) -> Self {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Self::Letter,
            b'_' => Self::Joint,
            b' ' => Self::Blank,
            0x80.. => Self::Other,
            _ => Self::Gap,
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
        for entry in self.phrases.found(text) {
            found |= self.bits.get(entry).copied().unwrap_or_default();
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
    let mut start = 0;
    std::iter::from_fn(move || {
        loop {
            let at = start;
            let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
            let graphic = graphic_bytes(rest.as_bytes());
            let (length, gap) = match rest.as_bytes().get(graphic) {
                Some(b' ') => (graphic, 1),
                Some(_) => piece(rest),
                None => (graphic, 0),
            };
            start += length + gap;
            let piece = rest.get(..length)?;
            let plain = |byte: &u8| byte.is_ascii_alphanumeric();
            match piece.as_bytes() {
                [] => continue,
                [only] | [only, b'.' | b','] if plain(only) => return Some((at, piece.get(..1)?)),
                [first, .., last] if plain(first) && plain(last) => return Some((at, piece)),
                [first, .., last, b'.' | b','] if plain(first) && plain(last) => {
                    return Some((at, piece.get(..length - 1)?));
                }
                _ => {}
            }
            let opened = piece.trim_start_matches(|c: char| !c.is_alphanumeric());
            let word = opened.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !word.is_empty() {
                return Some((at + piece.len() - opened.len(), word));
            }
        }
    })
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

/// Whether each byte of ASCII belongs to a run.
const OF_RUN: [bool; 256] = {
    let mut of_run = [false; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        of_run[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'\'');
        byte += 1;
    }
    of_run
};

/// The end of the run at a byte.
fn run_end(text: &str, start: usize) -> usize {
    let ends = |byte: &u8| OF_RUN.get(usize::from(*byte)) != Some(&true);
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

/// How many signs of ASCII stand in front, up to white space or a slash.
fn graphic_bytes(text: &[u8]) -> usize {
    let goes_on = |byte: &&u8| byte.is_ascii_graphic() && !matches!(byte, b'/' | b'|');
    text.iter().take_while(goes_on).count()
}

/// The bytes up to white space, a slash or a dash, and the bytes of that.
fn piece(text: &str) -> (usize, usize) {
    let mut at = 0;
    loop {
        at += graphic_bytes(text.as_bytes().get(at..).unwrap_or_default());
        let Some(c) = char_at(text, at) else {
            return (text.len(), 0);
        };
        let ends = matches!(c, '/' | '|' | '—' | '–') || c.is_whitespace();
        if ends {
            return (at, c.len_utf8());
        }
        at += c.len_utf8();
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
