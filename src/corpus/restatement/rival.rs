//! What only all pairs of a run show: a value restated elsewhere, and values that come in series.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::align::Aligned;
use super::lexis::Kind;
use super::passage::{Passage, Passages};
use super::score::{Piece, sum};

/// An agreeing partner elsewhere counts down to this much below the pair's own score, in hundredths.
const TWIN: i64 = 50;
/// A differing one down to this.
const SERIES: i64 = 150;
/// At most so many further values count.
const MOST_SERIES: usize = 3;

/// An aligned pair with the two sentences it stands in: indices in [`Passages::all`].
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) one: usize,
    pub(super) other: usize,
    pub(super) aligned: Aligned,
}

impl Found {
    pub(super) fn weight(&self) -> i64 {
        sum(&self.aligned.evidence)
    }

    fn ends(&self) -> [(usize, usize); 2] {
        [
            (self.one, self.aligned.one),
            (self.other, self.aligned.other),
        ]
    }
}

#[derive(Default)]
struct Partners {
    /// Best score of a partner with an agreeing value.
    agreeing: Option<i64>,
    /// Differing values with their scores.
    differing: Vec<(Decimal, i64)>,
}

/// Differing pairs that hold against the whole run, with the evidence it adds.
pub(super) fn judge(passages: &Passages, found: Vec<Found>) -> Vec<Found> {
    let partners = partners(passages, &found);
    found
        .into_iter()
        .filter(|pair| !pair.aligned.agrees && pair.aligned.sound)
        .filter_map(|mut pair| {
            let score = pair.aligned.score;
            let ends = pair.ends();
            let known: Vec<&Partners> = ends.iter().filter_map(|end| partners.get(end)).collect();
            let restated =
                |partners: &&Partners| partners.agreeing.is_some_and(|best| best + TWIN >= score);
            if known.len() == 2 && known.iter().all(restated) {
                return None;
            }
            let own: BTreeSet<Decimal> = ends
                .iter()
                .filter_map(|(passage, item)| value(passages, *passage, *item))
                .collect();
            let further: BTreeSet<Decimal> = known
                .iter()
                .flat_map(|partners| &partners.differing)
                .filter(|(value, other)| *other + SERIES >= score && !own.contains(value))
                .map(|(value, _)| *value)
                .collect();
            let series = further.iter().take(MOST_SERIES);
            let series = series.map(|_| Piece::whole(Kind::Series, ""));
            pair.aligned.evidence.extend(series);
            Some(pair)
        })
        .collect()
}

fn value(passages: &Passages, passage: usize, item: usize) -> Option<Decimal> {
    let item = |passage: &Passage| passage.items.get(item).map(|item| item.value);
    passages.all.get(passage).and_then(item)
}

fn partners(passages: &Passages, found: &[Found]) -> BTreeMap<(usize, usize), Partners> {
    let mut partners: BTreeMap<(usize, usize), Partners> = BTreeMap::new();
    for pair in found {
        let [one, other] = pair.ends();
        for (own, partner) in [(one, other), (other, one)] {
            let known = partners.entry(own).or_default();
            if pair.aligned.agrees {
                known.agreeing = known.agreeing.max(Some(pair.aligned.score));
            } else if let Some(value) = value(passages, partner.0, partner.1) {
                known.differing.push((value, pair.aligned.score));
            }
        }
    }
    partners
}
