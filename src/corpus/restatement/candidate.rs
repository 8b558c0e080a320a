//! Pairs of sentences that may restate one claim: those that share rare words, a source, a number of three digits, or a long one
//! but for a slip.
//!
//! An inverted index with capped lists keeps this linear: what stands in more than [`LONGEST`] sentences joins none.

use std::collections::BTreeMap;

use super::item::sorted;
use super::passage::{Passage, Passages};
use super::slip;
use super::words::Rarity;

/// Longest list of the index that is followed.
const LONGEST: usize = 50;
/// Least rarity that two sentences must share, in thousandths.
const SHARED: i64 = 8000;
/// The same where one of them refers back ("as discussed above").
const SHARED_BACK: i64 = 2500;
/// What a shared source counts, in thousandths.
const SOURCE: i64 = 5000;
/// What a shared number counts, in thousandths.
const NUMBER: i64 = 6000;

/// Pairs of indices in [`Passages::all`], the earlier one first, sorted.
pub(super) fn pairs(passages: &Passages, rarity: &Rarity) -> Vec<(usize, usize)> {
    let mut index: BTreeMap<String, (i64, Vec<usize>)> = BTreeMap::new();
    let mut lists: Vec<(i64, Vec<usize>)> = Vec::new();
    let mut of_stem: BTreeMap<u32, usize> = BTreeMap::new();
    for (at, passage) in passages.all.iter().enumerate() {
        let sources = passage.sources.iter().map(|id| (*id, SOURCE));
        let anchors = passage.links_to.iter().chain(&passage.anchors);
        let sources = sources.chain(anchors.map(|id| (*id, SHARED)));
        let stems = passage.stems.iter().map(|id| (*id, rarity.of(*id)));
        for (id, weight) in stems.chain(sources) {
            let list = *of_stem.entry(id).or_insert_with(|| {
                lists.push((weight, Vec::new()));
                lists.len() - 1
            });
            if let Some((_, list)) = lists.get_mut(list) {
                list.push(at);
            }
        }
        let numbers = numbers(passage).into_iter().map(|number| (number, NUMBER));
        for (number, weight) in numbers.chain(shapes(passage)) {
            let list = index.entry(number).or_insert((weight, Vec::new()));
            if list.1.last() != Some(&at) {
                list.1.push(at);
            }
        }
    }
    lists.extend(index.into_values());
    lists.retain(|(_, list)| list.len() > 1 && list.len() <= LONGEST);
    let least: Vec<i64> = passages
        .all
        .iter()
        .map(|passage| {
            if passage.refers_back {
                SHARED_BACK
            } else {
                SHARED
            }
        })
        .collect();
    gather(&lists, &least)
}

fn numbers(passage: &Passage) -> Vec<String> {
    let mut numbers: Vec<String> = passage
        .items
        .iter()
        .filter(|item| item.is_precise() && item.is_telling())
        .map(|item| format!("{} {}", item.class, item.value))
        .collect();
    let intervals = passage.items.iter().filter_map(|item| item.interval);
    numbers.extend(intervals.map(|(low, high)| {
        let (low, high) = (low.normalize(), high.normalize());
        format!("interval {low} {high}")
    }));
    let spreads = passage.items.iter().filter_map(|item| item.detail.spread);
    let spreads = spreads.filter(|spread| spread.scale() > 0);
    numbers.extend(spreads.map(|spread| format!("spread {}", spread.normalize())));
    let p_values = passage.p_values.iter().filter(|p| p.scale() > 2);
    numbers.extend(p_values.map(|p| format!("p {p}")));
    numbers.sort();
    numbers.dedup();
    numbers
}

/// What the long numbers of a sentence share with their slips: enough by itself.
fn shapes(passage: &Passage) -> Vec<(String, i64)> {
    let long = passage.items.iter().filter(|item| item.is_long());
    let shapes = long.flat_map(|item| {
        let class = item.class;
        let shapes = slip::shapes(&item.digits).into_iter();
        shapes.map(move |shape| format!("slip {class} {shape}"))
    });
    sorted(shapes.map(|shape| (shape, SHARED)).collect())
}

/// `least` is what a pair with each passage must share.
fn gather(lists: &[(i64, Vec<usize>)], least: &[i64]) -> Vec<(usize, usize)> {
    let passages = least.len();
    let mut lists_of: Vec<Vec<usize>> = vec![Vec::new(); passages];
    for (at, (_, list)) in lists.iter().enumerate() {
        for passage in list {
            if let Some(own) = lists_of.get_mut(*passage) {
                own.push(at);
            }
        }
    }
    let mut pairs = Vec::new();
    let mut shared: Vec<i64> = vec![0; passages];
    let mut touched: Vec<usize> = Vec::new();
    for (one, own) in lists_of.iter().enumerate() {
        for (weight, list) in own.iter().filter_map(|at| lists.get(*at)) {
            let from = list.partition_point(|other| *other <= one);
            for other in list.iter().skip(from) {
                let Some(sum) = shared.get_mut(*other) else {
                    continue;
                };
                if *sum == 0 {
                    touched.push(*other);
                }
                *sum += weight.max(&1);
            }
        }
        touched.sort_unstable();
        for other in touched.drain(..) {
            let Some(sum) = shared.get_mut(other) else {
                continue;
            };
            let needed = least.get(one).min(least.get(other));
            if needed.is_some_and(|needed| *sum >= *needed) {
                pairs.push((one, other));
            }
            *sum = 0;
        }
    }
    pairs
}
