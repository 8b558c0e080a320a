//! What the sentences of a paragraph have counted so far, for the shares that come after them.
//!
//! Why it exists: the whole of a share often stands a sentence or a paragraph before it. What makes one of them its whole is for
//! [`search`](super::search).

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::super::number::{Line, is_share};
use super::super::parts::is_count;
use super::explained::{Counted, counted};
use super::stated::{Stated, stated};
use super::whole::{Whole, counted_noun, group_words};

/// So many numbers of a paragraph are kept as possible wholes.
const KEPT: usize = 40;

/// So many paragraphs back a whole is looked for by the noun that it counts.
const PARAGRAPHS_BACK: usize = 2;

/// What the sentences of one paragraph have counted so far, and what the paragraphs before it did. A sentence is read for that
/// when a share comes that may be of it: most text has none.
#[derive(Default)]
pub(in crate::claim::arithmetic) struct Memory<'l> {
    /// Sentences that nobody has asked for, each with the number of its paragraph.
    unread: Vec<(usize, &'l Line<'l>)>,
    /// The number of this paragraph.
    paragraph: usize,
    /// The sentence before, in the same paragraph.
    pub(super) last: Option<&'l Line<'l>>,
    pub(super) counts: Vec<Counted>,
    /// How many sentences came before.
    pub(super) sentence: usize,
    groups: Vec<Group>,
    /// The least and the greatest whole of each share so far.
    pub(super) shares: Vec<(Decimal, Decimal)>,
    named: Vec<Named>,
}

/// A group with its size: "45 control".
struct Group {
    words: BTreeSet<String>,
    size: Decimal,
    figure: usize,
}

/// A count of things by their noun: "196 cases".
struct Named {
    noun: &'static str,
    whole: Whole,
    paragraph: usize,
}

impl<'l> Memory<'l> {
    /// Forgets what only the paragraph so far is asked for.
    pub(in crate::claim::arithmetic) fn begin_paragraph(&mut self) {
        let paragraph = self.paragraph + 1;
        let is_near = |of: usize| of + PARAGRAPHS_BACK >= paragraph;
        self.unread.retain(|(of, _)| is_near(*of));
        self.named.retain(|one| is_near(one.paragraph));
        *self = Self {
            paragraph,
            unread: std::mem::take(&mut self.unread),
            named: std::mem::take(&mut self.named),
            ..Self::default()
        };
    }

    /// The different counts of a noun in this paragraph and those before it, and in the sentence itself; the nearest first.
    pub(super) fn wholes_of(&self, line: &Line<'_>, noun: Option<&'static str>) -> Vec<Whole> {
        let Some(noun) = noun else {
            return Vec::new();
        };
        let earlier = self
            .named
            .iter()
            .filter(|named| named.noun == noun)
            .map(|named| named.whole);
        let mut found: Vec<Whole> = Vec::new();
        for whole in earlier.chain(
            named_wholes(line)
                .filter(|(own, _)| *own == noun)
                .map(|(_, whole)| whole),
        ) {
            if found.iter().all(|known| known.size != whole.size) {
                found.insert(0, whole);
            }
        }
        found
    }

    /// The only group that a share's words name.
    pub(super) fn group(&self, line: &Line<'_>, share: &Stated<'_>) -> Option<Whole> {
        let words = group_words(line, share.at);
        let mut named = self
            .groups
            .iter()
            .filter(|group| !words.is_empty() && words.is_subset(&group.words));
        let first = named.next()?;
        named
            .all(|other| other.size == first.size)
            .then_some(Whole {
                size: first.size,
                figure: first.figure,
            })
    }

    /// Keeps a sentence for the shares that come after it.
    pub(super) fn keep(&mut self, line: &'l Line<'l>) {
        self.last = Some(line);
        if !line.numbers.is_empty() && !line.is_long() {
            self.unread.push((self.paragraph, line));
        }
    }

    /// Takes in the numbers of the sentences that were kept.
    pub(super) fn recall(&mut self) {
        for (paragraph, line) in std::mem::take(&mut self.unread) {
            self.named
                .extend(named_wholes(line).map(|(noun, whole)| Named {
                    noun,
                    whole,
                    paragraph,
                }));
            drain(&mut self.named);
            if paragraph == self.paragraph {
                self.learn(line);
            }
        }
        drain(&mut self.shares);
    }

    /// Takes in the numbers of a sentence of this paragraph.
    fn learn(&mut self, line: &Line<'_>) {
        let stated = stated(line);
        for (at, counted) in counted(line, &stated, self.sentence) {
            self.counts.push(counted);
            let is_plain = line
                .numbers
                .get(at)
                .is_some_and(|number| number.denominator.is_none() && !is_share(number));
            if !is_plain {
                continue;
            }
            let words = group_words(line, at);
            if !words.is_empty() {
                self.groups.push(Group {
                    words,
                    size: counted.size,
                    figure: counted.figure,
                });
            }
        }
        self.sentence += 1;
        drain(&mut self.counts);
        drain(&mut self.groups);
    }
}

/// Drops the first of more than are kept.
fn drain<T>(kept: &mut Vec<T>) {
    kept.drain(..kept.len().saturating_sub(KEPT));
}

/// The counts of a sentence with the noun of what they count.
fn named_wholes<'l>(line: &'l Line<'_>) -> impl Iterator<Item = (&'static str, Whole)> + 'l {
    line.numbers.iter().enumerate().filter_map(|(at, number)| {
        let size = number.denominator.or(number
            .count
            .filter(|_| is_count(number) && !is_share(number)))?;
        let whole = Whole {
            size,
            figure: number.figure,
        };
        (size > Decimal::ONE).then_some((counted_noun(line, at)?, whole))
    })
}
