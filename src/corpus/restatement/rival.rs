//! What only all pairs of a run show: a value restated elsewhere, and values that come in series.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::align::Aligned;
use super::item::Item;
use super::lexis::Kind;
use super::passage::{Passage, Passages};
use super::score::Piece;

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
    let told = Told::of(passages);
    found
        .into_iter()
        .filter(|pair| !pair.aligned.agrees && pair.aligned.sound)
        .filter_map(|mut pair| {
            if pair.aligned.part.is_some() {
                return Some(pair);
            }
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
            pair.aligned.evidence.extend(told.evidence(passages, &pair));
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
    for pair in found.iter().filter(|pair| pair.aligned.part.is_none()) {
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

/// So many sentences around a place count as beside it.
const BESIDE: usize = 2;

/// How often each value is told: document, class, value and, for one of few digits, the word behind it.
struct Told(BTreeMap<(usize, u32, Decimal, Option<u32>), usize>);

impl Told {
    fn of(passages: &Passages) -> Self {
        let mut counts = BTreeMap::new();
        for passage in &passages.all {
            let keys = passage.items.iter().map(|item| key(passage, item));
            for key in keys.collect::<BTreeSet<_>>() {
                *counts.entry(key).or_default() += 1;
            }
        }
        Self(counts)
    }

    fn again(&self, passage: &Passage, item: &Item) -> bool {
        self.0
            .get(&key(passage, item))
            .is_some_and(|count| *count > 1)
    }

    /// What speaks against a pair because the documents tell both values.
    fn evidence(&self, passages: &Passages, pair: &Found) -> Vec<Piece> {
        let (Some(one), Some(other)) = (passages.all.get(pair.one), passages.all.get(pair.other))
        else {
            return Vec::new();
        };
        let (Some(f), Some(g)) = (
            one.items.get(pair.aligned.one),
            other.items.get(pair.aligned.other),
        ) else {
            return Vec::new();
        };
        let siblings = |passage: &'_ Passage, item: &Item| -> Vec<Item> {
            let own = passage.items.iter().filter(|own| own.figure == item.figure);
            own.cloned().collect()
        };
        let again = |passage: &Passage, item: &Item| {
            let mut values = siblings(passage, item).into_iter();
            values.any(|value| self.again(passage, &value))
        };
        let near = |at: usize, values: &[Item]| {
            values.iter().any(|value| beside(passages, pair, at, value))
        };
        let near_other = near(pair.other, &siblings(one, f));
        let near_one = near(pair.one, &siblings(other, g));
        let mut found = Vec::new();
        if near_one && near_other {
            found.push(Piece::whole(Kind::ToldApart, ""));
        } else if near_one && g.is_precise() || near_other && f.is_precise() {
            found.push(Piece::whole(Kind::ToldBeside, ""));
        }
        if again(one, f) && again(other, g) {
            found.push(Piece::whole(Kind::BothRecur, ""));
        }
        found
    }
}

fn key(passage: &Passage, item: &Item) -> (usize, u32, Decimal, Option<u32>) {
    let next = item.next.filter(|_| !item.is_precise());
    (passage.document, item.class, item.value, next)
}

/// Whether a value also stands in a sentence beside the passage `at`, the two of the pair left out.
fn beside(passages: &Passages, pair: &Found, at: usize, value: &Item) -> bool {
    let Some(centre) = passages.all.get(at) else {
        return false;
    };
    let around = at.saturating_sub(BESIDE)..=at + BESIDE;
    around
        .filter(|near| *near != pair.one && *near != pair.other)
        .filter_map(|near| passages.all.get(near))
        .filter(|near| {
            near.document == centre.document
                && near.block == centre.block
                && near.order.abs_diff(centre.order) <= BESIDE
        })
        .flat_map(|near| &near.items)
        .any(|item| item.class == value.class && item.value == value.value)
}
