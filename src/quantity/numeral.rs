//! Single number words: `ontology/lexicon/number-words.tsv`. How they combine is for [`super::words`].

use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::ontology::{FewWords, Trigrams, lexicon_table};

/// What a number word does in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Unit,
    Ten,
    Magnitude,
    Part,
}

static WORDS: LazyLock<FewWords<(Kind, Decimal)>> = LazyLock::new(|| {
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

static OPENINGS: LazyLock<Trigrams> = LazyLock::new(|| {
    let rows = lexicon_table("number-words");
    let words = rows.filter_map(|row| row.first().copied());
    words.chain(["none"]).collect()
});

/// Whether a number word, or "none", may begin where a text does.
#[inline]
pub(super) fn may_open(text: &[u8]) -> bool {
    OPENINGS.admit(text)
}

/// Kind and value of a number word, also with a capital.
pub(super) fn word_of(word: &str) -> Option<&'static (Kind, Decimal)> {
    if !(3..=9).contains(&word.len()) {
        return None;
    }
    let found = WORDS.get(word);
    let capital = word.starts_with(|first: char| first.is_ascii_uppercase());
    if found.is_none() && capital && WORDS.admit(word) {
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
