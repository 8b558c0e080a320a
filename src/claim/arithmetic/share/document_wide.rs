//! Shares that the rest of a document contradicts: "2 (9.3%) patients given X" where the other shares of those given X are of 47.
//!
//! Why it exists: most articles print the sizes of their groups once, and pages later only counts and percentages. Two things
//! tell the whole of such a share: the arm that its figure is bound to, where other shares of that arm fit one number, and a
//! number that other shares of the document fit. A share that any number of its paragraph, any size of a group or any count of
//! people explains is left alone, and so is one that people who are missing may explain.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::super::number::Line;
use super::super::parts::{counts_things, is_count};
use super::super::printed::as_printed;
use super::super::proportion::{Fewer, Proportion};
use super::super::table_share::whole_number;
use super::explained::rough;
use super::stated::{Stated, stated};
use super::{LONGEST, Share, ShareEvidence};
use crate::claim::Figure;
use crate::claim::group_size::group_size;
use crate::markdown::{Document, Place};
use crate::quantity::Role;
use crate::text::Span;

/// Fewest other shares that fit a number before a slip from it is believed.
const FEWEST_FITTING: usize = 2;
/// Fewest that fit it where no slip leads to it.
const FEWEST_DOMINANT: usize = 4;
/// More numbers than this that shares fit are not tried; the ones that most shares fit are.
const MOST_WHOLES: usize = 24;
/// So many of those that most shares fit are believed where a slip leads from one to a share.
const MOST_SLIPPED: usize = 4;
/// A document of more arms than this is read for the first ones alone.
const MOST_ARMS: usize = 24;
/// More sizes of groups than this are not added to one another.
const MOST_SIZES: usize = 60;

/// What the prose of one document has counted.
#[derive(Default)]
pub(in crate::claim::arithmetic) struct Ledger {
    pairs: Vec<Pair>,
    /// Sizes of groups and counts of things.
    wholes: BTreeMap<Decimal, Printed>,
    /// Sizes of groups alone.
    sizes: BTreeSet<Decimal>,
    /// Counts that are cells of tables.
    cells: BTreeSet<Decimal>,
    /// All counts of a block.
    near: BTreeMap<usize, BTreeSet<Decimal>>,
}

/// Where a number is printed.
#[derive(Clone, Copy)]
struct Printed {
    figure: Option<usize>,
    span: Span,
}

/// A count with its percentage.
struct Pair {
    proportion: Proportion,
    figure: usize,
    place: Place,
    arm: Option<String>,
}

/// The least and the greatest whole of each of some shares, each sorted, to count how many fit a number.
struct Ranges {
    lows: Vec<Decimal>,
    highs: Vec<Decimal>,
}

impl Ranges {
    fn of<'p>(pairs: impl Iterator<Item = &'p Pair>) -> Self {
        let (mut lows, mut highs): (Vec<Decimal>, Vec<Decimal>) = pairs
            .filter(|pair| pair.proportion.is_telling())
            .filter_map(|pair| pair.proportion.wholes())
            .unzip();
        lows.sort();
        highs.sort();
        Self { lows, highs }
    }

    fn len(&self) -> usize {
        self.lows.len()
    }

    fn fitting(&self, whole: Decimal) -> usize {
        let begun = self.lows.partition_point(|low| *low <= whole);
        let ended = self.highs.partition_point(|high| *high < whole);
        begun.saturating_sub(ended)
    }
}

