//! How words and phrases begin, asked at every word of a text.
//!
//! Why it exists: most words of a text begin no entry of a list, and that can be told for a tenth of a look-up.
//! It leaves out where a word begins, and whether an entry ends at the end of one.

use hashbrown::HashMap;

/// The first three letters of some words, in any case of ASCII.
#[derive(Clone, Debug)]
pub struct Trigrams([[u32; LETTERS]; LETTERS]);

/// Numbers that [`letter`] gives.
const LETTERS: usize = 32;

impl Trigrams {
    const NONE: Self = Self([[0; LETTERS]; LETTERS]);

    /// Whether a word may begin where a text does.
    #[inline]
    pub fn admit(&self, text: &[u8]) -> bool {
        let letters = match text {
            [first, second, third, ..] => [*first, *second, *third],
            [first, second] => [*first, *second, 0],
            [first] => [*first, 0, 0],
            [] => [0; 3],
        };
        let [first, second, third] = letters.map(letter);
        let thirds = self.0.get(first).and_then(|of| of.get(second));
        thirds.is_some_and(|thirds| thirds & (1 << third) != 0)
    }

    /// Behind a word of fewer than three letters anything may follow.
    fn add(&mut self, word: &[u8]) {
        let at = |place: usize| match word.get(place) {
            Some(byte) => letter(*byte)..letter(*byte) + 1,
            None => 0..LETTERS,
        };
        let thirds = at(2).fold(0, |thirds, third| thirds | 1 << third);
        for of_first in self.0.get_mut(at(0)).unwrap_or_default() {
            for of_second in of_first.get_mut(at(1)).unwrap_or_default() {
                *of_second |= thirds;
            }
        }
    }
}

/// A number for a byte, the same for a letter in both cases; other bytes share those of letters.
fn letter(byte: u8) -> usize {
    usize::from(byte) % LETTERS
}

impl<'w> FromIterator<&'w str> for Trigrams {
    fn from_iter<I: IntoIterator<Item = &'w str>>(words: I) -> Self {
        let mut trigrams = Self::NONE;
        for word in words {
            trigrams.add(word.as_bytes());
        }
        trigrams
    }
}

/// The first six bytes of some phrases, in any case of ASCII; of shorter ones the [`Trigrams`].
#[derive(Clone, Debug)]
pub struct Openings {
    short: Trigrams,
    /// For the first letter of any the second ones, each a bit: a short list is passed over by these alone.
    pairs: [u32; LETTERS],
    /// A bit for each number that [`hash`] gives the beginning of a longer one.
    long: [u64; HASHES / 64],
}

/// Bytes of a longer phrase that are looked at.
const OPENING: usize = 6;
/// Numbers that a beginning may have: of a thousand phrases one beginning in fifteen is admitted by chance.
const HASHES: usize = 1 << 14;

impl Openings {
    /// Whether a phrase may begin where a text does.
    #[inline]
    pub fn admit(&self, text: &[u8]) -> bool {
        self.admit_pair(text) && (self.admit_long(text) || self.short.admit(text))
    }

    #[inline]
    fn admit_pair(&self, text: &[u8]) -> bool {
        let [first, second] = [0, 1].map(|at| letter(text.get(at).copied().unwrap_or_default()));
        let seconds = self.pairs.get(first).copied().unwrap_or_default();
        seconds & (1 << second) != 0
    }

    #[inline]
    fn admit_long(&self, text: &[u8]) -> bool {
        let hash = hash(opening(text));
        let bits = self.long.get(hash / 64).copied().unwrap_or_default();
        bits & (1 << (hash % 64)) != 0
    }

    fn add(&mut self, phrase: &[u8]) {
        let hash = hash(opening(phrase));
        let [first, second] = [0, 1].map(|at| phrase.get(at).map(|byte| letter(*byte)));
        if let Some(seconds) = first.and_then(|first| self.pairs.get_mut(first)) {
            *seconds |= second.map_or(u32::MAX, |second| 1 << second);
        }
        if is_short(phrase) {
            self.short.add(phrase);
        } else if let Some(bits) = self.long.get_mut(hash / 64) {
            *bits |= 1 << (hash % 64);
        }
    }
}

fn is_short(phrase: &[u8]) -> bool {
    phrase.len() < OPENING
}

