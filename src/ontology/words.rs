//! Words to look up, without order: sets and maps that are made once and asked for nearly every word of a text.
//!
//! Why it exists: an ordered map compares a word with some ten others, and most words of a text are in no list. Nothing here
//! can be walked through, so no order reaches a report.

use std::borrow::Cow;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use hashbrown::{Equivalent, HashMap};

use super::openings::Trigrams;

/// A map from words to values.
#[derive(Clone, Debug)]
pub struct WordMap<V>(HashMap<Entry, V, BuildHasherDefault<WordHasher>>);

impl<V> WordMap<V> {
    /// The value of a word, letter for letter.
    #[inline]
    pub fn get(&self, word: &str) -> Option<&V> {
        self.0.get(&Exactly(word))
    }

    /// The value of a word without regard to ASCII case; only for maps whose words differ in more than that.
    #[inline]
    pub fn get_ignoring_case(&self, word: &str) -> Option<&V> {
        self.0.get(&InAnyCase(word))
    }

    /// Whether a word has a value.
    #[inline]
    pub fn contains_key(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

/// A word that a map or set has.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry(Cow<'static, str>);

/// A word that is looked for as it is printed.
struct Exactly<'w>(&'w str);

/// A word that is looked for whatever its case.
struct InAnyCase<'w>(&'w str);

impl Equivalent<Entry> for Exactly<'_> {
    fn equivalent(&self, entry: &Entry) -> bool {
        *self.0 == *entry.0
    }
}

impl Equivalent<Entry> for InAnyCase<'_> {
    fn equivalent(&self, entry: &Entry) -> bool {
        *self.0 == *entry.0 || self.0.eq_ignore_ascii_case(&entry.0)
    }
}

impl Hash for Entry {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.0.as_bytes());
    }
}

impl Hash for Exactly<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.0.as_bytes());
    }
}

impl Hash for InAnyCase<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.0.as_bytes());
    }
}

/// Hashes a word, eight bytes at a time, without regard to ASCII case (`FxHash`, the hash of the Rust compiler's own tables). It
/// withstands nobody who looks for words of one hash: words of documents are looked up, and none is kept.
#[derive(Clone, Default)]
struct WordHasher(u64);

impl WordHasher {
    #[inline]
    fn add(&mut self, bytes: u64) {
        const CASE: u64 = 0x2020_2020_2020_2020;
        const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
        self.0 = (self.0.rotate_left(5) ^ (bytes | CASE)).wrapping_mul(GOLDEN);
    }
}

impl Hasher for WordHasher {
    #[inline]
    fn write(&mut self, word: &[u8]) {
        self.0 ^= u64::try_from(word.len()).unwrap_or_default();
        let (eights, _) = word.as_chunks();
        for eight in eights {
            self.add(u64::from_le_bytes(*eight));
        }
        // What is left over is read from the end, and overlaps what was read.
        let end = word.last_chunk().map(|last| u64::from_le_bytes(*last));
        self.add(end.unwrap_or_else(|| short(word)));
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

/// Up to eight bytes as a number.
#[inline]
fn short(word: &[u8]) -> u64 {
    match (word.first_chunk(), word.last_chunk()) {
        (Some(first), Some(last)) => {
            let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            u64::from(first) << 32 | u64::from(last)
        }
        _ => word.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    }
}

/// Of entries with the same word the last one counts.
impl<K: Into<Cow<'static, str>>, V> FromIterator<(K, V)> for WordMap<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        Self(
            entries
                .map(|(word, value)| (Entry(word.into()), value))
                .collect(),
        )
    }
}

/// A set of words.
#[derive(Clone, Debug)]
pub struct WordSet(WordMap<()>);

impl WordSet {
    /// Whether a word is in the set, letter for letter.
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// A word as the set has it.
    pub fn get(&self, word: &str) -> Option<&str> {
        let (known, ()) = self.0.0.get_key_value(&Exactly(word))?;
        Some(&known.0)
    }
}

impl<K: Into<Cow<'static, str>>> FromIterator<K> for WordSet {
    fn from_iter<I: IntoIterator<Item = K>>(words: I) -> Self {
        Self(words.into_iter().map(|word| (word, ())).collect())
    }
}

/// A map of few words. Most words that are not in it are told by their first three letters.
#[derive(Clone, Debug)]
pub struct FewWords<V> {
    openings: Trigrams,
    words: WordMap<V>,
}

impl<V> FewWords<V> {
    /// Whether an entry begins with the first three letters of a word, in any case of ASCII.
    #[inline]
    pub fn admit(&self, word: &str) -> bool {
        self.openings.admit(word.as_bytes())
    }

    /// The value of a word, letter for letter.
    #[inline]
    pub fn get(&self, word: &str) -> Option<&V> {
        self.admit(word).then(|| self.words.get(word)).flatten()
    }

    /// Whether a word has a value.
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

/// Of entries with the same word the last one counts.
impl<V> FromIterator<(&'static str, V)> for FewWords<V> {
    fn from_iter<I: IntoIterator<Item = (&'static str, V)>>(entries: I) -> Self {
        let entries: Vec<(&str, V)> = entries.into_iter().collect();
        Self {
            openings: entries.iter().map(|(word, _)| *word).collect(),
            words: entries.into_iter().collect(),
        }
    }
}

impl FromIterator<&'static str> for FewWords<()> {
    fn from_iter<I: IntoIterator<Item = &'static str>>(words: I) -> Self {
        words.into_iter().map(|word| (word, ())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_others_are_not() {
        let words: Vec<String> = (0..3000).map(|n| format!("word-{n}")).collect();
        let map: WordMap<usize> = words.iter().cloned().zip(0..).collect();
        for (at, word) in words.iter().enumerate() {
            assert_eq!(map.get(word), Some(&at), "{word}");
            assert!(!map.contains_key(&format!("{word}x")));
        }
        assert!(!map.contains_key(""));
    }

    #[test]
    fn words_are_found_in_any_case_where_that_is_asked() {
        let map: WordMap<u8> = [("boat", 1), ("sail", 2), ("a-long-harbour-name", 3)]
            .into_iter()
            .collect();
        let found = ["boat", "BOAT", "A-Long-Harbour-Name", "Sail", "boats"];
        let values = found.map(|word| map.get_ignoring_case(word).copied());
        assert_eq!(values, [Some(1), Some(1), Some(3), Some(2), None]);
        assert_eq!((map.get("Boat"), map.get("sail")), (None, Some(&2)));
    }

    #[test]
    fn of_two_entries_the_last_one_counts() {
        let map: WordMap<u8> = [("a", 1), ("b", 2), ("a", 3)].into_iter().collect();
        assert_eq!((map.get("a"), map.get("b")), (Some(&3), Some(&2)));
    }

    #[test]
    fn few_words_are_found_letter_for_letter() {
        let words: FewWords<u8> = [("may", 1), ("mg", 2), ("", 3)].into_iter().collect();
        let found = ["may", "mg", "", "May", "maybe", "mgx", "x"].map(|word| words.get(word));
        let expected = [Some(&1), Some(&2), Some(&3), None, None, None, None];
        assert_eq!(found, expected);
        assert!(words.admit("Maybe") && FewWords::from_iter(["june"]).contains("june"));
    }

    #[test]
    fn an_empty_set_holds_nothing() {
        let set: WordSet = std::iter::empty::<&str>().collect();
        assert!(!set.contains("a") && !set.contains(""));
    }
}