impl Ledger {
    /// Takes in the numbers of the sentences, in order; none where no share has its count beside it.
    pub(in crate::claim::arithmetic) fn of<'l>(
        lines: impl Iterator<Item = &'l Line<'l>> + Clone,
        figures: &[Figure],
        document: &Document,
    ) -> Self {
        let read = |line: &&Line<'_>| line.numbers.len() <= LONGEST && line.place.cell.is_none();
        let mut ledger = Self::default();
        for line in lines.clone().filter(read) {
            let pairs = stated(line);
            let pairs = pairs.iter();
            ledger
                .pairs
                .extend(pairs.filter_map(|share| Pair::of(share, line, figures)));
        }
        if !ledger.pairs.is_empty() {
            lines
                .filter(read)
                .for_each(|line| ledger.learn(line, document));
        }
        ledger
    }

    /// Takes in the counts of a sentence.
    fn learn(&mut self, line: &Line<'_>, document: &Document) {
        let near = self.near.entry(line.place.block).or_default();
        for (at, number) in line.numbers.iter().enumerate() {
            let is_size = number.role == Role::SampleSize;
            let count = number.count.filter(|_| is_count(number) || is_size);
            near.extend(
                count
                    .into_iter()
                    .chain(number.denominator)
                    .chain(rough(number)),
            );
            let own = count.filter(|_| is_size || counts_things(line, at));
            for whole in own.into_iter().chain(number.denominator) {
                let place = Place {
                    range: number.range.clone(),
                    ..line.place.clone()
                };
                self.wholes.entry(whole).or_insert(Printed {
                    figure: Some(number.figure),
                    span: document.span(&place),
                });
                if is_size || number.denominator.is_some() {
                    self.sizes.insert(whole);
                }
            }
        }
    }

    /// Takes in the sizes of groups and the bare counts that a table prints.
    pub(in crate::claim::arithmetic) fn learn_table(&mut self, document: &Document, block: usize) {
        if self.pairs.is_empty() {
            return;
        }
        let rows = document.table(block).map(|table| table.rows.iter());
        for cell in rows.into_iter().flatten().flat_map(|row| &row.cells) {
            self.cells.extend(whole_number(&cell.text.plain));
            if let Some((size, _)) = group_size(&cell.text.plain) {
                self.sizes.insert(size);
                self.wholes.entry(size).or_insert(Printed {
                    figure: None,
                    span: cell.span,
                });
            }
        }
    }

    /// The shares that the others contradict, but for those of figures in `known`.
    pub(in crate::claim::arithmetic) fn shares(
        &self,
        known: &BTreeSet<usize>,
        document: &Document,
    ) -> Vec<Share> {
        let mut arms: BTreeMap<&str, Vec<&Pair>> = BTreeMap::new();
        for pair in &self.pairs {
            if let Some(arm) = &pair.arm {
                arms.entry(arm).or_default().push(pair);
            }
        }
        let of_arm: BTreeMap<&str, Decimal> = arms
            .into_iter()
            .filter(|(_, pairs)| pairs.len() > FEWEST_FITTING)
            .take(MOST_ARMS)
            .filter_map(|(arm, pairs)| Some((arm, self.of_arm(&pairs)?)))
            .collect();
        let all = Ranges::of(self.pairs.iter());
        let mut common: Vec<(usize, Decimal)> = self
            .wholes
            .keys()
            .map(|whole| (all.fitting(*whole), *whole))
            .filter(|(fitting, _)| *fitting >= FEWEST_FITTING)
            .collect();
        common.sort_by(|one, other| other.cmp(one));
        common.truncate(MOST_WHOLES);
        let unknown = self
            .pairs
            .iter()
            .filter(|pair| !known.contains(&pair.figure));
        unknown
            .filter(|pair| !self.explains(pair))
            .filter_map(|pair| {
                let arm = pair.arm.as_deref().and_then(|arm| of_arm.get(arm).copied());
                let (whole, evidence) = missed(pair, arm, &common, all.len())?;
                self.share(pair, whole, evidence, document)
            })
            .collect()
    }

    /// The number that most shares of an arm fit.
    fn of_arm(&self, pairs: &[&Pair]) -> Option<Decimal> {
        let ranges = Ranges::of(pairs.iter().copied());
        let (fitting, is_size, whole) = self
            .wholes
            .keys()
            .map(|whole| (ranges.fitting(*whole), self.sizes.contains(whole), *whole))
            .max()?;
        let fewest = if is_size {
            FEWEST_FITTING
        } else {
            FEWEST_FITTING + 1
        };
        (fitting >= fewest && fitting * 5 >= ranges.len().saturating_sub(1) * 3).then_some(whole)
    }

    /// Whether some number near a share, a count of people or things, or the sum or difference of two sizes makes it right.
    fn explains(&self, pair: &Pair) -> bool {
        let Some((low, high)) = pair.proportion.wide_wholes() else {
            return true;
        };
        let block = pair.place.block;
        let near = self.near.range(block.saturating_sub(1)..=block + 1);
        if self.wholes.range(low..=high).next().is_some()
            || self.cells.range(low..=high).next().is_some()
            || near
                .into_iter()
                .any(|(_, counts)| counts.range(low..=high).next().is_some())
        {
            return true;
        }
        let within = |one: Decimal, other: Decimal| {
            one <= other && self.sizes.range(one..=other).next().is_some()
        };
        self.sizes.iter().take(MOST_SIZES).any(|size| {
            within(low.saturating_sub(*size), high.saturating_sub(*size))
                || within(low.saturating_add(*size), high.saturating_add(*size))
        })
    }

    fn share(
        &self,
        pair: &Pair,
        whole: Decimal,
        evidence: ShareEvidence,
        document: &Document,
    ) -> Option<Share> {
        let printed = self.wholes.get(&whole)?;
        let source = document.source.text();
        let percent = pair.proportion.percent_of(whole, 1)?;
        Some(Share {
            span: document.span(&pair.place),
            place: pair.place.clone(),
            figure: pair.figure,
            whole: printed.figure,
            whole_at: Some(printed.span),
            evidence,
            calculation: format!(
                "{} of {} is {}%",
                as_printed(pair.proportion.count, source),
                as_printed(whole, source),
                percent.normalize()
            ),
            printed: format!("{}%", pair.proportion.percent),
        })
    }
}

