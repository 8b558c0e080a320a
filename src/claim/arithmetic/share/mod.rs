//! Percentages whose whole is printed elsewhere: "of the 120 patients, 30 (20%) ...", "35 treated, 45 control. ... 29 (56%) control patients".
//!
//! Why it exists: a count with its percentage can be checked as soon as it is plain which number is the whole. That is so where
//! the sentence opens with it ("of the 120"), where other shares of the sentence fit it, or where a group of that name has one
//! size, where it counts the same things and a slip of the pen explains the difference. Any other number of the paragraph that would make the share right takes the doubt away: nothing is said then.

mod beyond;
mod document_wide;
mod evidence;
mod explained;
mod impossible;
mod list;
mod memory;
mod missed;
mod pair;
mod rest;
mod search;
mod stated;
mod whole;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::number::{Line, is_share};
use crate::markdown::Document;
pub(super) use document_wide::Ledger;
pub use evidence::{Share, ShareEvidence};
pub(super) use memory::Memory;
use missed::Missed;
use stated::{Stated, stated, summed};
use whole::opening;

/// More numbers than this in a sentence, and pairs of them are not tried: such a list is a table.
const LONGEST: usize = 30;

impl<'l> Memory<'l> {
    /// The shares of a sentence that do not fit their whole; afterwards the paragraph knows its numbers. `sizes` are the
    /// numbers that the whole document prints as `n = 120`.
    pub(super) fn shares(
        &mut self,
        line: &'l Line<'l>,
        sizes: &BTreeSet<Decimal>,
        document: &Document,
    ) -> Vec<Share> {
        let mut found = Vec::new();
        let is_told = (1..=LONGEST).contains(&line.numbers.len());
        if is_told && line.numbers.iter().any(is_share) {
            found = self.missed_of(line, sizes, document);
        }
        self.keep(line);
        found
    }

    /// The same of a sentence that has percentages.
    fn missed_of(
        &mut self,
        line: &Line<'_>,
        sizes: &BTreeSet<Decimal>,
        document: &Document,
    ) -> Vec<Share> {
        let mut found = Vec::new();
        let stated = stated(line);
        let summed = summed(line);
        let opening = opening(line);
        let pairs = pair::missed(line, &stated, self.last);
        if !(stated.is_empty() && summed.is_empty() && pairs.is_empty()) {
            self.recall();
        }
        for share in &stated {
            // "Of the 234 patients (90%) who came": that share is of something greater.
            let is_whole = |other: &Stated<'_>| opening.is_some() && other.counted == 0;
            let others: Vec<&Stated<'_>> = stated
                .iter()
                .filter(|other| other.at != share.at && !is_whole(other))
                .collect();
            let missed = self
                .missed(line, share, &others, opening)
                .or_else(|| self.slipped(line, share, opening))
                .or_else(|| self.of_pair(share, &others))
                .or_else(|| self.of_paragraph(line, share))
                .or_else(|| {
                    let has_pair = pairs.iter().any(|(pair, ..)| pair.at == share.at);
                    search::of_only(line, share, &others).filter(|_| !has_pair)
                })
                .filter(|missed| !self.is_explained(line, share, missed.whole, sizes));
            found.extend(missed.and_then(|missed| missed.built(line, document)));
        }
        let known: BTreeSet<usize> = found.iter().map(|share: &Share| share.figure).collect();
        let pairs = pairs.iter().map(Missed::of_pair).filter(|missed| {
            !known.contains(&missed.share.number.figure)
                && (missed.evidence == ShareEvidence::Beside
                    || !self.is_explained(line, missed.share, missed.whole, sizes))
        });
        found.extend(pairs.filter_map(|missed| missed.built(line, document)));
        let listed = list::missed(line);
        let listed = listed
            .iter()
            .filter(|(share, _)| !known.contains(&share.number.figure))
            .filter_map(|(share, whole)| Missed::of_list(share, *whole).built(line, document));
        found.extend(listed);
        found.extend(self.slipped_sum(line, &summed, sizes, document));
        if let Some(whole) = opening {
            found.extend(impossible::impossible(line, whole, &stated, document));
        }
        found.extend(rest::rest(line, document));
        self.shares
            .extend(stated.iter().filter_map(|share| share.proportion.wholes()));
        found
    }
}

#[cfg(test)]
mod tests;
