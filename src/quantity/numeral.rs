//! Single number words: `ontology/lexicon/number-words.tsv`. How they combine is for [`super::words`].

use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::ontology::{WordMap, lexicon_table};

/// What a number word does in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Unit,
    Ten,
    Magnitude,
    Part,
}

static WORDS: LazyLock<WordMap<(Kind, Decimal)>> = LazyLock::new(|| {
    lexicon_table("number-words")
        .filter_map(|row| match row.as_slice() {
            [word, kind, value] => {
                let kind = match *kind {
                    "unit" => Kind::Unit,
                    "ten" => Kind::Ten,
                    "magnitude" => Kind::Magnitude,
                    "part" => Kind::Part,
                    _ => return None,
                };
                Some((*word, (kind, value.parse().ok()?)))
            }
            _ => None,
        })
        .collect()
});

/// For each first letter the letters that come second in a number word, a bit each.
static OPENINGS: LazyLock<[u32; 26]> = LazyLock::new(|| {
    let mut openings = [0; 26];
    for row in lexicon_table("number-words") {
        if let [first, second, ..] = row.first().map_or(&[][..], |word| word.as_bytes())
            && let (Some(first), Some(second)) = (letter(*first), letter(*second))
            && let Some(seconds) = openings.get_mut(first)
        {
            *seconds |= 1 << second;
        }
    }
    openings
});

/// The place of a small letter in the alphabet, from 0.
fn letter(byte: u8) -> Option<usize> {
    byte.is_ascii_lowercase().then(|| usize::from(byte - b'a'))
}

/// Whether a number word begins with these two small letters.
pub(super) fn may_open(first: u8, second: u8) -> bool {
    let seconds = letter(first).and_then(|first| OPENINGS.get(first));
    letter(second)
        .zip(seconds)
        .is_some_and(|(second, seconds)| seconds & (1 << second) != 0)
}

/// Kind and value of a number word, also with a capital.
pub(super) fn word_of(word: &str) -> Option<&'static (Kind, Decimal)> {
    if !(3..=9).contains(&word.len()) {
        return None;
    }
    let found = WORDS.get(word);
    if found.is_none() && word.starts_with(|first: char| first.is_ascii_uppercase()) {
        return WORDS.get(word.to_ascii_lowercase().as_str());
    }
    found
}
