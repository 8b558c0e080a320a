//! The findings of a run with their numbers on the page, their anchors, and their places by document.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Location};
use crate::report::{Run, shared_starts, short_id};
use crate::text::Span;

/// One finding as the page names it.
pub(super) struct Entry<'a> {
    pub(super) finding: &'a Finding,
    /// From 1, in the order of the run.
    pub(super) number: usize,
    /// The id of its note: its fingerprint.
    pub(super) anchor: String,
    /// What people type to name it.
    pub(super) short: &'a str,
}

/// One place of a finding, to be marked in the text.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    /// Index in the entries.
    pub(super) entry: usize,
    /// 0 for the place of the finding, from 1 for the related ones.
    pub(super) place: usize,
    pub(super) location: &'a Location,
}

impl Spot<'_> {
    pub(super) fn span(&self) -> Span {
        self.location.span
    }
}

/// Ids that are given once.
#[derive(Default)]
pub(super) struct Anchors {
    given: BTreeSet<String>,
}

impl Anchors {
    /// An id of ASCII letters, digits and hyphens that nothing else on the page has.
    pub(super) fn give(&mut self, wanted: &str) -> String {
        let plain = wanted.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let mut id = plain.clone();
        let mut count = 1;
        while !self.given.insert(id.clone()) {
            count += 1;
            id = format!("{plain}-{count}");
        }
        id
    }
}

/// The findings, numbered in their order.
pub(super) fn entries<'a>(run: &Run<'a>, anchors: &mut Anchors) -> Vec<Entry<'a>> {
    let shared = shared_starts(run.findings);
    run.findings
        .iter()
        .enumerate()
        .map(|(at, finding)| Entry {
            finding,
            number: at + 1,
            anchor: anchors.give(&format!("f-{}", finding.fingerprint)),
            short: short_id(finding, &shared),
        })
        .collect()
}

/// The places of all findings by the path of their document, each list in the order of the text.
pub(super) fn spots<'a>(entries: &[Entry<'a>]) -> BTreeMap<&'a str, Vec<Spot<'a>>> {
    let mut by_path: BTreeMap<&str, Vec<Spot<'_>>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        for (place, location) in places(entry.finding).enumerate() {
            let of_document = by_path.entry(&location.path).or_default();
            of_document.push(Spot {
                entry: index,
                place,
                location,
            });
        }
    }
    for of_document in by_path.values_mut() {
        of_document.sort_by_key(|spot| (spot.span().start, spot.span().end, spot.entry));
    }
    by_path
}

/// The place of a finding, then the related ones.
pub(super) fn places(finding: &Finding) -> impl Iterator<Item = &Location> {
    std::iter::once(&finding.location).chain(&finding.related)
}

/// The id of a place's number in the text: `t3` for the place of the third finding, `t3-1` for its first related one.
pub(super) fn place_anchor(number: usize, place: usize) -> String {
    if place == 0 {
        format!("t{number}")
    } else {
        format!("t{number}-{place}")
    }
}