/// The first [`OPENING`] bytes as a number, the same for a letter in both cases.
#[inline]
fn opening(text: &[u8]) -> u64 {
    const CASE: u64 = 0x2020_2020_2020_2020;
    let first = text.first_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; 8];
        padded
            .iter_mut()
            .zip(text)
            .for_each(|(to, from)| *to = *from);
        padded
    });
    (u64::from_le_bytes(first) | CASE) << (8 * (size_of::<u64>() - OPENING))
}

/// A number below [`HASHES`] (Fibonacci hashing; Knuth, The Art of Computer Programming 3, 6.4).
#[inline]
fn hash(opening: u64) -> usize {
    const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
    usize::try_from(opening.wrapping_mul(GOLDEN) >> (u64::BITS - HASHES.ilog2()))
        .unwrap_or_default()
}

impl<'w> FromIterator<&'w str> for Openings {
    fn from_iter<I: IntoIterator<Item = &'w str>>(phrases: I) -> Self {
        let mut openings = Self {
            short: Trigrams::NONE,
            pairs: [0; LETTERS],
            long: [0; HASHES / 64],
        };
        for phrase in phrases {
            openings.add(phrase.as_bytes());
        }
        openings
    }
}

/// Phrases that are looked for where a text begins, in any case of ASCII.
#[derive(Clone, Debug)]
pub struct Prefixes {
    openings: Openings,
    /// Phrases, each with its place in the list, by their [`opening`].
    long: HashMap<u64, Vec<(usize, &'static str)>>,
    /// Those shorter than that, by their first byte.
    short: HashMap<u8, Vec<(usize, &'static str)>>,
}

impl Prefixes {
    /// How they begin.
    pub fn openings(&self) -> &Openings {
        &self.openings
    }

    /// The phrases that a text begins with: the place of each in the list, and its bytes.
    pub fn of<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = (usize, usize)> + 't {
        let long = self
            .openings
            .admit_long(text)
            .then(|| self.long.get(&opening(text)));
        let short = self.openings.short.admit(text).then(|| {
            let first = text.first().copied().unwrap_or_default();
            self.short.get(&first.to_ascii_lowercase())
        });
        let begins = |phrase: &str| {
            let start = text.get(..phrase.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(phrase.as_bytes()))
        };
        let known = long.into_iter().chain(short).flatten().flatten();
        known
            .filter(move |(_, phrase)| begins(phrase))
            .map(|(place, phrase)| (*place, phrase.len()))
    }
}

impl FromIterator<&'static str> for Prefixes {
    fn from_iter<I: IntoIterator<Item = &'static str>>(phrases: I) -> Self {
        let phrases: Vec<&str> = phrases.into_iter().collect();
        let mut prefixes = Self {
            openings: phrases.iter().copied().collect(),
            long: HashMap::new(),
            short: HashMap::new(),
        };
        for (place, phrase) in phrases.into_iter().enumerate() {
            let bytes = phrase.as_bytes();
            let alike = if is_short(bytes) {
                let first = bytes.first().copied().unwrap_or_default();
                prefixes
                    .short
                    .entry(first.to_ascii_lowercase())
                    .or_default()
            } else {
                prefixes.long.entry(opening(bytes)).or_default()
            };
            alike.push((place, phrase));
        }
        prefixes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings_admit_what_may_be_an_entry() {
        let openings: Openings = ["harbour", "we", "1-one"].into_iter().collect();
        let admitted = ["harbour", "HARBOUrs", "we", "We sail", "weir", "1-ONE"];
        let admits = |text: &&str| openings.admit(text.as_bytes());
        assert_eq!(admitted.iter().filter(|text| !admits(text)).count(), 0);
        let refused = ["harbo", "harsh winds", "", "w", "t", "éclair"];
        assert_eq!(refused.iter().filter(|text| admits(text)).count(), 0);
    }

    #[test]
    fn prefixes_are_all_entries_that_a_text_begins_with() {
        let entries = ["a", "a boat", "A boat sails", "boat", "a b", "©"];
        let prefixes: Prefixes = entries.into_iter().collect();
        let of = |text: &str| {
            let mut found: Vec<&str> = prefixes
                .of(text.as_bytes())
                .map(|(place, length)| {
                    assert_eq!(entries[place].len(), length);
                    entries[place]
                })
                .collect();
            found.sort_unstable();
            found
        };
        assert_eq!(of("A Boat sails"), ["A boat sails", "a", "a b", "a boat"]);
        assert_eq!(of("a boatyard"), ["a", "a b", "a boat"]);
        assert_eq!(of("BOAT"), ["boat"]);
        assert_eq!(of("© 2020"), ["©"]);
        assert!(of("").is_empty() && of("éa").is_empty());
    }
}
