//! What a paragraph has counted, and whether that makes a share right after all.
//!
//! Why it exists: a share may be of a whole that nobody names: of those of two groups together, of those who stayed. Where such
//! numbers make it right, nothing is said of it. Any two numbers of a paragraph would explain nearly every share, so they are
//! added and taken away only where the text could mean it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::super::number::{Line, Number, is_share};
use super::super::parts::{counts_things, is_count};
use super::Memory;
use super::stated::Stated;
use super::whole::Whole;
use crate::quantity::Role;

/// A number of a paragraph that may be a whole.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    pub(super) size: Decimal,
    pub(super) figure: usize,
    /// Which sentence of the paragraph it stands in.
    pub(super) sentence: usize,
    /// Whether it counts people or things, and is not itself the count of a share.
    pub(super) is_whole: bool,
    /// Whether it is printed as the size of a group: `n = 120`, the 120 of "30 of 120".
    is_size: bool,
}

impl Counted {
    pub(super) const fn whole(&self) -> Whole {
        Whole {
            size: self.size,
            figure: self.figure,
        }
    }
}

/// The numbers of a sentence that may be wholes. `stated` are its shares.
pub(super) fn counted<'l>(
    line: &'l Line<'_>,
    stated: &[Stated<'_>],
    sentence: usize,
) -> impl Iterator<Item = (usize, Counted)> + 'l {
    let numerators: BTreeSet<usize> = stated.iter().map(|share| share.counted).collect();
    line.numbers
        .iter()
        .enumerate()
        .filter_map(move |(at, number)| {
            let is_size = number.role == Role::SampleSize;
            let counts = number.count.filter(|_| is_count(number) || is_size);
            let is_size = is_size || number.denominator.is_some();
            let is_whole = is_size
                || (!is_share(number) && !numerators.contains(&at) && counts_things(line, at));
            let counted = Counted {
                size: number.denominator.or(counts)?,
                figure: number.figure,
                sentence,
                is_whole,
                is_size,
            };
            Some((at, counted))
        })
}

impl Memory<'_> {
    /// Whether another number, or the sum or difference of two, would make the share right. `sizes` are the numbers that the
    /// document prints as `n = 120`.
    pub(super) fn is_explained(
        &self,
        line: &Line<'_>,
        share: &Stated<'_>,
        whole: Whole,
        sizes: &BTreeSet<Decimal>,
    ) -> bool {
        let Some((low, high)) = share.proportion.wholes() else {
            return true;
        };
        let within = |size: Decimal| low <= size && size <= high;
        let of_line = line
            .numbers
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != share.at && *at != share.counted)
            .flat_map(|(_, number)| [number.count, number.denominator, rough(number)])
            .flatten();
        if sizes.range(low..=high).next().is_some()
            || of_line
                .chain(self.counts.iter().map(|count| count.size))
                .any(|size| within(size) || is_rest(whole.size, size, within))
        {
            return true;
        }
        let stated = [share.clone()];
        let own = counted(line, &stated, self.sentence)
            .filter(|(at, _)| *at != share.at && *at != share.counted)
            .map(|(_, counted)| counted);
        let counts: Vec<Counted> = self.counts.iter().copied().chain(own).collect();
        let adds = |one: &Counted, other: &Counted| {
            one.size != whole.size
                && other.size != whole.size
                && one.size.checked_add(other.size).is_some_and(within)
        };
        let beside = counts
            .windows(2)
            .filter_map(|pair| <&[Counted; 2]>::try_from(pair).ok())
            .any(|[one, other]| one.sentence == other.sentence && adds(one, other));
        let wholes: Vec<&Counted> = counts.iter().filter(|count| count.is_whole).collect();
        beside
            || wholes.iter().enumerate().any(|(at, one)| {
                let other = wholes.iter().skip(at + 1);
                let mut alike = other
                    .filter(|other| one.sentence == other.sentence || one.is_size && other.is_size);
                alike.any(|other| adds(one, other) || is_rest(one.size, other.size, within))
            })
    }
}

/// A bare number, also "an estimated 1,900": it may be what a share is of.
pub(super) fn rough(number: &Number) -> Option<Decimal> {
    Some(number.value).filter(|_| number.dimension.is_none())
}

/// Whether the share would be of what one number leaves of another.
fn is_rest(one: Decimal, other: Decimal, within: impl Fn(Decimal) -> bool) -> bool {
    one.checked_sub(other)
        .is_some_and(|rest| within(rest.abs()))
}

/// The only number in front of the shares of a sentence that counts things: "256 patients came, and 253 (99%) stayed".
pub(super) fn only_in_front(line: &Line<'_>, share: &Stated<'_>) -> Option<Whole> {
    let first = share.at.min(share.counted);
    let is_plain = |number: &Number| {
        (is_count(number) || number.role == Role::SampleSize) && number.dimension.is_none()
    };
    let mut plain = line
        .numbers
        .iter()
        .enumerate()
        .take(first)
        .filter(|(_, number)| is_plain(number));
    let (at, number) = plain.next()?;
    let is_only = plain.next().is_none();
    let is_whole = is_count(number) && number.denominator.is_none() && counts_things(line, at);
    (is_only && is_whole).then_some(Whole {
        size: number.count?,
        figure: number.figure,
    })
}
