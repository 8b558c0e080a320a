//! Figures that prose restates: which two report one thing, although no key says so, and yet differ.
//!
//! Why it exists: in prose a claim is said again in other words, without naming measure, study and arm each time. Sentences are
//! matched first and figures second: two sentences that share rare words, a source or other numbers restate one claim; their
//! values are aligned one to one; a conflict is one aligned pair that differs while its companions agree.
//! A sentence can also tell the row of a
//! table (`tabled`). It leaves out judgement: each pair comes with its evidence and weight, and the rule holds the threshold. It
//! leaves out two tables, whose figures meet on the key.

mod align;
mod candidate;
mod detail;
mod distinction;
mod facet;
mod item;
mod landmark;
mod lexis;
mod naming;
mod part;
mod passage;
mod purpose;
mod renumber;
pub(super) mod retelling;
mod rival;
mod score;
mod slip;
mod source;
mod story;
mod substitution;
mod tabled;
mod token;
mod words;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::{Basis, Comparison, Denoted, Extraction};
use crate::claim::{Figure, Frame, time_points_differ};
use crate::markdown::Block;
use lexis::Kind;
use part::Part;
use passage::{Passage, Passages};
use rival::Found;
use score::{Pair, Piece};
use words::Rarity;

/// Least weight of a pair that is kept, in hundredths.
const LEAST: i64 = 400;

/// Two figures taken to report one thing, with values that cannot both be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restatement {
    /// The earlier one: document, index in [`Statements::figures`](crate::claim::Statements::figures).
    pub one: (usize, usize),
    /// The later one.
    pub other: (usize, usize),
    /// Sum of the weights of all evidence, two places.
    pub weight: Decimal,
    /// What speaks for it and against it, strongest first.
    pub evidence: Vec<Evidence>,
    /// Both with what differs beside their equal values: `20.29 (18.72 to 21.86)`. Nothing where the values differ.
    pub printed: Option<[String; 2]>,
}

/// One reason why two figures are taken (or not) to report one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its name in `ontology/lexicon/restatement-weights.tsv`.
    pub kind: &'static str,
    /// Below zero where it speaks against; two places.
    pub weight: Decimal,
    /// In words: `same source [12]`.
    pub words: String,
}

/// What [`find`] reads.
pub(super) struct Run<'a> {
    pub(super) extractions: &'a [Extraction],
    pub(super) denoted: &'a [Vec<Vec<Denoted>>],
    pub(super) comparisons: &'a [Vec<Comparison>],
    /// For each document, for each name of a study: which one it is.
    pub(super) studies: &'a [Vec<Option<(usize, Basis)>>],
}

/// Restated figures that differ, heaviest first; each figure at most once. Linear in the documents but for lists of fifty.
pub(super) fn find(run: &Run<'_>) -> Vec<Restatement> {
    let mut passages = passage::read(run);
    let rarity = Rarity::new(&passages.counts, passages.sentences);
    let pairs = candidate::pairs(&passages, &rarity);
    let found: Vec<Found> = pairs
        .par_iter()
        .map(|(one, other)| aligned(&passages, &rarity, *one, *other))
        .collect::<Vec<Vec<Found>>>()
        .into_iter()
        .flatten()
        .collect();
    let documents = run.extractions.iter().map(|read| &read.document);
    let lists: Vec<Items<'_>> = documents
        .map(|document| Items::of(&document.blocks))
        .collect();
    let mut judged: Vec<(i64, Restatement)> = rival::judge(&passages, found)
        .into_iter()
        .filter_map(|pair| run.restatement(&passages, &lists, pair))
        .collect();
    let tabled = tabled::find(run, &mut passages, &rarity);
    judged.extend(tabled.into_iter().filter_map(|pair| run.of_row(pair)));
    judged.sort_by(|(a, one), (b, other)| {
        b.cmp(a)
            .then_with(|| (one.one, one.other).cmp(&(other.one, other.other)))
    });
    let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
    judged
        .into_iter()
        .map(|(_, restatement)| restatement)
        .filter(|pair| {
            let new = !told.contains(&pair.one) && !told.contains(&pair.other);
            told.insert(pair.one);
            told.insert(pair.other);
            new
        })
        .collect()
}

fn aligned(passages: &Passages, rarity: &Rarity, one: usize, other: usize) -> Vec<Found> {
    let (Some(first), Some(second)) = (passages.all.get(one), passages.all.get(other)) else {
        return Vec::new();
    };
    let pair = Pair::new(passages, rarity, first, second);
    align::align(&pair)
        .into_iter()
        .map(|aligned| Found {
            one,
            other,
            aligned,
        })
        .collect()
}

