//! Words to look up, without order: sets and maps that are made once and asked for nearly every word of a text.
//!
//! Why it exists: an ordered map compares a word with some ten others; most words of a text are in no list, and one look at
//! an empty bucket says so. The hash is fixed and nothing here can be walked through, so no order reaches a report.

use std::borrow::Cow;

/// A map from words to values.
#[derive(Clone, Debug)]
pub struct WordMap<V> {
    /// For each bucket, where its entries begin; one more at the end.
    starts: Vec<usize>,
    /// Sorted by bucket, then by word.
    entries: Vec<(Cow<'static, str>, V)>,
    /// Number of buckets less one; the number is a power of two.
    mask: u64,
}

impl<V> WordMap<V> {
    /// The value of a word, letter for letter.
    pub fn get(&self, word: &str) -> Option<&V> {
        let bucket = usize::try_from(hash(word) & self.mask).ok()?;
        let (start, end) = (*self.starts.get(bucket)?, *self.starts.get(bucket + 1)?);
        self.entries
            .get(start..end)?
            .iter()
            .find(|(known, _)| known == word)
            .map(|(_, value)| value)
    }

    /// Whether a word has a value.
    pub fn contains_key(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

/// Of entries with the same word the last one counts.
impl<K: Into<Cow<'static, str>>, V> FromIterator<(K, V)> for WordMap<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut entries: Vec<(Cow<'static, str>, V)> = entries
            .into_iter()
            .map(|(word, value)| (word.into(), value))
            .collect();
        let buckets = (2 * entries.len()).next_power_of_two();
        let mask = u64::try_from(buckets - 1).unwrap_or_default();
        let bucket = |word: &str| usize::try_from(hash(word) & mask).unwrap_or_default();
        entries.reverse();
        entries.sort_by(|(a, _), (b, _)| (bucket(a), a).cmp(&(bucket(b), b)));
        entries.dedup_by(|(later, _), (earlier, _)| later == earlier);
        let mut starts = Vec::with_capacity(buckets + 1);
        for (at, (word, _)) in entries.iter().enumerate() {
            let own = bucket(word);
            while starts.len() <= own {
                starts.push(at);
            }
        }
        starts.resize(buckets + 1, entries.len());
        Self {
            starts,
            entries,
            mask,
        }
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
}

impl<K: Into<Cow<'static, str>>> FromIterator<K> for WordSet {
    fn from_iter<I: IntoIterator<Item = K>>(words: I) -> Self {
        Self(words.into_iter().map(|word| (word, ())).collect())
    }
}

/// Of the first and the last eight bytes and the length; the multiplier is that of Fibonacci hashing (2^64 by the golden ratio).
fn hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let (head, tail) = if let (Some(head), Some(tail)) = (bytes.first_chunk(), bytes.last_chunk()) {
        (u64::from_le_bytes(*head), u64::from_le_bytes(*tail))
    } else {
        let pack = |sum: u64, byte: &u8| (sum << 8) | u64::from(*byte);
        (bytes.iter().fold(0, pack), 0)
    };
    let length = u64::try_from(bytes.len()).unwrap_or_default();
    (head ^ tail.rotate_left(23) ^ length).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32
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
    fn an_empty_set_holds_nothing() {
        let set: WordSet = std::iter::empty::<&str>().collect();
        assert!(!set.contains("a") && !set.contains(""));
    }
}