impl Pair {
    fn of(share: &Stated<'_>, line: &Line<'_>, figures: &[Figure]) -> Option<Self> {
        let number = share.number;
        // "13.5% (n = 60)" often says how many there are in all.
        let is_size = number.printed.contains('=');
        let figure = figures.get(number.figure)?;
        let proportion = share.proportion.clone();
        let is_read = !is_size
            && proportion.percent <= Decimal::ONE_HUNDRED
            && proportion.wide_wholes().is_some();
        is_read.then(|| Self {
            proportion,
            figure: number.figure,
            place: Place {
                range: number.range.clone(),
                ..line.place.clone()
            },
            arm: figure.arm.as_ref().map(|arm| arm.value.clone()),
        })
    }
}

/// The whole that a share misses: that of its arm, or one of those that other shares fit.
fn missed(
    pair: &Pair,
    arm: Option<Decimal>,
    common: &[(usize, Decimal)],
    all: usize,
) -> Option<(Decimal, ShareEvidence)> {
    let proportion = &pair.proportion;
    let possible = |whole: &Decimal| *whole > proportion.count;
    let mut wholes = arm
        .into_iter()
        .chain(common.iter().map(|(_, whole)| *whole));
    // Somebody may be missing of one of them.
    if wholes.any(|whole| possible(&whole) && proportion.fewer(whole) == Fewer::Few) {
        return None;
    }
    if let Some(whole) = arm.filter(possible)
        && (proportion.fewer(whole) == Fewer::No || proportion.is_slip_of(whole))
    {
        return Some((whole, ShareEvidence::Arm));
    }
    common
        .iter()
        .take(MOST_SLIPPED)
        .find(|(fitting, whole)| {
            let is_dominant =
                *fitting >= FEWEST_DOMINANT && fitting * 5 >= all.saturating_sub(1) * 3;
            possible(whole)
                && (proportion.is_slip_of(*whole)
                    || is_dominant && proportion.fewer(*whole) == Fewer::No)
        })
        .map(|(_, whole)| (*whole, ShareEvidence::Document))
}
