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

/// For each two first letters the letters that come third in a number word, a bit each.
static OPENINGS: LazyLock<[[u32; 26]; 26]> = LazyLock::new(|| {
    let mut openings = [[0; 26]; 26];
    for row in lexicon_table("number-words") {
        if let [first, second, third, ..] = row.first().map_or(&[][..], |word| word.as_bytes())
            && let (Some(first), Some(second)) = (letter(*first), letter(*second))
            && let Some(third) = letter(*third)
            && let Some(thirds) = openings.get_mut(first).and_then(|of| of.get_mut(second))
        {
            *thirds |= 1 << third;
        }
    }
    openings
});

/// The place of a small letter in the alphabet, from 0.
fn letter(byte: u8) -> Option<usize> {
    byte.is_ascii_lowercase().then(|| usize::from(byte - b'a'))
}

/// Whether a number word begins with these three small letters.
pub(super) fn may_open(opening: [u8; 3]) -> bool {
    let [Some(first), Some(second), Some(third)] = opening.map(letter) else {
        return false;
    };
    let thirds = OPENINGS.get(first).and_then(|of| of.get(second));
    thirds.is_some_and(|thirds| thirds & (1 << third) != 0)
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

/// The value of a number word below twenty: "two".
pub fn small_number(word: &str) -> Option<Decimal> {
    word_of(word)
        .filter(|(kind, _)| *kind == Kind::Unit)
        .map(|(_, value)| *value)
}
