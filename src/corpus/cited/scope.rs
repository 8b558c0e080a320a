//! Which figures cite exactly one work: a figure is held against that work and no other.
//!
//! It leaves out figures of tables, figures in sentences of the authors' own work, and those behind the mark of a sentence that
//! has others before it: "30% in the first trial [4], against 40% in ours".

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Denoted, Extraction};
use crate::citation::{Citations, Reference};
use crate::claim::{Claim, Figure, FigureRole, tells_own_work};
use crate::quantity::Role;
use crate::source::SourceId;

/// A work as a sentence names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    /// By an entry: document, index in [`Citations::references`].
    Entry(usize, usize),
    /// By its own name.
    Id(SourceId),
    /// By a link to a document of the corpus.
    Document(usize),
}

/// A figure of a document and the work that it cites.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Document, index in [`Statements::figures`](crate::claim::Statements::figures).
    pub(super) figure: (usize, usize),
    pub(super) work: Named,
}

/// The figures of a document that cite one work. Linear in the document.
pub(super) fn told(
    document: usize,
    extraction: &Extraction,
    denoted: &[Vec<Denoted>],
    paths: &BTreeMap<&str, usize>,
) -> Vec<Told> {
    let statements = &extraction.statements;
    let links = Links::of(
        &extraction.citations,
        extraction.document.source.path(),
        paths,
    );
    let mut by_claim: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, figure) in statements.figures.iter().enumerate() {
        if let (Some(claim), true) = (figure.claim, is_told(figure)) {
            by_claim.entry(claim).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for (claim, figures) in by_claim {
        let Some(claim) = statements.claims.get(claim) else {
            continue;
        };
        let Some(work) = only_work(claim, denoted, &links) else {
            continue;
        };
        if tells_own_work(&claim.text) {
            continue;
        }
        let marks = marks(claim, &extraction.citations);
        let of = |at: &usize| statements.figures.get(*at);
        let leads = figures
            .iter()
            .filter_map(of)
            .any(|figure| marks.is_some_and(|(start, _)| figure.place.range.end <= start));
        let covered = figures.iter().filter(|at| {
            let behind =
                |figure: &Figure| marks.is_some_and(|(_, end)| figure.place.range.start >= end);
            !(leads && of(at).is_some_and(behind))
        });
        found.extend(covered.map(|figure| Told {
            figure: (document, *figure),
            work: work.clone(),
        }));
    }
    found
}

/// A number of running text that reports something.
fn is_told(figure: &Figure) -> bool {
    let reads = figure.quantity.as_ref().is_some_and(|quantity| {
        matches!(quantity.role, Role::Value | Role::SampleSize | Role::PValue)
            && quantity.problem.is_none()
    });
    reads && figure.place.cell.is_none() && figure.role != FigureRole::Metadata
}

/// Where the first mark inside a claim starts and the last one ends; `None` where it has none in itself.
fn marks(claim: &Claim, citations: &Citations) -> Option<(usize, usize)> {
    let ranges = claim.pointers.iter().filter_map(|at| {
        let place = &citations.pointers.get(*at)?.place;
        let inside = place.block == claim.place.block
            && place.cell == claim.place.cell
            && place.range.start >= claim.place.range.start
            && place.range.start < claim.place.range.end;
        inside.then_some((place.range.start, place.range.end))
    });
    ranges.reduce(|(start, end), (from, to)| (start.min(from), end.max(to)))
}

/// The one work that a claim cites; `None` where it cites several, or one that nobody knows.
fn only_work(claim: &Claim, denoted: &[Vec<Denoted>], links: &Links) -> Option<Named> {
    let mut works = BTreeSet::new();
    for at in &claim.pointers {
        for denoted in denoted.get(*at)? {
            works.insert(match denoted {
                Denoted::Entry {
                    document,
                    reference,
                } => Named::Entry(*document, *reference),
                Denoted::Work | Denoted::Missing | Denoted::Unknown => return None,
            });
        }
    }
    if works.is_empty() {
        let linked = links.0.get(&claim.place.block).into_iter().flatten();
        let range = &claim.place.range;
        works.extend(
            linked
                .filter(|(start, _)| range.contains(start) && claim.place.cell.is_none())
                .map(|(_, work)| work.clone()),
        );
    }
    let only = works.pop_first()?;
    works.is_empty().then_some(only)
}

/// What the links of running text lead to, by block, with where each starts.
struct Links(BTreeMap<usize, Vec<(usize, Named)>>);

impl Links {
    fn of(citations: &Citations, path: &str, paths: &BTreeMap<&str, usize>) -> Self {
        let mut found: BTreeMap<usize, Vec<(usize, Named)>> = BTreeMap::new();
        for link in citations
            .links
            .iter()
            .filter(|link| link.place.cell.is_none())
        {
            let ids = || SourceId::of_reference(&Reference::of_address(&link.target));
            let work = document(&link.target, path, paths)
                .map(Named::Document)
                .or_else(|| ids().into_iter().next().map(Named::Id));
            if let Some(work) = work {
                let own = found.entry(link.place.block).or_default();
                own.push((link.place.range.start, work));
            }
        }
        Self(found)
    }
}

/// The document that a relative link leads to.
fn document(target: &str, from: &str, paths: &BTreeMap<&str, usize>) -> Option<usize> {
    let target = target.split(['#', '?']).next().unwrap_or(target);
    if target.is_empty() || target.contains("://") || target.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let own = paths.get(parts.join("/").as_str())?;
    (paths.get(from) != Some(own)).then_some(*own)
}
