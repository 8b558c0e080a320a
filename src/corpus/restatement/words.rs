//! Words as numbers: interned stems, how rare each is, and overlaps weighted by that.
//!
//! All shares and rarities are whole thousandths, so that sums do not hang on the order or the machine.

use std::sync::Arc;

use hashbrown::HashMap;

use super::lexis::Facet;
use super::token::TokenKind;

/// Texts a run is taken to have at least: in a small folder no word would be rare.
const FEWEST: usize = 2000;

/// Interned strings. The maps are asked and never walked through, so their order reaches nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    ids: HashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
    /// Each printed word that was read.
    printed: HashMap<Arc<str>, Word>,
}

/// What a printed word is, wherever it stands.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// As printed.
    pub(super) text: Arc<str>,
    pub(super) kind: TokenKind,
    /// Interned.
    pub(super) stem: u32,
    pub(super) verb: bool,
    /// What it narrows, if anything.
    pub(super) facets: Option<&'static Vec<Facet>>,
}

impl Names {
    pub(super) fn id(&mut self, name: &str) -> u32 {
        match self.ids.get(name) {
            Some(id) => *id,
            None => self.push(name.into()),
        }
    }

    /// Adds the names of another one in their order. Gives the number here of each name there.
    pub(super) fn append(&mut self, other: Self) -> Vec<u32> {
        let names = other.texts.into_iter();
        names
            .map(|name| match self.ids.get(&name) {
                Some(id) => *id,
                None => self.push(name),
            })
            .collect()
    }

    fn push(&mut self, name: Arc<str>) -> u32 {
        let id = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.ids.insert(Arc::clone(&name), id);
        self.texts.push(name);
        id
    }

    /// A printed word, looked up where it was read before.
    pub(super) fn word(&mut self, printed: &str, read: impl FnOnce(&mut Self) -> Word) -> Word {
        if let Some(word) = self.printed.get(printed) {
            return word.clone();
        }
        let word = read(self);
        self.printed.insert(Arc::clone(&word.text), word.clone());
        word
    }

    pub(super) fn name(&self, id: u32) -> &str {
        usize::try_from(id)
            .ok()
            .and_then(|id| self.texts.get(id))
            .map_or("", AsRef::as_ref)
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}

/// How rare each stem is: the natural logarithm of texts over texts that have it, in thousandths.
#[derive(Debug, Default)]
pub(super) struct Rarity(Vec<i64>);

impl Rarity {
    /// From the number of texts each stem stands in.
    pub(super) fn new(counts: &[usize], texts: usize) -> Self {
        let texts = texts.max(FEWEST);
        Self(
            counts
                .iter()
                .map(|count| logarithm(texts, (*count).max(1)))
                .collect(),
        )
    }

    pub(super) fn of(&self, stem: u32) -> i64 {
        usize::try_from(stem)
            .ok()
            .and_then(|at| self.0.get(at))
            .copied()
            .unwrap_or(0)
    }

    fn sum<'s>(&self, stems: impl Iterator<Item = &'s u32>) -> i64 {
        stems.map(|stem| self.of(*stem)).sum()
    }

    /// Rarity of what two sorted sets share over that of all in them (weighted Jaccard), in thousandths.
    pub(super) fn overlap(&self, one: &[u32], other: &[u32]) -> i64 {
        let shared = self.sum(shared(one, other).iter());
        let all = self.sum(one.iter()) + self.sum(other.iter()) - shared;
        if all == 0 { 0 } else { shared * 1000 / all }
    }

    /// Rarity of what two sorted sets share over that of the lesser one, in thousandths.
    pub(super) fn containment(&self, one: &[u32], other: &[u32]) -> i64 {
        let least = self.sum(one.iter()).min(self.sum(other.iter()));
        if least == 0 {
            0
        } else {
            self.shared(one, other) * 1000 / least
        }
    }

    /// Rarity of what two sorted sets share.
    pub(super) fn shared(&self, one: &[u32], other: &[u32]) -> i64 {
        self.sum(shared(one, other).iter())
    }
}

/// What two sorted sets share.
pub(super) fn shared<T: Ord + Clone>(one: &[T], other: &[T]) -> Vec<T> {
    let (mut a, mut b) = (one.iter().peekable(), other.iter().peekable());
    let mut found = Vec::new();
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => {
                a.next();
            }
            std::cmp::Ordering::Greater => {
                b.next();
            }
            std::cmp::Ordering::Equal => {
                found.push((*x).clone());
                a.next();
                b.next();
            }
        }
    }
    found
}

/// Natural logarithm of a quotient of at least one, in thousandths; straight between powers of two (at most 60 off).
fn logarithm(over: usize, under: usize) -> i64 {
    let quotient = u64::try_from(over)
        .unwrap_or(u64::MAX)
        .saturating_mul(1024)
        .checked_div(u64::try_from(under).unwrap_or(u64::MAX))
        .unwrap_or(0)
        .max(1024);
    let power = quotient.ilog2();
    let rest = (quotient - (1 << power)) * 1000 / (1 << power);
    let two = (i64::from(power) - 10) * 1000 + i64::try_from(rest).unwrap_or(0);
    two * 693 / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts_are_numbered_as_if_read_one_after_another() {
        let read = |names: &mut Names, words: &str| {
            let words = words.split(' ');
            words.map(|word| names.id(word)).collect::<Vec<u32>>()
        };
        let mut whole = Names::default();
        read(&mut whole, "all");
        let mut parts = [whole.clone(), whole.clone()];
        read(&mut parts[0], "tea mint");
        read(&mut parts[1], "pots mint all tea");
        let [one, other] = parts;
        assert_eq!(whole.append(one), [0, 1, 2]);
        assert_eq!(whole.append(other), [0, 3, 2, 1]);
        assert_eq!(read(&mut whole, "all tea mint pots"), [0, 1, 2, 3]);
    }

    #[test]
    fn rare_words_weigh_more_than_common_ones() {
        let rarity = Rarity::new(&[1, 1000, 2000], 2000);
        assert!((7500..7700).contains(&rarity.of(0)), "{}", rarity.of(0));
        assert_eq!(rarity.of(1), 693);
        assert_eq!(rarity.of(2), 0);
        assert_eq!(rarity.overlap(&[0, 1], &[0, 1]), 1000);
        assert!(rarity.overlap(&[0, 1], &[0]) > rarity.overlap(&[0, 1], &[1]));
        assert_eq!(rarity.containment(&[0, 1], &[1]), 1000);
    }
}
