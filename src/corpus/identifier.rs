//! Studies to which the documents give two registry numbers, and numbers that they give to two studies.
//!
//! It leaves out numbers of different registers, which one study may have, and two numbers that a text prints side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::Extraction;
use crate::claim::Identification;

/// Two statements of which at most one is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentifierConflict {
    /// The rarer statement, or the later one: document, index in [`crate::claim::Statements::identifications`].
    pub statement: (usize, usize),
    /// The other one.
    pub other: (usize, usize),
    /// Whether the names are equal and the numbers differ; else the other way round.
    pub is_one_study: bool,
    /// Whether the numbers differ in one or two digits only.
    pub is_slip: bool,
}

/// A statement with its place: document, index.
type Stated<'a> = (usize, usize, &'a Identification);

/// All conflicts, by name and number.
pub(super) fn conflicts(extractions: &[Extraction]) -> Vec<IdentifierConflict> {
    let mut by_name: BTreeMap<&str, Vec<Stated<'_>>> = BTreeMap::new();
    let mut by_number: BTreeMap<&str, Vec<Stated<'_>>> = BTreeMap::new();
    let mut together: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (document, extraction) in extractions.iter().enumerate() {
        for (index, stated) in extraction.statements.identifications.iter().enumerate() {
            let place = (document, index, stated);
            by_name.entry(&stated.folded).or_default().push(place);
            by_number.entry(&stated.number).or_default().push(place);
            for other in &stated.listed_with {
                together.insert((&stated.number, other));
                together.insert((other, &stated.number));
            }
        }
    }
    let mut found = Vec::new();
    for stated in by_name.values() {
        let groups = grouped(stated, |one| &one.number);
        found.extend(
            conflict(&groups, true)
                .filter(|(_, one, other)| {
                    register(&one.number) == register(&other.number)
                        && !together.contains(&(one.number.as_str(), other.number.as_str()))
                })
                .map(|(conflict, _, _)| conflict),
        );
    }
    for stated in by_number.values() {
        let groups = grouped(stated, |one| &one.folded);
        found.extend(
            conflict(&groups, false)
                .filter(|(_, one, other)| {
                    !one.folded.contains(&other.folded) && !other.folded.contains(&one.folded)
                })
                .map(|(conflict, _, _)| conflict),
        );
    }
    found
}

fn grouped<'a>(
    stated: &[Stated<'a>],
    value: impl Fn(&'a Identification) -> &'a str,
) -> Vec<Vec<Stated<'a>>> {
    let mut groups: BTreeMap<&str, Vec<Stated<'a>>> = BTreeMap::new();
    for one in stated {
        groups.entry(value(one.2)).or_default().push(*one);
    }
    let mut groups: Vec<Vec<Stated<'a>>> = groups.into_values().collect();
    // The commonest first, of equals the one told first.
    groups.sort_by_key(|group| {
        (
            std::cmp::Reverse(group.len()),
            group
                .first()
                .map(|(document, index, _)| (*document, *index)),
        )
    });
    groups
}

/// Each rarer value against the commonest one.
fn conflict<'a>(
    groups: &[Vec<Stated<'a>>],
    is_one_study: bool,
) -> impl Iterator<Item = (IdentifierConflict, &'a Identification, &'a Identification)> {
    let common = groups.first().and_then(|group| group.first()).copied();
    groups
        .iter()
        .skip(1)
        .filter_map(move |group| Some((common?, *group.first()?)))
        .map(move |(other, one)| {
            let conflict = IdentifierConflict {
                statement: (one.0, one.1),
                other: (other.0, other.1),
                is_one_study,
                is_slip: is_slip(&one.2.number, &other.2.number),
            };
            (conflict, one.2, other.2)
        })
}

/// The letters that a registry's numbers begin with.
fn register(number: &str) -> &str {
    number.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-')
}

fn is_slip(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .filter(|(a, b)| a != b)
            .count()
            <= 2
}
