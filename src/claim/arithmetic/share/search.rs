//! Which whole a share misses: the routes from a share to its whole, each with what speaks for it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::super::number::Line;
use super::super::proportion::Fewer;
use super::explained::{Counted, counted, only_in_front};
use super::missed::Missed;
use super::stated::Stated;
use super::whole::{Whole, counted_noun, is_rebased, is_rebased_within};
use super::{Memory, Share, ShareEvidence, impossible};
use crate::markdown::Document;

/// More wholes than this of one noun, and one of them may be near by chance.
const MOST_WHOLES: usize = 4;
/// Fewest other shares of a paragraph that fit one whole.
const FEWEST_FITTING: usize = 2;

impl Memory<'_> {
    /// The whole that a share misses.
    pub(super) fn missed<'s, 'a>(
        &self,
        line: &Line<'_>,
        share: &'s Stated<'a>,
        others: &[&Stated<'_>],
        opening: Option<Whole>,
    ) -> Option<Missed<'s, 'a>> {
        let found = |whole, evidence| Missed {
            share,
            whole,
            evidence,
        };
        let misses = |whole: &Whole| share.proportion.misses(whole.size);
        let fitting = |whole: &Whole| {
            others
                .iter()
                .filter(|other| other.proportion.fits(whole.size))
                .count()
        };
        let rebased = is_rebased(line, share.at);
        if let Some(whole) = opening.filter(|whole| !rebased && misses(whole)) {
            let agreed = !others.is_empty() && fitting(&whole) == others.len();
            let evidence = if agreed {
                ShareEvidence::Siblings
            } else {
                ShareEvidence::Opening
            };
            // "Of 59 patients, 56 (95%) agreed, and 29 (52%) came": the first share is of all, others may be of it.
            let is_first = share.counted == 1;
            return (agreed || is_first || others.is_empty()).then(|| found(whole, evidence));
        }
        let of_list = self.listed(line, share, others).filter(misses);
        if let Some(whole) = of_list {
            return Some(found(whole, ShareEvidence::Siblings));
        }
        let own = self.group(line, share)?;
        let confirmed = others.iter().any(|other| {
            self.group(line, other).is_some_and(|whole| {
                whole.figure != own.figure && other.proportion.fits(whole.size)
            })
        });
        (confirmed && misses(&own)).then(|| found(own, ShareEvidence::Group))
    }

    /// The nearest whole in front of the shares of a sentence that all of them but this one fit: two at least, or one that makes
    /// the whole together with this one.
    fn listed(&self, line: &Line<'_>, share: &Stated<'_>, others: &[&Stated<'_>]) -> Option<Whole> {
        let first = others
            .iter()
            .map(|other| other.at.min(other.counted))
            .min()?;
        let first = first.min(share.at.min(share.counted));
        if is_rebased_within(line, first, share.at) {
            return None;
        }
        let makes = |whole: Decimal| match others {
            [other] => other.proportion.count.checked_add(share.proportion.count) == Some(whole),
            _ => true,
        };
        let own: Vec<Counted> = counted(line, &[], self.sentence)
            .take_while(|(at, _)| *at < first)
            .map(|(_, counted)| counted)
            .collect();
        self.counts
            .iter()
            .chain(&own)
            .rev()
            .map(Counted::whole)
            .find(|whole| {
                others.iter().all(|other| other.proportion.fits(whole.size)) && makes(whole.size)
            })
    }

    /// Of two groups that were counted side by side, that of the share: the other share of the sentence fits the other one.
    pub(super) fn of_pair<'s, 'a>(
        &self,
        share: &'s Stated<'a>,
        others: &[&Stated<'_>],
    ) -> Option<Missed<'s, 'a>> {
        let [other] = others else { return None };
        let groups = self
            .counts
            .windows(2)
            .rev()
            .filter_map(|pair| <&[Counted; 2]>::try_from(pair).ok())
            .find(|[one, two]| {
                one.sentence == two.sentence
                    && one.is_whole
                    && (other.proportion.fits(one.size) || other.proportion.fits(two.size))
            })?;
        let [one, two] = groups;
        let own = if other.proportion.fits(two.size) {
            one
        } else {
            two
        };
        let misses = |group: &Counted| {
            share.proportion.misses(group.size) && share.proportion.fewer(group.size) == Fewer::No
        };
        (misses(one) && misses(two)).then(|| Missed {
            share,
            whole: own.whole(),
            evidence: ShareEvidence::Pair,
        })
    }

    /// The whole of the same things, or of the group of that name, from which only a slip leads to the printed percentage.
    pub(super) fn slipped<'s, 'a>(
        &self,
        line: &Line<'_>,
        share: &'s Stated<'a>,
        opening: Option<Whole>,
    ) -> Option<Missed<'s, 'a>> {
        let noun = counted_noun(line, share.counted).or_else(|| counted_noun(line, share.at));
        let named = self.wholes_of(line, noun);
        if named.iter().any(|whole| share.proportion.fits(whole.size)) || named.len() > MOST_WHOLES
        {
            return None;
        }
        let whole = opening
            .into_iter()
            .chain(self.group(line, share))
            .chain(named)
            .find(|whole| share.proportion.misses_by_slip(whole.size))?;
        Some(Missed {
            share,
            whole,
            evidence: ShareEvidence::Slip,
        })
    }

    /// The same of counts that are summed up: "30 cases and 1 case, corresponding to 24.1% of all cases".
    pub(super) fn slipped_sum(
        &self,
        line: &Line<'_>,
        summed: &[Stated<'_>],
        sizes: &BTreeSet<Decimal>,
        document: &Document,
    ) -> Option<Share> {
        let wholes_of = |share: &Stated<'_>| self.wholes_of(line, counted_noun(line, share.at));
        let is_explained = summed.iter().any(|share| {
            let fits = |whole: &Whole| share.proportion.fits(whole.size);
            wholes_of(share).iter().any(fits) || self.is_explained(line, share, Whole::NONE, sizes)
        });
        if is_explained {
            return None;
        }
        let missed = summed.iter().find_map(|share| {
            let mut wholes = wholes_of(share).into_iter().take(MOST_WHOLES);
            let whole = wholes.find(|whole| share.proportion.misses_by_slip(whole.size))?;
            Some(Missed {
                share,
                whole,
                evidence: ShareEvidence::Slip,
            })
        });
        missed?.built(line, document)
    }

    /// The only whole that the other shares of the paragraph fit.
    pub(super) fn of_paragraph<'s, 'a>(
        &self,
        line: &Line<'_>,
        share: &'s Stated<'a>,
    ) -> Option<Missed<'s, 'a>> {
        let fitting = |size: Decimal| {
            let fits = |(low, high): &&(Decimal, Decimal)| *low <= size && size <= *high;
            self.shares.iter().filter(fits).count()
        };
        let whole = self.counts.iter().rev().map(Counted::whole).find(|whole| {
            fitting(whole.size) >= FEWEST_FITTING && fitting(whole.size) == self.shares.len()
        })?;
        let misses = share.proportion.misses(whole.size) && !is_rebased(line, share.at);
        (misses && !impossible::is_estimated(line)).then_some(Missed {
            share,
            whole,
            evidence: ShareEvidence::Paragraph,
        })
    }
}

/// The only whole that its sentence counts in front of a share; other shares of the sentence fit it.
pub(super) fn of_only<'s, 'a>(
    line: &Line<'_>,
    share: &'s Stated<'a>,
    others: &[&Stated<'_>],
) -> Option<Missed<'s, 'a>> {
    let whole = only_in_front(line, share)?;
    let misses = share.proportion.misses(whole.size);
    let is_agreed = others.iter().all(|other| other.proportion.fits(whole.size));
    let is_plain = !is_rebased(line, share.at) && !impossible::is_estimated_beside(line, share);
    (misses && is_agreed && is_plain).then_some(Missed {
        share,
        whole,
        evidence: ShareEvidence::Only,
    })
}
