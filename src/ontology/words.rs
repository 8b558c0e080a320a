//! Words to look up, without order: sets and maps that are made once and asked for nearly every word of a text.
//!
//! Why it exists: an ordered map compares a word with some ten others, and most words of a text are in no list. Nothing here
//! can be walked through, so no order reaches a report.

use std::borrow::Cow;

use hashbrown::HashMap;

use super::openings::Trigrams;

/// A map from words to values.
#[derive(Clone, Debug)]
pub struct WordMap<V>(HashMap<Cow<'static, str>, V>);

impl<V> WordMap<V> {
    /// The value of a word, letter for letter.
    pub fn get(&self, word: &str) -> Option<&V> {
        self.0.get(word)
    }

    /// Whether a word has a value.
    pub fn contains_key(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }
}

/// Of entries with the same word the last one counts.
impl<K: Into<Cow<'static, str>>, V> FromIterator<(K, V)> for WordMap<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        Self(entries.map(|(word, value)| (word.into(), value)).collect())
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
        let (known, ()) = self.0.0.get_key_value(word)?;
        Some(known)
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