impl Run<'_> {
    /// `lists` are the items of each document.
    fn restatement(
        &self,
        passages: &Passages,
        lists: &[Items<'_>],
        mut pair: Found,
    ) -> Option<(i64, Restatement)> {
        let figure = |passage: &Passage, item: usize| {
            Some((passage.document, passage.items.get(item)?.figure))
        };
        let (first, second) = (passages.all.get(pair.one)?, passages.all.get(pair.other)?);
        let lists = lists.get(first.document);
        let same = first.document == second.document;
        if same && lists.is_some_and(|items| items.divide(first.block, second.block)) {
            return None;
        }
        let one = figure(first, pair.aligned.one)?;
        let other = figure(second, pair.aligned.other)?;
        if self.differ_in_study(one, other) {
            pair.aligned
                .evidence
                .push(Piece::whole(Kind::StudyDiffers, ""));
        }
        self.weighed(one, other, pair.aligned.evidence, pair.aligned.part)
    }

    /// A value of prose and a cell of the row that its sentence tells.
    fn of_row(&self, pair: tabled::Tabled) -> Option<(i64, Restatement)> {
        let mut evidence = pair.evidence;
        if self.differ_in_study(pair.one, pair.other) {
            evidence.push(Piece::whole(Kind::StudyDiffers, ""));
        }
        self.weighed(pair.one, pair.other, evidence, pair.part)
    }

    fn weighed(
        &self,
        one: (usize, usize),
        other: (usize, usize),
        mut evidence: Vec<Piece>,
        part: Option<Part>,
    ) -> Option<(i64, Restatement)> {
        let weight = score::sum(&evidence);
        let differ = self.differ_by_key(one, other) || self.differ_in_time(one, other);
        if weight < LEAST || differ || one == other {
            return None;
        }
        evidence.retain(|piece| piece.weight != 0);
        evidence.sort_by_key(|piece| (std::cmp::Reverse(piece.weight.abs()), piece.kind));
        let evidence = evidence
            .into_iter()
            .map(|piece| Evidence {
                kind: piece.kind.name(),
                weight: Decimal::new(piece.weight, 2),
                words: piece.kind.words(&piece.detail),
            })
            .collect();
        let (one, other) = (one.min(other), one.max(other));
        let printed =
            part.and_then(|part| Some([self.printed(part, one)?, self.printed(part, other)?]));
        Some((
            weight,
            Restatement {
                one,
                other,
                weight: Decimal::new(weight, 2),
                evidence,
                printed,
            },
        ))
    }

    /// A figure with the part of it that differs.
    fn printed(&self, part: Part, at: (usize, usize)) -> Option<String> {
        let document = &self.extractions.get(at.0)?.document;
        part::printed(part, self.figure(at)?, document)
    }

    fn comparison(&self, (document, figure): (usize, usize)) -> Option<&Comparison> {
        self.comparisons.get(document)?.get(figure)
    }

    fn figure(&self, (document, figure): (usize, usize)) -> Option<&Figure> {
        self.extractions
            .get(document)?
            .statements
            .figures
            .get(figure)
    }

    /// Whether both figures name their study themselves, and it is not one.
    fn differ_in_study(&self, one: (usize, usize), other: (usize, usize)) -> bool {
        let study = |at| {
            let frame = self.figure(at)?.study.as_ref()?.frame;
            let study = self.comparison(at)?.study?;
            (frame == Frame::Sentence).then_some(study)
        };
        matches!((study(one), study(other)), (Some(a), Some(b)) if a != b)
    }

    /// Whether both say when they hold, and it cannot be one time.
    fn differ_in_time(&self, one: (usize, usize), other: (usize, usize)) -> bool {
        let time = |at| {
            let time = self.figure(at)?.time_point.as_ref()?;
            time.frame.is_strong().then_some(time.value.as_str())
        };
        let times = time(one).zip(time(other));
        times.is_some_and(|(one, other)| time_points_differ(one, other))
    }

    /// Whether the two meet and differ on their key, so that they are judged there.
    fn differ_by_key(&self, one: (usize, usize), other: (usize, usize)) -> bool {
        let known = |at| {
            let comparison = self.comparison(at)?;
            Some((comparison.key.as_deref()?, comparison.bounds?))
        };
        match (known(one), known(other)) {
            (Some((a, (a_low, a_high))), Some((b, (b_low, b_high)))) => {
                a == b && (a_high <= b_low || b_high <= a_low)
            }
            (Some(_) | None, None) | (None, Some(_)) => false,
        }
    }
}

/// For each block of a document the one that opens its item of a list.
struct Items<'a> {
    blocks: &'a [Block],
    openers: Vec<Option<usize>>,
}

impl<'a> Items<'a> {
    /// Linear in the blocks.
    fn of(blocks: &'a [Block]) -> Self {
        let mut last: BTreeMap<usize, usize> = BTreeMap::new();
        let openers = blocks.iter().enumerate().map(|(index, block)| {
            let position = block.list.as_ref()?;
            if position.opens_item {
                last.insert(position.list, index);
            }
            last.get(&position.list).copied()
        });
        Self {
            openers: openers.collect(),
            blocks,
        }
    }

    /// Whether two blocks stand in different items of one list: such items tell of different things in like words.
    fn divide(&self, one: usize, other: usize) -> bool {
        self.around(one).any(|(list, item)| {
            let mut beside = self.around(other);
            beside.any(|(at, beside)| at == list && beside != item)
        })
    }

    /// The items that a block stands in, the innermost first: the list, and the block that opens the item.
    fn around(&self, block: usize) -> impl Iterator<Item = (usize, usize)> {
        let position = |block: usize| self.blocks.get(block)?.list.as_ref();
        let item = move |block: usize| Some((position(block)?.list, (*self.openers.get(block)?)?));
        std::iter::successors(item(block), move |(_, opener)| {
            item(position(*opener)?.parent?)
        })
    }
}
