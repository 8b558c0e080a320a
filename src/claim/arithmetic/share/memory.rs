//! What the sentences of a paragraph have counted so far, for the shares that come after them.
//!
//! Why it exists: the whole of a share often stands a sentence or a paragraph before it. What makes one of them its whole is for
//! [`search`](super::search).

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::super::number::{Line, is_share};
use super::super::parts::is_count;
use super::explained::{Counted, counted};
use super::pair;
use super::stated::{Stated, stated};
use super::whole::{Whole, counted_noun, group_words};

/// So many numbers of a paragraph are kept as possible wholes.
const KEPT: usize = 40;

/// So many paragraphs back a whole is looked for by the noun that it counts.
const PARAGRAPHS_BACK: usize = 2;

/// What the sentences of one paragraph have counted so far, and what the paragraphs before it did.
#[derive(Default)]
pub(in crate::claim::arithmetic) struct Paragraph {
    pub(super) counts: Vec<Counted>,
    /// How many sentences came before.
    pub(super) sentence: usize,
    groups: Vec<Group>,
    /// The least and the greatest whole of each share so far.
    pub(super) shares: Vec<(Decimal, Decimal)>,
    named: Vec<Named>,
    pub(super) before: pair::Before,
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
    /// How many paragraphs ago.
    age: usize,
}

impl Paragraph {
    /// The state before the next paragraph.
    pub(in crate::claim::arithmetic) fn next(self) -> Self {
        let mut named = self.named;
        for one in &mut named {
            one.age += 1;
        }
        named.retain(|one| one.age <= PARAGRAPHS_BACK);
        Self {
            named,
            ..Self::default()
        }
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

    /// Takes in the numbers of a sentence.
    pub(super) fn learn(&mut self, line: &Line<'_>) {
        if line.is_long() {
            return;
        }
        self.named
            .extend(named_wholes(line).map(|(noun, whole)| Named {
                noun,
                whole,
                age: 0,
            }));
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
        let surplus = self.counts.len().saturating_sub(KEPT);
        self.counts.drain(..surplus);
        let surplus = self.groups.len().saturating_sub(KEPT);
        self.groups.drain(..surplus);
        let surplus = self.named.len().saturating_sub(KEPT);
        self.named.drain(..surplus);
        let surplus = self.shares.len().saturating_sub(KEPT);
        self.shares.drain(..surplus);
    }
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
